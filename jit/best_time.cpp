#include "jit/best_time.h"

#include "jit/verification.h"

#include <algorithm>
#include <limits>

namespace polyloom {

namespace {

constexpr int kRuns = 12;

std::unexpected<Diagnostic> cannotRun(const Kernel& layout, const RunFailure& reason) {
  return failure("cannot-run", "the kernel " + layout.function + " cannot be run: " + reason.message);
}

} // namespace

Result<double> bestTime(const Kernel& layout, const std::variant<Kernel, SharedObject>& code,
                        const MeasureOptions& options) {
  auto setting = makeSetting(layout, options);
  if (!setting)
    return std::unexpected(setting.error());
  if (const auto made = makeInputs(layout, *setting); !made)
    return std::unexpected(made.error());
  const Result<Code> compiled = codeOf({layout.function, code}, {});
  if (!compiled)
    return std::unexpected(compiled.error());
  auto entrant = Entrant::start(*setting, layout, *compiled);
  if (!entrant)
    return cannotRun(layout, entrant.error());
  double best = std::numeric_limits<double>::infinity();
  for (int run = 0; run < kRuns; ++run) {
    const auto totals = entrant->run(1);
    if (!totals)
      return cannotRun(layout, totals.error());
    best = std::min(best, std::chrono::duration<double>(totals->time).count());
  }
  return best;
}

} // namespace polyloom
