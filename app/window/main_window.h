// The window: panels, menus, tool bar, status bar. It shows and asks; what happens is decided elsewhere.
#pragma once

#include "app/window/actions.h"
#include "app/window/slices.h"
#include "core/snapshot/snapshot.h"
#include "core/snapshot/step_form.h"
#include "views/code_view.h"
#include "views/comparison_view.h"
#include "views/dependence_view.h"
#include "views/history_view.h"
#include "views/instance_view.h"
#include "views/iteration_space_view.h"
#include "views/loop_tree_view.h"
#include "views/mathematics_view.h"
#include "views/measurement_view.h"
#include "views/message_bar.h"
#include "views/panel_title.h"
#include "views/source_view.h"
#include "views/start_page.h"
#include "views/step_form.h"

#include <QJsonObject>
#include <QMainWindow>

#include <vector>

class QAction;
class QComboBox;
class QDockWidget;
class QMenu;
class QProgressBar;
class QStackedWidget;

namespace polyloom {

class CommandPalette;
class ExecutionPanels;
class HostBox;
class ParameterBar;
class Shell;
class ShortcutSheet;
class SpaceGestures;
class StepManual;
class SweepView;
class TrainingView;
class Settings;

class MainWindow : public QMainWindow {
  Q_OBJECT

public:
  MainWindow(Settings& settings, std::vector<StepFormInfo> forms, QWidget* parent = nullptr);

  void setThemeKind(Theme::Kind kind);
  /// The same part by part, within some tenths of a second: all at once takes longer than an answer may.
  void changeThemeKind(Theme::Kind kind);
  const Theme& theme() const { return theme_; }
  void setProgram(std::shared_ptr<const ProgramSnapshot> program);
  /// The text of a file that was refused at this line; the rest of the window keeps what it shows.
  void showRefusedSource(const QString& path, const QString& text, int line);
  /// Ends that.
  void showProgramSource();
  void setRegions(const QStringList& names, int current);
  /// Everything but the points; then, with its points, `setSpace`.
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  void setSpace(std::shared_ptr<const ScheduleSnapshot> schedule);
  /// `current`: the id of the schedule that the other views show.
  void setHistory(std::vector<HistoryRow> rows, int current);
  /// `notes`: sentences on all of them.
  void setMeasurements(const std::vector<MeasurementInfo>& measurements, const QStringList& notes);
  /// `shown`: the recipe that the other views show; `remark`: which model predicts, or why there is none.
  void setPredictions(const Predictions& predictions, const QString& shown, const QString& remark);
  /// A sentence about running work, and how far it is (`of` 0: unknown); empty: idle.
  void setWork(const QString& what, int done = 0, int of = 0);
  void setRecentFiles(const QStringList& files);
  void resetLayout();
  /// Brings the panels Memory and Execution forward, one above the other.
  void showExecution();
  /// What the panels show and where they stand, by panel; for a session's file.
  QJsonObject viewState() const;
  void restoreViewState(const QJsonObject& views);

  /// Brings the panels to where they were when a window was closed last.
  void restoreLayout();
  Shell& shell() { return *shell_; }

  const Actions& actions() const { return actions_; }
  Selection& selection() { return selection_; }
  MessageBar* messages() const { return messages_; }
  StartPage* startPage() const { return start_; }
  ParameterBar* parameters() const { return parameters_; }
  HostBox* hosts() const { return hosts_; }
  SourceView* source() const { return source_; }
  CodeView* code() const { return code_; }
  /// Beside the first one, to compare; hidden at first.
  CodeView* secondCode() const { return secondCode_; }
  MathematicsView* mathematics() const { return mathematics_; }
  IterationSpaceView* space() const { return space_; }
  SpaceGestures* gestures() const { return gestures_; }
  LoopTreeView* tree() const { return tree_; }
  StepForm* form() const { return form_; }
  HistoryView* history() const { return history_; }
  DependenceView* dependences() const { return dependences_; }
  MeasurementView* measurement() const { return measurement_; }
  SweepView* sweep() const { return sweep_; }
  TrainingView* training() const { return training_; }
  QDockWidget* dockOf(const QWidget* view) const;
  InstanceView* instances() const { return instances_; }
  ExecutionPanels* execution() const { return execution_; }
  ComparisonView* comparison() const { return comparison_; }
  void showComparisonPanel();
  std::shared_ptr<const ProgramSnapshot> program() const { return program_; }
  std::shared_ptr<const ScheduleSnapshot> schedule() const { return schedule_; }

Q_SIGNALS:
  void fileRequested(const QString& path);
  void recipeFileRequested(const QString& path);
  void regionChosen(int region);
  void recentFilesCleared();
  void closing();

protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

private:
  void makePanels();
  QDockWidget* addPanel(const char* name, const QString& title, QWidget* view, Qt::DockWidgetArea area,
                        const QKeySequence& toggle);
  void makeCentre();
  void makeMenus();
  void makeToolBar();
  void makeStatusBar();
  std::vector<Slices::Slice> themeParts();
  void showVerdict();
  void showCommands();
  void showShortcuts();
  void showManual();
  void copyPanel();
  QList<QAction*> menuActions() const;
  PanelTitle* titleOf(const QWidget* view) const;
  void describeSource();

  Settings& settings_;
  Theme theme_ = Theme::make(Theme::Kind::Light);
  Slices themeSlices_;
  Actions actions_;
  Selection selection_;
  std::shared_ptr<const ProgramSnapshot> program_;
  std::shared_ptr<const ScheduleSnapshot> schedule_;
  std::shared_ptr<const ScheduleSnapshot> shownSpace_; ///< whose points are drawn
  SourceView* source_;
  CodeView* code_;
  CodeView* secondCode_;
  HistoryView* history_;
  IterationSpaceView* space_;
  SpaceGestures* gestures_;
  MeasurementView* measurement_;
  SweepView* sweep_;
  TrainingView* training_;
  InstanceView* instances_;
  ExecutionPanels* execution_;
  ComparisonView* comparison_;
  LoopTreeView* tree_;
  StepForm* form_;
  DependenceView* dependences_;
  MathematicsView* mathematics_;
  MessageBar* messages_;
  PanelTitle* spaceTitle_ = nullptr;
  QStackedWidget* centre_ = nullptr; ///< the start page, or the iteration space
  StartPage* start_ = nullptr;
  bool showsRefused_ = false;
  std::vector<QDockWidget*> docks_;
  ParameterBar* parameters_ = nullptr;
  HostBox* hosts_ = nullptr;
  QComboBox* regions_ = nullptr;
  QList<QAction*> regionActions_; ///< the tool bar's place for them: hidden when there is nothing to choose
  QMenu* recent_ = nullptr;
  CommandPalette* palette_ = nullptr;
  ShortcutSheet* sheet_ = nullptr;
  Shell* shell_ = nullptr;
  StepManual* manual_ = nullptr;
  QLabel* verdictIcon_ = nullptr;
  QLabel* verdict_ = nullptr;
  QLabel* work_ = nullptr;
  QProgressBar* progress_ = nullptr;
};

} // namespace polyloom
