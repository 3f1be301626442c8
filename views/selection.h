// What is selected: shared by all views, so that selecting in one place selects everywhere.
#pragma once

#include <QObject>
#include <QString>

#include <algorithm>
#include <vector>

namespace polyloom {

/// One instance of a statement: a row of a cloud in the shown space.
struct InstanceId {
  int cloud = -1;
  int index = -1;
  int statement = -1; ///< the cloud's
  bool isValid() const { return cloud >= 0 && index >= 0; }
  friend bool operator==(const InstanceId& a, const InstanceId& b) { return a.cloud == b.cloud && a.index == b.index; }
};

/// What the pointer is on, in any view; it lights up in all of them. A dependence has both of its statements with it, an
/// instance its own.
struct Hover {
  std::vector<int> statements;
  QString loop;
  int dependence = -1;
  InstanceId instance = {};

  bool isEmpty() const { return statements.empty() && loop.isEmpty() && dependence < 0; }
  bool has(int statement) const { return std::ranges::find(statements, statement) != statements.end(); }
  friend bool operator==(const Hover&, const Hover&) = default;
};

/// The one selection of a window: a statement, a loop, a dependence or an instance.
/// Selecting one kind of thing clears the others, except that an instance selects its statement with it. A pair of
/// instances belongs to no one statement.
class Selection : public QObject {
  Q_OBJECT

public:
  explicit Selection(QObject* parent = nullptr) : QObject(parent) {}

  int statement() const { return statement_; }   ///< index, or -1
  const QString& loop() const { return loop_; }  ///< name, or empty
  int dependence() const { return dependence_; } ///< index into the schedule's dependences, or -1
  const InstanceId& instance() const { return instance_; }
  const InstanceId& partner() const { return partner_; } ///< what `instance` must come before; only of a pair
  const Hover& hover() const { return hover_; }
  /// The one statement under the pointer in any view, or -1.
  int hoveredStatement() const { return hover_.statements.size() == 1 ? hover_.statements.front() : -1; }
  /// Whether texts scroll to what the pointer is on elsewhere.
  bool followsHover() const { return followsHover_; }
  void setFollowsHover(bool follows) { followsHover_ = follows; }
  bool isEmpty() const;

  void selectStatement(int statement);
  void selectLoop(const QString& loop);
  void selectDependence(int dependence);
  void selectInstance(const InstanceId& instance);
  /// Two instances that belong together: `first` must run before `second`.
  void selectPair(const InstanceId& first, const InstanceId& second);
  /// The pointer is on this now; an empty one: on nothing.
  void setHover(const Hover& hover);
  void endHover() { setHover({}); }
  /// A line of code, or a row: a statement (-1: none), a loop (empty: none), or both.
  void hoverLine(int statement, const QString& loop);
  void hoverStatement(int statement) { hoverLine(statement, {}); }
  void hoverInstance(const InstanceId& instance);
  void clear();

Q_SIGNALS:
  void changed();
  void hoverChanged();

private:
  void set(int statement, const QString& loop, int dependence, const InstanceId& instance,
           const InstanceId& partner = {});

  int statement_ = -1;
  QString loop_;
  int dependence_ = -1;
  InstanceId instance_, partner_;
  Hover hover_;
  bool followsHover_ = false;
};

} // namespace polyloom
