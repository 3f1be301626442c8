// Pictures and tables on the clipboard.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

class QAbstractItemModel;
class QAction;
class QMimeData;
class QPaintDevice;
class QSizeF;
class QWidget;

namespace polyloom {

/// One content in the forms that other programs take. A form that does not make sense is empty.
struct ClipboardForms {
  QString text; ///< tables: columns between tabulators
  QString csv;
  QString html;
  QImage image; ///< at twice the size, for paper and large screens
  QByteArray svg;
};

/// All forms at once: the program that pastes chooses.
std::unique_ptr<QMimeData> toMimeData(const ClipboardForms& forms);

/// A picture of so many points, painted by `paint` onto each device from the origin on.
ClipboardForms formsOfPicture(const QSizeF& size, const std::function<void(QPaintDevice&)>& paint);
/// What the widget shows at this moment.
ClipboardForms formsOfWidget(QWidget& widget);
/// Adds a table's texts, the first row of which is its header: with tabulators, as CSV and as HTML.
void addTable(const QList<QStringList>& rows, ClipboardForms& forms);
/// The model's texts, with its header; children of a tree are indented.
ClipboardForms formsOfModel(const QAbstractItemModel& model);
/// The same, and what the view of the model shows as a picture.
ClipboardForms formsOfTable(QWidget& view, const QAbstractItemModel& model);

/// A field of CSV, quoted where needed (RFC 4180).
QString csvField(const QString& text);

/// Gives the widget the command "Copy": Ctrl+C while it or a widget in it has the focus, and in its context menu.
/// `make` is asked each time.
QAction* offerCopy(QWidget* widget, std::function<ClipboardForms()> make);

/// The command of the widget, or of the nearest one around it; null where there is none.
QAction* copyCommandFor(const QWidget* widget);

} // namespace polyloom
