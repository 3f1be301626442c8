// Pictures and tables on the clipboard.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

class QAbstractItemModel;
class QAction;
class QMimeData;
class QPaintDevice;
class QPainter;
class QWidget;

namespace polyloom {

/// One content in the forms that other programs take. A form that does not make sense is empty.
struct ClipboardForms {
  QString text; ///< tables: columns between tabulators
  QString csv;
  QString html;
  QSizeF size; ///< of the picture, in pixels of the screen
  /// Paints the picture from the origin on. It is asked when a program pastes, as often as that needs: it must not depend on
  /// anything that may change meanwhile.
  std::function<void(QPainter&)> picture;

  /// The picture at twice the size, for paper and large screens.
  QImage image() const;
  QByteArray svg() const;
};

/// All forms at once: the program that pastes chooses. Pictures are made then, not before.
std::unique_ptr<QMimeData> toMimeData(ClipboardForms forms);

/// A picture of so many pixels as `paint` paints it onto a device now; later changes do not show.
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
