#include "views/memory_view.h"

#include "views/elided_label.h"
#include "views/memory_plane.h"
#include "views/memory_statistics.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <bit>

namespace polyloom {

namespace {

constexpr std::array kLineBytes = {8, 16, 32, 64, 128};
constexpr int kStatisticsWidth = 250;
constexpr QSize kLeastBeside = {430, 190}; ///< of the panel: narrower, but not lower, the figures go below the cells
constexpr int kLeastOrders = 106, kLeastCaches = 84; ///< of the boxes in the panel's title

} // namespace

MemoryView::MemoryView(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("memoryView"));
  setAccessibleName(tr("Memory and simulated caches"));
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  controls_ = makeControls();
  sides_ = {makeSide(tr("Original order"), "original"), makeSide(tr("New order"), "new")};
  empty_ = new QLabel(this);
  empty_->setObjectName(QStringLiteral("memoryEmpty"));
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  legend_ = new ElidedLabel({}, this);
  legend_->setObjectName(QStringLiteral("memoryLegend"));
  legend_->setContentsMargins(8, 0, 8, 2);
  statistics_ = new MemoryStatistics(this);
  statistics_->setMinimumWidth(kStatisticsWidth);
  auto* cells = new QHBoxLayout;
  cells->setSpacing(4);
  for (const Side& side : sides_)
    cells->addWidget(side.box, 1);
  cells->addWidget(empty_, 1);
  auto* left = new QVBoxLayout;
  left->setSpacing(0);
  left->addWidget(makeOwnCaches());
  left->addLayout(cells, 1);
  left->addWidget(legend_);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 2, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(left, 1);
  layout->addWidget(statistics_);
  placeStatistics();
  arrange();
}

void MemoryView::placeStatistics() {
  auto* box = static_cast<QBoxLayout*>(layout());
  const bool goBelow = width() < kLeastBeside.width() && height() > kLeastBeside.height();
  box->setDirection(goBelow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
  box->setStretchFactor(statistics_, goBelow ? 1 : 0);
  statistics_->setMaximumWidth(goBelow ? QWIDGETSIZE_MAX : kStatisticsWidth);
}

MemoryView::Side MemoryView::makeSide(const QString& title, const char* name) {
  Side side;
  side.box = new QWidget(this);
  side.title = new ElidedLabel(title, side.box);
  side.title->setContentsMargins(8, 0, 4, 0);
  side.plane = new MemoryPlane;
  side.plane->setObjectName(QLatin1String(name) + QStringLiteral("MemoryPlane"));
  side.plane->setAccessibleName(tr("%1: cells of the arrays").arg(title));
  side.scroll = new QScrollArea(side.box);
  side.scroll->setObjectName(QLatin1String(name) + QStringLiteral("MemoryScroll"));
  side.scroll->setAccessibleName(tr("%1: room of the arrays").arg(title));
  side.scroll->setFrameShape(QFrame::NoFrame);
  side.scroll->setWidget(side.plane);
  side.scroll->setBackgroundRole(QPalette::Base);
  side.scroll->viewport()->installEventFilter(this);
  auto* layout = new QVBoxLayout(side.box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(side.title);
  layout->addWidget(side.scroll, 1);
  return side;
}

QWidget* MemoryView::makeControls() {
  auto* box = new QWidget(this);
  auto* layout = new QHBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(7);
  caches_ = new QComboBox(box);
  caches_->setObjectName(QStringLiteral("memoryCaches"));
  caches_->setAccessibleName(tr("Simulated caches"));
  caches_->setToolTip(tr("Caches to simulate: lines, sets, ways and levels"));
  for (const NamedCaches& choice : cacheChoices())
    caches_->addItem(tr("cache: %1").arg(QString::fromStdString(choice.name)));
  caches_->addItem(tr("cache: my own…"));
  caches_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  caches_->setMinimumContentsLength(20);
  orders_ = new QComboBox(box);
  orders_->setObjectName(QStringLiteral("memoryOrders"));
  orders_->setAccessibleName(tr("Orders to show"));
  orders_->setToolTip(tr("Whose memory to show"));
  orders_->addItems({tr("new order"), tr("original order"), tr("both orders")});
  orders_->setMinimumWidth(kLeastOrders); // where there is little room, the panel's name has a right to some
  caches_->setMinimumWidth(kLeastCaches);
  layout->addWidget(orders_);
  layout->addWidget(caches_);
  connect(caches_, &QComboBox::activated, this, &MemoryView::chooseCaches);
  connect(orders_, &QComboBox::activated, this, [this](int row) { setShown(static_cast<Shown>(row)); });
  return box;
}

QWidget* MemoryView::makeOwnCaches() {
  own_ = new QWidget(this);
  auto* layout = new QHBoxLayout(own_);
  layout->setContentsMargins(8, 2, 4, 2);
  lineBytes_ = new QComboBox(own_);
  lineBytes_->setObjectName(QStringLiteral("ownLineBytes"));
  lineBytes_->setAccessibleName(tr("Bytes of a line"));
  for (const int bytes : kLineBytes)
    lineBytes_->addItem(tr("%1-byte lines").arg(bytes), bytes);
  lineBytes_->setCurrentIndex(lineBytes_->findData(32));
  layout->addWidget(lineBytes_);
  connect(lineBytes_, &QComboBox::activated, this, &MemoryView::readOwnCaches);
  struct Field {
    const char* object;
    QString name, prefix;
    int most, value;
  };
  const std::array<Field, 3> fields = {Field{"ownSets", tr("Sets of the first level"), tr("sets "), 64, 2},
                                       Field{"ownWays", tr("Ways: lines of a set"), tr("ways "), 16, 4},
                                       Field{"ownLevels", tr("Levels, each four times as large as the one before"), tr("levels "), 3, 1}};
  for (std::size_t f = 0; f < fields.size(); ++f) {
    ownNumbers_[f] = new QSpinBox(own_);
    ownNumbers_[f]->setObjectName(QString::fromLatin1(fields[f].object));
    ownNumbers_[f]->setAccessibleName(fields[f].name);
    ownNumbers_[f]->setToolTip(fields[f].name);
    ownNumbers_[f]->setPrefix(fields[f].prefix);
    ownNumbers_[f]->setRange(1, fields[f].most);
    ownNumbers_[f]->setValue(fields[f].value);
    layout->addWidget(ownNumbers_[f]);
    connect(ownNumbers_[f], &QSpinBox::valueChanged, this, &MemoryView::readOwnCaches);
  }
  layout->addStretch(1);
  own_->hide();
  return own_;
}

void MemoryView::chooseCaches(int row) {
  const std::vector<NamedCaches> choices = cacheChoices();
  const bool isOwn = static_cast<std::size_t>(row) >= choices.size();
  own_->setVisible(isOwn);
  if (isOwn)
    return readOwnCaches();
  choice_ = choices[static_cast<std::size_t>(row)].choice;
  Q_EMIT cachesChosen(choice_);
}

void MemoryView::readOwnCaches() {
  const auto number = [this](std::size_t field) { return static_cast<std::uint64_t>(ownNumbers_[field]->value()); };
  choice_ = {CacheChoice::Kind::Own, toyCaches(static_cast<std::uint64_t>(lineBytes_->currentData().toInt()), number(0),
                                               number(1), ownNumbers_[2]->value())};
  Q_EMIT cachesChosen(choice_);
}

void MemoryView::setTheme(const Theme& theme) {
  theme_ = theme;
  for (const Side& side : sides_)
    side.plane->setTheme(theme);
  statistics_->setTheme(theme);
  for (QLabel* label : {empty_, legend_}) {
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, label == empty_ ? theme.faintText : theme.mutedText);
    label->setPalette(palette);
  }
  describe();
}

void MemoryView::setShown(Shown shown) {
  shown_ = shown;
  orders_->setCurrentIndex(static_cast<int>(shown));
  arrange();
}

void MemoryView::setTraces(ExecutionTracesPtr traces) {
  traces_ = std::move(traces);
  const bool hasCells = emptyText().isEmpty();
  for (std::size_t s = 0; s < 2; ++s) {
    const ExecutionTrace* trace = !hasCells ? nullptr : s == 0 ? &traces_->original : &traces_->current;
    sides_[s].plane->setCursor(nullptr);
    sides_[s].cursor = trace ? TraceCursor(std::shared_ptr<const ExecutionTrace>(traces_, trace)) : TraceCursor();
    sides_[s].cursor.moveTo(trace ? trace->steps.size() : 0);
    sides_[s].plane->setCursor(&sides_[s].cursor);
  }
  statistics_->setTraces(hasCells ? traces_ : nullptr);
  statistics_->setVisible(hasCells);
  arrange();
  describe();
}

void MemoryView::setDone(std::size_t original, std::size_t current) {
  sides_[0].cursor.moveTo(original);
  sides_[1].cursor.moveTo(current);
  for (const Side& side : sides_)
    side.plane->refresh();
  describe();
}

QString MemoryView::emptyText() const {
  if (!traces_)
    return tr("Open a program to see the memory that it touches");
  for (const ExecutionTrace* trace : {&traces_->current, &traces_->original})
    if (!trace->refusal.empty())
      return QString::fromStdString(trace->refusal);
  return {};
}

void MemoryView::arrange() {
  const QString empty = emptyText();
  empty_->setText(empty);
  empty_->setVisible(!empty.isEmpty());
  legend_->setVisible(empty.isEmpty());
  const std::array<bool, 2> isShown = {shown_ != Shown::New, shown_ != Shown::Original};
  for (std::size_t s = 0; s < 2; ++s) {
    sides_[s].box->setVisible(empty.isEmpty() && isShown[s]);
    sides_[s].title->setVisible(shown_ == Shown::Both);
  }
  fitPlanes();
}

void MemoryView::fitPlanes() {
  for (const Side& side : sides_)
    side.plane->fit(side.scroll->viewport()->size());
}

void MemoryView::describe() {
  if (!emptyText().isEmpty())
    return;
  statistics_->showMoment(sides_[0].cursor, sides_[1].cursor);
  legend_->setText(tr("%1 · ring: read now · diamond: written now")
                       .arg(QString::fromStdString(describeCaches(traces_->current.caches()))));
  legend_->setToolTip(tr("%1. Simulated: one thread, parallel loops one iteration after the other, caches empty at first")
                          .arg(legend_->text()));
}

void MemoryView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  placeStatistics();
  fitPlanes();
}

bool MemoryView::eventFilter(QObject* watched, QEvent* event) {
  for (const Side& side : sides_)
    if (side.scroll && watched == side.scroll->viewport() && event->type() == QEvent::Resize)
      side.plane->fit(side.scroll->viewport()->size());
  return QWidget::eventFilter(watched, event);
}

} // namespace polyloom
