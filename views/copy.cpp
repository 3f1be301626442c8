#include "views/copy.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QMap>
#include <QMimeData>
#include <QPainter>
#include <QPicture>
#include <QStringList>
#include <QSvgGenerator>
#include <QWidget>

#include <utility>

namespace polyloom {

namespace {

constexpr int kImageScale = 2;
constexpr int kMostRows = 5000; ///< more take too long while the window waits
constexpr const char* kCopyName = "copyPanel";
const QString kImageType = QStringLiteral("application/x-qt-image"); ///< Qt's own, which it offers as all formats that it writes
const QString kSvgType = QStringLiteral("image/svg+xml");

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

/// Makes a picture when a program asks for it: most pastes want one of the forms, and many none.
class LazyPicture : public QMimeData {
public:
  explicit LazyPicture(ClipboardForms forms) : forms_(std::move(forms)) {}

  QStringList formats() const override {
    return forms_.picture ? QMimeData::formats() << kImageType << kSvgType : QMimeData::formats();
  }

protected:
  QVariant retrieveData(const QString& type, QMetaType preferred) const override {
    if (!forms_.picture || (type != kImageType && type != kSvgType))
      return QMimeData::retrieveData(type, preferred);
    QVariant& made = made_[type]; // one paste may ask several times
    if (!made.isValid())
      made = type == kSvgType ? QVariant(forms_.svg()) : QVariant(forms_.image());
    return made;
  }

private:
  ClipboardForms forms_;
  mutable QMap<QString, QVariant> made_;
};

} // namespace

QString csvField(const QString& text) {
  const bool isPlain = !text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char('\n'));
  if (isPlain)
    return text;
  QString quoted = text;
  return QLatin1Char('"') + quoted.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QImage ClipboardForms::image() const {
  QImage image((size * kImageScale).toSize(), QImage::Format_RGB32);
  image.setDevicePixelRatio(kImageScale);
  image.fill(Qt::white);
  QPainter painter(&image);
  picture(painter);
  return image;
}

QByteArray ClipboardForms::svg() const {
  QBuffer buffer;
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(QPicture().logicalDpiX()); // texts are laid out for the screen: they get the size that they have there
  generator.setSize(size.toSize());
  generator.setViewBox(QRectF(QPointF(), size));
  QPainter painter(&generator);
  picture(painter);
  painter.end();
  return buffer.data();
}

std::unique_ptr<QMimeData> toMimeData(ClipboardForms forms) {
  const QString text = forms.text, html = forms.html, csv = forms.csv;
  auto data = std::make_unique<LazyPicture>(std::move(forms));
  if (!text.isEmpty())
    data->setText(text);
  if (!html.isEmpty())
    data->setHtml(html);
  if (!csv.isEmpty())
    data->setData(QStringLiteral("text/csv"), csv.toUtf8());
  return data;
}

ClipboardForms formsOfPicture(const QSizeF& size, const std::function<void(QPaintDevice&)>& paint) {
  QPicture recorded;
  paint(recorded);
  ClipboardForms forms;
  forms.size = size;
  forms.picture = [recorded](QPainter& painter) { painter.drawPicture(0, 0, recorded); };
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
  forms.size = picture.size;
  forms.picture = std::move(picture.picture);
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
