#include "models/features/schedule_features.h"

#include "models/features/feature_views.h"

#include <fmt/format.h>

#include <cstdint>

namespace polyloom {

namespace {

constexpr int kVersion = 2; ///< to be raised where values change under the same names

template <typename View> std::span<const FeatureInfo> known(const std::vector<Feature<View>>& table) {
  static const std::vector<FeatureInfo> kInfos = infosOf(table);
  return kInfos;
}

} // namespace

std::span<const FeatureInfo> featuresOf(FeatureKind kind) {
  switch (kind) {
  case FeatureKind::Program: return known(programFeatures());
  case FeatureKind::Loop: return known(loopFeatures());
  case FeatureKind::Statement: return known(statementFeatures());
  case FeatureKind::StatementLoop: return known(statementLoopFeatures());
  case FeatureKind::Access: return known(accessFeatures());
  }
  return {};
}

std::string featureSchema() {
  std::uint64_t hash = 14695981039346656037ULL; // FNV-1a
  const auto add = [&](std::string_view text) {
    for (const char letter : text)
      hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
  };
  for (const FeatureKind kind : {FeatureKind::Program, FeatureKind::Loop, FeatureKind::Statement, FeatureKind::StatementLoop,
                                 FeatureKind::Access}) {
    for (const FeatureInfo& info : featuresOf(kind)) {
      add(info.name);
      add("\n");
    }
    add("\f");
  }
  return fmt::format("{}-{:016x}", kVersion, hash);
}

} // namespace polyloom
