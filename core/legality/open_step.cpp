#include "core/legality/ranges.h"
#include "core/schedule/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

std::string filled(std::string_view line, char digit) {
  std::string text(line);
  std::ranges::replace(text, '?', digit);
  return text;
}

bool isNumber(const StepParameter& parameter) {
  using Kind = StepParameter::Kind;
  return parameter.kind == Kind::Integer || parameter.kind == Kind::Integers || parameter.kind == Kind::Affine ||
         parameter.kind == Kind::Factor;
}

} // namespace

std::string toText(const IntegerRange& interval) {
  if (!interval.minimum && !interval.maximum)
    return "any";
  if (interval.minimum == interval.maximum)
    return fmt::format("{}", *interval.minimum);
  if (!interval.minimum)
    return fmt::format("at most {}", *interval.maximum);
  if (!interval.maximum)
    return fmt::format("at least {}", *interval.minimum);
  return fmt::format("{} … {}", *interval.minimum, *interval.maximum);
}

Step OpenStep::with(std::int64_t value) const {
  Step result = step;
  for (const std::size_t place : places)
    result.arguments[parameter][place] = fmt::format("{}", value);
  return result;
}

Result<OpenStep> parseOpenStep(std::string_view line) {
  if (line.find('?') == std::string_view::npos)
    return failure("nothing-open", fmt::format("\"{}\" leaves no number open; put ? in the number's place, as in "
                                               "\"skew j by ? i\"", line));
  // Two numbers that every form of a step allows: what differs is what was open.
  const Result<Step> one = parseStep(filled(line, '4')), other = parseStep(filled(line, '8'));
  if (!one)
    return std::unexpected(one.error());
  if (!other)
    return std::unexpected(other.error());
  OpenStep open{.step = *one};
  for (const StepParameter& parameter : findStepKind(one->kind)->parameters) {
    const std::string name(parameter.name);
    if (!one->has(name) || one->words(name) == other->words(name))
      continue;
    if (!isNumber(parameter) || !open.parameter.empty())
      return failure("nothing-open", fmt::format("one number of \"{}\" can be left open, not {}", line, name));
    open.parameter = name;
    open.minimum = parameter.minimum;
    open.maximum = parameter.maximum;
    const std::vector<std::string>& words = one->words(name);
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (words[w] == other->words(name)[w])
        continue;
      if (words[w] != "4")
        return failure("nothing-open", fmt::format("? stands for a whole number; \"{}\" has more around it", line));
      open.places.push_back(w);
    }
  }
  return open;
}

RangeQuestion questionOf(const std::vector<Step>& recipe, OpenStep open) {
  for (std::size_t s = 0; s < recipe.size(); ++s) {
    const Step& step = recipe[s];
    if (step.kind != open.step.kind)
      continue;
    const std::string& word = step.words(open.parameter)[open.places.front()];
    const bool isNumber = !word.empty() && word.find_first_not_of("0123456789", word[0] == '-' ? 1 : 0) == std::string::npos;
    if (!isNumber || word.size() > 9 || open.with(std::stoll(word)) != step)
      continue;
    const auto at = recipe.begin() + static_cast<std::ptrdiff_t>(s);
    return {{recipe.begin(), at}, std::move(open), {at + 1, recipe.end()}, std::stoll(word)};
  }
  return {recipe, std::move(open), {}, std::nullopt};
}

} // namespace polyloom
