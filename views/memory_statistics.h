// Figures beside the memory view: what the caches gave so far, how far reuse is apart, what loops touch.
#pragma once

#include "core/snapshot/trace_cursor.h"
#include "views/theme.h"

#include <QScrollArea>

#include <vector>

class QLabel;

namespace polyloom {

/// How often reuse distances of each power of two occur: the new order's as bars, the original's as outlines.
class ReuseBars : public QWidget {
  Q_OBJECT

public:
  explicit ReuseBars(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// `lines`: those of the first level, marked. Null: nothing to show.
  void setTraces(ExecutionTracesPtr traces);
  QSize sizeHint() const override { return {220, 104}; }
  QSize minimumSizeHint() const override { return {150, 104}; }

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  Theme theme_ = Theme::make(Theme::Kind::Light);
  ExecutionTracesPtr traces_;
};

/// Figures on two runs at two moments.
class MemoryStatistics : public QScrollArea {
  Q_OBJECT

public:
  explicit MemoryStatistics(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// Null: nothing to show.
  void setTraces(ExecutionTracesPtr traces);
  /// After a step.
  void showMoment(const TraceCursor& original, const TraceCursor& current);
  /// All that it says, without markup.
  QString plainText() const;

private:
  void describe();

  Theme theme_ = Theme::make(Theme::Kind::Light);
  ExecutionTracesPtr traces_;
  QLabel* levels_;
  QLabel* heading_;
  ReuseBars* bars_;
  QLabel* details_;
};

} // namespace polyloom
