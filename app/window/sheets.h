// Sheets that drop down from the tool bar.
#pragma once

class QWidget;

namespace polyloom {

/// Shows the sheet, as large as it wants to be, right below what it belongs to; further left where it would leave the
/// screen there.
void showBelow(QWidget& sheet, const QWidget& anchor);

} // namespace polyloom
