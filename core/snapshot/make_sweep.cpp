#include "core/snapshot/make_sweep.h"

#include "core/isl/context.h"
#include "core/isl/distances.h"
#include "core/isl/extra.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/loop_range.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

constexpr std::int64_t kUnknownIterations = 1024; ///< where nobody knows how long a loop is, larger sizes are not proposed
constexpr std::int64_t kLongLoop = 64;   ///< tiles of less than kLeastTile iterations of one are no use
constexpr std::int64_t kLeastTile = 4;
constexpr std::int64_t kAround = 4;      ///< an amount is tried so far from what it is
constexpr unsigned long kRangeOperations = 100'000;

using Kind = StepParameter::Kind;

bool isInteger(const std::string& word) {
  const std::size_t first = word.starts_with('-') ? 1 : 0;
  return word.size() > first && word.size() < 12 && word.find_first_not_of("0123456789", first) == std::string::npos;
}

bool isNumber(const StepParameter& parameter, const std::string& word) {
  const bool takesNumbers = parameter.kind == Kind::Integer || parameter.kind == Kind::Integers ||
                            parameter.kind == Kind::Factor || parameter.kind == Kind::Affine;
  return takesNumbers && isInteger(word);
}

/// The loop whose iterations the number counts: the one in its place of several, or the step's first one.
std::string loopOf(const StepKind& kind, const Step& step, const StepParameter& parameter, std::size_t place) {
  for (const StepParameter& other : kind.parameters) {
    const std::string name(other.name);
    if (!step.has(name) || (other.kind != Kind::Loop && other.kind != Kind::Loops))
      continue;
    const std::vector<std::string>& loops = step.words(name);
    return parameter.kind == Kind::Integers ? (place < loops.size() ? loops[place] : std::string()) : loops.front();
  }
  return {};
}

/// Most iterations of the loop at any values of the loops around it; nothing where that takes too much work or has no end.
std::optional<std::int64_t> iterationsOf(const Schedule& schedule, const std::string& loop, const ParameterValues& values) {
  const std::vector<TreePtr> path = pathToLoop(schedule.tree(), loop);
  if (path.empty())
    return std::nullopt;
  try {
    const IslQuota quota(schedule.program().ctx(), kRangeOperations);
    isl::map range = rangeOf(path);
    for (const Parameter& parameter : schedule.program().parameters) {
      const auto given = values.find(parameter.name);
      range = fixParameter(range, parameter.name, given == values.end() ? parameter.value : given->second);
    }
    const std::optional<std::int64_t> longest = maximumOf(range.reverse().apply_range(range).deltas(), 0);
    return longest ? std::optional(*longest / path.back()->stride + 1) : std::nullopt;
  } catch (const isl::exception_quota&) {
    return std::nullopt;
  }
}

/// Around the present value, for amounts that count nothing.
std::vector<std::int64_t> amountCandidates(std::int64_t minimum, std::int64_t maximum, std::int64_t value) {
  std::vector<std::int64_t> candidates;
  for (std::int64_t amount = value - kAround; amount <= value + kAround; ++amount)
    if (amount >= minimum && amount <= maximum)
      candidates.push_back(amount);
  return candidates;
}

void addNumbers(const Schedule& before, const Step& step, int index, const ParameterValues& values,
                std::vector<SweepNumber>& numbers) {
  const StepKind& kind = *findStepKind(step.kind);
  for (const StepParameter& parameter : kind.parameters) {
    const std::string name(parameter.name);
    const std::vector<std::string> words = step.has(name) ? step.words(name) : std::vector<std::string>();
    for (std::size_t place = 0; place < words.size(); ++place) {
      if (!isNumber(parameter, words[place]))
        continue;
      Step open = step;
      open.arguments[name][place] = "?";
      SweepNumber number{.place = {index, name, static_cast<int>(place)}, .line = toText(step), .open = toText(open),
                         .value = std::stoll(words[place]), .isCount = parameter.minimum >= 1};
      if (number.isCount) {
        number.loop = loopOf(kind, step, parameter, place);
        const auto iterations = iterationsOf(before, number.loop, values);
        number.candidates = countCandidates(parameter.minimum, parameter.maximum, iterations, number.value, false);
        number.coarse = countCandidates(parameter.minimum, parameter.maximum, iterations, number.value, true);
      } else {
        number.candidates = number.coarse = amountCandidates(parameter.minimum, parameter.maximum, number.value);
      }
      numbers.push_back(std::move(number));
    }
  }
}

/// The form's parameter at a place, where the recipe has a number there.
Result<const StepParameter*> parameterAt(const Recipe& recipe, const SweepPlace& place) {
  const Diagnostic nothing{"no-number", fmt::format("the recipe has no step {}", place.step + 1)};
  if (place.step < 0 || static_cast<std::size_t>(place.step) >= recipe.steps.size())
    return std::unexpected(nothing);
  const Step& step = recipe.steps[static_cast<std::size_t>(place.step)];
  const StepParameter* parameter = findStepKind(step.kind)->parameter(place.parameter);
  const bool hasWord = parameter != nullptr && step.has(place.parameter) && place.place >= 0 &&
                       static_cast<std::size_t>(place.place) < step.words(place.parameter).size();
  if (!hasWord || !isNumber(*parameter, step.words(place.parameter)[static_cast<std::size_t>(place.place)]))
    return failure("no-number", fmt::format("\"{}\" has no number to sweep there", toText(step)));
  return parameter;
}

Result<void> checkAxes(const Recipe& recipe, std::span<const SweepAxis> axes) {
  if (axes.empty() || axes.size() > 2)
    return failure("no-number", "a sweep changes one or two numbers");
  std::size_t points = 1;
  for (const SweepAxis& axis : axes) {
    const Result<const StepParameter*> parameter = parameterAt(recipe, axis.place);
    if (!parameter)
      return std::unexpected(parameter.error());
    if (axis.values.empty())
      return failure("no-values", fmt::format("no values are given for {}", axis.place.parameter));
    for (const std::int64_t value : axis.values)
      if (value < (*parameter)->minimum || value > (*parameter)->maximum)
        return failure("bad-value", fmt::format("{} is from {} to {}, not {}", axis.place.parameter, (*parameter)->minimum,
                                                (*parameter)->maximum, value));
    points *= axis.values.size();
  }
  if (axes.size() == 2 && axes[0].place == axes[1].place)
    return failure("same-number", "both lists of values are for the same number");
  if (points > kMostSweepPoints)
    return failure("too-many-points", fmt::format("{} choices are too many; a sweep has {} at most", points, kMostSweepPoints));
  return {};
}

std::string textOf(const Recipe& recipe) {
  std::string text;
  for (const Step& step : recipe.steps)
    text += (text.empty() ? "" : "\n") + toText(step);
  return text;
}

void setNumber(Recipe& recipe, const SweepPlace& place, std::int64_t value) {
  recipe.steps[static_cast<std::size_t>(place.step)].arguments[place.parameter][static_cast<std::size_t>(place.place)] =
      fmt::format("{}", value);
}

} // namespace

std::vector<std::int64_t> countCandidates(std::int64_t minimum, std::int64_t maximum,
                                          std::optional<std::int64_t> iterations, std::int64_t value, bool coarse) {
  const std::int64_t most = std::min(maximum, iterations.value_or(kUnknownIterations));
  const std::int64_t least = maximum > kLongLoop && most >= kLongLoop ? std::max(minimum, kLeastTile) : minimum;
  std::set<std::int64_t> candidates = {value};
  for (std::int64_t power = 1; power <= most; power *= 2)
    for (const std::int64_t size : {power, power + power / 2})
      if (size >= least && size <= most && (size == power || !coarse))
        candidates.insert(size);
  return {candidates.begin(), candidates.end()};
}

std::vector<SweepNumber> makeSweepNumbers(const ScopPtr& scop, const Recipe& recipe, const ParameterValues& values) {
  std::vector<SweepNumber> numbers;
  Schedule schedule = Schedule::original(scop);
  for (std::size_t s = 0; s < recipe.steps.size(); ++s) {
    Result<Schedule> next = apply(schedule, recipe.steps[s]);
    if (!next)
      break;
    addNumbers(schedule, recipe.steps[s], static_cast<int>(s), values, numbers);
    schedule = *std::move(next);
  }
  return numbers;
}

Result<std::vector<SweepPoint>> makeSweepPoints(const Recipe& recipe, std::span<const SweepAxis> axes) {
  if (const Result<void> checked = checkAxes(recipe, axes); !checked)
    return std::unexpected(checked.error());
  std::vector<SweepPoint> points;
  Recipe chosen = recipe;
  const auto add = [&](std::vector<std::int64_t> values) {
    points.push_back({.values = std::move(values), .recipe = textOf(chosen)});
  };
  for (const std::int64_t first : axes[0].values) {
    setNumber(chosen, axes[0].place, first);
    if (axes.size() == 1)
      add({first});
    else
      for (const std::int64_t second : axes[1].values) {
        setNumber(chosen, axes[1].place, second);
        add({first, second});
      }
  }
  return points;
}

} // namespace polyloom
