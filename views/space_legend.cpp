#include "views/space_legend.h"

#include "views/dependence_model.h"
#include "views/space_painter.h"

#include <QLinearGradient>
#include <QPainter>

#include <algorithm>
#include <array>

namespace polyloom {

namespace {

constexpr double kSign = 20, kArrowSign = 30, kGap = 14;
constexpr int kMostLines = 2;
constexpr std::size_t kMostStatements = 8;

using Sign = LegendEntry::Sign;

QString tr(const char* text) {
  return SpaceLegend::tr(text);
}

void addStatements(const SpaceScene& scene, std::vector<LegendEntry>& entries) {
  const auto& statements = scene.program->statements;
  for (std::size_t s = 0; s < std::min(statements.size(), kMostStatements); ++s)
    entries.push_back({Sign::Point, QString::fromStdString(statements[s].name),
                       scene.style.theme.statementFill(static_cast<int>(s)), static_cast<int>(s), {}});
  if (statements.size() > kMostStatements)
    entries.push_back({.text = tr("and %1 more").arg(statements.size() - kMostStatements), .color = {}, .look = {}});
}

/// Swatches with numbers; the first one says of what.
void addGroups(const SpaceScene& scene, const QString& what, std::vector<LegendEntry>& entries) {
  const int shown = std::min(scene.groups, kThreadColors);
  for (int g = 0; g < shown; ++g)
    entries.push_back({Sign::Swatch, g == 0 ? what + QStringLiteral(" 0") : QString::number(g),
                       scene.toneColor(g, 0), 0, {}});
  if (scene.groups > shown)
    entries.push_back({.text = tr("… %1").arg(scene.groups - 1), .color = {}, .look = {}});
  if (!scene.groupRemark.empty())
    entries.push_back({.text = QString::fromStdString(scene.groupRemark), .color = {}, .look = {}});
}

void addColors(const SpaceScene& scene, std::vector<LegendEntry>& entries) {
  switch (scene.style.colorBy) {
  case ColorBy::Statement:
    return addStatements(scene, entries);
  case ColorBy::Tile:
    if (scene.data.tiles.empty())
      return addStatements(scene, entries);
    for (int t = 0; t < kTileColors; ++t)
      entries.push_back({Sign::Swatch, t + 1 < kTileColors ? QString() : tr("tiles: neighbors differ in color"),
                         scene.style.theme.tile(t), 0, {}});
    return;
  case ColorBy::Order:
    entries.push_back({Sign::Ramp, tr("first to last in the new order"), {}, 0, {}});
    return;
  case ColorBy::Thread:
    return addGroups(scene, tr("thread"), entries);
  case ColorBy::Lane:
    return addGroups(scene, tr("lane"), entries);
  }
}

void addArrows(const SpaceScene& scene, std::vector<LegendEntry>& entries) {
  std::array<bool, 3> kinds{}, states{};
  for (const PlotArrow& arrow : scene.arrows)
    if (scene.shows(arrow)) {
      kinds[static_cast<std::size_t>(arrow.kind)] = true;
      states[static_cast<std::size_t>(arrow.state)] = true;
    }
  // One state alone, and nothing wrong, needs no words; nor does one kind alone beside its states.
  const bool isPlain = std::ranges::count(states, true) < 2 && !states[2];
  const bool isOneKind = std::ranges::count(kinds, true) == 1;
  const auto only = static_cast<DependenceInfo::Kind>(std::ranges::find(kinds, true) - kinds.begin());
  for (std::size_t k = 0; k < kinds.size(); ++k)
    if (const auto kind = static_cast<DependenceInfo::Kind>(k); kinds[k] && (isPlain || !isOneKind))
      entries.push_back({Sign::Arrow, kindName(kind), {}, 0, {.kind = kind}});
  const std::array<QString, 3> names = {tr("carried by a loop"), tr("kept in one iteration"), tr("violated")};
  for (std::size_t s = 0; s < states.size(); ++s)
    if (states[s] && !isPlain)
      entries.push_back({Sign::Arrow, isOneKind ? tr("%1, %2").arg(kindName(only), names[s]) : names[s], {}, 0,
                         {.kind = isOneKind ? only : DependenceInfo::Kind::Flow,
                          .state = static_cast<ArrowState>(s),
                          .width = s == 2 ? 2.0 : 1.1}});
}

double signWidth(const LegendEntry& entry) {
  switch (entry.sign) {
  case Sign::Words:
    return 0;
  case Sign::Point:
  case Sign::Swatch:
    return kSign;
  case Sign::Ramp:
    return 3 * kSign;
  case Sign::Arrow:
    return kArrowSign + 6;
  }
  return 0;
}

void drawSign(QPainter& painter, const LegendEntry& entry, const QRectF& box, const Theme& theme) {
  const double y = box.center().y();
  switch (entry.sign) {
  case Sign::Words:
    return;
  case Sign::Point:
    painter.setBrush(entry.color);
    painter.setPen(QPen(theme.statement(entry.shape), 1));
    drawPointShape(painter, {box.left() + 8, y}, entry.shape, 5);
    return;
  case Sign::Swatch:
    painter.setBrush(entry.color);
    painter.setPen(QPen(theme.axis, 0.6));
    painter.drawRoundedRect(QRectF(box.left() + 3, y - 5, 12, 10), 2, 2);
    return;
  case Sign::Ramp: {
    const QRectF bar(box.left() + 2, y - 5, 3 * kSign - 8, 10);
    QLinearGradient ramp(bar.topLeft(), bar.topRight());
    for (int k = 0; k <= 8; ++k)
      ramp.setColorAt(k / 8.0, theme.order(k / 8.0));
    painter.setBrush(ramp);
    painter.setPen(QPen(theme.axis, 0.6));
    painter.drawRect(bar);
    return;
  }
  case Sign::Arrow:
    drawArrow(painter, theme, {box.left() + 2, y}, {box.left() + kArrowSign, y}, entry.look);
  }
}

} // namespace

std::vector<LegendEntry> makeLegend(const SpaceScene& scene) {
  std::vector<LegendEntry> entries;
  if (!scene.program || scene.isEmpty())
    return entries;
  addColors(scene, entries);
  addArrows(scene, entries);
  return entries;
}

SpaceLegend::SpaceLegend(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("spaceLegend"));
  setAccessibleName(tr("Legend of the iteration space"));
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void SpaceLegend::setEntries(std::vector<LegendEntry> entries, const Theme& theme) {
  entries_ = std::move(entries);
  theme_ = theme;
  QStringList words;
  for (const LegendEntry& entry : entries_)
    if (!entry.text.isEmpty())
      words << entry.text;
  setAccessibleDescription(words.join(QStringLiteral(", ")));
  setToolTip(words.join(QStringLiteral(" · ")));
  layOut();
}

double SpaceLegend::widthOf(const LegendEntry& entry) const {
  const double text = entry.text.isEmpty() ? 0 : fontMetrics().horizontalAdvance(entry.text) + kGap;
  return signWidth(entry) + text;
}

void SpaceLegend::layOut() {
  boxes_.clear();
  const double line = fontMetrics().height() + 4;
  double x = 8, y = 0;
  for (const LegendEntry& entry : entries_) {
    const double needed = widthOf(entry);
    if (x > 8 && x + needed > width()) {
      x = 8;
      y += line;
    }
    if (y >= kMostLines * line)
      break;
    boxes_.emplace_back(x, y, needed, line);
    x += needed;
  }
  setFixedHeight(boxes_.empty() ? 0 : static_cast<int>(boxes_.back().bottom()) + 2);
  update();
}

void SpaceLegend::resizeEvent(QResizeEvent*) {
  layOut();
}

void SpaceLegend::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  for (std::size_t k = 0; k < boxes_.size(); ++k) {
    drawSign(painter, entries_[k], boxes_[k], theme_);
    painter.setPen(theme_.mutedText);
    painter.drawText(boxes_[k].adjusted(signWidth(entries_[k]), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     entries_[k].text);
  }
}

} // namespace polyloom
