// What is selected: shared by all views, so that selecting in one place selects everywhere.
#pragma once

#include <QObject>
#include <QString>

namespace polyloom {

/// One instance of a statement: a row of a cloud in the shown space.
struct InstanceId {
  int cloud = -1;
  int index = -1;
  int statement = -1; ///< the cloud's
  bool isValid() const { return cloud >= 0 && index >= 0; }
  friend bool operator==(const InstanceId& a, const InstanceId& b) { return a.cloud == b.cloud && a.index == b.index; }
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
  int hoveredStatement() const { return hoveredStatement_; } ///< under the pointer in any view, or -1
  bool isEmpty() const;

  void selectStatement(int statement);
  void selectLoop(const QString& loop);
  void selectDependence(int dependence);
  void selectInstance(const InstanceId& instance);
  /// Two instances that belong together: `first` must run before `second`.
  void selectPair(const InstanceId& first, const InstanceId& second);
  void hoverStatement(int statement);
  void clear();

Q_SIGNALS:
  void changed();
  void hoverChanged(int statement);

private:
  void set(int statement, const QString& loop, int dependence, const InstanceId& instance,
           const InstanceId& partner = {});

  int statement_ = -1;
  QString loop_;
  int dependence_ = -1;
  InstanceId instance_, partner_;
  int hoveredStatement_ = -1;
};

} // namespace polyloom
