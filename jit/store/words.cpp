#include "jit/store/words.h"

#include <algorithm>
#include <array>

namespace polyloom {

namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 5> kOutcomes = {"measured", "wrong result", "crashed", "timed out", "refused"};
constexpr std::array<std::string_view, 4> kResults = {"not compared", "equal", "within tolerance", "different"};
constexpr std::array<std::string_view, 3> kEndings = {"narrow", "rounds", "budget"};

template <typename Enum, std::size_t N>
std::optional<Enum> enumeratorOf(std::string_view word, const std::array<std::string_view, N>& words) {
  const auto found = std::ranges::find(words, word);
  return found == words.end() ? std::nullopt : std::optional(static_cast<Enum>(found - words.begin()));
}

} // namespace

std::string_view wordOf(Outcome outcome) { return kOutcomes.at(static_cast<std::size_t>(outcome)); }

std::optional<Outcome> outcomeFromWord(std::string_view word) { return enumeratorOf<Outcome>(word, kOutcomes); }

std::string_view wordOf(ResultCheck result) { return kResults.at(static_cast<std::size_t>(result)); }

std::optional<ResultCheck> resultFromWord(std::string_view word) { return enumeratorOf<ResultCheck>(word, kResults); }

std::string_view wordOf(Ending ending) { return kEndings.at(static_cast<std::size_t>(ending)); }

std::optional<Ending> endingFromWord(std::string_view word) { return enumeratorOf<Ending>(word, kEndings); }

} // namespace polyloom
