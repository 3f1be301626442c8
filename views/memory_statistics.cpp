#include "views/memory_statistics.h"

#include "views/memory_plane.h"

#include <QLabel>
#include <QPainter>
#include <QTextDocumentFragment>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <bit>

namespace polyloom {

namespace {

QString cellOf(const QString& text, const char* align = "right") {
  return QStringLiteral("<td align='%1' style='padding-right:8px'>%2</td>").arg(QLatin1String(align), text);
}

QString percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0)
    return QStringLiteral("–");
  return QStringLiteral("%1 %").arg(100.0 * static_cast<double>(part) / static_cast<double>(whole), 0, 'f', 0);
}

QString colored(const QString& text, const QColor& color) {
  return QStringLiteral("<span style='color:%1'>%2</span>").arg(color.name(), text);
}

QLabel* makeLabel(const char* name, const QString& accessibleName) {
  auto* label = new QLabel;
  label->setObjectName(QString::fromLatin1(name));
  label->setAccessibleName(accessibleName);
  label->setTextFormat(Qt::RichText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setWordWrap(true);
  return label;
}

/// Histogram buckets that are in use, from 0.
std::size_t bucketsOf(const ReuseHistogram& histogram) {
  std::size_t used = 0;
  for (std::size_t b = 0; b < histogram.counts.size(); ++b)
    if (histogram.counts[b] > 0)
      used = b + 1;
  return used;
}

/// "0", "1", "2+", "4+": where a bucket begins.
QString bucketLabel(std::size_t bucket) {
  if (bucket < 2)
    return QString::number(bucket);
  return QStringLiteral("%1+").arg(1ULL << (bucket - 1));
}

/// "median 3, 0 to 12 (was 250)".
QString reuseText(const ReuseSummary& now, const ReuseSummary* before) {
  const auto medianOf = [](const ReuseSummary& reuse) {
    return reuse.reuses == 0 ? QObject::tr("no reuse") : QString::number(reuse.median);
  };
  const QString text = now.reuses == 0 ? medianOf(now)
                                       : QObject::tr("median %1, %2 to %3").arg(now.median).arg(now.least).arg(now.most);
  const bool isSame = before == nullptr || medianOf(now) == medianOf(*before);
  return isSame ? text : QObject::tr("%1 (was %2)").arg(text, medianOf(*before));
}

} // namespace

ReuseBars::ReuseBars(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("reuseBars"));
  setAccessibleName(tr("Histogram of reuse distances"));
  setToolTip(tr("Other lines touched between two touches of a line. Filled: the new order; outlined: the original. "
                "An access hits a fully associative cache of more lines than its distance"));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ReuseBars::setTheme(const Theme& theme) {
  theme_ = theme;
  update();
}

void ReuseBars::setTraces(ExecutionTracesPtr traces) {
  traces_ = std::move(traces);
  update();
}

void ReuseBars::paintEvent(QPaintEvent*) {
  if (!traces_)
    return;
  const ReuseHistogram &now = traces_->current.totals.distances, &before = traces_->original.totals.distances;
  const std::size_t buckets = std::max({bucketsOf(now), bucketsOf(before), std::size_t{1}}) + 1; // and the first touches
  const auto countOf = [&](const ReuseHistogram& h, std::size_t b) { return b + 1 == buckets ? h.firstTouches : h.counts[b]; };
  std::uint64_t most = 1;
  for (std::size_t b = 0; b < buckets; ++b)
    most = std::max({most, countOf(now, b), countOf(before, b)});
  QPainter painter(this);
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  painter.setFont(small);
  const double line = QFontMetricsF(small).height();
  const QRectF area = QRectF(rect()).adjusted(2, 4, -2, -line - 3);
  const double step = std::min(area.width() / static_cast<double>(buckets), 44.0);
  for (std::size_t b = 0; b < buckets; ++b) {
    const double left = area.left() + static_cast<double>(b) * step;
    const auto bar = [&](const ReuseHistogram& h, double inset) {
      const double height = area.height() * static_cast<double>(countOf(h, b)) / static_cast<double>(most);
      return QRectF(left + inset, area.bottom() - height, step - 2 * inset, height);
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(b + 1 == buckets ? theme_.faintText : theme_.measured);
    painter.drawRect(bar(now, step * 0.22));
    painter.setPen(QPen(theme_.baseline, 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar(before, step * 0.1));
    painter.setPen(theme_.mutedText);
    painter.drawText(QRectF(left - 4, area.bottom() + 2, step + 8, line), Qt::AlignCenter,
                     b + 1 == buckets ? tr("first") : bucketLabel(b));
  }
  painter.setPen(QPen(theme_.axis, 1));
  painter.drawLine(area.bottomLeft(), QPointF(area.left() + step * static_cast<double>(buckets), area.bottom()));
}

MemoryStatistics::MemoryStatistics(QWidget* parent)
    : QScrollArea(parent), levels_(makeLabel("memoryLevels", tr("Hits and misses"))),
      heading_(makeLabel("reuseHeading", tr("What the bars show"))), bars_(new ReuseBars),
      details_(makeLabel("memoryDetails", tr("Reuse distances and footprints"))) {
  setObjectName(QStringLiteral("memoryStatistics"));
  setAccessibleName(tr("Figures on caches and reuse"));
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* content = new QWidget;
  content->setAutoFillBackground(true);
  content->setBackgroundRole(QPalette::Base);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(8, 4, 6, 6);
  layout->setSpacing(5);
  layout->addWidget(levels_);
  layout->addWidget(heading_);
  layout->addWidget(bars_);
  layout->addWidget(details_);
  layout->addStretch(1);
  setWidget(content);
}

void MemoryStatistics::setTheme(const Theme& theme) {
  theme_ = theme;
  bars_->setTheme(theme);
  describe();
}

void MemoryStatistics::setTraces(ExecutionTracesPtr traces) {
  traces_ = std::move(traces);
  bars_->setTraces(traces_);
  bars_->setVisible(traces_ != nullptr);
  levels_->clear();
  describe();
}

/// Per level what it served so far, and in the whole run; beside the original order's.
void MemoryStatistics::showMoment(const TraceCursor& original, const TraceCursor& current) {
  if (!traces_)
    return;
  const ExecutionTrace& trace = traces_->current;
  QString rows = QStringLiteral("<tr>%1%2%3%4</tr>")
                     .arg(cellOf(tr("served by"), "left"), cellOf(tr("so far")), cellOf(tr("in all")), cellOf(tr("originally")));
  const auto totalOf = [](const ExecutionTrace& t, std::size_t level) {
    return level < t.totals.levels.size() ? t.totals.levels[level].hits : t.totals.levels.back().misses;
  };
  const std::size_t levels = trace.caches().levels.size();
  for (std::size_t level = 0; level <= levels; ++level) {
    const QString swatch = QStringLiteral("<span style='background-color:%1'>&nbsp;&nbsp;&nbsp;</span>&nbsp;")
                               .arg(levelColor(theme_, level, levels).name());
    rows += QStringLiteral("<tr>%1%2%3%4</tr>")
                .arg(cellOf(swatch + QString::fromStdString(levelName(trace, level)), "left"),
                     cellOf(QString::number(current.served(level))), cellOf(QString::number(totalOf(trace, level))),
                     cellOf(colored(QString::number(totalOf(traces_->original, level)), theme_.mutedText)));
  }
  const auto share = [&](const TraceCursor& cursor) {
    return percent(cursor.served(levels), cursor.accessesDone());
  };
  levels_->setText(QStringLiteral("<table cellspacing='0'>%1</table>%2")
                       .arg(rows, colored(tr("from memory so far: %1 (was %2)")
                                              .arg(share(current), share(original)),
                                          theme_.mutedText)));
}

void MemoryStatistics::describe() {
  heading_->setText(traces_ ? colored(tr("Lines between touches of a line"), theme_.mutedText) : QString());
  if (!traces_) {
    details_->clear();
    return;
  }
  const ExecutionTrace &now = traces_->current, &before = traces_->original;
  QStringList lines;
  for (const TraceArray& array : now.arrays) {
    const auto same = std::ranges::find(before.arrays, array.name, &TraceArray::name);
    lines << QStringLiteral("<b>%1</b>: %2").arg(QString::fromStdString(array.name),
               reuseText(array.reuse, same == before.arrays.end() ? nullptr : &same->reuse));
  }
  lines << colored(tr("Lines that an iteration touches (all)"), theme_.mutedText);
  for (const SimulatedLoop& loop : now.totals.loops) {
    const std::string& name = loop.place.loop.empty() ? loop.place.variable : loop.place.loop;
    const LoopFootprint& footprint = loop.footprint;
    if (footprint.iterations.times() > 0)
      lines << QStringLiteral("%1<b>%2</b>: %3 (%4)")
                   .arg(QStringLiteral("&nbsp;&nbsp;").repeated(loop.place.depth), QString::fromStdString(name))
                   .arg(footprint.iterations.median()).arg(footprint.executions.median());
  }
  if (now.isTruncated || before.isTruncated)
    lines << colored(tr("Only the first %1 accesses are shown").arg(now.accesses.size()), theme_.unknown);
  details_->setText(lines.join(QStringLiteral("<br>")));
}

QString MemoryStatistics::plainText() const {
  return QTextDocumentFragment::fromHtml(levels_->text() + QStringLiteral("<br>") + details_->text()).toPlainText();
}

} // namespace polyloom
