#include "views/picture.h"

#include "views/loop_tree_view.h"
#include "views/picture_table.h"
#include "views/space_arrows.h"
#include "views/space_painter.h"

#include <QPainter>

#include <algorithm>

namespace polyloom {

namespace {

constexpr double kPlotWidth = 460, kPlotHeight = 360, kGap = 24, kHead = 40, kFoot = 46, kTreeRow = 26;

double captionHeight(const Picture& picture) {
  return 18.0 * static_cast<double>(picture.schedule->steps.size()) + (picture.schedule->steps.empty() ? 0 : 24);
}

void paintCaption(QPainter& painter, const Picture& picture, const Theme& theme, double top) {
  painter.setFont(codeFont());
  painter.setPen(theme.mutedText);
  double y = top;
  for (const StepInfo& step : picture.schedule->steps) {
    const bool bad = step.outcome != StepInfo::Outcome::Applied;
    painter.setPen(bad ? theme.violation : theme.mutedText);
    painter.drawText(QRectF(kGap, y, 2 * kPlotWidth, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     QString::fromStdString(step.text) + (bad ? QStringLiteral("   ✗") : QString()));
    y += 18;
  }
}

void paintLegend(QPainter& painter, const Picture& picture, const Theme& theme, double y) {
  double x = kGap;
  const QFontMetricsF metrics(codeFont());
  painter.setFont(codeFont());
  for (std::size_t s = 0; s < picture.program->statements.size(); ++s) {
    const QString name = QString::fromStdString(picture.program->statements[s].name);
    painter.setBrush(theme.statementFill(static_cast<int>(s)));
    painter.setPen(QPen(theme.statement(static_cast<int>(s)), 1));
    drawPointShape(painter, QPointF(x + 5, y + 9), static_cast<int>(s), 5);
    painter.setPen(theme.text);
    painter.drawText(QRectF(x + 15, y, 200, 18), Qt::AlignLeft | Qt::AlignVCenter, name);
    x += 28 + metrics.horizontalAdvance(name);
  }
  if (picture.view != PictureView::Dependences)
    return;
  using Kind = DependenceInfo::Kind;
  const std::pair<QString, ArrowLook> looks[] = {
      {QStringLiteral("flow"), {.kind = Kind::Flow}},
      {QStringLiteral("anti"), {.kind = Kind::Anti}},
      {QStringLiteral("output"), {.kind = Kind::Output}},
      {QStringLiteral("in one iteration"), {.state = ArrowState::Kept}},
      {QStringLiteral("violated"), {.state = ArrowState::Violated, .width = 2}}};
  for (const auto& [name, look] : looks) {
    drawArrow(painter, theme, QPointF(x + 8, y + 9), QPointF(x + 34, y + 9), look);
    painter.setPen(theme.mutedText);
    painter.drawText(QRectF(x + 40, y, 160, 18), Qt::AlignLeft | Qt::AlignVCenter, name);
    x += 50 + metrics.horizontalAdvance(name);
  }
}

void paintSide(QPainter& painter, const Picture& picture, const Theme& theme, SpaceOrder order, double left) {
  SpaceScene scene;
  scene.program = picture.program;
  scene.schedule = picture.schedule;
  scene.style.theme = theme;
  scene.style.kinds = {true, true, true};
  scene.rebuild(defaultProjection(picture.schedule->space, order));
  if (picture.view != PictureView::Dependences)
    scene.arrows.clear();
  const QRectF area(left + 46, kHead + 22, kPlotWidth - 70, kPlotHeight - 60);
  const Viewport view = Viewport::fit(scene.data.bounds, {area.left(), area.top(), area.width(), area.height()});
  QFont bold = painter.font();
  bold.setBold(true);
  painter.setFont(bold);
  painter.setPen(theme.text);
  painter.drawText(QRectF(left + 10, 10, kPlotWidth, 22), Qt::AlignLeft | Qt::AlignVCenter,
                   order == SpaceOrder::Original ? QStringLiteral("Original order") : QStringLiteral("New order"));
  SpacePainter space(painter, scene, view, area);
  space.setVectorOutput(true);
  space.paintGrid();
  space.paintTiles();
  space.paintArrows();
  space.paintPoints();
  space.paintAxes();
}

void paintTree(QPainter& painter, const Picture& picture, const Theme& theme) {
  double y = kHead;
  const auto& tree = picture.schedule->tree;
  std::vector<int> depths(tree.size(), 0);
  for (std::size_t k = 0; k < tree.size(); ++k) {
    const LoopTreeNode& node = tree[k];
    const int above = node.parent < 0 ? 0 : depths[static_cast<std::size_t>(node.parent)];
    const bool isSequence = node.kind == LoopTreeNode::Kind::Sequence;
    depths[k] = above + (isSequence ? 0 : 1);
    if (isSequence)
      continue;
    int statement = -1;
    for (std::size_t s = 0; s < picture.program->statements.size(); ++s)
      if (node.kind == LoopTreeNode::Kind::Statement && picture.program->statements[s].name == node.name)
        statement = static_cast<int>(s);
    const QString name = QString::fromStdString(node.name);
    const QString remark =
        statement >= 0 ? QString::fromStdString(picture.program->statements[static_cast<std::size_t>(statement)].text)
                       : QString();
    const double left = kGap + 22.0 * above;
    paintLoopRow(painter, QRectF(left, y, 640 - left, kTreeRow), node,
                 node.kind == LoopTreeNode::Kind::Loop ? QStringLiteral("for ") + name : name, remark, statement, theme);
    y += kTreeRow;
  }
}

int treeRows(const Picture& picture) {
  return static_cast<int>(
      std::count_if(picture.schedule->tree.begin(), picture.schedule->tree.end(),
                    [](const LoopTreeNode& node) { return node.kind != LoopTreeNode::Kind::Sequence; }));
}

} // namespace

QSizeF pictureSize(const Picture& picture) {
  if (picture.view == PictureView::Tree)
    return {660, kHead + kTreeRow * treeRows(picture) + 20 + captionHeight(picture)};
  return {2 * kPlotWidth + kGap, kHead + kPlotHeight + kFoot + captionHeight(picture)};
}

void renderPicture(QPainter& painter, const Picture& picture) {
  const Theme theme = Theme::make(Theme::Kind::Light);
  const QSizeF size = pictureSize(picture);
  painter.fillRect(QRectF({0, 0}, size), theme.panel);
  painter.setRenderHint(QPainter::Antialiasing);
  QFont font = painter.font();
  font.setPixelSize(13);
  painter.setFont(font);
  if (picture.view == PictureView::Tree) {
    painter.setPen(theme.text);
    painter.drawText(QRectF(kGap, 10, 600, 22), Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("Loop tree"));
    paintTree(painter, picture, theme);
    paintCaption(painter, picture, theme, kHead + kTreeRow * treeRows(picture) + 12);
    return;
  }
  paintSide(painter, picture, theme, SpaceOrder::Original, 0);
  painter.setFont(font);
  paintSide(painter, picture, theme, SpaceOrder::New, kPlotWidth + kGap);
  paintLegend(painter, picture, theme, kHead + kPlotHeight + 8);
  paintCaption(painter, picture, theme, kHead + kPlotHeight + 36);
}

QString savePicture(const QString& path, const Picture& picture) { return exportTo(path, exportableOf(picture)); }

} // namespace polyloom
