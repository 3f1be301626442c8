// The panel of training: what a cost model learns from, and how its error falls.
#pragma once

#include "core/snapshot/learning_curve.h"
#include "views/theme.h"
#include "views/training_wish.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QStandardItemModel;
class QTableView;
class QToolButton;

namespace polyloom {

class LearningPlot;
struct ClipboardForms;
struct Exportable;

/// Asks for a training and shows its course as curves or a table. It knows nothing of who trains.
class TrainingView : public QWidget {
  Q_OBJECT

public:
  explicit TrainingView(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setWish(const TrainingWish& wish);
  TrainingWish wish() const;
  /// Without a trainer nothing can be started: a sentence why. Curves can be looked at all the same.
  void setObstacle(const QString& why);
  /// A training has begun, or somebody else's is looked at: nothing is known of it yet.
  void begin(bool isOurs, int epochs);
  void add(const LearningEpoch& epoch);
  void setCurve(std::vector<LearningEpoch> curve, int epochs);
  void setState(const QString& sentence);
  /// It is over; `weights`: a file that can predict now, or nothing.
  void finish(const QString& sentence, const QString& weights = {});

  bool isRunning() const { return isRunning_; }
  const std::vector<LearningEpoch>& curve() const { return curve_; }
  LearningPlot* plot() const { return plot_; }
  QTableView* table() const { return table_; }
  /// Shows the table in place of the picture; to be placed in the panel's title.
  QToolButton* tableButton() const { return tableButton_; }
  ClipboardForms clipboardForms() const;
  Exportable exportable(const QString& title) const;

Q_SIGNALS:
  void trainRequested(const polyloom::TrainingWish& wish);
  void stopRequested();
  /// To predict with these weights.
  void useRequested(const QString& weights);
  void curveRequested(const QString& file);
  /// For the panel's title.
  void remarkChanged(const QString& remark);

private:
  void makeFields();
  void makeTable();
  void browseData();
  void browseCurve();
  void appendRow(const LearningEpoch& epoch);
  void showCurve();
  void updateFields();

  std::vector<LearningEpoch> curve_;
  QString obstacle_, weights_;
  bool isRunning_ = false;
  int epochs_ = 0;
  QLineEdit *data_, *out_;
  QComboBox* network_;
  QSpinBox *epochsBox_, *membersBox_;
  QPushButton *browse_, *run_, *use_, *watch_;
  QLabel* state_;
  QStackedWidget* pages_;
  LearningPlot* plot_;
  QStandardItemModel* model_;
  QTableView* table_;
  QToolButton* tableButton_;
};

} // namespace polyloom
