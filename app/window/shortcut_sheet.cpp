#include "app/window/shortcut_sheet.h"

#include <QAction>
#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

#include <utility>
#include <vector>

namespace polyloom {

ShortcutSheet::ShortcutSheet(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("shortcutSheet"));
  setWindowTitle(tr("Keys"));
  setModal(false);
  std::vector<std::pair<QString, QString>> rows;
  for (const QAction* action : actions)
    if (!action->shortcut().isEmpty())
      rows.emplace_back(action->shortcut().toString(QKeySequence::NativeText), action->text().remove(QLatin1Char('&')));
  rows.insert(rows.end(), {{tr("Arrow keys"), tr("Iteration space: walk from instance to instance")},
                           {tr("+  −  0"), tr("Iteration space: zoom in, zoom out, show all")},
                           {tr("Drag"), tr("New order: a shape to shift it, its edges to tile or reverse, its corners to skew, its round handle to interchange")},
                           {tr("Ctrl + drag"), tr("New order: draw a rectangle that splits a loop or is the first tile")},
                           {tr("Shift + drag"), tr("New order: a shape onto other loops to fuse, beside all points to distribute")},
                           {tr("Alt + drag"), tr("New order: draw around points that should run at once")},
                           {tr("Space + drag"), tr("Iteration space: move the view, as the middle button does")},
                           {tr("Shift + arrow keys"), tr("Three dimensions: walk; arrow keys alone turn the space")},
                           {tr("Page up, Page down"), tr("Three dimensions: walk in depth")},
                           {tr("Enter"), tr("All pairs of dimensions: show the framed pair large")},
                           {tr("Esc"), tr("Iteration space: select nothing; elsewhere: close the message")},
                           {tr("Drag"), tr("Loop tree: a loop onto one around it to interchange, onto one beside it to fuse")},
                           {tr("P"), tr("Loop tree: run the selected loop in parallel")}});
  auto* table = new QTableWidget(static_cast<int>(rows.size()), 2, this);
  table->setObjectName(QStringLiteral("shortcutTable"));
  table->setAccessibleName(tr("Keys"));
  table->setHorizontalHeaderLabels({tr("Key"), tr("What it does")});
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setShowGrid(false);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setStretchLastSection(true);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    table->setItem(static_cast<int>(row), 0, new QTableWidgetItem(rows[row].first));
    table->setItem(static_cast<int>(row), 1, new QTableWidgetItem(rows[row].second));
  }
  table->resizeColumnToContents(0);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(table);
  resize(520, 560);
}

} // namespace polyloom
