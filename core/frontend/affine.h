// Clang's integer expressions as isl's piecewise affine ones.
#pragma once

#include "core/base/diagnostic.h"
#include "core/frontend/facts.h"
#include "core/frontend/source_map.h"

#include <isl/cpp.h>

#include <map>
#include <string>

namespace polyloom {

/// Where an affine expression stands; named in messages.
enum class AffineUse { Bound, Guard, Subscript, Extent };

/// Reads expressions over the iterators in scope and the region's parameters, with C's meaning of `/` and `%`.
/// All results are over isl parameters; an iterator's parameter is chosen by whoever enters its loop.
class AffineReader {
public:
  AffineReader(isl::ctx ctx, const SourceMap& source, const RegionFacts& facts)
      : ctx_(ctx), source_(&source), facts_(&facts) {}

  /// Refuses what is not affine ("not-affine") or reads data ("data-dependent").
  Result<isl::pw_aff> value(const clang::Expr* expr, AffineUse use);
  /// Where the condition holds; && || ! and ?: as in C.
  Result<isl::set> condition(const clang::Expr* expr, AffineUse use);

  isl::ctx ctx() const { return ctx_; }

  void enterLoop(const clang::VarDecl* iterator, const std::string& parameter) { iterators_[iterator] = parameter; }
  void leaveLoop(const clang::VarDecl* iterator) { iterators_.erase(iterator); }
  bool isIterator(const clang::VarDecl* variable) const { return iterators_.contains(variable); }

private:
  Result<isl::pw_aff> read(const clang::Expr* expr);
  Result<isl::pw_aff> readVariable(const clang::Expr* expr, const clang::VarDecl* variable);
  Result<isl::pw_aff> readCast(const clang::CastExpr* cast);
  Result<isl::pw_aff> readUnary(const clang::UnaryOperator* unary);
  Result<isl::pw_aff> readBinary(const clang::BinaryOperator* binary);
  Result<isl::pw_aff> combine(const clang::BinaryOperator* binary, const isl::pw_aff& left, const isl::pw_aff& right);
  Result<isl::pw_aff> divide(const clang::BinaryOperator* binary, const isl::pw_aff& left, std::int64_t divisor);
  Result<isl::pw_aff> readCall(const clang::CallExpr* call);
  Result<isl::set> readCondition(const clang::Expr* expr);
  Result<isl::set> readComparison(const clang::BinaryOperator* binary);
  Result<isl::set> readTruth(const clang::Expr* expr);

  std::unexpected<Diagnostic> notAffine(const clang::Expr* part, const std::string& reason) const;
  std::unexpected<Diagnostic> dataDependent(const clang::Expr* part, const std::string& reason) const;
  std::string what() const;

  isl::ctx ctx_;
  const SourceMap* source_;
  const RegionFacts* facts_;
  std::map<const clang::VarDecl*, std::string> iterators_;
  const clang::Expr* whole_ = nullptr;
  AffineUse use_ = AffineUse::Bound;
};

} // namespace polyloom
