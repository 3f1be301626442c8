// A session as a file: one JSON object with everything that the window would lose otherwise.
#pragma once

#include "app/window/history_tree.h"
#include "core/base/diagnostic.h"
#include "core/snapshot/snapshot.h"
#include "views/sweep_data.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <map>
#include <vector>

namespace polyloom {

/// The format that this program writes. It reads all up to this one, for good.
inline constexpr int kSessionFormat = 1;

struct SessionFile {
  QString path;   ///< of the program, when the session was written
  QString source; ///< its text at that time: the session does not depend on the file
  QString function;
  int region = 0;
  QStringList includes, defines;             ///< how the file was read
  QJsonObject conditions;                    ///< for measuring: values, threads, flags, machine, as in the worker's requests
  QJsonObject drawn;                         ///< parameter values that are drawn
  std::map<int, HistoryTree> histories;      ///< by region
  QJsonObject measuredConditions;            ///< those that the measurements were taken under
  std::vector<MeasurementInfo> measurements;
  QStringList notes;                         ///< on all of them
  SweepData sweep;                           ///< the last one of the region, as far as it came
  QJsonObject views;                         ///< by panel: only the panel knows what it means
  bool wasClosed = false;                    ///< the window was closed, not killed

  /// Schedules besides the original orders.
  int scheduleCount() const;
};

/// Whether these are the first bytes of a session or of other JSON, not of a program.
bool looksLikeSession(const QByteArray& start);

/// The file's text: JSON, indented, so that versions of a session can be compared line by line.
QByteArray sessionText(const SessionFile& session);

/// Refuses, with a sentence: what is no JSON, no session, a newer format, or not whole.
Result<SessionFile> readSession(const QByteArray& text);

QJsonObject historyToJson(const HistoryTree& tree);
Result<HistoryTree> historyFromJson(const QJsonObject& object);

} // namespace polyloom
