#include "app/window/layouts.h"

#include "app/window/settings.h"

#include <QDockWidget>
#include <QMainWindow>

#include <algorithm>
#include <vector>

namespace polyloom {

namespace {

/// Panels that stand on top of each other as tabs, the first one in front.
struct Stack {
  int share = 0; ///< of the column's length, in percent
  std::vector<const char*> panels;
};

struct Column {
  Qt::DockWidgetArea area = Qt::LeftDockWidgetArea;
  int share = 0; ///< of the window, in percent
  std::vector<Stack> stacks;
};

using Places = std::vector<Column>;

/// A wide picture; what is said about it around it. Panels that a build does not have are skipped here and below.
Places teach() {
  return {{Qt::LeftDockWidgetArea,
           26,
           {{56, {"sourceDock", "codeDock"}}, {44, {"historyDock", "measurementDock"}}}},
          {Qt::RightDockWidgetArea,
           27,
           {{40, {"formDock"}}, {22, {"treeDock", "instanceDock"}}, {38, {"dependenceDock"}}}},
          {Qt::BottomDockWidgetArea, 22, {{50, {"executionDock"}}, {50, {"memoryDock", "mathematicsDock", "comparisonDock"}}}}};
}

/// Everything that a step changes, at a glance.
Places tune() {
  return {{Qt::LeftDockWidgetArea, 24, {{30, {"sourceDock"}}, {36, {"codeDock"}}, {34, {"historyDock"}}}},
          {Qt::RightDockWidgetArea, 26, {{22, {"treeDock"}}, {40, {"formDock"}}, {38, {"dependenceDock"}}}},
          {Qt::BottomDockWidgetArea,
           24,
           {{100, {"measurementDock", "sweepDock", "instanceDock", "memoryDock", "executionDock", "mathematicsDock", "comparisonDock"}}}}};
}

/// Code and figures first.
Places inspect() {
  return {{Qt::LeftDockWidgetArea, 25, {{52, {"historyDock", "sourceDock"}}, {48, {"dependenceDock", "formDock"}}}},
          {Qt::RightDockWidgetArea, 33, {{66, {"codeDock"}}, {34, {"treeDock"}}}},
          {Qt::BottomDockWidgetArea,
           38,
           {{50, {"measurementDock", "sweepDock", "instanceDock", "executionDock"}}, {50, {"memoryDock", "mathematicsDock", "comparisonDock"}}}}};
}

/// Panels that a layout opens beside another one only when they are asked for.
struct Closed {
  const char* panel;
  const char* beside;
};
constexpr Closed kClosed[] = {{"secondCodeDock", "codeDock"}, {"trainingDock", "measurementDock"}};

const char* const kTeach = QT_TRANSLATE_NOOP("polyloom::Layouts", "Teach");
const char* const kTune = QT_TRANSLATE_NOOP("polyloom::Layouts", "Tune");
const char* const kInspect = QT_TRANSLATE_NOOP("polyloom::Layouts", "Inspect");

} // namespace

Layouts::Layouts(QMainWindow& window, Settings& settings, QObject* parent)
    : QObject(parent), window_(window), settings_(settings), current_(settings.currentLayout()) {
  if (!builtIn().contains(current_) && !own().contains(current_))
    current_ = QLatin1String(kTune);
  rememberHomes();
}

QStringList Layouts::builtIn() {
  return {QLatin1String(kTeach), QLatin1String(kTune), QLatin1String(kInspect)};
}

QStringList Layouts::own() const { return settings_.ownLayouts().keys(); }

QList<QDockWidget*> Layouts::docks() const {
  return window_.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly);
}

QStringList Layouts::panels() const {
  QStringList names;
  for (const QDockWidget* dock : docks())
    names << dock->objectName();
  return names;
}

void Layouts::rememberHomes() {
  for (QDockWidget* dock : docks())
    if (const Qt::DockWidgetArea area = window_.dockWidgetArea(dock);
        area != Qt::NoDockWidgetArea && !homes_.contains(dock->objectName()))
      homes_.insert(dock->objectName(), area);
}

void Layouts::apply(const QString& name) {
  const auto saved = settings_.ownLayouts();
  rememberHomes();
  current_ = name;
  if (const auto own = saved.constFind(name); own != saved.constEnd()) {
    applyBuiltIn(QLatin1String(kTune)); // what the saved one does not know needs a place first
    restore(own->state, own->panels);
  } else {
    current_ = builtIn().contains(name) ? name : QLatin1String(kTune);
    applyBuiltIn(current_);
  }
  settings_.setCurrentLayout(current_);
  Q_EMIT changed();
}

void Layouts::applyBuiltIn(const QString& name) {
  const Places places = name == QLatin1String(kTeach) ? teach() : name == QLatin1String(kInspect) ? inspect() : tune();
  QList<QDockWidget*> guests = docks(), fronts, columns;
  QList<int> widths, heights, columnShares;
  for (QDockWidget* dock : std::as_const(guests)) {
    dock->setFloating(false);
    window_.removeDockWidget(dock);
  }
  for (const Column& column : places) {
    const bool isRow = column.area == Qt::BottomDockWidgetArea;
    QDockWidget* first = nullptr;
    for (const Stack& stack : column.stacks) {
      QDockWidget* front = nullptr;
      for (const char* panel : stack.panels) {
        auto* dock = window_.findChild<QDockWidget*>(QLatin1String(panel), Qt::FindDirectChildrenOnly);
        if (!dock || !guests.removeOne(dock))
          continue;
        front ? window_.tabifyDockWidget(front, dock) : window_.addDockWidget(column.area, dock);
        front = front ? front : dock;
      }
      if (!front)
        continue;
      first = first ? first : front;
      fronts << front;
      heights << window_.height() * (isRow ? column.share : stack.share) / 100;
    }
    if (first && !isRow)
      columns << first, columnShares << window_.width() * column.share / 100;
  }
  QList<QDockWidget*> closed;
  for (const Closed& each : kClosed) {
    auto* dock = window_.findChild<QDockWidget*>(QLatin1String(each.panel), Qt::FindDirectChildrenOnly);
    auto* beside = window_.findChild<QDockWidget*>(QLatin1String(each.beside), Qt::FindDirectChildrenOnly);
    if (!dock || !beside || !guests.removeOne(dock))
      continue;
    window_.splitDockWidget(beside, dock, Qt::Horizontal);
    closed << dock;
  }
  for (QDockWidget* guest : std::as_const(guests))
    placeGuest(guest);
  for (QDockWidget* dock : docks())
    dock->setVisible(!closed.contains(dock));
  window_.resizeDocks(columns, columnShares, Qt::Horizontal);
  window_.resizeDocks(fronts, heights, Qt::Vertical);
  for (QDockWidget* front : std::as_const(fronts))
    front->raise();
}

void Layouts::placeGuest(QDockWidget* guest) {
  const Qt::DockWidgetArea home = homes_.value(guest->objectName(), Qt::BottomDockWidgetArea);
  QDockWidget *host = nullptr, *other = nullptr;
  for (QDockWidget* dock : docks()) {
    const Qt::DockWidgetArea area = dock == guest ? Qt::NoDockWidgetArea : window_.dockWidgetArea(dock);
    if (area == home && !dock->isFloating())
      host = dock;
    else if (area == Qt::LeftDockWidgetArea && !dock->isFloating())
      other = dock;
  }
  host = host ? host : other;
  if (!host) {
    window_.addDockWidget(home, guest);
    return;
  }
  window_.tabifyDockWidget(host, guest);
  host->raise();
}

QString Layouts::save(const QString& name) {
  const QString key = name.simplified();
  if (key.isEmpty())
    return tr("A layout needs a name.");
  for (const QString& taken : builtIn())
    if (taken.compare(key, Qt::CaseInsensitive) == 0 || tr(taken.toLatin1().constData()).compare(key, Qt::CaseInsensitive) == 0)
      return tr("“%1” is the name of a layout that comes with Polyloom.").arg(taken);
  settings_.setOwnLayout(key, {window_.saveState(kLayoutVersion), panels()});
  current_ = key;
  settings_.setCurrentLayout(current_);
  Q_EMIT changed();
  Q_EMIT ownChanged();
  return {};
}

void Layouts::remove(const QString& name) {
  settings_.removeOwnLayout(name);
  if (current_ == name) {
    current_ = QLatin1String(kTune);
    settings_.setCurrentLayout(current_);
  }
  Q_EMIT changed();
  Q_EMIT ownChanged();
}

void Layouts::restore(const QByteArray& state, const QStringList& panels) {
  rememberHomes();
  if (!window_.restoreState(state, kLayoutVersion))
    return;
  for (QDockWidget* dock : docks())
    if (!panels.contains(dock->objectName())) {
      window_.removeDockWidget(dock);
      placeGuest(dock);
      dock->show();
    }
}

} // namespace polyloom
