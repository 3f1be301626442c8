#include "views/measurement_view.h"

#include "views/copy.h"
#include "views/plotting.h"
#include "views/predicted_bars.h"

#include <QDateTime>
#include <QLabel>
#include <QTextDocumentFragment>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr int kRowHeight = 22;
constexpr int kPredictedRowHeight = 38; ///< with a prediction below the measured bar
constexpr double kLift = 0.18;          ///< of the measured bar then, in rows
constexpr double kLabelShare = 0.3;  ///< of the plot's width, at most
constexpr double kRemarkShare = 0.6; ///< of the room for bars, at most: bars are for the eye
constexpr int kRemarkMargin = 24;
constexpr int kDigits = 5; ///< of times below the bars: narrow intervals differ in the fourth

bool isMeasured(const MeasurementInfo& info) {
  return info.outcome == MeasurementInfo::Outcome::Measured;
}

QString timeText(double seconds, int digits = 3) {
  if (seconds >= 1)
    return MeasurementView::tr("%1 s").arg(seconds, 0, 'g', digits);
  if (seconds >= 1e-3)
    return MeasurementView::tr("%1 ms").arg(seconds * 1e3, 0, 'g', digits);
  return MeasurementView::tr("%1 µs").arg(seconds * 1e6, 0, 'g', digits);
}

/// A step that follows others shows as an addition to them.
QString labelOf(const MeasurementInfo& info) {
  const QString label = QString::fromStdString(info.label);
  return info.recipe.find('\n') == std::string::npos ? label : QStringLiteral("+ ") + label;
}

/// "on 2026-02-01" by the user's clock; nothing for what was measured just now.
QString dateText(const MeasurementInfo& info) {
  const QDateTime taken = QDateTime::fromString(QString::fromStdString(info.taken), Qt::ISODate);
  return taken.isValid() ? MeasurementView::tr("on %1").arg(taken.toLocalTime().date().toString(Qt::ISODate)) : QString();
}

/// "4.1 ms [4.053 ms … 4.202 ms] in 30 runs, speedup 2.00 [1.95 … 2.05], result equal".
QString figuresOf(const MeasurementInfo& info) {
  QString text = MeasurementView::tr("%1 [%2 … %3]").arg(timeText(info.median, kDigits), timeText(info.low, kDigits), timeText(info.high, kDigits));
  if (info.samples > 0)
    text += MeasurementView::tr(" in %1 runs").arg(info.samples);
  if (const QString date = dateText(info); !date.isEmpty())
    text += QLatin1Char(' ') + date;
  if (info.recipe.empty())
    return text;
  text += MeasurementView::tr(", speedup %1 [%2 … %3]")
              .arg(info.speedup, 0, 'f', 2)
              .arg(info.speedupLow, 0, 'f', 2)
              .arg(info.speedupHigh, 0, 'f', 2);
  return info.result.empty() ? text : text + MeasurementView::tr(", result %1").arg(QString::fromStdString(info.result));
}

QString colored(const QString& text, const QColor& color) {
  return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(color.name(), text.toHtmlEscaped());
}

const QString kBetween = QStringLiteral("   ");

/// What stands beside a bar, the most important first. Outliers count and are not hidden; what is wrong is said below the bars.
QStringList remarkParts(const MeasurementInfo& info) {
  if (!isMeasured(info))
    return {info.message.empty() ? verdictOn(info) : verdictOn(info) + QStringLiteral(": ") + QString::fromStdString(info.message)};
  QStringList parts;
  if (info.recipe.empty())
    parts << QStringLiteral("1.00×") + kBetween + timeText(info.median);
  else
    parts << QStringLiteral("%1× ± %2").arg(info.speedup, 0, 'f', 2).arg((info.speedupHigh - info.speedupLow) / 2, 0, 'f', 2) + kBetween + timeText(info.median)
          << verdictOn(info);
  if (info.outliers > 0)
    parts << (info.outliers == 1 ? MeasurementView::tr("1 outlier") : MeasurementView::tr("%1 outliers").arg(info.outliers));
  if (!info.warning.empty())
    parts << MeasurementView::tr("warning below");
  if (!info.taken.empty())
    parts << dateText(info);
  return parts;
}

/// As many of its parts as there is room for; all of them stand below the bars as well.
QString remarkWithin(const MeasurementInfo& info, double room, const QFontMetricsF& metrics) {
  const QStringList parts = remarkParts(info);
  QString text = parts.front();
  for (qsizetype k = 1; k < parts.size(); ++k)
    if (const QString longer = text + kBetween + parts[k]; metrics.horizontalAdvance(longer) <= room)
      text = longer;
  return metrics.elidedText(text, Qt::ElideRight, room);
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

MeasurementView::MeasurementView(QWidget* parent)
    : QScrollArea(parent), plot_(new QCustomPlot), details_(new QLabel) {
  setObjectName(QStringLiteral("measurementView"));
  setAccessibleName(tr("Measured speedups"));
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  plot_->setObjectName(QStringLiteral("measurementPlot"));
  plot_->setAccessibleName(tr("Measured speedups as bars"));
  plot_->setFocusPolicy(Qt::NoFocus);
  plot_->setAttribute(Qt::WA_TransparentForMouseEvents);
  details_->setObjectName(QStringLiteral("measurementDetails"));
  details_->setAccessibleName(tr("What is known of each measurement"));
  details_->setTextFormat(Qt::RichText);
  details_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  details_->setWordWrap(true);
  details_->setContentsMargins(12, 2, 12, 8);
  details_->setAutoFillBackground(true);
  auto* content = new QWidget;
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(plot_, 1);
  layout->addWidget(details_);
  setWidget(content);
  offerCopy(this, [this] { return clipboardForms(); });
  connect(plot_, &QCustomPlot::afterLayout, this, &MeasurementView::fitWidth);
  rebuild();
}

MeasurementView::~MeasurementView() = default;

void MeasurementView::setTheme(const Theme& theme) {
  theme_ = theme;
  rebuild();
}

void MeasurementView::setMeasurements(std::vector<MeasurementInfo> measurements, QStringList notes) {
  measurements_ = std::move(measurements);
  notes_ = std::move(notes);
  rebuild();
}

void MeasurementView::setPredictions(const Predictions& predictions, const QString& shown) {
  if (predictions == predictions_ && shown == shown_)
    return;
  predictions_ = predictions;
  shown_ = shown;
  rebuild();
}

QStringList MeasurementView::remarks() const {
  QStringList result;
  for (const MeasurementInfo& info : measurements_)
    result << remarkParts(info).join(kBetween);
  return result;
}

QString MeasurementView::details() const { return QTextDocumentFragment::fromHtml(details_->text()).toPlainText(); }

ClipboardForms MeasurementView::clipboardForms() {
  ClipboardForms forms = formsOfPicture(plot_->size(), [this](QPaintDevice& device) {
    QCPPainter painter(&device);
    plot_->toPainter(&painter, plot_->width(), plot_->height());
  });
  QList<QStringList> rows = {{tr("Schedule"), tr("Median (s)"), tr("Low (s)"), tr("High (s)"), tr("Speedup"), tr("Low"),
                              tr("High"), tr("Runs"), tr("Result"), tr("Predicted")}};
  for (const MeasurementInfo& info : measurements_) {
    QStringList row{labelOf(info)};
    for (const double value : {info.median, info.low, info.high, info.speedup, info.speedupLow, info.speedupHigh})
      row << (isMeasured(info) ? QString::number(value, 'g', kDigits) : QString());
    row << QString::number(info.samples) << (isMeasured(info) ? QString::fromStdString(info.result) : remarkParts(info).join(kBetween));
    const PredictionInfo* predicted = predictionOf(predictions_, info.recipe);
    rows << (row << (predicted ? predictionText(*predicted) : QString()));
  }
  addTable(rows, forms);
  return forms;
}

int MeasurementView::barCount() const {
  return static_cast<int>(std::count_if(measurements_.begin(), measurements_.end(), isMeasured));
}

/// The room for the bars is known once the labels have theirs.
void MeasurementView::fitWidth() {
  if (plot_->axisRect()->width() == fittedWidth_)
    return;
  styleAxes();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MeasurementView::rebuild() {
  plot_->clearPlottables();
  plot_->clearItems();
  remarks_.clear();
  const std::vector<PredictedBar> predicted = predictedBars(predictions_, measurements_);
  const int rowHeight = predicted.empty() ? kRowHeight : kPredictedRowHeight;
  plot_->setMinimumHeight(static_cast<int>(measurements_.size()) * rowHeight + 46);
  plot_->setBackground(QBrush(theme_.panel));
  const bool empty = measurements_.empty();
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis})
    axis->setVisible(!empty);
  plot_->xAxis->grid()->setVisible(!empty);
  if (empty) {
    auto* hint = new QCPItemText(plot_);
    hint->position->setType(QCPItemPosition::ptViewportRatio);
    hint->position->setCoords(0.5, 0.5);
    hint->setText((tr("Measure (F5) compares the new order\nwith the original") + QLatin1Char('\n') + unmeasuredText(predictions_, measurements_, shown_)).trimmed());
    hint->setColor(theme_.faintText);
    hint->setFont(font());
  } else {
    addBars();
    addRemarks();
    addPredictedBars(*plot_, predicted, theme_);
  }
  describe();
  styleAxes();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MeasurementView::describe() {
  QString text;
  for (const MeasurementInfo& info : measurements_) {
    QStringList sentences{isMeasured(info) ? colored(figuresOf(info), theme_.text)
                                           : colored(remarkParts(info).front(), theme_.violation)};
    if (const PredictionInfo* prediction = predictionOf(predictions_, info.recipe))
      sentences << colored(remarkOf({.prediction = *prediction, .verdict = verdictOn(*prediction, info)}, QStringLiteral(", ")) + tr(" (90 % interval)"), theme_.mutedText);
    for (const std::string& note : info.notes)
      sentences << colored(QString::fromStdString(note), note == info.warning ? theme_.unknown : theme_.mutedText);
    text += QStringLiteral("<p style=\"margin-top:0; margin-bottom:6px\"><b>%1</b> %2</p>")
                .arg(colored(labelOf(info), theme_.text), sentences.join(QStringLiteral("<br>")));
  }
  QStringList general;
  if (const QString sentence = unmeasuredText(predictions_, measurements_, shown_); !sentence.isEmpty())
    general << colored(sentence, theme_.text);
  for (const QString& note : notes_)
    general << colored(note, theme_.mutedText);
  details_->setText(text + general.join(QStringLiteral("<br>")));
  details_->setVisible(!measurements_.empty());
  QPalette palette = details_->palette();
  palette.setColor(QPalette::Window, theme_.panel);
  details_->setPalette(palette);
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
  const auto height = [&](std::size_t row) { return placeOfRow(row, rows) + (predictionOf(predictions_, measurements_[row].recipe) ? kLift : 0); };
  // From the bottom up: the error bars count in the order of the keys.
  for (std::size_t row = rows; row-- > 0;) {
    const MeasurementInfo& info = measurements_[row];
    if (!isMeasured(info))
      continue;
    (info.recipe.empty() ? baseline : info.taken.empty() ? bars : stored)->addData(height(row), info.speedup);
    keys << height(row);
    values << info.speedup;
    // The original is compared with itself: its bar has no interval.
    const double nothing = std::nan("");
    below << (info.recipe.empty() ? nothing : info.speedup - info.speedupLow);
    above << (info.recipe.empty() ? nothing : info.speedupHigh - info.speedup);
  }
  for (QCPBars* group : {bars, stored, baseline}) {
    group->setWidth(predictedBars(predictions_, measurements_).empty() ? 0.5 : 0.32); // of rows that are higher then
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
    const double lift = predictionOf(predictions_, info.recipe) ? kLift : 0;
    text->position->setCoords(isMeasured(info) ? std::max(info.speedup, info.speedupHigh) : 0, placeOfRow(row, rows) + lift);
    text->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    text->setPadding(QMargins(8, 0, 4, 0));
    text->setBrush(theme_.panel);
    remarks_.push_back(text);
    text->setFont(codeFont(-1));
    const QString verdict = verdictOn(info);
    text->setColor(!isMeasured(info)                      ? theme_.violation
                   : !info.taken.empty()                  ? theme_.mutedText
                   : verdict == tr("not distinguishable") || !info.warning.empty() ? theme_.unknown
                                                          : theme_.text);
  }
  auto* one = new QCPItemStraightLine(plot_);
  one->point1->setCoords(1, 0);
  one->point2->setCoords(1, 1);
  one->setPen(QPen(theme_.baseline, 1, Qt::DashLine));
}

/// Says beside each bar what there is room for. Returns the speedup at the right edge.
double MeasurementView::fitRemarks() {
  const double inside = std::max(fittedWidth_, 80);
  const QFontMetricsF metrics(codeFont(-1));
  const auto endOf = [](const MeasurementInfo& info) { return isMeasured(info) ? std::max(info.speedup, info.speedupHigh) : 0; };
  double most = 1;
  const auto makeRoom = [&](double end, const QString& remark) {
    most = std::max(most, end / (1 - (metrics.horizontalAdvance(remark) + kRemarkMargin) / inside));
  };
  for (const MeasurementInfo& info : measurements_)
    makeRoom(endOf(info), remarkWithin(info, kRemarkShare * inside - kRemarkMargin, metrics));
  for (const PredictedBar& bar : predictedBars(predictions_, measurements_))
    makeRoom(bar.prediction.interval.high, metrics.elidedText(remarkOf(bar), Qt::ElideRight, kRemarkShare * inside - kRemarkMargin));
  for (std::size_t row = 0; row < remarks_.size(); ++row) {
    const double room = inside * (1 - endOf(measurements_[row]) / most) - kRemarkMargin + 1; // shorter bars leave more
    remarks_[row]->setText(remarkWithin(measurements_[row], room, metrics));
  }
  return most;
}

void MeasurementView::styleAxes() {
  fittedWidth_ = plot_->axisRect()->width();
  const std::size_t rows = measurements_.size();
  const QFontMetricsF metrics(codeFont(-0.5));
  QSharedPointer<QCPAxisTickerText> labels(new QCPAxisTickerText);
  for (std::size_t row = 0; row < rows; ++row)
    labels->addTick(placeOfRow(row, rows), metrics.elidedText(labelOf(measurements_[row]), Qt::ElideRight, kLabelShare * plot_->width()));
  plot_->yAxis->setTicker(labels);
  plot_->yAxis->setRange(-0.6, static_cast<double>(std::max<std::size_t>(rows, 1)) - 0.4);
  plot_->xAxis->setRange(0, fitRemarks());
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
