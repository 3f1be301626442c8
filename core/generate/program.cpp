#include "core/generate/program.h"

#include "core/base/check.h"
#include "core/generate/program_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

std::string generateProgram(std::uint64_t seed, const Grammar& grammar) {
  POLYLOOM_CHECK(whyUnusable(grammar).empty());
  Random random(seed);
  ProgramWriter writer(grammar, random);
  grammar.expand("program", random, [&](const std::string& word) { writer.take(word); });
  return writer.finish();
}

std::string whyUnusable(const Grammar& grammar) {
  if (!grammar.has("program"))
    return "the grammar has no symbol \"program\"";
  for (const std::string& choice : ProgramWriter::choices())
    if (!grammar.has(choice))
      return fmt::format("the grammar has no symbol \"{}\", which the generator asks for", choice);
  const std::vector<std::string> words = grammar.words();
  for (const std::string& word : words)
    if (word.size() > 2 && word.front() == '<' && word.back() == '>' && !ProgramWriter::actions().contains(word))
      return fmt::format("the generator has no action {}", word);
  return {};
}

} // namespace polyloom
