// Where kernels run.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"
#include "jit/measure.h"
#include "jit/roofline.h"
#include "jit/store/machine.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// What a measurement runs, and why some of the recipes are not.
struct Plan {
  ScopPtr scop;
  Kernel original;
  std::vector<std::string> recipes; ///< those that take part
  std::vector<Variant> variants;    ///< their code
  std::vector<std::string> refusals; ///< per recipe that was asked for; empty: it takes part
};

/// A machine that measures: this one, or another one.
class Place {
public:
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual ~Place() = default;

  /// What the user calls it; empty: this machine.
  virtual std::string name() const = 0;
  virtual Identity identity() const = 0;
  /// Its roofline, where it has been measured there.
  virtual std::optional<Roofline> roofline(int threads) const = 0;
  virtual std::uint64_t cacheBytes() const = 0; ///< of the last level
  /// Runs the plan, and keeps nothing. The report has one variant per recipe that takes part, in their order. Fails as
  /// `measure` does.
  virtual Result<MeasureReport> measure(const Plan& plan, const MeasureOptions& options) = 0;
};

/// This machine.
Place& thisPlace();

} // namespace polyloom
