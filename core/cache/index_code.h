// Index expressions without names, made to be evaluated millions of times.
#pragma once

#include "core/codegen/kernel.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace polyloom {

/// What the names of an expression stand for: parameters are numbers, loop variables are slots of an array of values.
struct IndexNames {
  std::map<std::string, std::int64_t> parameters;
  std::map<std::string, std::size_t> slots;
};

/// A sum: a constant, slots with factors, and with a factor each whatever is no such sum itself (a quotient, a minimum, a
/// comparison).
class IndexCode {
public:
  IndexCode() = default;
  explicit IndexCode(std::int64_t constant) : constant_(constant) {}
  /// Every name is known. The value is `evaluate`'s, for all values of the slots.
  IndexCode(const IndexExpr& expr, const IndexNames& names);

  std::int64_t at(std::span<const std::int64_t> slots) const {
    std::int64_t sum = constant_;
    for (const auto& [slot, factor] : terms_)
      sum += factor * slots[slot];
    if (!parts_.empty())
      sum += partsAt(slots);
    return sum;
  }

  bool isConstant() const { return terms_.empty() && parts_.empty(); }
  /// By how much the value grows with the slot, provided that `hides` says no.
  std::int64_t factorOf(std::size_t slot) const;
  /// Whether the slot takes part in what is no sum.
  bool hides(std::size_t slot) const;

  IndexCode plus(const IndexCode& other, std::int64_t factor = 1) const;
  IndexCode times(std::int64_t factor) const { return IndexCode().plus(*this, factor); }

private:
  struct Part;
  void add(const IndexExpr& expr, std::int64_t factor, const IndexNames& names);
  void addPart(const IndexExpr& expr, std::int64_t factor, const IndexNames& names);
  void addSlot(std::size_t slot, std::int64_t factor);
  std::int64_t partsAt(std::span<const std::int64_t> slots) const;

  std::int64_t constant_ = 0;
  std::vector<std::pair<std::size_t, std::int64_t>> terms_;
  std::vector<Part> parts_;
};

/// factor * (operands[0] op operands[1] …), for the operators that no sum has.
struct IndexCode::Part {
  std::int64_t factor = 1;
  IndexExpr::Op op = IndexExpr::Op::Min;
  std::vector<IndexCode> operands;

  std::int64_t at(std::span<const std::int64_t> slots) const;
};

} // namespace polyloom
