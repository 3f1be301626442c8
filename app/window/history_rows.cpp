#include "app/window/history_rows.h"

#include "views/history_view.h"
#include "views/measurement_view.h"
#include "views/predicted_bars.h"

#include <map>
#include <optional>

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

const MeasurementInfo* measurementOf(const HistoryNode& node, const QString& recipe, const Measured& by) {
  auto found = by.find(recipe);
  if (found == by.end() && !node.key.isEmpty())
    found = by.find(node.key);
  return found == by.end() ? nullptr : found->second;
}

std::optional<PredictionInfo> predictionOf(const HistoryNode& node, const QString& recipe, const Predictions& predictions) {
  if (const auto found = predictions.find(recipe.toStdString()); found != predictions.end())
    return found->second;
  if (!node.predicted)
    return std::nullopt;
  return PredictionInfo{.speedup = node.predicted->value, .interval = {node.predicted->low, node.predicted->high}};
}

void addMeasurement(HistoryRow& row, const MeasurementInfo* measured) {
  if (measured) {
    row.measuredWell = measured->outcome == MeasurementInfo::Outcome::Measured;
    row.measured = row.measuredWell ? speedupText(*measured) : verdictOn(*measured);
  } else if (row.verdict == HistoryVerdict::Illegal || row.verdict == HistoryVerdict::Refused) {
    row.measuredWell = false;
    row.measured = wordFor(row.verdict);
  }
}

void addPrediction(HistoryRow& row, const PredictionInfo& predicted, const MeasurementInfo* measured) {
  if (!predicted.isKnown()) {
    row.unpredicted = QString::fromStdString(predicted.problem);
    return;
  }
  row.predicted = predictionText(predicted);
  if (measured)
    row.agreement = verdictOn(predicted, *measured);
}

} // namespace

std::vector<HistoryRow> historyRows(const HistoryTree& tree, const std::vector<MeasurementInfo>& measurements,
                                    const Predictions& predictions) {
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
    const MeasurementInfo* measured = measurementOf(node, row.recipe, by);
    addMeasurement(row, measured);
    if (const auto predicted = predictionOf(node, row.recipe, predictions))
      addPrediction(row, *predicted, measured);
    rows.push_back(std::move(row));
  }
  return rows;
}

} // namespace polyloom
