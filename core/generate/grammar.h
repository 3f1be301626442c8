// A weighted grammar, read from text.
#pragma once

#include "core/base/diagnostic.h"
#include "core/generate/random.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

/// Symbols and their alternatives. The notation is described at the head of resources/core/generate/programs.grammar.
class Grammar {
public:
  /// Refuses a line without a symbol, an alternative without a weight or words, and a symbol that stands twice.
  static Result<Grammar> parse(std::string_view text);

  /// The grammar of the programs that Polyloom tests itself with; part of the program, so that a seed means the same
  /// wherever it runs.
  static const Grammar& programs();

  /// The grammar of kernels, whose shapes are those of real code; part of the program, too.
  static const Grammar& kernels();

  bool has(const std::string& symbol) const { return rules_.contains(symbol); }

  /// All words of all alternatives, those that are symbols included.
  std::vector<std::string> words() const;

  /// Expands a symbol from left to right; `take` gets every word that is no symbol, at the moment when it is reached.
  void expand(const std::string& symbol, Random& random, const std::function<void(const std::string&)>& take) const;

  /// One alternative of a symbol as it stands, its words joined by blanks.
  std::string choose(const std::string& symbol, Random& random) const;

private:
  struct Alternative {
    std::uint64_t weight = 1;
    std::vector<std::string> words;
  };
  const Alternative& draw(const std::string& symbol, Random& random) const;

  std::map<std::string, std::vector<Alternative>> rules_;
};

} // namespace polyloom
