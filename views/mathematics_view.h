// The mathematics behind a schedule, for those who teach and learn it.
#pragma once

#include "core/snapshot/mathematics.h"
#include "views/code_editor.h"
#include "views/selection.h"
#include "views/vector_model.h"

#include <QWidget>

#include <array>
#include <memory>

class QLabel;
class QStackedWidget;
class QTabWidget;
class QTableView;
class QTextBrowser;

namespace polyloom {

class HoverRows;

/// Tabs: the schedule tree in isl's notation; domains and access matrices of the statements; the dependences with their
/// vectors and polyhedra. Asks for them when it can be seen, and only then.
class MathematicsView : public QWidget {
  Q_OBJECT

public:
  enum class Tab { Schedule, Statements, Dependences };

  explicit MathematicsView(Selection& selection, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setProgram(std::shared_ptr<const ProgramSnapshot> program);
  /// What is shown is that schedule's from now on; the answer comes with setMathematics.
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  void setMathematics(MathematicsSnapshotPtr mathematics);
  /// There will be no answer: it was canceled, or failed.
  void giveUp();
  void showTab(Tab tab);
  /// Whether a person can look at it. Behind another panel's tab widgets count as visible, so somebody else has to say.
  void setSeen(bool seen);
  /// Fills the tab in front, seen or not. The others wait until they come to the front: laying a page out takes time.
  void bringUpToDate();

  CodeEditor* scheduleText() const { return schedule_; }
  QTextBrowser* statementsPage() const { return statements_; }
  QTableView* vectorTable() const { return vectors_; }
  QTextBrowser* dependencePage() const { return dependence_; }
  VectorModel* vectorModel() const { return model_; }

Q_SIGNALS:
  /// The mathematics of the current schedule are wanted; answer with setMathematics.
  void requested();

protected:
  void showEvent(QShowEvent* event) override;

private:
  void makeSchedule();
  void makeStatements();
  void makeDependences();
  bool isSeen() const { return seen_ && isVisible(); }
  void ask();
  void fill();
  void fillIfSeen();
  void fillDependences();
  void showDependence();
  void applySelection();
  void applyHover();

  Selection& selection_;
  Theme theme_ = Theme::make(Theme::Kind::Light);
  std::shared_ptr<const ProgramSnapshot> program_;
  std::shared_ptr<const ScheduleSnapshot> current_;
  MathematicsSnapshotPtr mathematics_;
  bool isAsked_ = false; ///< for the current schedule
  bool seen_ = true;
  std::array<bool, 3> isStale_ = {}; ///< by Tab
  QStackedWidget* pages_; ///< a notice, or the tabs
  QLabel* notice_;
  QTabWidget* tabs_;
  CodeEditor* schedule_;
  QTextBrowser* statements_;
  VectorModel* model_;
  QTableView* vectors_;
  HoverRows* hoverRows_;
  QTextBrowser* dependence_;
};

} // namespace polyloom
