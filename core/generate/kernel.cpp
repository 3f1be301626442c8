#include "core/generate/kernel.h"

#include "core/generate/kernel_writer.h"

#include <fmt/format.h>

#include <exception>

namespace polyloom {

const std::vector<std::string>& kernelLevels() {
  static const std::vector<std::string> kLevels = {"easy", "medium", "hard", "mixed"};
  return kLevels;
}

Result<std::string> generateKernel(std::uint64_t seed, const std::string& level, const Grammar& grammar) {
  Random random(seed);
  KernelWriter writer(random);
  try {
    grammar.expand(level, random, [&](const std::string& word) { writer.take(word); });
    return writer.finish();
  } catch (const std::exception& error) { // the words of an edited grammar need not fit together
    return failure("bad-grammar", fmt::format("an action of the grammar does not fit where seed {} needs it ({})", seed,
                                              error.what()));
  }
}

std::string whyNoKernels(const Grammar& grammar) {
  for (const std::string& level : kernelLevels())
    if (!grammar.has(level))
      return fmt::format("the grammar has no symbol \"{}\"", level);
  for (const std::string& word : grammar.words()) {
    const std::string action = KernelWriter::actionName(word);
    if (!action.empty() && !KernelWriter::actions().contains(action))
      return fmt::format("the generator has no action {}", word);
  }
  return {};
}

} // namespace polyloom
