#include "views/copy.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QPainter>
#include <QStringList>
#include <QSvgGenerator>
#include <QWidget>

#include <utility>

namespace polyloom {

namespace {

constexpr int kImageScale = 2;
constexpr int kMostRows = 5000; ///< more take too long while the window waits
constexpr const char* kCopyName = "copyPanel";

/// The rows of a model as texts; the first column of children is indented.
void collectRows(const QAbstractItemModel& model, const QModelIndex& parent, const QString& indent,
                 QList<QStringList>& rows) {
  for (int row = 0; row < model.rowCount(parent); ++row) {
    if (rows.size() == kMostRows) {
      rows << QStringList{QAction::tr("… %1 more rows").arg(model.rowCount(parent) - row)};
      return;
    }
    QStringList fields;
    for (int column = 0; column < model.columnCount(parent); ++column)
      fields << (column == 0 ? indent : QString()) + model.index(row, column, parent).data().toString();
    rows << fields;
    collectRows(model, model.index(row, 0, parent), indent + QStringLiteral("  "), rows);
  }
}

QStringList headerOf(const QAbstractItemModel& model) {
  QStringList header;
  for (int column = 0; column < model.columnCount(); ++column)
    header << model.headerData(column, Qt::Horizontal).toString();
  return header;
}

QString htmlRow(const QStringList& fields, const QString& cell) {
  QString row;
  for (const QString& field : fields)
    row += QStringLiteral("<%1>%2</%1>").arg(cell, field.toHtmlEscaped());
  return QStringLiteral("<tr>%1</tr>").arg(row);
}

} // namespace

QString csvField(const QString& text) {
  const bool isPlain = !text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n'));
  if (isPlain)
    return text;
  QString quoted = text;
  return QLatin1Char('"') + quoted.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

std::unique_ptr<QMimeData> toMimeData(const ClipboardForms& forms) {
  auto data = std::make_unique<QMimeData>();
  if (!forms.text.isEmpty())
    data->setText(forms.text);
  if (!forms.html.isEmpty())
    data->setHtml(forms.html);
  if (!forms.csv.isEmpty())
    data->setData(QStringLiteral("text/csv"), forms.csv.toUtf8());
  if (!forms.image.isNull())
    data->setImageData(forms.image);
  if (!forms.svg.isEmpty())
    data->setData(QStringLiteral("image/svg+xml"), forms.svg);
  return data;
}

ClipboardForms formsOfPicture(const QSizeF& size, const std::function<void(QPaintDevice&)>& paint) {
  ClipboardForms forms;
  forms.image = QImage((size * kImageScale).toSize(), QImage::Format_RGB32);
  forms.image.setDevicePixelRatio(kImageScale);
  forms.image.fill(Qt::white);
  paint(forms.image);
  QBuffer buffer(&forms.svg);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(size.toSize());
  generator.setViewBox(QRectF(QPointF(), size));
  paint(generator);
  return forms;
}

ClipboardForms formsOfWidget(QWidget& widget) {
  return formsOfPicture(widget.size(), [&](QPaintDevice& device) {
    QPainter painter(&device);
    painter.setRenderHint(QPainter::Antialiasing);
    widget.render(&painter);
  });
}

void addTable(const QList<QStringList>& rows, ClipboardForms& forms) {
  QString html;
  for (const QStringList& row : rows) {
    QStringList fields;
    for (const QString& field : row)
      fields << csvField(field);
    html += htmlRow(row, html.isEmpty() ? QStringLiteral("th") : QStringLiteral("td"));
    forms.text += row.join(QLatin1Char('\t')) + QLatin1Char('\n');
    forms.csv += fields.join(QLatin1Char(',')) + QLatin1String("\r\n");
  }
  forms.html = QStringLiteral("<table>%1</table>").arg(html);
}

ClipboardForms formsOfModel(const QAbstractItemModel& model) {
  QList<QStringList> rows;
  collectRows(model, {}, {}, rows);
  // A model that names no columns answers with their numbers.
  const QStringList header = headerOf(model);
  if (header != QStringList{QStringLiteral("1")})
    rows.prepend(header);
  ClipboardForms forms;
  addTable(rows, forms);
  return forms;
}

ClipboardForms formsOfTable(QWidget& view, const QAbstractItemModel& model) {
  ClipboardForms forms = formsOfModel(model);
  ClipboardForms picture = formsOfWidget(view);
  forms.image = std::move(picture.image);
  forms.svg = std::move(picture.svg);
  return forms;
}

QAction* offerCopy(QWidget* widget, std::function<ClipboardForms()> make) {
  auto* copy = new QAction(QAction::tr("Copy"), widget);
  copy->setObjectName(QLatin1String(kCopyName));
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  QObject::connect(copy, &QAction::triggered, widget, [make = std::move(make)] {
    QGuiApplication::clipboard()->setMimeData(toMimeData(make()).release()); // which owns it from here on
  });
  widget->addAction(copy);
  if (widget->contextMenuPolicy() == Qt::DefaultContextMenu)
    widget->setContextMenuPolicy(Qt::ActionsContextMenu);
  return copy;
}

QAction* copyCommandFor(const QWidget* widget) {
  for (; widget != nullptr; widget = widget->parentWidget())
    if (auto* copy = widget->findChild<QAction*>(QLatin1String(kCopyName), Qt::FindDirectChildrenOnly))
      return copy;
  return nullptr;
}

} // namespace polyloom
