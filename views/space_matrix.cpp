#include "views/space_matrix.h"

#include "views/space_painter.h"

#include <QElapsedTimer>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace polyloom {

namespace {

constexpr double kLabel = 22, kGap = 6;
constexpr int kSliceMilliseconds = 25;
constexpr std::size_t kMostSteps = 20000; ///< of a run that is followed: each cell remembers where every step is

} // namespace

std::vector<MatrixCell> matrixCells(int dimensions) {
  std::vector<MatrixCell> cells;
  for (int outer = 0; outer < dimensions; ++outer)
    for (int inner = outer + 1; inner < dimensions; ++inner)
      cells.push_back({outer, inner});
  return cells;
}

SpaceMatrix::SpaceMatrix(SpaceOrder order, QWidget* parent) : QWidget(parent), order_(order) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  next_.setInterval(0);
  connect(&next_, &QTimer::timeout, this, &SpaceMatrix::paintNext);
}

void SpaceMatrix::setSpace(std::shared_ptr<const ProgramSnapshot> program,
                           std::shared_ptr<const ScheduleSnapshot> schedule) {
  scene_.program = std::move(program);
  scene_.schedule = std::move(schedule);
  labels_ = scene_.schedule ? dimensionLabels(scene_.schedule->space, order_) : std::vector<std::string>{};
  cells_ = matrixCells(static_cast<int>(labels_.size()));
  framed_ = hovered_ = current_ = -1;
  startOver();
}

void SpaceMatrix::setStyle(const SpaceStyle& style) {
  scene_.style = style;
  scene_.style.layout = SpaceLayout::Overlaid;
  startOver();
}

void SpaceMatrix::setCurrent(const Projection& projection) {
  const MatrixCell wanted{std::min(projection.x, projection.y), std::max(projection.x, projection.y)};
  const auto found = std::ranges::find(cells_, wanted);
  current_ = found == cells_.end() ? -1 : static_cast<int>(found - cells_.begin());
  if (framed_ < 0)
    framed_ = std::max(current_, 0);
  update();
}

QRectF SpaceMatrix::rectOf(const MatrixCell& cell) const {
  const int across = std::max<int>(static_cast<int>(labels_.size()) - 1, 1);
  const QRectF room = QRectF(rect()).adjusted(kLabel + 4, kLabel, -8, -8);
  const double width = room.width() / across, height = room.height() / across;
  return QRectF(room.left() + (cell.inner - 1) * width, room.top() + cell.outer * height, width, height)
      .adjusted(0, 0, -kGap, -kGap);
}

void SpaceMatrix::startOver() {
  pictures_.clear();
  progress_.clear();
  painted_ = 0;
  cells_.empty() || !isVisible() ? next_.stop() : next_.start();
  update();
}

void SpaceMatrix::paintNext() {
  QElapsedTimer timer;
  timer.start();
  while (!isComplete() && timer.elapsed() < kSliceMilliseconds) {
    pictures_.push_back(paintCell(cells_[painted_]));
    ++painted_;
  }
  if (isComplete())
    next_.stop();
  update();
}

void SpaceMatrix::finish() {
  while (!isComplete())
    paintNext();
}

QPixmap SpaceMatrix::paintCell(const MatrixCell& cell) {
  const QRectF box = rectOf(cell);
  const double ratio = devicePixelRatioF();
  QPixmap picture((box.size() * ratio).toSize().expandedTo({1, 1}));
  picture.setDevicePixelRatio(ratio);
  picture.fill(scene_.style.theme.panel);
  scene_.rebuild({order_, cell.inner, cell.outer});
  QPainter painter(&picture);
  const QRectF area = QRectF({0, 0}, box.size()).adjusted(5, 5, -5, -5);
  const Viewport view =
      Viewport::fit(scene_.data.bounds, {area.left(), area.top(), std::max(area.width(), 1.0), std::max(area.height(), 1.0)});
  SpacePainter space(painter, scene_, view, area);
  space.paintGrid();
  space.paintTiles();
  space.paintHulls();
  space.paintArrows();
  space.paintPoints();
  if (trace_) {
    progress_.push_back({ExecutedSpots(*trace_, scene_), view, space.pointRadius()});
    progress_.back().spots.count(done_);
  }
  return picture;
}

void SpaceMatrix::drawLabels(QPainter& painter) {
  const Theme& theme = scene_.style.theme;
  QFont font = codeFont(-1);
  font.setBold(true);
  painter.setFont(font);
  painter.setPen(theme.text);
  const int last = static_cast<int>(labels_.size()) - 1;
  for (int d = 1; d <= last; ++d) {
    const QRectF top = rectOf({0, d});
    painter.drawText(QRectF(top.left(), 0, top.width(), kLabel), Qt::AlignCenter,
                     QString::fromStdString(labels_[static_cast<std::size_t>(d)]));
  }
  for (int d = 0; d < last; ++d) {
    // Beside the row's first picture, which is not at the left end.
    const QRectF first = rectOf({d, d + 1});
    painter.save();
    painter.translate(first.left() - kLabel / 2 - 2, first.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-first.height() / 2, -kLabel / 2, first.height(), kLabel), Qt::AlignCenter,
                     QString::fromStdString(labels_[static_cast<std::size_t>(d)]));
    painter.restore();
  }
}

void SpaceMatrix::paintEvent(QPaintEvent*) {
  const Theme& theme = scene_.style.theme;
  QPainter painter(this);
  painter.fillRect(rect(), theme.panel);
  if (cells_.empty()) {
    painter.setPen(theme.faintText);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("There are no two dimensions to pair"));
    return;
  }
  if (!isComplete() && !next_.isActive())
    next_.start();
  drawLabels(painter);
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const QRectF box = rectOf(cells_[k]);
    const int cell = static_cast<int>(k);
    if (k < painted_)
      painter.drawPixmap(box.topLeft(), pictures_[k]);
    if (isRunning() && k < progress_.size())
      drawProgress(painter, k);
    const bool isFramed = cell == framed_ && hasFocus();
    painter.setPen(QPen(cell == current_ || isFramed || cell == hovered_ ? theme.accent : theme.border,
                        isFramed ? 2.4 : cell == current_ ? 1.6 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box);
  }
}

void SpaceMatrix::setTrace(std::shared_ptr<const ExecutionTrace> trace, SpaceOrder of) {
  if (!trace && !trace_)
    return;
  trace_ = trace && trace->steps.size() <= kMostSteps ? std::move(trace) : nullptr;
  traced_ = of;
  done_ = trace_ ? trace_->steps.size() : 0;
  startOver();
}

void SpaceMatrix::setDone(std::size_t steps) {
  done_ = steps;
  for (CellProgress& cell : progress_)
    cell.spots.count(done_);
  update();
}

/// At the end of a run the pictures look as ever; so they do where another schedule stands in the place of the run's order.
bool SpaceMatrix::isRunning() const { return trace_ && done_ < trace_->steps.size() && order_ == traced_; }

std::optional<double> SpaceMatrix::filled(std::size_t cell, std::size_t step) const {
  const ExecutedSpot* spot = cell < progress_.size() ? progress_[cell].spots.of(step) : nullptr;
  return spot ? std::optional(spot->filled()) : std::nullopt;
}

void SpaceMatrix::drawProgress(QPainter& painter, std::size_t cell) {
  const CellProgress& progress = progress_[cell];
  const QRectF box = rectOf(cells_[cell]);
  const auto placeOf = [&](const ExecutedSpot& spot) {
    const PlanePoint at = progress.view.toScreen(spot.place);
    return box.topLeft() + QPointF(at.x, at.y);
  };
  painter.save();
  painter.setClipRect(box);
  painter.setRenderHint(QPainter::Antialiasing, progress.radius > 2);
  for (const ExecutedSpot& spot : progress.spots.spots())
    if (spot.done < spot.steps)
      paintVeil(painter, placeOf(spot), spot, progress.radius, scene_.style.theme);
  if (const ExecutedSpot* last = done_ > 0 ? progress.spots.of(done_ - 1) : nullptr)
    paintExecutedRing(painter, placeOf(*last), progress.radius, scene_.style.theme);
  painter.restore();
}

void SpaceMatrix::resizeEvent(QResizeEvent*) {
  startOver();
}

int SpaceMatrix::cellAt(const QPointF& position) const {
  for (std::size_t k = 0; k < cells_.size(); ++k)
    if (rectOf(cells_[k]).contains(position))
      return static_cast<int>(k);
  return -1;
}

void SpaceMatrix::mouseMoveEvent(QMouseEvent* event) {
  const int cell = cellAt(event->position());
  if (cell == hovered_)
    return;
  hovered_ = cell;
  setCursor(cell < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
  update();
}

void SpaceMatrix::mousePressEvent(QMouseEvent* event) {
  const int cell = cellAt(event->position());
  if (event->button() != Qt::LeftButton || cell < 0)
    return;
  framed_ = cell;
  const MatrixCell& chosen = cells_[static_cast<std::size_t>(cell)];
  Q_EMIT pairChosen(chosen.inner, chosen.outer);
}

bool SpaceMatrix::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip)
    return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const int cell = cellAt(help->pos()); cell >= 0) {
    const auto nameOf = [&](int d) { return QString::fromStdString(labels_[static_cast<std::size_t>(d)]); };
    const MatrixCell& shown = cells_[static_cast<std::size_t>(cell)];
    QToolTip::showText(help->globalPos(), tr("%1 upwards, %2 to the right; click to show it large")
                                              .arg(nameOf(shown.outer), nameOf(shown.inner)), this);
  }
  return true;
}

void SpaceMatrix::move(int down, int right) {
  if (cells_.empty())
    return;
  const MatrixCell& from = cells_[static_cast<std::size_t>(std::max(framed_, 0))];
  const auto found = std::ranges::find(cells_, MatrixCell{from.outer + down, from.inner + right});
  if (found != cells_.end())
    framed_ = static_cast<int>(found - cells_.begin());
  update();
}

void SpaceMatrix::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
  case Qt::Key_Left:
    return move(0, -1);
  case Qt::Key_Right:
    return move(0, 1);
  case Qt::Key_Up:
    return move(-1, 0);
  case Qt::Key_Down:
    return move(1, 0);
  case Qt::Key_Return:
  case Qt::Key_Enter:
  case Qt::Key_Space:
    if (framed_ >= 0 && framed_ < static_cast<int>(cells_.size())) {
      const MatrixCell& chosen = cells_[static_cast<std::size_t>(framed_)];
      Q_EMIT pairChosen(chosen.inner, chosen.outer);
    }
    return;
  default:
    QWidget::keyPressEvent(event);
  }
}

} // namespace polyloom
