// A tree of schedules as JSON: visible nodes only, in new numbers, each after its parent.
#include "app/window/session_file.h"

#include <QJsonArray>
#include <QObject>

#include <array>
#include <map>
#include <optional>

namespace polyloom {

namespace {

using Origin = HistoryNode::Origin;

constexpr std::array<std::pair<HistoryVerdict, const char*>, 5> kVerdicts{{{HistoryVerdict::NotSeen, "not seen"},
                                                                           {HistoryVerdict::Legal, "legal"},
                                                                           {HistoryVerdict::Illegal, "illegal"},
                                                                           {HistoryVerdict::Unknown, "unknown"},
                                                                           {HistoryVerdict::Refused, "refused"}}};
constexpr std::array<std::pair<Origin, const char*>, 3> kOrigins{
    {{Origin::User, "user"}, {Origin::Search, "search"}, {Origin::File, "file"}}};

template <typename Table> QString wordOf(const Table& table, auto value) {
  for (const auto& [each, word] : table)
    if (each == value)
      return QLatin1String(word);
  return {};
}

/// The table's first value for a word that is not in it: a later format may know more.
template <typename Table> auto valueOf(const Table& table, const QString& word) {
  for (const auto& [value, each] : table)
    if (word == QLatin1String(each))
      return value;
  return table.front().first;
}

void insertText(QJsonObject& object, const char* key, const QString& text) {
  if (!text.isEmpty())
    object.insert(QLatin1String(key), text);
}

QJsonObject nodeToJson(const HistoryNode& node, const std::map<int, int>& numbers) {
  QJsonObject object{{QStringLiteral("id"), numbers.at(node.id)},
                     {QStringLiteral("verdict"), wordOf(kVerdicts, node.verdict)}};
  if (node.parent >= 0) {
    object.insert(QStringLiteral("parent"), numbers.at(node.parent));
    object.insert(QStringLiteral("origin"), wordOf(kOrigins, node.origin));
  }
  insertText(object, "step", node.line);
  insertText(object, "name", node.name);
  insertText(object, "message", node.message);
  insertText(object, "key", node.key);
  if (node.starred)
    object.insert(QStringLiteral("starred"), true);
  if (!node.expands.isEmpty())
    object.insert(QStringLiteral("expands"), QJsonArray::fromStringList(node.expands));
  if (node.predicted)
    object.insert(QStringLiteral("predicted"),
                  QJsonObject{{QStringLiteral("speedup"), node.predicted->value},
                              {QStringLiteral("speedup_interval"), QJsonArray{node.predicted->low, node.predicted->high}}});
  return object;
}

HistoryNode nodeFromJson(const QJsonObject& object) {
  HistoryNode node{.id = object.value(QStringLiteral("id")).toInt(-1),
                   .parent = object.value(QStringLiteral("parent")).toInt(-1),
                   .line = object.value(QStringLiteral("step")).toString().simplified(),
                   .name = object.value(QStringLiteral("name")).toString(),
                   .starred = object.value(QStringLiteral("starred")).toBool(),
                   .origin = valueOf(kOrigins, object.value(QStringLiteral("origin")).toString()),
                   .verdict = valueOf(kVerdicts, object.value(QStringLiteral("verdict")).toString()),
                   .message = object.value(QStringLiteral("message")).toString(),
                   .key = object.value(QStringLiteral("key")).toString()};
  for (const QJsonValue& part : object.value(QStringLiteral("expands")).toArray())
    node.expands << part.toString();
  const QJsonObject predicted = object.value(QStringLiteral("predicted")).toObject();
  if (predicted.isEmpty())
    return node;
  const double speedup = predicted.value(QStringLiteral("speedup")).toDouble(1);
  const QJsonArray interval = predicted.value(QStringLiteral("speedup_interval")).toArray();
  node.predicted = HistorySpeedup{speedup, interval.at(0).toDouble(speedup), interval.at(1).toDouble(speedup)};
  return node;
}

} // namespace

QJsonObject historyToJson(const HistoryTree& tree) {
  std::map<int, int> numbers;
  QJsonArray nodes;
  for (const int id : tree.nodes()) {
    numbers.emplace(id, static_cast<int>(numbers.size()));
    nodes.append(nodeToJson(tree.node(id), numbers));
  }
  return {{QStringLiteral("current"), numbers.at(tree.current())}, {QStringLiteral("nodes"), nodes}};
}

Result<HistoryTree> historyFromJson(const QJsonObject& object) {
  HistoryTree tree;
  const QJsonArray nodes = object.value(QStringLiteral("nodes")).toArray();
  for (qsizetype k = 0; k < nodes.size(); ++k)
    if (!tree.restore(nodeFromJson(nodes[k].toObject())))
      return failure("bad-session", "the session's history is no tree: schedule " + std::to_string(k) +
                                        " has no place in it");
  const int current = object.value(QStringLiteral("current")).toInt(-1);
  if (!tree.contains(current))
    return failure("bad-session", "the session's history has no schedule " + std::to_string(current));
  tree.moveTo(current);
  return tree;
}

} // namespace polyloom
