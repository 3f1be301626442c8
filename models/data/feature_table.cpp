#include "models/data/feature_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

std::string nameOf(FeatureKind kind) {
  constexpr std::array<const char*, kFeatureKinds> kNames = {"program", "loop", "statement", "statement_loop", "access"};
  return kNames[static_cast<std::size_t>(kind)];
}

FeatureTable FeatureTable::current() {
  std::array<Names, kFeatureKinds> names;
  for (const FeatureKind kind : kAllFeatureKinds)
    for (const FeatureInfo& info : featuresOf(kind))
      names[static_cast<std::size_t>(kind)].emplace_back(info.name);
  return FeatureTable(featureSchema(), std::move(names));
}

Result<std::size_t> FeatureTable::find(FeatureKind kind, std::string_view name) const {
  const Names& all = names(kind);
  const auto found = std::ranges::find(all, name);
  if (found == all.end())
    return failure("no-such-feature", fmt::format("the features have no {} feature named \"{}\", which the network builds on",
                                                  nameOf(kind), name));
  return static_cast<std::size_t>(found - all.begin());
}

} // namespace polyloom
