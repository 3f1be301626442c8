// Walks two orders of a program step by step.
#pragma once

#include "core/snapshot/execution_trace.h"
#include "views/theme.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace polyloom {

/// "step 214 of 832: S1(3, 4) reads A[2] (L1), A[3] (memory), writes B[3] (L1)": what the last of so many steps did.
QString momentText(const ExecutionTrace& trace, std::size_t done);

/// How many steps of `other` have been done when `done` of `trace` have: as many, or the same share of all.
std::size_t pairedStep(const ExecutionTrace& trace, std::size_t done, const ExecutionTrace& other, bool byShare);

/// A slider over the new order's instances, with buttons and keys: Space plays and pauses, the arrows go one step, Ctrl
/// and an arrow to an iteration of the chosen loop, Home and End to the ends. The original order goes along.
///
/// A moment is the number of steps done: 0 before the first one. A fresh run stands at its end.
class Scrubber : public QWidget {
  Q_OBJECT

public:
  static constexpr int kFastest = 10;

  explicit Scrubber(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// Null: nothing to walk.
  void setTraces(ExecutionTracesPtr traces);
  bool isReady() const { return traces_ != nullptr; }

  std::size_t done() const { return done_; }
  std::size_t originalDone() const;
  bool isPlaying() const { return ticks_.isActive(); }
  /// The loop whose iterations Ctrl and arrows go to; empty where there is none.
  QString loop() const;

  void moveTo(std::size_t done);
  void stepBy(int steps);
  /// To where the chosen loop's next (+1) or last (-1) iteration begins: its first instance is the next to be executed.
  void jumpBy(int direction);
  void toFirst() { moveTo(0); }
  void toLast();
  /// From the end it plays from the beginning.
  void togglePlaying();

Q_SIGNALS:
  /// Steps done of the original order, and of the new one.
  void moved(std::size_t original, std::size_t current);

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  enum Button { First, Back, Play, Forward, Last, ButtonCount };

  QToolButton* makeButton(Button button, const char* name, const QString& text);
  QWidget* makeChoices();
  bool takeKey(int key, Qt::KeyboardModifiers modifiers);
  void tick();
  void stop();
  void describe();
  void drawIcons();
  std::size_t steps() const;

  Theme theme_ = Theme::make(Theme::Kind::Light);
  ExecutionTracesPtr traces_;
  std::size_t done_ = 0;
  QTimer ticks_;
  QElapsedTimer clock_;
  double due_ = 0; ///< parts of a step that playing has not yet done
  std::array<QToolButton*, ButtonCount> buttons_{};
  QSlider* slider_ = nullptr;
  QSlider* speed_ = nullptr;
  QComboBox* loops_ = nullptr;
  QComboBox* pairing_ = nullptr;
  QLabel* current_ = nullptr;
  QLabel* original_ = nullptr;
};

} // namespace polyloom
