// Answers to what a view may ask about the present recipe, as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// A whole recipe that is legal, close to an illegal one.
struct RepairInfo {
  std::string recipe;   ///< text, one step a line
  std::string sentence; ///< "shift S1 j by 1 before fuse i j"
};

/// For which numbers a step would be legal.
struct RangeInfo {
  std::string line;     ///< the question: "skew j by ? i"
  std::string text;     ///< "legal: 2 …"; empty where nobody knows
  std::string sentence; ///< with what the next number breaks
  bool isKnown = false; ///< the numbers are `minimum` to `maximum`; an absent end is open
  bool isEmpty = false; ///< known, and there are none
  std::optional<std::int64_t> minimum = {}, maximum = {};
};

/// The steps that make chosen instances run at the same time.
struct AtOnceInfo {
  std::vector<std::string> lines; ///< to append to the recipe; empty where there are none
  std::string loop;               ///< that runs in parallel then
  std::string sentence;           ///< what the steps do, or why there are none
};

} // namespace polyloom
