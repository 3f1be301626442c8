#include "views/predicted_bars.h"

#include "views/plotting.h"

#include <QObject>

#include <algorithm>

namespace polyloom {

namespace {

// In rows.
constexpr double kThickness = 0.22;
constexpr double kDrop = 0.25; ///< below the middle of the row

void addRemark(QCustomPlot& plot, const PredictedBar& bar, const Theme& theme) {
  auto* text = new QCPItemText(&plot);
  text->setClipToAxisRect(false);
  text->position->setTypeX(QCPItemPosition::ptPlotCoords);
  text->position->setTypeY(QCPItemPosition::ptPlotCoords);
  text->position->setCoords(bar.prediction.interval.high, bar.place);
  text->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  text->setPadding(QMargins(8, 0, 4, 0));
  text->setText(remarkOf(bar));
  text->setFont(codeFont(-1));
  text->setColor(bar.verdict ? colorOf(*bar.verdict, theme) : theme.mutedText);
}

} // namespace

QString predictionText(const PredictionInfo& prediction) {
  return QStringLiteral("%1× [%2 … %3]")
      .arg(prediction.speedup, 0, 'f', 2)
      .arg(prediction.interval.low, 0, 'f', 2)
      .arg(prediction.interval.high, 0, 'f', 2);
}

std::optional<PredictionVerdict> verdictOn(const PredictionInfo& prediction, const MeasurementInfo& measured) {
  if (measured.outcome != MeasurementInfo::Outcome::Measured || measured.recipe.empty())
    return std::nullopt;
  return judgePrediction(prediction.interval, {measured.speedupLow, measured.speedupHigh});
}

QColor colorOf(PredictionVerdict verdict, const Theme& theme) {
  switch (verdict) {
  case PredictionVerdict::Agrees:
    return theme.legal;
  case PredictionVerdict::ModelWrong:
    return theme.violation;
  case PredictionVerdict::NotDistinguishable:
    return theme.unknown;
  }
  return theme.text;
}

const PredictionInfo* predictionOf(const Predictions& predictions, const std::string& recipe) {
  const auto found = predictions.find(recipe);
  return found != predictions.end() && found->second.isKnown() ? &found->second : nullptr;
}

double placeOfRow(std::size_t row, std::size_t rows) { return static_cast<double>(rows - 1 - row); }

std::vector<PredictedBar> predictedBars(const Predictions& predictions, const std::vector<MeasurementInfo>& measurements) {
  std::vector<PredictedBar> bars;
  for (std::size_t row = 0; row < measurements.size(); ++row)
    if (const PredictionInfo* prediction = predictionOf(predictions, measurements[row].recipe))
      bars.push_back({.place = placeOfRow(row, measurements.size()) - kDrop,
                      .prediction = *prediction,
                      .verdict = verdictOn(*prediction, measurements[row])});
  return bars;
}

QString unmeasuredText(const Predictions& predictions, const std::vector<MeasurementInfo>& measurements, const QString& shown) {
  const std::string recipe = shown.toStdString();
  const PredictionInfo* prediction = predictionOf(predictions, recipe);
  const bool isMeasured = std::ranges::find(measurements, recipe, &MeasurementInfo::recipe) != measurements.end();
  return prediction && !isMeasured ? QObject::tr("predicted %1, not measured yet").arg(predictionText(*prediction)) : QString();
}

QString remarkOf(const PredictedBar& bar, const QString& separator) {
  const QString text = QObject::tr("predicted %1").arg(predictionText(bar.prediction));
  return bar.verdict ? text + separator + QString::fromStdString(wordOf(*bar.verdict)) : text;
}

void addPredictedBars(QCustomPlot& plot, const std::vector<PredictedBar>& bars, const Theme& theme) {
  auto* hatched = new QCPBars(plot.yAxis, plot.xAxis);
  hatched->setWidth(kThickness);
  hatched->setPen(QPen(theme.accent, 1));
  hatched->setBrush(QBrush(theme.accent, Qt::BDiagPattern));
  auto* anchors = new QCPGraph(plot.yAxis, plot.xAxis);
  anchors->setLineStyle(QCPGraph::lsNone);
  anchors->setScatterStyle(QCPScatterStyle::ssNone);
  auto* intervals = new QCPErrorBars(plot.yAxis, plot.xAxis);
  intervals->setDataPlottable(anchors);
  intervals->setPen(QPen(theme.accent, 1.2));
  intervals->setWhiskerWidth(6);
  intervals->setSymbolGap(0);
  for (auto bar = bars.rbegin(); bar != bars.rend(); ++bar) { // from the bottom up: error bars count in the order of the keys
    const PredictionInfo& prediction = bar->prediction;
    hatched->addData(bar->place, prediction.speedup);
    anchors->addData(bar->place, prediction.speedup);
    intervals->addData(prediction.speedup - prediction.interval.low, prediction.interval.high - prediction.speedup);
    addRemark(plot, *bar, theme);
  }
}

} // namespace polyloom
