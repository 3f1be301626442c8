#include "app/jobs/sweeping.h"

#include "app/jobs/jobs.h"
#include "core/codegen/c_function.h"
#include "core/codegen/make_kernel.h"
#include "jit/store/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace polyloom {

namespace {

SweepFigure figureFrom(const VariantReport& variant, bool isStored) {
  SweepFigure figure{.source = "measured", .isStored = isStored};
  if (variant.outcome == Outcome::Measured) {
    figure.speedup = variant.speedup;
    figure.low = variant.speedupInterval.low;
    figure.high = variant.speedupInterval.high;
    figure.seconds = variant.timing.median;
  } else {
    figure.message = variant.message.empty() ? std::string(wordOf(variant.outcome)) : variant.message;
  }
  return figure;
}

/// One sweep in its course.
class Course {
public:
  Course(const ScopPtr& scop, const Dependences& dependences, std::vector<SweepPoint> points, bool reassociate,
         const SweepListener& listener)
      : scop_(scop), dependences_(dependences), points_(std::move(points)), reassociate_(reassociate), listener_(listener) {}

  void judgeAll() {
    std::map<std::string, std::size_t> seen; // by what is executed
    for (std::size_t p = 0; p < points_.size(); ++p) {
      judge(p, seen);
      tell({&p, 1});
      if (listener_.progress)
        listener_.progress("judging", p + 1, points_.size());
    }
  }

  Result<void> ask(SweepEvaluator& evaluator) {
    std::vector<std::size_t> open = leaders();
    const Result<std::vector<std::optional<SweepFigure>>> known = evaluator.known(recipesOf(open));
    if (!known)
      return std::unexpected(known.error());
    std::vector<std::size_t> left, changed;
    for (std::size_t k = 0; k < open.size(); ++k)
      if (const std::optional<SweepFigure>& figure = (*known)[k])
        keep(open[k], *figure, changed);
      else
        left.push_back(open[k]);
    tell(changed);
    return askInBatches(evaluator, left);
  }

  std::vector<SweepPoint> takePoints() { return std::move(points_); }

private:
  void judge(std::size_t p, std::map<std::string, std::size_t>& seen) {
    SweepPoint& point = points_[p];
    const Result<JudgedSchedule> judged = judgeRecipe(scop_, dependences_, point.recipe, {}, reassociate_);
    if (!judged) {
      point.verdict = SweepVerdict::Refused;
      point.message = judged.error().message;
      return;
    }
    if (!judged->isLegal) {
      point.verdict = judged->isUnknown ? SweepVerdict::Unknown : SweepVerdict::Illegal;
      point.message = judged->sentence;
      return;
    }
    const Result<Kernel> kernel = makeKernel(judged->schedule);
    if (!kernel) {
      point.verdict = SweepVerdict::Unknown;
      point.message = kernel.error().message;
      return;
    }
    point.verdict = SweepVerdict::Legal;
    const auto [same, isNew] = seen.try_emplace(functionCode(judged->schedule.program(), *kernel, {}, {}), p);
    if (!isNew)
      point.sameAs = static_cast<int>(same->second);
  }

  /// Points that need figures of their own.
  std::vector<std::size_t> leaders() const {
    std::vector<std::size_t> all;
    for (std::size_t p = 0; p < points_.size(); ++p)
      if (points_[p].verdict == SweepVerdict::Legal && points_[p].sameAs < 0)
        all.push_back(p);
    return all;
  }

  std::vector<std::string> recipesOf(std::span<const std::size_t> which) const {
    std::vector<std::string> recipes;
    for (const std::size_t p : which)
      recipes.push_back(points_[p].recipe);
    return recipes;
  }

  Result<void> askInBatches(SweepEvaluator& evaluator, const std::vector<std::size_t>& left) {
    const std::size_t size = std::max<std::size_t>(evaluator.batchSize(), 1), batches = (left.size() + size - 1) / size;
    std::size_t done = 0;
    for (std::size_t b = 0; b < batches; ++b) {
      std::vector<std::size_t> batch, changed;
      for (std::size_t k = b; k < left.size(); k += batches)
        batch.push_back(left[k]);
      const auto progress = [&](const std::string& activity, double fraction) {
        if (listener_.progress)
          listener_.progress(activity, done + static_cast<std::size_t>(fraction * static_cast<double>(batch.size())), left.size());
      };
      const Result<std::vector<SweepFigure>> figures = evaluator.evaluate(recipesOf(batch), progress);
      if (!figures)
        return std::unexpected(figures.error());
      for (std::size_t k = 0; k < batch.size(); ++k)
        keep(batch[k], (*figures)[k], changed);
      done += batch.size();
      tell(changed);
    }
    return {};
  }

  /// The figure is that of all points with the same code.
  void keep(std::size_t leader, const SweepFigure& figure, std::vector<std::size_t>& changed) {
    for (std::size_t p = leader; p < points_.size(); ++p)
      if (p == leader || points_[p].sameAs == static_cast<int>(leader)) {
        points_[p].figures.push_back(figure);
        changed.push_back(p);
      }
  }

  void tell(std::span<const std::size_t> changed) const {
    if (listener_.changed && !changed.empty())
      listener_.changed(points_, changed);
  }

  const ScopPtr& scop_;
  const Dependences& dependences_;
  std::vector<SweepPoint> points_;
  bool reassociate_;
  const SweepListener& listener_;
};

} // namespace

MeasuringEvaluator::MeasuringEvaluator(ScopPtr scop, MeasureOptions options, bool fresh, Place& place)
    : scop_(std::move(scop)), options_(std::move(options)), isFresh_(fresh), place_(place) {}

Result<std::vector<std::optional<SweepFigure>>> MeasuringEvaluator::known(std::span<const std::string> recipes) {
  std::vector<std::optional<SweepFigure>> none(recipes.size());
  if (isFresh_ || recipes.empty())
    return none;
  const Result<std::vector<std::optional<StoredMeasurement>>> stored =
      storedFigures(*scop_, recipes, options_, place_.identity());
  if (!stored)
    return none; // measuring goes on without the store, and says what is wrong with it
  const MeasureAnswer answer = answerFrom(*stored);
  std::vector<std::string> found;
  std::vector<std::optional<SweepFigure>> figures = none;
  for (std::size_t r = 0; r < recipes.size(); ++r)
    if ((*stored)[r]) {
      figures[r] = figureFrom(answer.report.variants[found.size()], true);
      found.push_back(recipes[r]);
    }
  if (!found.empty())
    tell(answer, found);
  return figures;
}

Result<std::vector<SweepFigure>> MeasuringEvaluator::evaluate(std::span<const std::string> recipes,
                                                              const Progress& progress) {
  MeasureOptions options = options_;
  options.progress = progress;
  const Result<MeasureAnswer> answer = measureRecipes(scop_, recipes, options, Figures::Fresh, place_);
  if (!answer)
    return std::unexpected(answer.error());
  std::vector<SweepFigure> figures;
  for (const VariantReport& variant : answer->report.variants)
    figures.push_back(figureFrom(variant, false));
  tell(*answer, recipes);
  return figures;
}

void MeasuringEvaluator::tell(const MeasureAnswer& answer, std::span<const std::string> recipes) const {
  if (answered)
    answered(answer, recipes);
}

Result<std::vector<SweepPoint>> sweepRecipes(const ScopPtr& scop, const Dependences& dependences,
                                             std::vector<SweepPoint> points, std::span<SweepEvaluator* const> evaluators,
                                             bool reassociate, const SweepListener& listener) {
  Course course(scop, dependences, std::move(points), reassociate, listener);
  course.judgeAll();
  for (SweepEvaluator* evaluator : evaluators)
    if (const Result<void> asked = course.ask(*evaluator); !asked)
      return std::unexpected(asked.error());
  return course.takePoints();
}

} // namespace polyloom
