// The dependences, and the verdict on the schedule in words.
#pragma once

#include "views/dependence_model.h"
#include "views/hover_rows.h"
#include "views/repair_list.h"
#include "views/selection.h"

#include <QFrame>
#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace polyloom {

/// Legal, illegal with one witness's sentence at a time, or unknown with the reason; the text can be copied.
class VerdictPanel : public QFrame {
  Q_OBJECT

public:
  explicit VerdictPanel(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  /// What would make this recipe legal; forgotten with the next recipe.
  void setRepairs(const std::vector<RepairInfo>& repairs) { repairs_->setRepairs(repairs); }
  RepairList* repairs() const { return repairs_; }
  QString text() const;
  QPushButton* showButton() const { return show_; }
  QPushButton* nextButton() const { return next_; }

Q_SIGNALS:
  /// Show this pair of instances: an index into the verdict's witnesses.
  void witnessRequested(int witness);

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  void fill();
  void nameButtons();

  Theme theme_ = Theme::make(Theme::Kind::Light);
  std::shared_ptr<const ScheduleSnapshot> schedule_;
  QLabel* icon_;
  QLabel* title_;
  QLabel* body_;
  QPushButton* show_;
  QPushButton* next_;
  RepairList* repairs_;
  int witness_ = 0; ///< the one that the panel explains
};

class DependenceView : public QWidget {
  Q_OBJECT

public:
  explicit DependenceView(Selection& selection, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// Whose statements the dependences name.
  void setProgram(std::shared_ptr<const ProgramSnapshot> program) { program_ = std::move(program); }
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  DependenceModel* dependenceModel() const { return model_; }
  QTableView* table() const { return table_; }
  VerdictPanel* verdict() const { return verdict_; }
  HoverRows* hoverRows() const { return hoverRows_; }

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void applySelection();
  void applyHover();
  void hover(int row);
  void showViolated();

  Selection& selection_;
  std::shared_ptr<const ProgramSnapshot> program_;
  HoverRows* hoverRows_;
  DependenceModel* model_;
  QTableView* table_;
  VerdictPanel* verdict_;
};

} // namespace polyloom
