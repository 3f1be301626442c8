// The panel of sweeps: which numbers take which values, and what came of it as a picture or a table.
#pragma once

#include "views/sweep_data.h"
#include "views/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace polyloom {

class SweepModel;
class SweepPlot;
struct ClipboardForms;
struct Exportable;

/// Chooses one or two numbers of a recipe and their values; shows the points as they come; hands on the one that is taken.
/// It knows nothing of who judges and measures.
class SweepView : public QWidget {
  Q_OBJECT

public:
  explicit SweepView(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// What a recipe's numbers are. The choices stay where the same numbers are still there, but for a number of `step` (-1: none)
  /// that becomes the first one.
  void setNumbers(std::vector<SweepNumber> numbers, int step = -1);
  /// The recipe that the window shows: its point is marked.
  void setRecipe(const QString& recipe);
  /// A sweep has begun: all its points wait.
  void start(std::vector<SweepAxis> axes);
  /// Points by their numbers; others stay.
  void setPoints(const std::vector<std::pair<std::size_t, SweepPoint>>& points);
  void setProgress(const QString& what, int done, int of);
  /// It has ended: a sentence about that, or nothing.
  void finish(const QString& sentence = {});
  /// Shows an earlier sweep, with its numbers and values as the choices.
  void restore(SweepData sweep);
  /// Nothing has been swept, and there are no numbers.
  void clear();

  bool isRunning() const { return isRunning_; }
  const SweepData& sweep() const { return data_; }
  SweepPlot* plot() const { return plot_; }
  QTableView* table() const { return table_; }
  /// Shows the table in place of the picture; to be placed in the panel's title.
  QToolButton* tableButton() const { return tableButton_; }
  ClipboardForms clipboardForms() const;
  Exportable exportable(const QString& title) const;

Q_SIGNALS:
  void sweepRequested(const std::vector<polyloom::SweepAxis>& axes);
  void cancelRequested();
  /// The recipe of the point that was chosen, and its steps in words.
  void taken(const QString& recipe, const QString& steps);
  /// Why a point cannot be taken.
  void hintGiven(const QString& hint);
  /// For the panel's title.
  void remarkChanged(const QString& remark);

private:
  void makeFields();
  void makeTable();
  void connectFields();
  void fillChoices();
  void fillValues(int axis);
  void updateRun();
  void runOrCancel();
  void takePoint(std::size_t point);
  void showSweep(bool isOtherShape);
  void describe();
  std::optional<std::size_t> chosen(int axis) const; ///< among the numbers
  std::vector<SweepAxis> axes() const;

  std::vector<SweepNumber> numbers_;
  SweepData data_;
  QString recipe_, sentence_;
  bool isRunning_ = false;
  QComboBox* choices_[2];
  QLineEdit* values_[2];
  QPushButton* run_;
  QProgressBar* progress_;
  QLabel* state_;
  QStackedWidget* pages_;
  SweepPlot* plot_;
  SweepModel* model_;
  QTableView* table_;
  QToolButton* tableButton_;
};

} // namespace polyloom
