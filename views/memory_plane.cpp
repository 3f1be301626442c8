#include "views/memory_plane.h"

#include <QHelpEvent>
#include <QImage>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <bit>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kLargeCell = 8; ///< pixels from which ground and ink can be told apart

QColor blend(const QColor& a, const QColor& b, double amount) {
  const auto channel = [&](float x, float y) { return static_cast<float>(x + (y - x) * amount); };
  return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()), channel(a.blueF(), b.blueF()));
}

} // namespace

QColor levelColor(const Theme& theme, std::size_t level, std::size_t levels) {
  if (level >= levels)
    return theme.panel;
  static constexpr std::array kTones = {1, 4, 3, 2}; // green, yellow, violet, orange: apart in lightness, too
  return blend(theme.panel, theme.tile(kTones[level % kTones.size()]), theme.isDark() ? 0.75 : 0.8);
}

QColor readColor(const Theme& theme) { return theme.statement(0); }
QColor writeColor(const Theme& theme) { return theme.statement(1); }

MemoryPlane::MemoryPlane(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("memoryPlane"));
  setAccessibleName(tr("Cells of the arrays"));
  setAttribute(Qt::WA_OpaquePaintEvent);
  setMouseTracking(true);
  mixColors();
}

void MemoryPlane::setTheme(const Theme& theme) {
  theme_ = theme;
  mixColors();
  update();
}

void MemoryPlane::setCursor(const TraceCursor* cursor) {
  cursor_ = cursor;
  mixColors();
  update();
}

void MemoryPlane::fit(const QSizeF& room) {
  const bool hasCells = cursor_ != nullptr && cursor_->trace() != nullptr;
  const QFontMetricsF metrics(font());
  layout_ = hasCells ? MemoryLayout(*cursor_->trace(), room, {metrics.height(), metrics.averageCharWidth() * 1.15})
                     : MemoryLayout();
  resize(layout_.size().expandedTo(room).toSize());
  updateGeometry();
  update();
}

void MemoryPlane::mixColors() {
  const std::size_t levels = cursor_ && cursor_->trace() ? cursor_->trace()->caches().levels.size() : 1;
  for (std::size_t level = 0; level < kMostLevels; ++level)
    ground_[level] = levelColor(theme_, level, levels).rgb();
  for (std::size_t age = 0; age < kAges; ++age) {
    const double strength = 0.95 - 0.8 * std::sqrt(static_cast<double>(age) / (kAges - 1));
    for (std::size_t kind = 0; kind < 2; ++kind) {
      const QColor color = kind == 0 ? readColor(theme_) : writeColor(theme_);
      QColor ink = color;
      ink.setAlphaF(static_cast<float>(strength));
      ink_[kind][age] = ink.rgba();
      for (std::size_t level = 0; level < kMostLevels; ++level)
        mixed_[level][kind][age] = blend(QColor(ground_[level]), color, strength * 0.8).rgb();
    }
  }
}

/// Halves of powers of two: what was touched just now is told apart, what is long ago is not.
std::size_t MemoryPlane::ageOf(std::int32_t access) const {
  const std::size_t passed = cursor_->accessesDone() - static_cast<std::size_t>(access);
  return std::min(static_cast<std::size_t>(std::bit_width(passed)) - 1, kAges - 1);
}

QRgb MemoryPlane::colorOf(std::uint32_t cell, const TraceArray& array) const {
  const std::size_t level = std::min(cursor_->levelOf(array.lineOf(cell)), kMostLevels - 1);
  const std::int32_t last = cursor_->lastTouch(cell);
  if (last < 0)
    return ground_[level];
  return mixed_[level][cursor_->trace()->accesses[static_cast<std::size_t>(last)].isWrite ? 1 : 0][ageOf(last)];
}

/// A pixel per cell, magnified.
void MemoryPlane::paintSmall(QPainter& painter, const CellGrid& grid) {
  const TraceArray& array = cursor_->trace()->arrays[grid.array];
  QImage image(grid.columns, grid.rows, QImage::Format_RGB32);
  image.fill(theme_.panel);
  for (std::uint32_t n = 0; n < grid.cells; ++n) {
    const auto row = static_cast<int>(n) / grid.columns, column = static_cast<int>(n) % grid.columns;
    reinterpret_cast<QRgb*>(image.scanLine(row))[column] = colorOf(grid.firstCell + n, array);
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  painter.drawImage(layout_.rectOf(grid), image);
}

void MemoryPlane::paintLarge(QPainter& painter, const CellGrid& grid, const QRectF& exposed) {
  const ExecutionTrace& trace = *cursor_->trace();
  const TraceArray& array = trace.arrays[grid.array];
  const double size = layout_.cellSize(), inset = std::floor(size * 0.22);
  for (std::uint32_t cell = grid.firstCell; cell < grid.firstCell + grid.cells; ++cell) {
    const QRectF rect = layout_.rectOf(grid, cell);
    if (!rect.intersects(exposed))
      continue;
    painter.fillRect(rect, QColor(ground_[std::min(cursor_->levelOf(array.lineOf(cell)), kMostLevels - 1)]));
    const std::int32_t last = cursor_->lastTouch(cell);
    if (last < 0)
      continue;
    const bool isWrite = trace.accesses[static_cast<std::size_t>(last)].isWrite;
    painter.fillRect(rect.adjusted(inset, inset, 1 - inset, 1 - inset),
                     QColor::fromRgba(ink_[isWrite ? 1 : 0][ageOf(last)]));
  }
}

/// Thin between cells, strong where a cache line begins.
void MemoryPlane::paintLines(QPainter& painter, const CellGrid& grid, const QRectF& exposed) {
  const TraceArray& array = cursor_->trace()->arrays[grid.array];
  const QRectF all = layout_.rectOf(grid);
  const double size = layout_.cellSize();
  QVector<QLineF> thin, strong;
  for (std::uint32_t n = 0; n < grid.cells && size >= 4; ++n) {
    const std::uint32_t cell = grid.firstCell + n;
    const QRectF rect = layout_.rectOf(grid, cell);
    if (!rect.intersects(exposed))
      continue;
    const bool beginsLine = cell == array.firstCell || array.lineOf(cell) != array.lineOf(cell - 1);
    if (beginsLine)
      strong << QLineF(rect.topLeft(), rect.bottomLeft());
    else if (size >= kLargeCell)
      thin << QLineF(rect.topLeft(), rect.bottomLeft());
    thin << QLineF(rect.bottomLeft(), rect.bottomRight());
  }
  painter.setPen(QPen(theme_.border, 1));
  painter.drawLines(thin);
  painter.setPen(QPen(theme_.axis, size >= kLargeCell ? 1.6 : 1));
  painter.drawLines(strong);
  if (grid.cells == static_cast<std::uint32_t>(grid.columns * grid.rows)) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme_.axis, 1));
    painter.drawRect(all);
  }
}

void MemoryPlane::paintTouched(QPainter& painter) {
  if (cursor_->done() == 0)
    return;
  painter.setRenderHint(QPainter::Antialiasing);
  for (const TraceAccess& access : cursor_->trace()->accessesOf(cursor_->current())) {
    const QPointF center = layout_.rectOf(access.cell).center();
    const double r = std::max(layout_.cellSize() * 0.42, 4.0);
    painter.setPen(QPen(theme_.panel, 1.2));
    if (access.isWrite) {
      painter.setBrush(writeColor(theme_));
      painter.drawPolygon(QPolygonF({center + QPointF(0, -r), center + QPointF(r, 0), center + QPointF(0, r),
                                     center + QPointF(-r, 0)}));
    } else {
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(theme_.panel, 5));
      painter.drawEllipse(center, r, r);
      painter.setPen(QPen(readColor(theme_), 2.4));
      painter.drawEllipse(center, r, r);
    }
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void MemoryPlane::paintTexts(QPainter& painter) {
  const ExecutionTrace& trace = *cursor_->trace();
  painter.setPen(theme_.text);
  QFont bold = font();
  bold.setBold(true);
  const double ascent = QFontMetricsF(bold).ascent();
  painter.setFont(bold);
  for (const MemoryLayout::Title& title : layout_.titles())
    painter.drawText(title.at + QPointF(0, ascent), QString::fromStdString(arrayTitle(trace.arrays[title.array])));
  painter.setFont(font());
  painter.setPen(theme_.mutedText);
  for (const CellGrid& grid : layout_.grids())
    if (!grid.label.empty())
      painter.drawText(grid.origin - QPointF(0, QFontMetricsF(font()).descent() + 1), QString::fromStdString(grid.label));
}

void MemoryPlane::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), theme_.panel);
  if (!cursor_ || !cursor_->trace())
    return;
  const QRectF exposed = event->rect();
  for (const CellGrid& grid : layout_.grids()) {
    if (!layout_.rectOf(grid).intersects(exposed))
      continue;
    layout_.cellSize() >= kLargeCell ? paintLarge(painter, grid, exposed) : paintSmall(painter, grid);
    paintLines(painter, grid, exposed);
  }
  paintTexts(painter);
  paintTouched(painter);
}

QString MemoryPlane::describeAccess(std::int32_t number) const {
  const ExecutionTrace& trace = *cursor_->trace();
  const TraceAccess& access = trace.accesses[static_cast<std::size_t>(number)];
  return tr("%1, step %2").arg(QString::fromStdString(stepName(trace, access.step))).arg(access.step + 1);
}

QString MemoryPlane::describe(std::uint32_t cell) const {
  const ExecutionTrace& trace = *cursor_->trace();
  const TraceArray& array = trace.arrays[trace.arrayOf(cell)];
  const std::size_t level = cursor_->levelOf(array.lineOf(cell));
  QStringList lines{tr("%1 — %2").arg(QString::fromStdString(cellName(trace, cell)),
                                      level < trace.caches().levels.size()
                                          ? tr("its line is in %1").arg(QString::fromStdString(levelName(trace, level)))
                                          : tr("its line is in no cache"))};
  const std::int32_t write = cursor_->lastWrite(cell), last = cursor_->lastTouch(cell), next = cursor_->nextUse(cell);
  lines << (write < 0 ? tr("not written so far") : tr("last written by %1").arg(describeAccess(write)));
  if (last >= 0 && last != write)
    lines << tr("last read by %1").arg(describeAccess(last));
  if (next < 0)
    return (lines << tr("not used again")).join(QLatin1Char('\n'));
  const TraceAccess& use = trace.accesses[static_cast<std::size_t>(next)];
  lines << (use.isWrite ? tr("next written by %1") : tr("next read by %1")).arg(describeAccess(next));
  lines << (use.distance == TraceAccess::kFirstTouch
                ? tr("the first touch of its line: %1").arg(QString::fromStdString(levelName(trace, use.level)))
                : tr("reuse distance there: %1 other lines, served by %2")
                      .arg(use.distance)
                      .arg(QString::fromStdString(levelName(trace, use.level))));
  return lines.join(QLatin1Char('\n'));
}

bool MemoryPlane::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip)
    return QWidget::event(event);
  auto* help = static_cast<QHelpEvent*>(event);
  const auto cell = cursor_ && cursor_->trace() ? layout_.cellAt(help->pos()) : std::nullopt;
  if (cell)
    QToolTip::showText(help->globalPos(), describe(*cell), this);
  else
    QToolTip::hideText();
  return true;
}

} // namespace polyloom
