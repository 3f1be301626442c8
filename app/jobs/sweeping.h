// Sweeps: every choice of values judged, equal code merged, the rest asked of whoever has figures.
#pragma once

#include "app/jobs/measuring.h"
#include "core/base/diagnostic.h"
#include "core/program/dependences.h"
#include "core/program/scop.h"
#include "core/snapshot/sweep.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// Somebody who has figures on legal recipes: measurements, or the predictions of a model.
class SweepEvaluator {
public:
  SweepEvaluator() = default;
  SweepEvaluator(const SweepEvaluator&) = delete;
  SweepEvaluator& operator=(const SweepEvaluator&) = delete;
  virtual ~SweepEvaluator() = default;

  /// What its figures are called: SweepFigure::source.
  virtual std::string source() const = 0;
  /// Per recipe the figure that takes no time; nothing where it would.
  virtual Result<std::vector<std::optional<SweepFigure>>> known(std::span<const std::string> recipes) = 0;
  /// Figures of the recipes that are wanted at once, taken under the same conditions. `progress` (from 0 to 1) may be empty.
  /// Fails where no recipe would get one; a recipe of which there is none says why in its figure.
  using Progress = std::function<void(const std::string& activity, double fraction)>;
  virtual Result<std::vector<SweepFigure>> evaluate(std::span<const std::string> recipes, const Progress& progress) = 0;
  /// So many recipes at once.
  virtual std::size_t batchSize() const = 0;
};

/// The existing measuring, with its store: batches of recipes run in turn with the original.
class MeasuringEvaluator : public SweepEvaluator {
public:
  /// `options.totalBudget` is that of one batch. `fresh`: the store is not asked.
  MeasuringEvaluator(ScopPtr scop, MeasureOptions options, bool fresh, Place& place = thisPlace());

  std::string source() const override { return "measured"; }
  Result<std::vector<std::optional<SweepFigure>>> known(std::span<const std::string> recipes) override;
  Result<std::vector<SweepFigure>> evaluate(std::span<const std::string> recipes, const Progress& progress) override;
  std::size_t batchSize() const override { return 6; }

  /// Told every answer with its recipes: all that is known of them beside the figures. May be empty.
  std::function<void(const MeasureAnswer& answer, std::span<const std::string> recipes)> answered;

private:
  void tell(const MeasureAnswer& answer, std::span<const std::string> recipes) const;

  ScopPtr scop_;
  MeasureOptions options_;
  bool isFresh_;
  Place& place_;
};

/// Where a sweep is. Both may be empty.
struct SweepListener {
  /// Points whose verdict or figures have changed, by their numbers.
  std::function<void(std::span<const SweepPoint> points, std::span<const std::size_t> changed)> changed;
  std::function<void(const std::string& activity, std::size_t done, std::size_t of)> progress;
};

/// Judges every point, merges those with equal code, and asks each evaluator for the rest: first what it knows, then in
/// batches of points from all over the sweep, so that its shape shows early. Illegal points get no figures.
/// Fails as the evaluators do.
Result<std::vector<SweepPoint>> sweepRecipes(const ScopPtr& scop, const Dependences& dependences,
                                             std::vector<SweepPoint> points, std::span<SweepEvaluator* const> evaluators,
                                             bool reassociate, const SweepListener& listener = {});

} // namespace polyloom
