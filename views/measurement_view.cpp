#include "views/measurement_view.h"

#include "views/plotting.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr int kRowHeight = 22;
constexpr int kMostLabelCharacters = 34;

bool isMeasured(const MeasurementInfo& info) {
  return info.outcome == MeasurementInfo::Outcome::Measured;
}

/// Rows count from the top; the plot's vertical axis counts upwards.
double place(std::size_t row, std::size_t rows) {
  return static_cast<double>(rows - 1 - row);
}

QString timeText(double seconds) {
  if (seconds >= 1)
    return MeasurementView::tr("%1 s").arg(seconds, 0, 'g', 3);
  if (seconds >= 1e-3)
    return MeasurementView::tr("%1 ms").arg(seconds * 1e3, 0, 'g', 3);
  return MeasurementView::tr("%1 µs").arg(seconds * 1e6, 0, 'g', 3);
}

/// A step that follows others shows as an addition to them.
QString labelOf(const MeasurementInfo& info) {
  const QString label = QString::fromStdString(info.label);
  return info.recipe.find('\n') == std::string::npos ? label : QStringLiteral("+ ") + label;
}

/// "   on 2026-02-01" by the user's clock; nothing for what was measured just now.
QString dateText(const MeasurementInfo& info) {
  const QDateTime taken = QDateTime::fromString(QString::fromStdString(info.taken), Qt::ISODate);
  return taken.isValid() ? MeasurementView::tr("   on %1").arg(taken.toLocalTime().date().toString(Qt::ISODate)) : QString();
}

QString remarkOf(const MeasurementInfo& info) {
  if (!isMeasured(info))
    return info.message.empty() ? verdictOn(info)
                                : verdictOn(info) + QStringLiteral(": ") + QString::fromStdString(info.message);
  if (info.recipe.empty())
    return MeasurementView::tr("1.00×   %1").arg(timeText(info.median)) + dateText(info);
  const double spread = (info.speedupHigh - info.speedupLow) / 2;
  return QStringLiteral("%1× ± %2   %3   %4")
      .arg(info.speedup, 0, 'f', 2)
      .arg(spread, 0, 'f', 2)
      .arg(timeText(info.median), verdictOn(info) + dateText(info));
}

} // namespace

QString verdictOn(const MeasurementInfo& info) {
  switch (info.outcome) {
  case MeasurementInfo::Outcome::Measured:
    break;
  case MeasurementInfo::Outcome::WrongResult:
    return MeasurementView::tr("wrong result");
  case MeasurementInfo::Outcome::Crashed:
    return MeasurementView::tr("crashed");
  case MeasurementInfo::Outcome::TimedOut:
    return MeasurementView::tr("timed out");
  case MeasurementInfo::Outcome::Refused:
    return MeasurementView::tr("refused");
  }
  if (info.recipe.empty())
    return MeasurementView::tr("baseline");
  if (info.speedupLow <= 1 && info.speedupHigh >= 1)
    return MeasurementView::tr("not distinguishable");
  return info.speedup > 1 ? MeasurementView::tr("faster") : MeasurementView::tr("slower");
}

MeasurementView::MeasurementView(QWidget* parent) : QScrollArea(parent), plot_(new QCustomPlot) {
  setObjectName(QStringLiteral("measurementView"));
  setAccessibleName(tr("Measured speedups"));
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  plot_->setObjectName(QStringLiteral("measurementPlot"));
  plot_->setAttribute(Qt::WA_TransparentForMouseEvents);
  setWidget(plot_);
  rebuild();
}

MeasurementView::~MeasurementView() = default;

void MeasurementView::setTheme(const Theme& theme) {
  theme_ = theme;
  rebuild();
}

void MeasurementView::setMeasurements(std::vector<MeasurementInfo> measurements) {
  measurements_ = std::move(measurements);
  rebuild();
}

QStringList MeasurementView::remarks() const {
  QStringList result;
  for (const MeasurementInfo& info : measurements_)
    result << remarkOf(info);
  return result;
}

int MeasurementView::barCount() const {
  return static_cast<int>(std::count_if(measurements_.begin(), measurements_.end(), isMeasured));
}

void MeasurementView::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  styleAxes();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MeasurementView::rebuild() {
  plot_->clearPlottables();
  plot_->clearItems();
  plot_->setMinimumHeight(static_cast<int>(measurements_.size()) * kRowHeight + 46);
  plot_->setBackground(QBrush(theme_.panel));
  const bool empty = measurements_.empty();
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis})
    axis->setVisible(!empty);
  plot_->xAxis->grid()->setVisible(!empty);
  if (empty) {
    auto* hint = new QCPItemText(plot_);
    hint->position->setType(QCPItemPosition::ptViewportRatio);
    hint->position->setCoords(0.5, 0.5);
    hint->setText(tr("Measure (F5) compares the new order\nwith the original on this machine"));
    hint->setColor(theme_.faintText);
    hint->setFont(font());
  } else {
    addBars();
    addRemarks();
  }
  styleAxes();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MeasurementView::addBars() {
  auto* bars = new QCPBars(plot_->yAxis, plot_->xAxis);
  auto* stored = new QCPBars(plot_->yAxis, plot_->xAxis);
  auto* baseline = new QCPBars(plot_->yAxis, plot_->xAxis);
  auto* intervals = new QCPErrorBars(plot_->yAxis, plot_->xAxis);
  auto* anchors = new QCPGraph(plot_->yAxis, plot_->xAxis);
  anchors->setLineStyle(QCPGraph::lsNone);
  anchors->setScatterStyle(QCPScatterStyle::ssNone);
  QVector<double> keys, values, below, above;
  const std::size_t rows = measurements_.size();
  // From the bottom up: the error bars count in the order of the keys.
  for (std::size_t row = rows; row-- > 0;) {
    const MeasurementInfo& info = measurements_[row];
    if (!isMeasured(info))
      continue;
    (info.recipe.empty() ? baseline : info.taken.empty() ? bars : stored)->addData(place(row, rows), info.speedup);
    keys << place(row, rows);
    values << info.speedup;
    // The original is compared with itself: its bar has no interval.
    const double nothing = std::nan("");
    below << (info.recipe.empty() ? nothing : info.speedup - info.speedupLow);
    above << (info.recipe.empty() ? nothing : info.speedupHigh - info.speedup);
  }
  for (QCPBars* group : {bars, stored, baseline}) {
    group->setWidth(0.5);
    group->setPen(Qt::NoPen);
    group->setAntialiased(true);
  }
  bars->setBrush(theme_.measured);
  stored->setBrush(theme_.faintText);
  baseline->setBrush(theme_.baseline);
  anchors->setData(keys, values);
  intervals->setDataPlottable(anchors);
  intervals->setData(below, above);
  intervals->setPen(QPen(theme_.text, 1.6));
  intervals->setWhiskerWidth(9);
  intervals->setSymbolGap(0);
}

void MeasurementView::addRemarks() {
  const std::size_t rows = measurements_.size();
  for (std::size_t row = 0; row < rows; ++row) {
    const MeasurementInfo& info = measurements_[row];
    auto* text = new QCPItemText(plot_);
    text->setClipToAxisRect(false);
    text->position->setTypeX(QCPItemPosition::ptPlotCoords);
    text->position->setTypeY(QCPItemPosition::ptPlotCoords);
    text->position->setCoords(isMeasured(info) ? std::max(info.speedup, info.speedupHigh) : 0, place(row, rows));
    text->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    text->setPadding(QMargins(8, 0, 4, 0));
    text->setBrush(theme_.panel);
    text->setText(remarkOf(info));
    text->setFont(codeFont(-1));
    const QString verdict = verdictOn(info);
    text->setColor(!isMeasured(info)                      ? theme_.violation
                   : !info.taken.empty()                  ? theme_.mutedText
                   : verdict == tr("not distinguishable") ? theme_.unknown
                                                          : theme_.text);
  }
  auto* one = new QCPItemStraightLine(plot_);
  one->point1->setCoords(1, 0);
  one->point2->setCoords(1, 1);
  one->setPen(QPen(theme_.baseline, 1, Qt::DashLine));
}

void MeasurementView::styleAxes() {
  const std::size_t rows = measurements_.size();
  QSharedPointer<QCPAxisTickerText> labels(new QCPAxisTickerText);
  double most = 1;
  for (std::size_t row = 0; row < rows; ++row) {
    const MeasurementInfo& info = measurements_[row];
    QString label = labelOf(info);
    if (label.size() > kMostLabelCharacters)
      label = label.left(kMostLabelCharacters - 1) + QStringLiteral("…");
    labels->addTick(place(row, rows), label);
    if (isMeasured(info))
      most = std::max({most, info.speedup, info.speedupHigh});
  }
  plot_->yAxis->setTicker(labels);
  plot_->yAxis->setRange(-0.6, static_cast<double>(std::max<std::size_t>(rows, 1)) - 0.4);
  // The remarks stand right of the bars: leave them the room that they need.
  const bool isStored = std::ranges::any_of(measurements_, [](const MeasurementInfo& info) { return !info.taken.empty(); });
  const QString widest = QStringLiteral("1.00× ± 0.00   100 µs   not distinguishable") +
                         (isStored ? tr("   on %1").arg(QStringLiteral("2000-00-00")) : QString());
  const double remarkPixels = QFontMetricsF(codeFont(-1)).horizontalAdvance(widest) + 24;
  const double inside = std::max(plot_->axisRect()->width() > 10 ? plot_->axisRect()->width() : width() - 160, 80);
  const double share = std::clamp(remarkPixels / inside, 0.1, 0.75);
  plot_->xAxis->setRange(0, most / (1 - share));
  plot_->xAxis->setLabel(rows ? tr("speedup over the original order (95 % interval)") : QString());
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
    axis->setBasePen(QPen(theme_.axis, 1));
    axis->setTickPen(axis == plot_->yAxis ? QPen(Qt::NoPen) : QPen(theme_.axis, 1));
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(axis == plot_->yAxis ? theme_.text : theme_.mutedText);
    axis->setTickLabelFont(axis == plot_->yAxis ? codeFont(-0.5) : font());
    axis->setLabelColor(theme_.mutedText);
    axis->setLabelFont(font());
    axis->grid()->setPen(QPen(theme_.gridLine, 1));
    axis->grid()->setZeroLinePen(Qt::NoPen);
  }
  plot_->yAxis->grid()->setVisible(false);
}

} // namespace polyloom
