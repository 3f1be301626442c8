// The names of all rows, by kind.
#pragma once

#include "core/base/diagnostic.h"
#include "models/features/schedule_features.h"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace polyloom {

inline constexpr std::size_t kFeatureKinds = 5;
inline constexpr std::array<FeatureKind, kFeatureKinds> kAllFeatureKinds = {
    FeatureKind::Program, FeatureKind::Loop, FeatureKind::Statement, FeatureKind::StatementLoop, FeatureKind::Access};

/// "program", "loop", "statement", "statement_loop", "access".
std::string nameOf(FeatureKind kind);

/// A value that networks take their row lengths from, and look up by name what they build on.
class FeatureTable {
public:
  using Names = std::vector<std::string>;

  FeatureTable() = default;
  /// The names in the order of FeatureKind.
  FeatureTable(std::string schema, std::array<Names, kFeatureKinds> names)
      : schema_(std::move(schema)), names_(std::move(names)) {}

  /// What this program's featurizer makes.
  static FeatureTable current();

  const std::string& schema() const { return schema_; }
  const Names& names(FeatureKind kind) const { return names_[static_cast<std::size_t>(kind)]; }
  std::size_t length(FeatureKind kind) const { return names(kind).size(); }

  /// The place of a name in its kind's rows. Fails with "no-such-feature".
  Result<std::size_t> find(FeatureKind kind, std::string_view name) const;

private:
  std::string schema_;
  std::array<Names, kFeatureKinds> names_;
};

} // namespace polyloom
