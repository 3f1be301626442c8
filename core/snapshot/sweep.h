// A sweep: one recipe with one or two of its numbers replaced by lists of values, and what became of each choice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// Where a number stands in a recipe.
struct SweepPlace {
  int step = 0;          ///< which of the recipe's steps, from 0
  std::string parameter; ///< its name in the step's form
  int place = 0;         ///< among the parameter's words

  friend bool operator==(const SweepPlace&, const SweepPlace&) = default;
};

/// A number of a recipe that may take other values.
struct SweepNumber {
  SweepPlace place;
  std::string line;       ///< the step
  std::string open;       ///< the same with ? in the number's place: what people tell it by
  std::string loop;       ///< whose iterations it counts; empty: none of a certain loop
  std::int64_t value = 0; ///< what the recipe has
  bool isCount = true;    ///< counts something: told apart by ratios, on a logarithmic axis
  std::vector<std::int64_t> candidates; ///< worth trying alone, ascending
  std::vector<std::int64_t> coarse;     ///< worth trying together with another number's
};

/// A number and the values that it takes.
struct SweepAxis {
  SweepPlace place;
  std::vector<std::int64_t> values;
};

/// A figure that one source has on an order.
struct SweepFigure {
  std::string source;    ///< "measured", or who predicted it
  double speedup = 0;    ///< over the original order
  double low = 0, high = 0; ///< the interval that holds it
  double seconds = 0;    ///< 0: the source knows none
  std::string message;   ///< why there is no figure; empty: there is one
  bool isStored = false; ///< known before

  bool isKnown() const { return message.empty(); }
};

/// What the legality of a choice is. Only legal ones get figures.
enum class SweepVerdict { Waiting, Legal, Illegal, Unknown, Refused };

/// One choice of values.
struct SweepPoint {
  std::vector<std::int64_t> values; ///< one per axis
  std::string recipe;               ///< with these values, one step a line
  SweepVerdict verdict = SweepVerdict::Waiting;
  std::string message; ///< why it is not legal
  int sameAs = -1;     ///< an earlier point whose code is the same: its figures are this one's, too
  std::vector<SweepFigure> figures; ///< one per source that has answered
};

/// The figure of a source, or null.
const SweepFigure* figureOf(const SweepPoint& point, const std::string& source);

/// The point with the highest known speedup of a source.
std::optional<std::size_t> bestPoint(std::span<const SweepPoint> points, const std::string& source);

/// Whether the intervals of two figures overlap: nobody can tell which one is faster.
bool isTie(const SweepFigure& a, const SweepFigure& b);

/// Numbers in a text, between anything but digits and signs; each once, ascending. "8, 16 32" is {8, 16, 32}.
std::vector<std::int64_t> sweepValues(const std::string& text);

/// How many choices a sweep may have.
inline constexpr std::size_t kMostSweepPoints = 400;

} // namespace polyloom
