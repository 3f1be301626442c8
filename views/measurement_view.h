// Measured speedups over the original order, with their uncertainty.
#pragma once

#include "core/snapshot/prediction.h"
#include "core/snapshot/snapshot.h"
#include "views/theme.h"

#include <QScrollArea>

#include <vector>

class QCPItemText;
class QCustomPlot;
class QLabel;

namespace polyloom {

struct ClipboardForms;

/// One word on a measurement: "faster", "slower", "not distinguishable", "wrong result", "crashed", …
QString verdictOn(const MeasurementInfo& info);

/// Horizontal bars with 95 % intervals; the original is 1. What could not be measured says why; what was measured earlier
/// is gray and says when. A model's prediction is a thin hatched bar below the measured one. Below the bars stands all else that is known of each: intervals, achieved rates, outliers.
class MeasurementView : public QScrollArea {
  Q_OBJECT

public:
  explicit MeasurementView(QWidget* parent = nullptr);
  ~MeasurementView() override;

  void setTheme(const Theme& theme);
  /// `notes`: sentences on all of them.
  void setMeasurements(std::vector<MeasurementInfo> measurements, QStringList notes = {});
  /// `shown`: the recipe of the schedule that the window shows.
  void setPredictions(const Predictions& predictions, const QString& shown);
  const std::vector<MeasurementInfo>& measurements() const { return measurements_; }
  /// The texts beside the bars, one per row from the top.
  QStringList remarks() const;
  /// The sentences below the bars, without their markup.
  QString details() const;
  int barCount() const;
  /// The bars as a picture, the numbers as a table.
  ClipboardForms clipboardForms();

private:
  void rebuild();
  void addBars();
  void addRemarks();
  void describe();
  double fitRemarks();
  void fitWidth();
  void styleAxes();

  Theme theme_ = Theme::make(Theme::Kind::Light);
  std::vector<MeasurementInfo> measurements_;
  QStringList notes_;
  Predictions predictions_;
  QString shown_;
  QCustomPlot* plot_;
  QLabel* details_;
  std::vector<QCPItemText*> remarks_; ///< one per row
  int fittedWidth_ = 0;               ///< of the room for bars, that the remarks were fitted to
};

} // namespace polyloom
