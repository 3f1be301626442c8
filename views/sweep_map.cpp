// The map of a sweep over two numbers: one cell per choice.
#include "views/sweep_plot.h"

#include "views/plotting.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

/// Of two inks the one that stands out more.
QColor inkOn(const QColor& ground, const QColor& a, const QColor& b) {
  const auto lightness = [](const QColor& color) { return 0.2126 * color.redF() + 0.7152 * color.greenF() + 0.0722 * color.blueF(); };
  return std::abs(lightness(ground) - lightness(a)) >= std::abs(lightness(ground) - lightness(b)) ? a : b;
}

} // namespace

void SweepPlot::drawMap() {
  const double columns = static_cast<double>(data_.axes[0].values.size()), rows = static_cast<double>(data_.axes[1].values.size());
  plot_->xAxis->setRange(-0.5, columns - 0.5);
  plot_->yAxis->setRange(-0.5, rows - 0.5);
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
    axis->setBasePen(QPen(theme_.axis, 1));
    axis->setTickPen(Qt::NoPen);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(theme_.text);
    axis->setLabelColor(theme_.mutedText);
    axis->setTickLabelFont(codeFont(-1.5));
  }
  styleAxis(*plot_->xAxis, 0, true);
  styleAxis(*plot_->yAxis, 1, false);
  double least = 1e300, most = 0;
  const std::vector<std::string> sources = data_.sources();
  for (const SweepPoint& point : data_.points)
    if (const SweepFigure* figure = sources.empty() ? nullptr : figureOf(point, sources.front()); figure && figure->isKnown()) {
      least = std::min(least, figure->speedup);
      most = std::max(most, figure->speedup);
    }
  // Frames lie above all cells: the present choice, and where the keys are.
  for (std::size_t p = 0; p < data_.points.size(); ++p)
    drawCell(p, least, most);
  for (const auto& [point, pen] : {std::pair(current_, QPen(theme_.accent, 2.4)),
                                   std::pair(cursor_, QPen(theme_.text, hasFocus() ? 2.2 : 1.2, Qt::DashLine))}) {
    if (!point || *point >= data_.points.size())
      continue;
    auto* frame = new QCPItemRect(plot_);
    const auto x = static_cast<double>(columnOf(*point)), y = static_cast<double>(rowOf(*point));
    frame->topLeft->setCoords(x - 0.48, y + 0.48);
    frame->bottomRight->setCoords(x + 0.48, y - 0.48);
    frame->setPen(pen);
  }
}

void SweepPlot::drawCell(std::size_t p, double least, double most) {
  const SweepPoint& point = data_.points[p];
  const std::vector<std::string> sources = data_.sources();
  const SweepFigure* figure = sources.empty() ? nullptr : figureOf(point, sources.front());
  const auto x = static_cast<double>(columnOf(p)), y = static_cast<double>(rowOf(p));
  auto* cell = new QCPItemRect(plot_);
  cell->topLeft->setCoords(x - 0.5, y + 0.5);
  cell->bottomRight->setCoords(x + 0.5, y - 0.5);
  cell->setPen(QPen(theme_.panel, 1));
  if (point.verdict != SweepVerdict::Legal) {
    const bool isWaiting = point.verdict == SweepVerdict::Waiting;
    cell->setBrush(isWaiting ? QBrush(theme_.window) : QBrush(hatchOf(point), Qt::BDiagPattern));
    return;
  }
  if (!figure || !figure->isKnown()) {
    cell->setBrush(figure ? QBrush(theme_.unknown, Qt::Dense6Pattern) : QBrush(theme_.title));
    return;
  }
  const double share = most > least ? std::log(figure->speedup / least) / std::log(most / least) : 1;
  const QColor ground = theme_.order(share);
  cell->setBrush(ground);
  const SweepMark mark = markOf(data_, p, sources.front());
  const QString sign = mark == SweepMark::Best ? QStringLiteral("★ ") : mark == SweepMark::Tie ? QStringLiteral("≈ ") : QString();
  const QFontMetricsF metrics(codeFont(-2));
  const double width = plot_->axisRect()->width() / plot_->xAxis->range().size(), height = plot_->axisRect()->height() / plot_->yAxis->range().size();
  QString text = sign + QString::number(figure->speedup, 'f', 2);
  if (metrics.horizontalAdvance(text) + 4 > width)
    text = sign.trimmed();
  if (text.isEmpty() || metrics.height() > height + 4)
    return;
  auto* label = new QCPItemText(plot_);
  label->setText(text);
  label->setFont(codeFont(-2));
  label->setColor(inkOn(ground, theme_.text, theme_.panel));
  label->position->setCoords(x, y);
}

} // namespace polyloom
