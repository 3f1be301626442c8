// Learning curves as a picture.
#pragma once

#include "core/snapshot/learning_curve.h"
#include "views/theme.h"

#include <QWidget>

#include <vector>

class QCPItemText;
class QCustomPlot;
class QPaintDevice;

namespace polyloom {

/// Over the epochs: the error on schedules that are not learned from (solid, left axis, in percent), and the
/// loss that is made small (dashed, right axis). A star is the epoch whose weights are kept. Of an ensemble, the member in
/// training is strong and those before it are faint.
class LearningPlot : public QWidget {
  Q_OBJECT

public:
  explicit LearningPlot(QWidget* parent = nullptr);
  ~LearningPlot() override;

  void setTheme(const Theme& theme);
  /// `epochs`: how many there will be of each member; 0: nobody knows.
  void setCurve(std::vector<LearningEpoch> curve, int epochs);
  const std::vector<LearningEpoch>& curve() const { return curve_; }
  /// The picture alone, of this size, from the device's origin on.
  void paintTo(QPaintDevice& device, QSize size) const;
  QSize minimumSizeHint() const override { return {140, 84}; }

protected:
  bool event(QEvent* event) override;

private:
  void rebuild();
  void styleAxes();
  void drawMember(int member, bool isLast);

  std::vector<LearningEpoch> curve_;
  int epochs_ = 0;
  Theme theme_ = Theme::make(Theme::Kind::Light);
  QCustomPlot* plot_;
};

/// An epoch in words, for tool tips and tables.
QString epochText(const LearningEpoch& epoch);

} // namespace polyloom
