#include "app/window/history_tree.h"

#include "core/base/check.h"

#include <QCryptographicHash>
#include <QObject>

#include <algorithm>

namespace polyloom {

HistoryTree::HistoryTree() : nodes_(1) {}

bool HistoryTree::contains(int id) const {
  return id >= 0 && static_cast<std::size_t>(id) < nodes_.size() && !node(id).hidden;
}

std::vector<int> HistoryTree::children(int id) const {
  std::vector<int> found;
  for (const HistoryNode& each : nodes_)
    if (each.parent == id && !each.hidden)
      found.push_back(each.id);
  return found;
}

std::vector<int> HistoryTree::nodes() const {
  std::vector<int> found;
  for (const HistoryNode& each : nodes_)
    if (!each.hidden)
      found.push_back(each.id);
  return found;
}

std::vector<int> HistoryTree::path(int id) const {
  std::vector<int> found;
  for (; id > 0; id = node(id).parent)
    found.push_back(id);
  std::ranges::reverse(found);
  return found;
}

bool HistoryTree::isAbove(int ancestor, int id) const {
  // Ids grow from parent to child.
  while (id > ancestor)
    id = node(id).parent;
  return id == ancestor;
}

QStringList HistoryTree::lines(int id) const {
  QStringList found;
  for (const int each : path(id))
    found << node(each).line;
  return found;
}

std::optional<int> HistoryTree::child(int id, const QString& line, bool hiddenToo) const {
  for (const HistoryNode& each : nodes_)
    if (each.parent == id && each.line == line && (hiddenToo || !each.hidden))
      return each.id;
  return std::nullopt;
}

std::optional<int> HistoryTree::find(const QStringList& lines) const {
  int id = 0;
  for (const QString& line : lines) {
    const auto next = child(id, line, false);
    if (!next)
      return std::nullopt;
    id = *next;
  }
  return id;
}

int HistoryTree::tip(int id) const {
  const bool stops = id != current_ && isAbove(id, current_);
  while (!(stops && id == current_)) {
    const std::vector<int> below = children(id);
    if (below.empty())
      break;
    const int followed = node(id).followed;
    id = followed >= 0 && !node(followed).hidden ? followed : below.back();
  }
  return id;
}

std::optional<int> HistoryTree::twin(int id) const {
  const QString& key = node(id).key;
  for (int other = 0; other < id && !key.isEmpty(); ++other)
    if (!node(other).hidden && node(other).key == key)
      return other;
  return std::nullopt;
}

int HistoryTree::grow(const QStringList& lines, HistoryNode::Origin origin) {
  int id = 0;
  for (const QString& line : lines) {
    auto next = child(id, line, true);
    if (!next) {
      next = static_cast<int>(nodes_.size());
      nodes_.push_back({.id = *next, .parent = id, .line = line, .origin = origin});
    }
    at(*next).hidden = false;
    id = *next;
  }
  return id;
}

void HistoryTree::moveTo(int id) {
  POLYLOOM_CHECK(contains(id));
  current_ = id;
  for (; id > 0; id = node(id).parent)
    at(node(id).parent).followed = id;
}

std::vector<int> HistoryTree::branch(int id) const {
  std::vector<int> found;
  for (const HistoryNode& each : nodes_)
    if (!each.hidden && isAbove(id, each.id))
      found.push_back(each.id);
  return found;
}

void HistoryTree::hide(const std::vector<int>& ids) {
  for (const int id : ids) {
    POLYLOOM_CHECK(!isAbove(id, current_));
    at(id).hidden = true;
  }
}

void HistoryTree::reveal(const std::vector<int>& ids) {
  for (const int id : ids)
    at(id).hidden = false;
}

void HistoryTree::annotate(int id, const QString& name, bool starred) {
  at(id).name = name;
  at(id).starred = starred;
}

void HistoryTree::predict(int id, const HistorySpeedup& speedup) {
  at(id).predicted = speedup;
}

void HistoryTree::judge(const ScheduleSnapshot& schedule) {
  const std::vector<int> steps = path(current_);
  bool isRefused = false;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    HistoryNode& each = at(steps[k]);
    const StepInfo* info = k < schedule.steps.size() ? &schedule.steps[k] : nullptr;
    using Outcome = StepInfo::Outcome;
    each.verdict = info == nullptr                       ? HistoryVerdict::NotSeen
                   : info->outcome == Outcome::Refused   ? HistoryVerdict::Refused
                   : info->outcome == Outcome::Illegal   ? HistoryVerdict::Illegal
                                                         : HistoryVerdict::Legal;
    each.message = info ? QString::fromStdString(info->message) : QString();
    each.expands.clear();
    for (const std::string& part : info ? info->expands : std::vector<std::string>{})
      each.expands << QString::fromStdString(part);
    isRefused = isRefused || !info || info->outcome == Outcome::Refused;
  }
  if (isRefused)
    return;
  HistoryNode& last = at(current_);
  last.key = scheduleKey(schedule);
  last.verdict = schedule.verdict.kind == VerdictInfo::Kind::Legal     ? HistoryVerdict::Legal
                 : schedule.verdict.kind == VerdictInfo::Kind::Illegal ? HistoryVerdict::Illegal
                                                                       : HistoryVerdict::Unknown;
  if (last.verdict == HistoryVerdict::Unknown)
    last.message = QString::fromStdString(schedule.verdict.sentence);
}

void HistoryTree::merge(const HistoryTree& other) {
  for (const int id : other.nodes()) {
    const QStringList lines = other.lines(id);
    const bool isNew = !find(lines);
    HistoryNode& mine = at(grow(lines));
    HistoryNode theirs = other.node(id);
    theirs.id = mine.id;
    theirs.parent = mine.parent;
    theirs.followed = -1;
    if (isNew)
      mine = std::move(theirs);
    else if (mine.name.isEmpty() && !mine.starred)
      annotate(mine.id, theirs.name, theirs.starred);
  }
}

bool HistoryTree::restore(HistoryNode node) {
  if (node.id == 0 && nodes_.size() == 1 && node.parent == -1 && node.line.isEmpty()) {
    nodes_[0] = std::move(node);
    return true;
  }
  if (node.id != static_cast<int>(nodes_.size()) || node.parent < 0 || node.parent >= node.id || node.line.isEmpty() ||
      child(node.parent, node.line, true))
    return false;
  nodes_.push_back(std::move(node));
  return true;
}

QString scheduleKey(const ScheduleSnapshot& schedule) {
  // The code says it all: the order, the cells, the marks. Where there is none, the tree says the order.
  std::string text;
  for (const CodeLine& line : schedule.code)
    text += line.text + '\n';
  if (schedule.code.size() <= 1)
    text += schedule.islSchedule;
  if (text.empty())
    return {};
  return QString::fromLatin1(
      QCryptographicHash::hash(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())), QCryptographicHash::Sha1)
          .toHex());
}

QString historyTitle(const HistoryNode& node) {
  return !node.name.isEmpty() ? node.name : node.line.isEmpty() ? QObject::tr("original") : node.line;
}

} // namespace polyloom
