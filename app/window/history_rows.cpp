#include "app/window/history_rows.h"

#include "views/history_view.h"
#include "views/measurement_view.h"

#include <map>

namespace polyloom {

namespace {

using Measured = std::map<QString, const MeasurementInfo*>;

QString speedupText(const MeasurementInfo& info) {
  if (info.recipe.empty())
    return QStringLiteral("1.00×");
  return QStringLiteral("%1× ± %2").arg(info.speedup, 0, 'f', 2).arg((info.speedupHigh - info.speedupLow) / 2, 0, 'f', 2);
}

/// By recipe, and by key for the schedules whose key is known.
Measured measuredBy(const HistoryTree& tree, const std::vector<MeasurementInfo>& measurements) {
  Measured by;
  for (const MeasurementInfo& info : measurements)
    by.emplace(normalizedRecipe(QString::fromStdString(info.recipe)), &info);
  Measured byKey;
  for (const int id : tree.nodes())
    if (const auto found = by.find(tree.recipe(id)); found != by.end() && !tree.node(id).key.isEmpty())
      byKey.emplace(tree.node(id).key, found->second);
  by.merge(byKey);
  return by;
}

} // namespace

std::vector<HistoryRow> historyRows(const HistoryTree& tree, const std::vector<MeasurementInfo>& measurements) {
  const Measured by = measuredBy(tree, measurements);
  std::vector<HistoryRow> rows;
  for (const int id : tree.nodes()) {
    const HistoryNode& node = tree.node(id);
    HistoryRow row{.id = id,
                   .parent = node.parent,
                   .line = node.line,
                   .recipe = tree.recipe(id),
                   .name = node.name,
                   .starred = node.starred,
                   .found = node.origin == HistoryNode::Origin::Search,
                   .verdict = node.verdict,
                   .message = node.message,
                   .expands = node.expands};
    if (const auto twin = tree.twin(id))
      row.twin = historyTitle(tree.node(*twin));
    if (node.predicted)
      row.predicted = QStringLiteral("%1×").arg(node.predicted->value, 0, 'f', 2);
    auto found = by.find(row.recipe);
    if (found == by.end() && !node.key.isEmpty())
      found = by.find(node.key);
    if (found != by.end()) {
      row.measuredWell = found->second->outcome == MeasurementInfo::Outcome::Measured;
      row.measured = row.measuredWell ? speedupText(*found->second) : verdictOn(*found->second);
    } else if (node.verdict == HistoryVerdict::Illegal || node.verdict == HistoryVerdict::Refused) {
      row.measuredWell = false;
      row.measured = wordFor(node.verdict);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

} // namespace polyloom
