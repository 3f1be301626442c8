#include "app/window/session_file.h"

#include "app/window/measurement_text.h"
#include "app/window/sweep_text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace polyloom {

namespace {

const QString kFormatKey = QStringLiteral("polyloom-session");

QStringList textsOf(const QJsonValue& value) {
  QStringList texts;
  for (const QJsonValue& each : value.toArray())
    texts << each.toString();
  return texts;
}

QJsonObject programJson(const SessionFile& session) {
  return {{QStringLiteral("path"), session.path},
          {QStringLiteral("source"), session.source},
          {QStringLiteral("function"), session.function},
          {QStringLiteral("region"), session.region},
          {QStringLiteral("includes"), QJsonArray::fromStringList(session.includes)},
          {QStringLiteral("defines"), QJsonArray::fromStringList(session.defines)}};
}

/// Refuses a program without a text: there would be nothing to open.
Result<void> readProgram(const QJsonObject& program, SessionFile& session) {
  session.path = program.value(QStringLiteral("path")).toString();
  session.source = program.value(QStringLiteral("source")).toString();
  session.function = program.value(QStringLiteral("function")).toString();
  session.region = program.value(QStringLiteral("region")).toInt();
  session.includes = textsOf(program.value(QStringLiteral("includes")));
  session.defines = textsOf(program.value(QStringLiteral("defines")));
  if (session.path.isEmpty() || session.source.isEmpty() || session.region < 0)
    return failure("bad-session", "the session names no program");
  return {};
}

Result<void> readHistories(const QJsonArray& histories, SessionFile& session) {
  for (const QJsonValue& each : histories) {
    const int region = each.toObject().value(QStringLiteral("region")).toInt(-1);
    Result<HistoryTree> tree = historyFromJson(each.toObject());
    if (!tree)
      return std::unexpected(tree.error());
    if (region < 0 || !session.histories.emplace(region, *std::move(tree)).second)
      return failure("bad-session", "the session has two histories of one region, or one of no region");
  }
  return {};
}

} // namespace

int SessionFile::scheduleCount() const {
  std::size_t count = 0;
  for (const auto& history : histories)
    count += history.second.nodes().size() - 1;
  return static_cast<int>(count);
}

bool looksLikeSession(const QByteArray& start) {
  return start.trimmed().startsWith('{');
}

QByteArray sessionText(const SessionFile& session) {
  QJsonArray histories;
  for (const auto& [region, tree] : session.histories) {
    QJsonObject history = historyToJson(tree);
    history.insert(QStringLiteral("region"), region);
    histories.append(history);
  }
  QJsonObject measured = measurementsToJson(session.measurements, session.notes);
  measured.insert(QStringLiteral("conditions"), session.measuredConditions);
  QJsonObject all{
      {kFormatKey, kSessionFormat},
      {QStringLiteral("saved"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
      {QStringLiteral("closed"), session.wasClosed},
      {QStringLiteral("program"), programJson(session)},
      {QStringLiteral("conditions"), session.conditions},
      {QStringLiteral("drawn"), session.drawn},
      {QStringLiteral("histories"), histories},
      {QStringLiteral("measurements"), measured},
      {QStringLiteral("views"), session.views}};
  if (const QJsonObject sweep = sweepToJson(session.sweep); !sweep.isEmpty())
    all.insert(QStringLiteral("sweep"), sweep);
  return QJsonDocument(all).toJson(QJsonDocument::Indented);
}

Result<SessionFile> readSession(const QByteArray& text) {
  QJsonParseError error;
  const QJsonObject all = QJsonDocument::fromJson(text, &error).object();
  if (error.error != QJsonParseError::NoError)
    return failure("bad-session", "the session is not whole: " + error.errorString().toStdString() + " at byte " +
                                      std::to_string(error.offset));
  if (!all.contains(kFormatKey))
    return failure("bad-session", "this is JSON, but no session of Polyloom");
  const int format = all.value(kFormatKey).toInt();
  if (format > kSessionFormat)
    return failure("new-session", "a newer Polyloom wrote this session: it has format " + std::to_string(format) +
                                      ", this one reads up to " + std::to_string(kSessionFormat));
  if (format < 1)
    return failure("bad-session", "the session's format is no number from 1");
  SessionFile session;
  if (const auto read = readProgram(all.value(QStringLiteral("program")).toObject(), session); !read)
    return std::unexpected(read.error());
  if (const auto read = readHistories(all.value(QStringLiteral("histories")).toArray(), session); !read)
    return std::unexpected(read.error());
  const QJsonObject measured = all.value(QStringLiteral("measurements")).toObject();
  if (!measured.value(QStringLiteral("schedules")).toArray().isEmpty()) {
    session.measurements = parseMeasurements(measured);
    session.notes = parseNotes(measured);
    session.measuredConditions = measured.value(QStringLiteral("conditions")).toObject();
  }
  Result<SweepData> sweep = sweepFromJson(all.value(QStringLiteral("sweep")).toObject());
  if (!sweep)
    return std::unexpected(sweep.error());
  session.sweep = *std::move(sweep);
  session.conditions = all.value(QStringLiteral("conditions")).toObject();
  session.drawn = all.value(QStringLiteral("drawn")).toObject();
  session.views = all.value(QStringLiteral("views")).toObject();
  session.wasClosed = all.value(QStringLiteral("closed")).toBool();
  return session;
}

} // namespace polyloom
