#include "models/data/flat_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace polyloom {

namespace {

std::size_t sumOf(const std::vector<std::int32_t>& counts) {
  return static_cast<std::size_t>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
}

std::unexpected<Diagnostic> bad(const std::string& what) { return failure("bad-features", what); }

/// Rows of one kind, one after another.
Result<void> checkRows(const FlatTree& tree, const FeatureTable& table, FeatureKind kind, std::size_t count) {
  const std::vector<float>& rows = tree.rows[static_cast<std::size_t>(kind)];
  if (rows.size() != count * table.length(kind))
    return bad(fmt::format("{} {} rows have {} numbers, not {} each", count, nameOf(kind), rows.size(), table.length(kind)));
  if (!std::ranges::all_of(rows, [](float value) { return std::isfinite(value); }))
    return bad(fmt::format("a {} row holds a number that is not finite", nameOf(kind)));
  return {};
}

bool areWithin(const std::vector<std::int32_t>& values, std::int64_t least, std::size_t most) {
  return std::ranges::all_of(values, [&](std::int32_t v) { return v >= least && v <= static_cast<std::int64_t>(most); });
}

Result<void> checkIndexes(const FlatTree& tree) {
  if (tree.statements() == 0 || tree.statements() > kMostStatements || tree.accessCounts.size() != tree.statements())
    return bad(fmt::format("the features hold {} statements; wanted 1 to {}", tree.statements(), kMostStatements));
  if (!areWithin(tree.pathLengths, 0, kLongestPath) || !areWithin(tree.accessCounts, 0, kMostAccesses))
    return bad("a statement has too many loops around it or too many accesses");
  const std::size_t loops = tree.loopParents.size();
  for (std::size_t loop = 0; loop < loops; ++loop)
    if (tree.loopParents[loop] < -1 || tree.loopParents[loop] >= static_cast<std::int32_t>(loop))
      return bad("a loop stands before its parent");
  if (!std::ranges::all_of(tree.pathLoops, [&](std::int32_t l) { return l >= 0 && static_cast<std::size_t>(l) < loops; }))
    return bad("a statement names a loop that is not there");
  return tree.pathLoops.size() == sumOf(tree.pathLengths) ? Result<void>() : bad("paths are not as long as they claim");
}

} // namespace

Result<void> checkTree(const FlatTree& tree, const FeatureTable& table) {
  if (const Result<void> checked = checkIndexes(tree); !checked)
    return checked;
  const std::array<std::size_t, kFeatureKinds> counts = {1, tree.loopParents.size(), tree.statements(),
                                                         tree.pathLoops.size(), sumOf(tree.accessCounts)};
  for (const FeatureKind kind : kAllFeatureKinds)
    if (const Result<void> checked = checkRows(tree, table, kind, counts[static_cast<std::size_t>(kind)]); !checked)
      return checked;
  return {};
}

Result<FlatTree> flatten(const ScheduleFeatures& features, const FeatureTable& table) {
  FlatTree tree;
  bool hasRightLengths = true;
  const auto append = [&](FeatureKind kind, const ScheduleFeatures::Row& row) {
    std::vector<float>& rows = tree.rows[static_cast<std::size_t>(kind)];
    rows.insert(rows.end(), row.begin(), row.end());
    hasRightLengths = hasRightLengths && row.size() == table.length(kind); // two wrong ones could make up for each other
  };
  append(FeatureKind::Program, features.program);
  for (const ScheduleFeatures::Loop& loop : features.loops) {
    append(FeatureKind::Loop, loop.row);
    tree.loopParents.push_back(loop.parent);
  }
  for (const ScheduleFeatures::Statement& statement : features.statements) {
    append(FeatureKind::Statement, statement.row);
    tree.pathLengths.push_back(static_cast<std::int32_t>(statement.loops.size()));
    tree.pathLoops.insert(tree.pathLoops.end(), statement.loops.begin(), statement.loops.end());
    for (const ScheduleFeatures::Row& row : statement.loopRows)
      append(FeatureKind::StatementLoop, row);
    for (const ScheduleFeatures::Access& access : statement.accesses)
      append(FeatureKind::Access, access.row);
    tree.accessCounts.push_back(static_cast<std::int32_t>(statement.accesses.size()));
    if (statement.loopRows.size() != statement.loops.size())
      return bad("a statement has not one row per loop around it");
  }
  if (const Result<void> checked = checkTree(tree, table); !checked)
    return std::unexpected(checked.error());
  return hasRightLengths ? Result<FlatTree>(std::move(tree)) : bad("a row has another length than its kind's");
}

} // namespace polyloom
