// Writes what a view shows to a file: as a picture, for LaTeX, or as a table.
#pragma once

#include <QSizeF>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

class QPainter;

namespace polyloom {

/// A view on paper. It needs no widget on a screen.
struct Exportable {
  QString title;
  QString description;
  QSizeF size; ///< in points
  std::function<void(QPainter&)> paint; ///< into a rectangle of this size, in light colors
  std::function<std::vector<QStringList>()> table; ///< the names of the columns, then the rows
};

inline constexpr double kLeastExportScale = 1, kMostExportScale = 4;

/// Writes .svg, .pdf, .png (at `scale` times the size), .tex (a TikZ picture) or .csv, as the path's suffix says; whole or
/// not at all. Returns what went wrong, or nothing.
QString exportTo(const QString& path, const Exportable& view, double scale = 2);

/// The suffixes that `exportTo` knows, for file dialogs.
QString exportFilter();

/// The rows as RFC 4180 has them, in UTF-8.
QByteArray toCsv(const std::vector<QStringList>& rows);

} // namespace polyloom
