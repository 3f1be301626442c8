// Any panel on paper, whether or not it can be seen.
#pragma once

#include "views/exporter.h"

class QAbstractItemModel;
class QWidget;

namespace polyloom {

/// Tables, lists, trees and code come out whole, however little of them the panel has room for; a drawing comes out at the
/// panel's size, or at a size of its own where it has never been shown. Colors are the panel's present ones: the caller sets
/// a light theme first. The panel must outlive the result.
Exportable exportableOf(QWidget& panel, const QString& title);

/// Column titles, then all rows in depth-first order; a tree's rows start with their depth.
std::vector<QStringList> tableOf(const QAbstractItemModel& model);

} // namespace polyloom
