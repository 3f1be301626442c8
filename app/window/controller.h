// Joins the window, the session, the engine and the worker: every intent of a view ends here as text.
#pragma once

#include "app/window/autosave.h"
#include "app/window/autosave_slot.h"
#include "app/window/code_service.h"
#include "app/window/command_line.h"
#include "app/window/compared_caches.h"
#include "app/window/engine.h"
#include "app/window/file_watch.h"
#include "app/window/session.h"
#include "app/window/session_file.h"
#include "app/window/worker_client.h"
#include "core/snapshot/snapshot.h"
#include "views/history_view.h"
#include "views/message_bar.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace polyloom {

class MainWindow;
class PredictionControl;
class Settings;
class SweepControl;

class Controller : public QObject {
  Q_OBJECT

public:
  /// `autosaveFolder`: where unsaved sessions are kept; `worker`: the helper's executable (empty: beside the program).
  Controller(MainWindow& window, Settings& settings, const QString& autosaveFolder, const QString& worker = {},
             QObject* parent = nullptr);

  /// Opens a program (a C file, a .poly text or OpenScop); with `recipe` (a recipe's text) or the file's own recipe where it has one.
  void openFile(const QString& path, const std::optional<QString>& recipe = {});
  void openRecipe(const QString& path);
  /// Writes the session whole or not at all. Returns what went wrong, or nothing.
  QString saveSession(const QString& path) const;
  /// Offers the last session if it ended without the window being closed.
  void offerLastSession();
  /// How to read files from now on; its choice of a region and its values hold for the next file only.
  void setOpenOptions(const OpenOptions& options);
  Session& session() { return session_; }
  Engine& engine() { return engine_; }
  WorkerClient& worker() { return worker_; }
  CodeService& code() { return code_; }

Q_SIGNALS:
  /// The window shows everything about the current recipe.
  void settled();
  void openFailed(const QString& message);
  /// The file is open in its original order: the recipe it was to start with is for another function.
  void recipeForeign(const QString& message);
  /// The program has no such scalar argument, or the value does not fit it.
  void valuesRefused(const QString& message);

private:
  void connectActions();
  void connectEngine();
  void connectWorker();
  void connectReload();
  void applyStep(const QString& line);
  void chooseRegion(int region);
  void fileRead(const QJsonArray& regions);
  void fileRefused(const QString& message, int line);
  std::optional<int> wantedRegion(const QJsonArray& regions) const;
  QString whyForeign(const QString& recipe) const;
  void messageAnswered(bool accepted);
  void requestWitness(int witness);
  void showWitness(const WitnessInfo& witness);
  void programArrived(const ProgramSnapshotPtr& program);
  void startRegion(const std::optional<QString>& recipe);
  void connectHistory();
  void editStep(int id, const QString& line);
  void measureSchedule(int id);
  void exportSchedule(int id, HistoryView::Export what);
  void exported(const QString& text);
  void showHistory();
  void connectComparison();
  void connectGestures();
  void connectSweep();
  void connectPredictions();
  void sweepStep(const QStringList& recipe, int step);
  void sweptMeasured(const QJsonObject& result);
  void applySteps(const QStringList& lines);
  void applyAtOnce(const AtOnceInfo& found);
  void compareWith(int id);
  void computeCompared();
  void showComparison();
  void askForCaches();
  void endComparison();
  void showMeasurements();
  void report(const QString& wrong, const QString& path);
  void openSession(const QString& path, const std::optional<QString>& recipe);
  void restore(SessionFile session);
  void readProgram();
  void restoreValues();
  void offerChangedSource(const SessionFile& session);
  SessionFile sessionNow() const;
  bool isNews(const SessionFile& session) const;
  void showRegion(const Engine::Values& drawn);
  /// A file's regions in their text form, and which one the window shows.
  struct Regions {
    QJsonArray all;
    int chosen = 0;
  };
  void reload(const QString& path);
  bool takeReloaded(const QJsonArray& regions);
  void replaceProgram(const Regions& regions);
  void keepValues(const ProgramSnapshot& program);
  void sayReloaded(const ScheduleSnapshotPtr& schedule);
  void showOtherText(bool accepted);
  QString unsavedPath();
  void offerUnsaved();
  void offer(const QString& text, const QString& action, std::function<void(bool)> answer,
             MessageBar::Severity severity = MessageBar::Severity::Information);
  void askWhereToSaveSession();
  void measureRecipes(const QStringList& recipes);
  QJsonObject measuringValues() const;
  QJsonObject measuringConditions() const;
  QJsonObject measuringRequest(const QString& job, const QStringList& recipes, const QJsonObject& conditions) const;
  QStringList legalRecipes() const;
  void changeHost();
  void lookUpStored();
  void storedFound(const QJsonObject& result);
  void measureAll();
  void scheduleArrived(const ScheduleSnapshotPtr& schedule);
  bool withdrawRefused(const QString& sentence);
  void measure();
  void measured(const QJsonObject& result);
  void requestTraces();
  void connectCode();
  void askForFile();
  void askForRecipe();
  void askWhereToSave();
  void askWhereToExport();
  void updateActions();
  void updateWork();
  void workerFinished(int id, const QJsonObject& result);
  void workerFailed(int id, const QJsonObject& error);

  MainWindow& window_;
  Settings& settings_;
  Session session_;
  Engine engine_;
  WorkerClient worker_;
  CodeService code_;
  std::vector<MeasurementInfo> measurements_;
  QStringList measuringNotes_; ///< on all of them
  QJsonObject conditions_; ///< parameter values and threads that they hold for
  QJsonObject storedConditions_; ///< likewise, of the running look into the store
  QTimer storedTimer_;           ///< until the conditions have stopped changing
  OpenOptions openOptions_;
  SetTexts given_; ///< values for the file that is being opened
  bool drawsGiven_ = false;
  QString opening_;                      ///< the file of the running extraction
  std::optional<QString> openingRecipe_; ///< what it starts with
  QString pendingStep_;                  ///< appended, not yet known whether it is refused
  QString pendingEdit_;                  ///< likewise, in the place of another step
  std::function<void(bool)> answer_;     ///< to the message bar's question
  QString question_;                     ///< its text
  QString answered_;                     ///< the file of a session that was accepted, until the new one is on the disk
  std::optional<WitnessInfo> wantedWitness_; ///< to be shown when its points have come
  QString reading_;                      ///< the file that is really read: `opening_`, or the text that a session keeps of it
  std::optional<SessionFile> restoring_; ///< the session that is being opened
  QTemporaryDir sources_;                ///< where texts of sessions are read from
  QString autosaveFolder_;
  AutosaveSlot slot_;
  Autosave autosave_;
  bool isClosing_ = false;
  QString exportPath_; ///< where the code of the running export goes
  int exportJob_ = 0;
  int compared_ = -1; ///< the schedule A of a comparison, by its id; -1: none
  std::unique_ptr<Engine> comparedEngine_;
  SweepControl* sweep_ = nullptr;
  PredictionControl* predictions_ = nullptr;
  ComparedCaches comparedCaches_;
  ScheduleSnapshotPtr comparedSchedule_;
  FileWatch watch_;
  bool isReloading_ = false;           ///< the running extraction reads the changed file again
  std::optional<Regions> otherText_;   ///< what the message bar offers to show in place of what is shown
  bool showsOldText_ = false;
  QString reloadMessage_;              ///< to be said when the schedule is there
  std::map<std::string, std::int64_t> keptParameters_; ///< values for measuring that outlive a change of the file
  std::map<std::string, double> keptScalars_;
  int extractJob_ = 0, measureJob_ = 0, storedJob_ = 0;
};

} // namespace polyloom
