#include "views/panel_export.h"

#include "views/code_editor.h"
#include "views/measurement_view.h"
#include "views/sweep_view.h"
#include "views/theme.h"
#include "views/training_view.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFontMetricsF>
#include <QLayout>
#include <QPainter>
#include <QScrollArea>

#include <algorithm>

namespace polyloom {

namespace {

using Rows = std::vector<QStringList>;

constexpr double kMargin = 12, kColumnGap = 18;
constexpr std::size_t kMostRows = 400; ///< in a picture: more is for the table
constexpr QSize kNeverShown = {640, 400};

bool isTree(const QAbstractItemModel& model) {
  for (int row = 0; row < model.rowCount(); ++row)
    if (model.rowCount(model.index(row, 0)) > 0)
      return true;
  return false;
}

void addRows(const QAbstractItemModel& model, const QModelIndex& parent, int depth, bool withDepth, Rows& rows) {
  for (int row = 0; row < model.rowCount(parent); ++row) {
    QStringList cells = withDepth ? QStringList(QString::number(depth)) : QStringList();
    for (int column = 0; column < model.columnCount(parent); ++column)
      cells << model.index(row, column, parent).data().toString();
    rows.push_back(std::move(cells));
    addRows(model, model.index(row, 0, parent), depth + 1, withDepth, rows);
  }
}

Rows codeRows(const QString& text) {
  Rows rows = {{QStringLiteral("line"), QStringLiteral("text")}};
  const QStringList lines = text.split(QLatin1Char('\n'));
  for (qsizetype k = 0; k < lines.size(); ++k)
    rows.push_back({QString::number(k + 1), lines[k]});
  return rows;
}

Rows measurementRows(const MeasurementView& view) {
  Rows rows = {{QStringLiteral("label"), QStringLiteral("recipe"), QStringLiteral("verdict"), QStringLiteral("median s"),
                QStringLiteral("low s"), QStringLiteral("high s"), QStringLiteral("speedup"), QStringLiteral("speedup low"),
                QStringLiteral("speedup high"), QStringLiteral("result"), QStringLiteral("taken")}};
  const auto number = [](double value) { return QString::number(value, 'g', 6); };
  for (const MeasurementInfo& info : view.measurements())
    rows.push_back({QString::fromStdString(info.label), QString::fromStdString(info.recipe), verdictOn(info),
                    number(info.median), number(info.low), number(info.high), number(info.speedup), number(info.speedupLow),
                    number(info.speedupHigh), QString::fromStdString(info.result), QString::fromStdString(info.taken)});
  return rows;
}

/// Text in columns; the first row is the head where `hasHead` says so.
struct TextTable {
  Rows rows;
  bool hasHead = true;
  QFont font;

  double rowHeight() const { return QFontMetricsF(font).height() * 1.3; }
  std::size_t shown() const { return std::min(rows.size(), kMostRows); }
  std::vector<double> widths() const {
    std::vector<double> widths;
    const QFontMetricsF metrics(font);
    for (std::size_t row = 0; row < shown(); ++row)
      for (qsizetype column = 0; column < rows[row].size(); ++column) {
        widths.resize(std::max(widths.size(), static_cast<std::size_t>(column) + 1));
        double& width = widths[static_cast<std::size_t>(column)];
        width = std::max(width, metrics.horizontalAdvance(rows[row][column]) + kColumnGap);
      }
    return widths;
  }
  QSizeF size() const {
    double width = 2 * kMargin;
    for (const double column : widths())
      width += column;
    return {std::max(width, 120.0), 2 * kMargin + rowHeight() * static_cast<double>(std::max<std::size_t>(shown(), 1))};
  }
  void paint(QPainter& painter) const {
    const Theme theme = Theme::make(Theme::Kind::Light);
    const auto columns = widths();
    painter.fillRect(QRectF({0, 0}, size()), theme.panel);
    painter.setFont(font);
    double y = kMargin;
    for (std::size_t row = 0; row < shown(); ++row, y += rowHeight()) {
      double x = kMargin;
      painter.setPen(hasHead && row == 0 ? theme.mutedText : theme.text);
      for (qsizetype column = 0; column < rows[row].size(); ++column) {
        const double width = columns[static_cast<std::size_t>(column)];
        painter.drawText(QRectF(x, y, width, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, rows[row][column]);
        x += width;
      }
      if (hasHead && row == 0) {
        painter.setPen(theme.border);
        painter.drawLine(QPointF(kMargin, y + rowHeight()), QPointF(size().width() - kMargin, y + rowHeight()));
      }
    }
  }
};

Exportable textOnPaper(const QString& title, Rows rows, const QFont& font, bool hasHead) {
  const TextTable table{rows, hasHead, font};
  return {title, QString(), table.size(), [table](QPainter& painter) { table.paint(painter); },
          [rows = std::move(rows)] { return rows; }};
}

/// The view with most to say, but for those that drop down from a box.
const QAbstractItemView* itemViewIn(const QWidget& panel) {
  QList<const QAbstractItemView*> views;
  if (const auto* own = qobject_cast<const QAbstractItemView*>(&panel))
    views << own;
  for (const auto* view : panel.findChildren<QAbstractItemView*>())
    views << view;
  const QAbstractItemView* best = nullptr;
  for (const QAbstractItemView* view : views) {
    bool isDropDown = !view->model();
    for (const QWidget* above = view->parentWidget(); above && above != &panel; above = above->parentWidget())
      isDropDown |= qobject_cast<const QComboBox*>(above) != nullptr;
    if (!isDropDown && (!best || view->model()->rowCount() > best->model()->rowCount()))
      best = view;
  }
  return best;
}

Exportable drawingOf(QWidget& panel, const QString& title) {
  auto* scroll = qobject_cast<QScrollArea*>(&panel);
  QWidget* content = scroll && scroll->widget() ? scroll->widget() : &panel;
  content->ensurePolished();
  if (content->layout() && !content->isVisible())
    content->layout()->activate();
  const QSize size = content->testAttribute(Qt::WA_WState_Created) || content->isVisible()
                         ? content->size()
                         : content->sizeHint().expandedTo(kNeverShown);
  if (size != content->size())
    content->resize(size);
  Exportable drawing{title, QString(), size, [content](QPainter& painter) {
                       content->render(&painter, QPoint(), QRegion(), QWidget::DrawWindowBackground | QWidget::DrawChildren);
                     }, {}};
  if (const auto* measurements = qobject_cast<const MeasurementView*>(&panel))
    drawing.table = [measurements] { return measurementRows(*measurements); };
  else if (const QAbstractItemView* view = itemViewIn(panel))
    drawing.table = [view] { return tableOf(*view->model()); };
  return drawing;
}

} // namespace

std::vector<QStringList> tableOf(const QAbstractItemModel& model) {
  const bool tree = isTree(model);
  QStringList head = tree ? QStringList(QStringLiteral("depth")) : QStringList();
  for (int column = 0; column < model.columnCount(); ++column)
    head << model.headerData(column, Qt::Horizontal).toString();
  Rows rows = {head};
  addRows(model, {}, 0, tree, rows);
  return rows;
}

Exportable exportableOf(QWidget& panel, const QString& title) {
  if (const auto* sweep = qobject_cast<const SweepView*>(&panel))
    return sweep->exportable(title);
  if (const auto* training = qobject_cast<const TrainingView*>(&panel))
    return training->exportable(title);
  const auto* code = qobject_cast<const CodeEditor*>(&panel);
  if (!code)
    code = panel.findChild<const CodeEditor*>();
  if (code)
    return textOnPaper(title, codeRows(code->text()), codeFont(), false);
  const auto* own = qobject_cast<const QAbstractItemView*>(&panel);
  if (const QAbstractItemView* view = own ? own : itemViewIn(panel); view && !qobject_cast<const MeasurementView*>(&panel))
    return textOnPaper(title, tableOf(*view->model()), panel.font(), true);
  return drawingOf(panel, title);
}

} // namespace polyloom
