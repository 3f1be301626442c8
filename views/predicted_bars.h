// Predictions in words, and as bars beside the measured ones.
#pragma once

#include "core/snapshot/prediction.h"
#include "core/snapshot/snapshot.h"
#include "views/theme.h"

#include <QString>

#include <optional>
#include <vector>

class QCustomPlot;

namespace polyloom {

/// "2.41× [1.92 … 3.04]".
QString predictionText(const PredictionInfo& prediction);

/// What a measurement says about a prediction; none where it has no time, or is the original's.
std::optional<PredictionVerdict> verdictOn(const PredictionInfo& prediction, const MeasurementInfo& measured);

/// In the theme's colors: whether the model was right.
QColor colorOf(PredictionVerdict verdict, const Theme& theme);

/// A known prediction, and where it stands on the vertical axis.
struct PredictedBar {
  double place = 0;
  PredictionInfo prediction;
  std::optional<PredictionVerdict> verdict;
};

/// The prediction of a recipe, where there is one.
const PredictionInfo* predictionOf(const Predictions& predictions, const std::string& recipe);

/// Rows count from the top, the vertical axis counts upwards.
double placeOfRow(std::size_t row, std::size_t rows);

/// One for each measurement, below its own bar, that has a prediction.
std::vector<PredictedBar> predictedBars(const Predictions& predictions, const std::vector<MeasurementInfo>& measurements);

/// What is predicted of the schedule that is shown, while it has not been measured; else nothing.
QString unmeasuredText(const Predictions& predictions, const std::vector<MeasurementInfo>& measurements, const QString& shown);

/// "predicted 2.41× [1.92 … 3.04]   agrees", with this between the two.
QString remarkOf(const PredictedBar& bar, const QString& separator = QStringLiteral("   "));

/// Thin hatched bars with their 90 % intervals, and remarks right of these. `plot`'s horizontal axis counts speedups.
void addPredictedBars(QCustomPlot& plot, const std::vector<PredictedBar>& bars, const Theme& theme);

} // namespace polyloom
