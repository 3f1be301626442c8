#include "views/learning_plot.h"

#include "views/plotting.h"

#include <QHelpEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

double percentOf(const LearningEpoch& epoch) { return epoch.validationMape; }
double lossOf(const LearningEpoch& epoch) { return epoch.trainingLoss; }

/// The finite values' range with some room; an outlier at the start of a training may leave it.
QCPRange rangeOf(const std::vector<LearningEpoch>& curve, double (*value)(const LearningEpoch&), double room) {
  std::vector<double> values;
  for (const LearningEpoch& epoch : curve)
    if (const double each = value(epoch); std::isfinite(each))
      values.push_back(each);
  if (values.empty())
    return {0, 1};
  std::ranges::sort(values);
  const double low = values.front(), high = values[(values.size() - 1) * 19 / 20];
  const double margin = std::max(room * (high - low), 1e-3);
  return {low - margin, high + margin};
}

} // namespace

QString epochText(const LearningEpoch& epoch) {
  return LearningPlot::tr("member %1, epoch %2: error %3 %, loss %4%5")
      .arg(epoch.member)
      .arg(epoch.epoch)
      .arg(epoch.validationMape, 0, 'f', 1)
      .arg(epoch.trainingLoss, 0, 'f', 3)
      .arg(epoch.isBest ? LearningPlot::tr(", the best so far") : QString());
}

LearningPlot::LearningPlot(QWidget* parent) : QWidget(parent), plot_(new QCustomPlot(this)) {
  setObjectName(QStringLiteral("learningPlot"));
  setAccessibleName(tr("Learning curves"));
  plot_->setAttribute(Qt::WA_TransparentForMouseEvents);
  plot_->setFocusPolicy(Qt::NoFocus);
  plot_->setAccessibleName(accessibleName());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(plot_);
  rebuild();
}

LearningPlot::~LearningPlot() = default;

void LearningPlot::setTheme(const Theme& theme) {
  theme_ = theme;
  rebuild();
}

void LearningPlot::setCurve(std::vector<LearningEpoch> curve, int epochs) {
  curve_ = std::move(curve);
  epochs_ = epochs;
  setAccessibleDescription(curve_.empty() ? QString() : epochText(curve_.back()));
  rebuild();
}

void LearningPlot::rebuild() {
  plot_->clearPlottables();
  plot_->clearItems();
  plot_->setBackground(QBrush(theme_.panel));
  const bool isEmpty = curve_.empty();
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis, plot_->yAxis2}) {
    axis->setVisible(!isEmpty);
    axis->grid()->setVisible(!isEmpty && axis != plot_->yAxis2);
  }
  if (isEmpty) {
    auto* hint = new QCPItemText(plot_);
    hint->setText(tr("A cost model learns from measured schedules:\nthe curves show how its error falls"));
    hint->setColor(theme_.faintText);
    hint->setFont(font());
    hint->position->setType(QCPItemPosition::ptViewportRatio);
    hint->position->setCoords(0.5, 0.5);
  } else {
    styleAxes();
    const int last = curve_.back().member;
    for (int member = 1; member <= last; ++member)
      drawMember(member, member == last);
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void LearningPlot::styleAxes() {
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis, plot_->yAxis2}) {
    axis->setBasePen(QPen(theme_.axis, 1));
    axis->setTickPen(QPen(theme_.axis, 1));
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(theme_.text);
    axis->setLabelColor(theme_.mutedText);
    axis->setTickLabelFont(codeFont(-1.5));
    axis->setLabelFont(codeFont(-1.5));
    axis->setLabelPadding(1); // the panel is low
    axis->setTickLabelPadding(3);
    axis->grid()->setPen(QPen(theme_.gridLine, 1));
    axis->grid()->setZeroLinePen(Qt::NoPen);
  }
  int most = epochs_;
  for (const LearningEpoch& epoch : curve_)
    most = std::max(most, epoch.epoch);
  plot_->xAxis->setRange(0.5, std::max(most, 2) + 0.5);
  plot_->xAxis->setLabel(tr("epoch"));
  plot_->yAxis->setRange(rangeOf(curve_, percentOf, 0.08));
  plot_->yAxis->setLabel(tr("error, %"));
  plot_->yAxis2->setRange(rangeOf(curve_, lossOf, 0.08));
  plot_->yAxis2->setLabel(tr("loss"));
}

void LearningPlot::drawMember(int member, bool isLast) {
  QVector<double> epochs, errors, losses, bestEpoch, bestError;
  for (const LearningEpoch& epoch : curve_) {
    if (epoch.member != member)
      continue;
    epochs << epoch.epoch;
    errors << epoch.validationMape;
    losses << epoch.trainingLoss;
    if (epoch.isBest) {
      bestEpoch = {static_cast<double>(epoch.epoch)};
      bestError = {epoch.validationMape};
    }
  }
  const auto color = [&](QColor full) {
    full.setAlphaF(isLast ? 1.0F : 0.35F);
    return full;
  };
  QCPGraph* loss = plot_->addGraph(plot_->xAxis, plot_->yAxis2);
  loss->setData(epochs, losses, true);
  loss->setPen(QPen(color(theme_.mutedText), 1.2, Qt::DashLine));
  QCPGraph* error = plot_->addGraph();
  error->setData(epochs, errors, true);
  error->setPen(QPen(color(theme_.measured), 1.8));
  if (epochs.size() == 1)
    error->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 6));
  QCPGraph* best = plot_->addGraph();
  best->setLineStyle(QCPGraph::lsNone);
  best->setData(bestEpoch, bestError, true);
  best->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssStar, QPen(color(theme_.legal), 2), Qt::NoBrush, 12));
}

void LearningPlot::paintTo(QPaintDevice& device, QSize size) const {
  QCPPainter painter(&device);
  plot_->toPainter(&painter, size.width(), size.height());
}

bool LearningPlot::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip || curve_.empty())
    return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const double at = plot_->xAxis->pixelToCoord(help->pos().x());
  const int member = curve_.back().member;
  const LearningEpoch* nearest = nullptr;
  for (const LearningEpoch& epoch : curve_)
    if (epoch.member == member && (!nearest || std::abs(epoch.epoch - at) < std::abs(nearest->epoch - at)))
      nearest = &epoch;
  QToolTip::showText(help->globalPos(), epochText(*nearest), this);
  return true;
}

} // namespace polyloom
