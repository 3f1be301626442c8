// All schedules that were tried for a region, as a tree: plain values and no widgets.
#pragma once

#include "core/snapshot/snapshot.h"
#include "views/history_row.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace polyloom {

/// A speedup over the original order with its interval.
struct HistorySpeedup {
  double value = 1, low = 1, high = 1;
};

struct HistoryNode {
  enum class Origin { User, Search, File };
  int id = 0;
  int parent = -1; ///< -1: the original order
  QString line;    ///< the step that led here; empty for the original order
  QString name;    ///< given by the user, or empty
  bool starred = false;
  Origin origin = Origin::User;
  HistoryVerdict verdict = HistoryVerdict::NotSeen;
  QString message;     ///< why it is illegal or refused
  QStringList expands; ///< the steps that the line stands for
  QString key;         ///< equal for schedules that do the same in the same order; empty: not known yet
  std::optional<HistorySpeedup> predicted;
  bool hidden = false; ///< deleted, until that is undone
  int followed = -1;   ///< the child on the way to where the user was last; -1: none yet
};

/// Node 0 is the original order; each other node is its parent's recipe and one more step. Two visible children of one
/// node never have the same step, so a recipe is one node. Nodes are never forgotten: what is deleted is hidden, and shows again when
/// the same recipe is asked for. The current node and all nodes above it are visible.
class HistoryTree {
public:
  HistoryTree();

  int current() const { return current_; }
  /// False for deleted nodes as well.
  bool contains(int id) const;
  const HistoryNode& node(int id) const { return nodes_[static_cast<std::size_t>(id)]; }
  /// The visible children, oldest first.
  std::vector<int> children(int id) const;
  /// All visible nodes, oldest first: each after its parent.
  std::vector<int> nodes() const;
  /// From the first step to `id`.
  std::vector<int> path(int id) const;
  /// Whether `ancestor` is `id` or above it.
  bool isAbove(int ancestor, int id) const;
  QStringList lines(int id) const;
  QString recipe(int id) const { return lines(id).join(QLatin1Char('\n')); }
  /// The visible node with this recipe, if there is one.
  std::optional<int> find(const QStringList& lines) const;
  /// Where the user was last below `id`; the present place where that is below it.
  int tip(int id) const;
  /// The oldest other visible node whose schedule does the same in the same order, if it is older than `id`.
  std::optional<int> twin(int id) const;

  /// The node with this recipe: what is missing is made, what was deleted is shown again. Does not move there.
  int grow(const QStringList& lines, HistoryNode::Origin origin = HistoryNode::Origin::User);
  void moveTo(int id);
  /// The visible nodes of a branch, `id` first.
  std::vector<int> branch(int id) const;
  /// The current node must not be among them.
  void hide(const std::vector<int>& ids);
  void reveal(const std::vector<int>& ids);
  void annotate(int id, const QString& name, bool starred);
  void predict(int id, const HistorySpeedup& speedup);
  /// What the engine says about the current recipe: an outcome for each step up to the first refused one.
  void judge(const ScheduleSnapshot& schedule);

  /// Adds what another tree of the same region has; what both say is this one's. Does not move.
  void merge(const HistoryTree& other);

  /// Takes over a node of a file, in the place of its id. Refuses (false) what is no tree.
  bool restore(HistoryNode node);

private:
  HistoryNode& at(int id) { return nodes_[static_cast<std::size_t>(id)]; }
  std::optional<int> child(int id, const QString& line, bool hiddenToo) const;

  std::vector<HistoryNode> nodes_; ///< by id
  int current_ = 0;
};

/// Equal for schedules that do the same in the same order, with the same storage and the same marks; else different.
QString scheduleKey(const ScheduleSnapshot& schedule);

/// What a person calls a node: its name, or its step.
QString historyTitle(const HistoryNode& node);

} // namespace polyloom
