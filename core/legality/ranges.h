// For which amounts is a step legal?
#pragma once

#include "core/base/diagnostic.h"
#include "core/legality/legality.h"
#include "core/schedule/step.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polyloom {

/// Integers from `minimum` to `maximum`; an absent end is open.
struct IntegerRange {
  std::optional<std::int64_t> minimum, maximum;

  friend bool operator==(const IntegerRange&, const IntegerRange&) = default;
};

/// "at least 2", "at most 5", "1 … 5", "3", "any".
std::string toText(const IntegerRange& interval);

/// A step with one number left open (a number that stands in several places is the same in all).
struct OpenStep {
  Step step; ///< with some number in the open places
  std::string parameter;
  std::vector<std::size_t> places; ///< among the parameter's words
  std::int64_t minimum = 0, maximum = 0; ///< what the step's form allows

  Step with(std::int64_t value) const;
};

/// Parses "skew j by ? i", "shift S1 i by ?", "tile i j by ? ?". Refuses a line without "?" or with one that is no number.
Result<OpenStep> parseOpenStep(std::string_view line);

struct LegalRange {
  std::string parameter; ///< the open one's name in the step's form
  bool isEmpty = false;  ///< no value is legal
  IntegerRange values;       ///< the legal ones, where there are any
  /// For a skew: the factors after which no dependence points backwards along the loop, so that it can be tiled together
  /// with the loop that it was skewed along.
  std::optional<IntegerRange> tilable;
  std::string sentence; ///< the range, and what the next value beyond each end breaks
};

/// A recipe with one open number: legal for which values?
struct RangeQuestion {
  std::vector<Step> before;
  OpenStep open;
  std::vector<Step> after;
  std::optional<std::int64_t> present; ///< the recipe's own value, where it has one
};

/// The question that a line with "?" asks of a recipe: of its step that is the same but for the number, with the steps
/// after it, or else of one more step at the end.
RangeQuestion questionOf(const std::vector<Step>& recipe, OpenStep open);

/// The values that leave the whole recipe legal: an interval, since every pair of instances that a shift or a skew moves
/// apart stays in order from some amount on. Its ends are solved for by the pairs' distances, or else searched by
/// bisection; both ends, and the values next to them, have been judged. Where several intervals are legal, the one
/// nearest to the recipe's own value, or to 0. Sizes count as legal up to the first one that is not; a nest without
/// dependences backwards takes every size, and where only sizes were tried the sentence says which.
/// Refuses what the steps refuse, and questions whose verdicts are unknown. Cost: at most 100 legality checks.
Result<LegalRange> legalRange(const ScopPtr& scop, const Dependences& dependences, const RangeQuestion& question,
                              const LegalityOptions& options = {});

} // namespace polyloom
