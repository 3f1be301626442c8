#include "core/openscop/block_names.h"

#include "core/assemble/names.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

/// As many names as wanted: those of the text, then prefix and number.
std::vector<std::string> named(const std::vector<std::string>& known, std::size_t count, const char* prefix,
                               UniqueNames& taken) {
  std::vector<std::string> names;
  for (std::size_t n = 0; n < count; ++n)
    names.push_back(taken.take(n < known.size() ? plainName(known[n]) : fmt::format("{}{}", prefix, n + 1)));
  return names;
}

std::size_t depthOf(const OpenScopStatement& statement) {
  for (const OpenScopRelation& relation : statement.relations)
    if (relation.kind == "DOMAIN" && !relation.parts.empty())
      return relation.parts.front().outputs;
  return 0;
}

} // namespace

BlockNames namesOf(const OpenScopBlock& block) {
  BlockNames names;
  UniqueNames taken;
  const std::size_t parameters = block.context.parts.empty() ? block.parameters.size() : block.context.parts.front().parameters;
  names.parameters = named(block.parameters, parameters, "p", taken);
  for (const OpenScopStatement& statement : block.statements) {
    UniqueNames own = taken;
    names.iterators.push_back(named(statement.body ? statement.body->iterators : std::vector<std::string>{},
                                    depthOf(statement), "i", own));
  }
  for (const std::string& name : block.scatteringNames)
    names.dates.push_back(plainName(name));
  UniqueNames arrays = taken; // Clan numbers iterators and parameters, too
  for (const auto& [number, name] : block.arrays)
    names.arrays[number] = arrays.take(plainName(name));
  return names;
}

std::string BlockNames::array(int number) const {
  const auto found = arrays.find(number);
  return found != arrays.end() ? found->second : number < 0 ? fmt::format("A_{}", -number) : fmt::format("A{}", number);
}

} // namespace polyloom
