#include "core/generate/grammar.h"

#include "core/base/check.h"
#include "core/generate/kernels_grammar.h"
#include "core/generate/programs_grammar.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace polyloom {

namespace {

Result<std::uint64_t> weightOf(const std::string& word, int line) {
  std::uint64_t weight = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), weight);
  if (error != std::errc() || end != word.data() + word.size() || weight == 0)
    return failure("bad-grammar", fmt::format("line {}: an alternative starts with its weight, not with \"{}\"", line, word));
  return weight;
}

} // namespace

Result<Grammar> Grammar::parse(std::string_view text) {
  Grammar grammar;
  std::istringstream lines{std::string(text)};
  std::vector<Alternative>* rule = nullptr;
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream words(line);
    std::string word;
    if (!(words >> word) || word.front() == '#')
      continue;
    if (word.back() == ':') {
      word.pop_back();
      if (grammar.has(word))
        return failure("bad-grammar", fmt::format("line {}: the symbol {} stands twice", number, word));
      rule = &grammar.rules_[word];
    } else if (word != "|" || rule == nullptr) {
      return failure("bad-grammar", fmt::format("line {}: a line starts with \"symbol:\" or goes on with |", number));
    }
    bool startsAlternative = true;
    while (words >> word) {
      if (word == "|") {
        startsAlternative = true;
        continue;
      }
      if (!startsAlternative) {
        rule->back().words.push_back(word);
        continue;
      }
      const Result<std::uint64_t> weight = weightOf(word, number);
      if (!weight)
        return std::unexpected(weight.error());
      rule->push_back({*weight, {}});
      startsAlternative = false;
    }
  }
  for (const auto& [symbol, alternatives] : grammar.rules_) {
    if (alternatives.empty())
      return failure("bad-grammar", fmt::format("the symbol {} has no alternatives", symbol));
    if (std::ranges::any_of(alternatives, [](const Alternative& one) { return one.words.empty(); }))
      return failure("bad-grammar", fmt::format("an alternative of {} has no words", symbol));
  }
  return grammar;
}

namespace {

Grammar ownGrammar(std::string_view text) {
  Result<Grammar> grammar = Grammar::parse(text);
  POLYLOOM_CHECK(grammar.has_value());
  return std::move(*grammar);
}

} // namespace

const Grammar& Grammar::programs() {
  static const Grammar kGrammar = ownGrammar(kProgramsGrammar);
  return kGrammar;
}

const Grammar& Grammar::kernels() {
  static const Grammar kGrammar = ownGrammar(kKernelsGrammar);
  return kGrammar;
}

std::vector<std::string> Grammar::words() const {
  std::vector<std::string> all;
  for (const auto& [symbol, alternatives] : rules_)
    for (const Alternative& alternative : alternatives)
      all.insert(all.end(), alternative.words.begin(), alternative.words.end());
  return all;
}

const Grammar::Alternative& Grammar::draw(const std::string& symbol, Random& random) const {
  const auto rule = rules_.find(symbol);
  POLYLOOM_CHECK(rule != rules_.end() && !rule->second.empty());
  std::uint64_t total = 0;
  for (const Alternative& alternative : rule->second)
    total += alternative.weight;
  std::uint64_t left = random.below(total);
  for (const Alternative& alternative : rule->second) {
    if (left < alternative.weight)
      return alternative;
    left -= alternative.weight;
  }
  return rule->second.back();
}

void Grammar::expand(const std::string& symbol, Random& random,
                     const std::function<void(const std::string&)>& take) const {
  for (const std::string& word : draw(symbol, random).words) {
    if (has(word))
      expand(word, random, take);
    else
      take(word);
  }
}

std::string Grammar::choose(const std::string& symbol, Random& random) const {
  return fmt::format("{}", fmt::join(draw(symbol, random).words, " "));
}

} // namespace polyloom
