// Sheets that drop down from the tool bar.
#pragma once

class QLineEdit;
class QString;
class QWidget;

namespace polyloom {

/// Shows the sheet, as large as it wants to be, right below what it belongs to; further left where it would leave the
/// screen there.
void showBelow(QWidget& sheet, const QWidget& anchor);

/// A line for a name, a path or a command, in the font of code; the hint stands in it while it is empty.
QLineEdit* makeLine(QWidget* parent, const char* objectName, const QString& accessibleName, const QString& hint);

} // namespace polyloom
