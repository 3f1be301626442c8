// A schedule's rows laid end to end: what batches are copied from.
#pragma once

#include "core/base/diagnostic.h"
#include "models/data/feature_table.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace polyloom {

/// The rows of ScheduleFeatures without its names, one vector per kind. A tenth of the allocations, half the memory.
struct FlatTree {
  /// In the order of FeatureKind; statement-loop rows and access rows stand by statement.
  std::array<std::vector<float>, kFeatureKinds> rows;
  std::vector<std::int32_t> loopParents;  ///< per loop; -1: none
  std::vector<std::int32_t> pathLengths;  ///< per statement: how many loops are around it
  std::vector<std::int32_t> pathLoops;    ///< per statement-loop row: its loop
  std::vector<std::int32_t> accessCounts; ///< per statement

  std::span<const float> row(FeatureKind kind, std::size_t number, std::size_t length) const {
    return std::span(rows[static_cast<std::size_t>(kind)]).subspan(number * length, length);
  }
  std::size_t statements() const { return pathLengths.size(); }
  bool empty() const { return rows[0].empty() && pathLengths.empty(); }
};

/// Bounds on what a network is given: batches are padded to the longest path and to the most statements.
inline constexpr std::size_t kMostStatements = 512, kLongestPath = 48, kMostAccesses = 256;

/// Fails with "bad-features" where a row has another length than the table's, a number is not finite, an index leaves
/// its list, a parent stands behind its child, there is no statement, or a bound above is passed.
Result<void> checkTree(const FlatTree& tree, const FeatureTable& table);

/// Fails as checkTree does.
Result<FlatTree> flatten(const ScheduleFeatures& features, const FeatureTable& table);

} // namespace polyloom
