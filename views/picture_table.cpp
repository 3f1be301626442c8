#include "views/picture_table.h"

#include "views/instance_text.h"

#include <QPainter>

#include <algorithm>

namespace polyloom {

namespace {

using Rows = std::vector<QStringList>;

const QString kSeparator = QStringLiteral(" ");

QString values(const std::vector<std::int32_t>& packed, std::size_t row, std::size_t width) {
  QStringList parts;
  for (std::size_t k = 0; k < width; ++k)
    parts << QString::number(packed[row * width + k]);
  return parts.join(kSeparator);
}

QString names(const std::vector<std::string>& loops) {
  QStringList parts;
  for (const std::string& loop : loops)
    parts << QString::fromStdString(loop);
  return parts.join(kSeparator);
}

QString statementOf(const Picture& picture, const InstanceCloud& cloud) {
  return QString::fromStdString(picture.program->statements[static_cast<std::size_t>(cloud.statement)].name);
}

Rows instanceRows(const Picture& picture) {
  struct Row {
    std::int32_t rank;
    QStringList cells;
  };
  std::vector<Row> found;
  for (const InstanceCloud& cloud : picture.schedule->space.clouds)
    for (std::size_t k = 0; k < cloud.count; ++k)
      found.push_back({cloud.rank[k],
                       {QString::number(cloud.rank[k]), statementOf(picture, cloud), names(cloud.sourceLoops),
                        values(cloud.source, k, cloud.sourceLoops.size()), names(cloud.timeLoops),
                        values(cloud.time, k, cloud.timeLoops.size())}});
  std::ranges::stable_sort(found, {}, &Row::rank);
  Rows rows = {{QStringLiteral("step"), QStringLiteral("statement"), QStringLiteral("source loops"), QStringLiteral("source"),
                QStringLiteral("loops"), QStringLiteral("time")}};
  for (Row& row : found)
    rows.push_back(std::move(row.cells));
  return rows;
}

QString kindOf(const DependenceInfo& dependence) {
  switch (dependence.kind) {
  case DependenceInfo::Kind::Flow:
    return QStringLiteral("flow");
  case DependenceInfo::Kind::Anti:
    return QStringLiteral("anti");
  case DependenceInfo::Kind::Output:
    break;
  }
  return QStringLiteral("output");
}

Rows arrowRows(const Picture& picture) {
  const SpaceSnapshot& space = picture.schedule->space;
  Rows rows = {{QStringLiteral("kind"), QStringLiteral("array"), QStringLiteral("from"), QStringLiteral("from source"),
                QStringLiteral("to"), QStringLiteral("to source"), QStringLiteral("violated")}};
  for (const DependenceArrows& arrows : space.arrows) {
    const DependenceInfo& dependence = picture.schedule->dependences[static_cast<std::size_t>(arrows.dependence)];
    const InstanceCloud& from = space.clouds[static_cast<std::size_t>(arrows.fromCloud)];
    const InstanceCloud& to = space.clouds[static_cast<std::size_t>(arrows.toCloud)];
    for (std::size_t k = 0; k < arrows.from.size(); ++k)
      rows.push_back({kindOf(dependence), QString::fromStdString(dependence.array), statementOf(picture, from),
                      values(from.source, static_cast<std::size_t>(arrows.from[k]), from.sourceLoops.size()),
                      statementOf(picture, to),
                      values(to.source, static_cast<std::size_t>(arrows.to[k]), to.sourceLoops.size()),
                      arrows.violated[k] ? QStringLiteral("yes") : QStringLiteral("no")});
  }
  return rows;
}

Rows treeRows(const Picture& picture) {
  Rows rows = {{QStringLiteral("depth"), QStringLiteral("kind"), QStringLiteral("name"), QStringLiteral("parallel"),
                QStringLiteral("could be parallel"), QStringLiteral("vector"), QStringLiteral("unroll"), QStringLiteral("tile loop")}};
  const auto yesNo = [](bool yes) { return yes ? QStringLiteral("yes") : QStringLiteral("no"); };
  for (const LoopTreeNode& node : picture.schedule->tree)
    if (node.kind != LoopTreeNode::Kind::Sequence)
      rows.push_back({QString::number(node.depth),
                      node.kind == LoopTreeNode::Kind::Loop ? QStringLiteral("loop") : QStringLiteral("statement"),
                      QString::fromStdString(node.name), yesNo(node.parallel), yesNo(node.parallelLegal),
                      QString::number(node.vectorWidth), node.unroll < 0 ? QStringLiteral("full") : QString::number(node.unroll),
                      yesNo(node.isTile)});
  return rows;
}

} // namespace

std::vector<QStringList> tableOf(const Picture& picture) {
  switch (picture.view) {
  case PictureView::Dependences:
    return arrowRows(picture);
  case PictureView::Tree:
    return treeRows(picture);
  case PictureView::Domain:
    break;
  }
  return instanceRows(picture);
}

Exportable exportableOf(const Picture& picture) {
  const QString what = picture.view == PictureView::Tree ? QStringLiteral("loop tree") : QStringLiteral("iteration space");
  return {QStringLiteral("%1: %2").arg(QString::fromStdString(picture.program->function), what),
          QString::fromStdString(picture.schedule->recipe), pictureSize(picture),
          [picture](QPainter& painter) { renderPicture(painter, picture); }, [picture] { return tableOf(picture); }};
}

} // namespace polyloom
