#include "views/sweep_plot.h"

#include "views/plotting.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kReach = 24; ///< pixels from a curve's point to the pointer that means it

QCPItemText* addText(QCustomPlot& plot, const QString& text, const QColor& color) {
  auto* item = new QCPItemText(&plot);
  item->setText(text);
  item->setColor(color);
  item->setClipToAxisRect(false);
  return item;
}

} // namespace

SweepPlot::SweepPlot(QWidget* parent) : QWidget(parent), plot_(new QCustomPlot(this)) {
  setObjectName(QStringLiteral("sweepPlot"));
  setAccessibleName(tr("Speedups of a sweep"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  plot_->setAttribute(Qt::WA_TransparentForMouseEvents);
  plot_->setFocusPolicy(Qt::NoFocus);
  plot_->setAccessibleName(accessibleName());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(plot_);
  rebuild();
}

SweepPlot::~SweepPlot() = default;

void SweepPlot::setTheme(const Theme& theme) {
  theme_ = theme;
  rebuild();
}

void SweepPlot::setData(const SweepData& sweep) {
  const bool isOther = sweep.points.size() != data_.points.size();
  data_ = sweep;
  if (isOther)
    cursor_.reset();
  rebuild();
}

void SweepPlot::setCurrent(std::optional<std::size_t> point) {
  if (current_ == point)
    return;
  current_ = point;
  rebuild();
}

void SweepPlot::setCursorPoint(std::optional<std::size_t> point) {
  if (cursor_ == point)
    return;
  cursor_ = point;
  setAccessibleDescription(point ? pointText(data_, *point) : QString());
  rebuild();
  Q_EMIT cursorMoved();
}

std::size_t SweepPlot::columnOf(std::size_t point) const {
  return data_.isMap() ? point / data_.axes[1].values.size() : point;
}

std::size_t SweepPlot::rowOf(std::size_t point) const {
  return data_.isMap() ? point % data_.axes[1].values.size() : 0;
}

/// Of the curve's axis: powers of two are as far apart as each other. Of a map's: every cell is as wide as the others.
double SweepPlot::keyOf(std::size_t axis, std::size_t index) const {
  if (data_.isMap())
    return static_cast<double>(index);
  const auto value = static_cast<double>(data_.axes[axis].values[index]);
  return data_.numbers[axis].isCount ? std::log2(std::max(value, 1.0)) : value;
}

void SweepPlot::rebuild() {
  plot_->clearPlottables();
  plot_->clearItems();
  plot_->setBackground(QBrush(theme_.panel));
  const bool isEmpty = data_.isEmpty();
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis})
    axis->setVisible(!isEmpty);
  plot_->xAxis->grid()->setVisible(!isEmpty && !data_.isMap());
  plot_->yAxis->grid()->setVisible(!isEmpty && !data_.isMap());
  if (isEmpty)
    showHint();
  else if (data_.isMap())
    drawMap();
  else
    drawCurve();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void SweepPlot::showHint() {
  QCPItemText* hint = addText(*plot_, tr("A sweep tries other numbers in a step, such as tile sizes:\nevery legal choice is "
                                         "measured, a click takes one"), theme_.faintText);
  hint->position->setType(QCPItemPosition::ptViewportRatio);
  hint->position->setCoords(0.5, 0.5);
  hint->setFont(font());
}

QColor SweepPlot::hatchOf(const SweepPoint& point) const {
  return point.verdict == SweepVerdict::Illegal ? theme_.violation : theme_.unknown;
}

void SweepPlot::styleAxis(QCPAxis& axis, std::size_t number, bool isWide) {
  QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
  const auto& values = data_.axes[number].values;
  // Labels that would run into each other are left out, the powers of two last of all.
  const QFontMetricsF metrics(axis.tickLabelFont());
  const double room = (isWide ? axis.axisRect()->width() : axis.axisRect()->height()) /
                      std::max(1.0, keyOf(number, values.size() - 1) - keyOf(number, 0) + 1);
  double last = -1e9;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double need = isWide ? metrics.horizontalAdvance(QString::number(values[k])) + 8 : metrics.height();
    const double key = keyOf(number, k);
    const bool isFree = (key - last) * std::max(room, 1.0) >= need;
    ticker->addTick(key, isFree ? QString::number(values[k]) : QString());
    last = isFree ? key : last;
  }
  axis.setTicker(ticker);
  axis.setLabel(QString::fromStdString(data_.numbers[number].open));
  axis.setLabelFont(codeFont(-1.5));
  axis.setLabelPadding(1); // the panel is low
  axis.setTickLabelPadding(3);
}

void SweepPlot::fitSpeedups() {
  double low = 1, high = 1;
  for (const SweepPoint& point : data_.points)
    for (const SweepFigure& figure : point.figures)
      if (figure.isKnown()) {
        low = std::min({low, figure.low, figure.speedup});
        high = std::max({high, figure.high, figure.speedup});
      }
  const double margin = std::max(0.08 * (high - low), 0.05);
  plot_->yAxis->setRange(std::max(0.0, low - margin), high + 1.8 * margin);
}

void SweepPlot::drawCurve() {
  const std::size_t last = data_.points.size() - 1;
  const double first = keyOf(0, 0), width = keyOf(0, last) - first;
  plot_->xAxis->setRange(first - std::max(0.04 * width, 0.3), first + width + std::max(0.04 * width, 0.3));
  fitSpeedups();
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
    for (const QPen& pen : {QPen(theme_.axis, 1)})
      axis->setBasePen(pen), axis->setTickPen(pen);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(theme_.text);
    axis->setLabelColor(theme_.mutedText);
    axis->setTickLabelFont(codeFont(-1.5));
    axis->grid()->setPen(QPen(theme_.gridLine, 1));
    axis->grid()->setZeroLinePen(Qt::NoPen);
  }
  styleAxis(*plot_->xAxis, 0, true);
  plot_->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
  plot_->yAxis->setLabel(tr("speedup"));
  plot_->yAxis->setLabelFont(codeFont(-1.5));
  drawBands();
  auto* one = new QCPItemStraightLine(plot_);
  one->point1->setCoords(0, 1);
  one->point2->setCoords(1, 1);
  one->setPen(QPen(theme_.baseline, 1, Qt::DashLine));
  const std::vector<std::string> sources = data_.sources();
  for (std::size_t s = 0; s < sources.size(); ++s)
    drawSource(sources[s], static_cast<int>(s));
  if (!sources.empty())
    markPoints(sources.front());
  drawCursor();
}

/// Hatched where the order is not legal; a dotted line where the recipe stands.
void SweepPlot::drawBands() {
  for (std::size_t p = 0; p < data_.points.size(); ++p) {
    const SweepPoint& point = data_.points[p];
    const double key = keyOf(0, p);
    const double left = p == 0 ? plot_->xAxis->range().lower : (keyOf(0, p - 1) + key) / 2;
    const double right = p + 1 == data_.points.size() ? plot_->xAxis->range().upper : (key + keyOf(0, p + 1)) / 2;
    if (point.verdict != SweepVerdict::Legal && point.verdict != SweepVerdict::Waiting) {
      auto* band = new QCPItemRect(plot_);
      for (QCPItemPosition* corner : {band->topLeft, band->bottomRight})
        corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
      band->topLeft->setCoords(left, 0);
      band->bottomRight->setCoords(right, 1);
      band->setPen(Qt::NoPen);
      band->setBrush(QBrush(hatchOf(point), Qt::BDiagPattern));
    }
    if (p != current_)
      continue;
    auto* now = new QCPItemStraightLine(plot_);
    now->point1->setCoords(key, 0);
    now->point2->setCoords(key, 1);
    now->setPen(QPen(theme_.accent, 1.4, Qt::DotLine));
    QCPItemText* word = addText(*plot_, tr("now"), theme_.accent);
    word->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    word->position->setCoords(key, 0);
    word->setPositionAlignment(Qt::AlignTop | (p + 1 == data_.points.size() ? Qt::AlignRight : Qt::AlignLeft));
    word->setPadding(QMargins(3, 0, 3, 0));
    word->setFont(codeFont(-1.5));
  }
}

void SweepPlot::drawSource(const std::string& source, int index) {
  QVector<double> keys, values, below, above;
  for (std::size_t p = 0; p < data_.points.size(); ++p) {
    const SweepFigure* figure = figureOf(data_.points[p], source);
    if (!figure || !figure->isKnown())
      continue;
    keys << keyOf(0, p);
    values << figure->speedup;
    below << figure->speedup - figure->low;
    above << figure->high - figure->speedup;
  }
  // The first source is drawn through, others are dashed: color alone tells nobody enough.
  const QColor color = index == 0 ? theme_.measured : theme_.accent;
  QCPGraph* graph = plot_->addGraph();
  graph->setName(QString::fromStdString(source));
  graph->setPen(QPen(color, 1.6, index == 0 ? Qt::SolidLine : Qt::DashLine));
  graph->setScatterStyle(QCPScatterStyle(index == 0 ? QCPScatterStyle::ssDisc : QCPScatterStyle::ssDiamond, 6));
  graph->setData(keys, values, true);
  auto* intervals = new QCPErrorBars(plot_->xAxis, plot_->yAxis);
  intervals->setDataPlottable(graph);
  intervals->setData(below, above);
  intervals->setPen(QPen(theme_.text, 1.2));
  intervals->setWhiskerWidth(6);
  intervals->setSymbolGap(0);
}

/// A star for the best, rings for what cannot be told apart from it.
void SweepPlot::markPoints(const std::string& source) {
  QCPGraph* best = plot_->addGraph();
  QCPGraph* ties = plot_->addGraph();
  for (std::size_t p = 0; p < data_.points.size(); ++p)
    if (const SweepMark mark = markOf(data_, p, source); mark != SweepMark::None)
      (mark == SweepMark::Best ? best : ties)->addData(keyOf(0, p), figureOf(data_.points[p], source)->speedup);
  for (QCPGraph* graph : {best, ties})
    graph->setLineStyle(QCPGraph::lsNone);
  best->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssStar, QPen(theme_.legal, 2), Qt::NoBrush, 13));
  ties->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme_.legal, 1.6), Qt::NoBrush, 12));
}

void SweepPlot::drawCursor() {
  if (!cursor_ || *cursor_ >= data_.points.size())
    return;
  auto* line = new QCPItemStraightLine(plot_);
  line->point1->setCoords(keyOf(0, *cursor_), 0);
  line->point2->setCoords(keyOf(0, *cursor_), 1);
  line->setPen(QPen(theme_.text, hasFocus() ? 1.6 : 0.8));
}

QPointF SweepPlot::placeOf(std::size_t point) const {
  const std::vector<std::string> sources = data_.sources();
  const SweepFigure* figure = sources.empty() ? nullptr : figureOf(data_.points[point], sources.front());
  const double value = data_.isMap()                   ? static_cast<double>(rowOf(point))
                       : figure && figure->isKnown() ? figure->speedup
                                                       : plot_->yAxis->range().center();
  return plot_->mapToParent(QPointF(plot_->xAxis->coordToPixel(keyOf(0, columnOf(point))), plot_->yAxis->coordToPixel(value)).toPoint());
}

std::optional<std::size_t> SweepPlot::pointAt(QPointF place) const {
  const QPointF inside = plot_->mapFromParent(place.toPoint());
  if (data_.isEmpty() || !plot_->axisRect()->rect().adjusted(-6, 0, 6, 0).contains(inside.toPoint()))
    return std::nullopt;
  if (data_.isMap()) {
    const auto column = std::lround(plot_->xAxis->pixelToCoord(inside.x())), row = std::lround(plot_->yAxis->pixelToCoord(inside.y()));
    const auto columns = static_cast<long>(data_.axes[0].values.size()), rows = static_cast<long>(data_.axes[1].values.size());
    return column >= 0 && row >= 0 && column < columns && row < rows ? std::optional(static_cast<std::size_t>(column * rows + row))
                                                                     : std::nullopt;
  }
  std::optional<std::size_t> nearest;
  double least = kReach;
  for (std::size_t p = 0; p < data_.points.size(); ++p)
    if (const double far = std::abs(plot_->xAxis->coordToPixel(keyOf(0, p)) - inside.x()); far < least) {
      least = far;
      nearest = p;
    }
  return nearest;
}

void SweepPlot::paintTo(QPaintDevice& device, QSize size) const {
  QCPPainter painter(&device);
  plot_->toPainter(&painter, size.width(), size.height());
}

/// Which labels have room is known once the plot has its new size.
void SweepPlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  QMetaObject::invokeMethod(this, [this] { rebuild(); }, Qt::QueuedConnection);
}

void SweepPlot::mouseMoveEvent(QMouseEvent* event) { setCursorPoint(pointAt(event->position())); }

void SweepPlot::leaveEvent(QEvent*) {
  if (!hasFocus())
    setCursorPoint(std::nullopt);
}

void SweepPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton)
    return;
  if (const auto point = pointAt(event->position()))
    Q_EMIT taken(*point);
}

bool SweepPlot::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip)
    return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const auto point = pointAt(help->pos()))
    QToolTip::showText(help->globalPos(), pointText(data_, *point), this);
  else
    QToolTip::hideText();
  return true;
}

void SweepPlot::keyPressEvent(QKeyEvent* event) {
  const auto far = static_cast<int>(data_.points.size());
  switch (event->key()) {
  case Qt::Key_Left: return moveCursor(-1, 0);
  case Qt::Key_Right: return moveCursor(1, 0);
  case Qt::Key_Up: return moveCursor(0, 1);
  case Qt::Key_Down: return moveCursor(0, -1);
  case Qt::Key_Home: return moveCursor(-far, 0);
  case Qt::Key_End: return moveCursor(far, 0);
  case Qt::Key_Return:
  case Qt::Key_Enter:
  case Qt::Key_Space:
    if (cursor_)
      Q_EMIT taken(*cursor_);
    return;
  default: QWidget::keyPressEvent(event);
  }
}

void SweepPlot::moveCursor(int columns, int rows) {
  if (data_.isEmpty())
    return;
  const std::size_t from = cursor_.value_or(current_.value_or(0));
  const int most = static_cast<int>(data_.axes[0].values.size()) - 1;
  const int highest = data_.isMap() ? static_cast<int>(data_.axes[1].values.size()) - 1 : 0;
  const int step = cursor_ ? 1 : 0; // the first key shows where one is
  const int column = std::clamp(static_cast<int>(columnOf(from)) + columns * step, 0, most);
  const int row = std::clamp(static_cast<int>(rowOf(from)) + rows * step, 0, highest);
  setCursorPoint(static_cast<std::size_t>(column * (highest + 1) + row));
}

void SweepPlot::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  rebuild();
}

void SweepPlot::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  rebuild();
}

} // namespace polyloom
