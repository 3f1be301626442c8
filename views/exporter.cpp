#include "views/exporter.h"

#include "views/tikz_device.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <map>

namespace polyloom {

namespace {

using Writer = QByteArray (*)(const Exportable&, double);

QByteArray toSvg(const Exportable& view, double) {
  QBuffer buffer;
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setSize(view.size.toSize());
  generator.setViewBox(QRectF({0, 0}, view.size));
  generator.setTitle(view.title);
  generator.setDescription(view.description);
  QPainter painter(&generator);
  view.paint(painter);
  painter.end();
  return buffer.data();
}

QByteArray toPdf(const Exportable& view, double) {
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter writer(&buffer);
  writer.setResolution(72);
  writer.setTitle(view.title);
  writer.setCreator(QStringLiteral("Polyloom"));
  writer.setPageSize(QPageSize(view.size, QPageSize::Point, {}, QPageSize::ExactMatch));
  writer.setPageMargins(QMarginsF(0, 0, 0, 0));
  QPainter painter(&writer);
  view.paint(painter);
  painter.end();
  return buffer.data();
}

QByteArray toPng(const Exportable& view, double scale) {
  const double s = std::clamp(scale, kLeastExportScale, kMostExportScale);
  QImage image((view.size * s).toSize(), QImage::Format_RGB32);
  image.setDevicePixelRatio(s);
  image.fill(Qt::white);
  image.setText(QStringLiteral("Title"), view.title);
  image.setText(QStringLiteral("Description"), view.description);
  QPainter painter(&image);
  view.paint(painter);
  painter.end();
  QBuffer buffer;
  image.save(&buffer, "PNG");
  return buffer.data();
}

QByteArray toTikz(const Exportable& view, double) {
  TikzDevice device(view.size.toSize());
  QPainter painter(&device);
  view.paint(painter);
  painter.end();
  return device.document(view.title, view.description).toUtf8();
}

QByteArray tableOf(const Exportable& view, double) { return toCsv(view.table()); }

} // namespace

QString exportTo(const QString& path, const Exportable& view, double scale) {
  static const std::map<QString, Writer> kWriters = {{QStringLiteral("svg"), toSvg},
                                                     {QStringLiteral("pdf"), toPdf},
                                                     {QStringLiteral("png"), toPng},
                                                     {QStringLiteral("tex"), toTikz},
                                                     {QStringLiteral("csv"), tableOf}};
  const QString suffix = QFileInfo(path).suffix().toLower();
  const auto writer = kWriters.find(suffix);
  if (writer == kWriters.end())
    return QCoreApplication::translate("polyloom", "pictures are written as .svg, .pdf, .png, .tex or .csv, not as .%1").arg(suffix);
  if (suffix == QLatin1String("csv") && !view.table)
    return QCoreApplication::translate("polyloom", "“%1” has no table behind it").arg(view.title);
  const QByteArray bytes = writer->second(view, scale);
  QSaveFile file(path);
  if (bytes.isEmpty() || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
    return QCoreApplication::translate("polyloom", "cannot write %1").arg(path);
  return {};
}

QString exportFilter() {
  return QCoreApplication::translate("polyloom", "SVG (*.svg);;PDF (*.pdf);;PNG (*.png);;TikZ for LaTeX (*.tex);;Table (*.csv)");
}

QByteArray toCsv(const std::vector<QStringList>& rows) {
  QByteArray text;
  for (const QStringList& row : rows) {
    for (qsizetype k = 0; k < row.size(); ++k) {
      QString cell = row[k];
      const bool quoted = cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('"')) ||
                          cell.contains(QLatin1Char('\n')) || cell.contains(QLatin1Char('\r'));
      cell.replace(QLatin1Char('"'), QStringLiteral("\"\""));
      text += k > 0 ? "," : "";
      text += (quoted ? QLatin1Char('"') + cell + QLatin1Char('"') : cell).toUtf8();
    }
    text += "\r\n";
  }
  return text;
}

} // namespace polyloom
