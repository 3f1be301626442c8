#include "views/dependence_view.h"

#include "views/copy.h"
#include "views/fitted_scroll_area.h"
#include "views/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace polyloom {

namespace {

void setInk(QLabel* label, const QColor& color) {
  QPalette palette = label->palette();
  palette.setColor(QPalette::WindowText, color);
  palette.setColor(QPalette::Text, color);
  label->setPalette(palette);
}

QLabel* makeText(const QString& name, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(name);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

QString smallestCase(const WitnessInfo& witness) {
  QStringList values;
  for (const auto& [name, value] : witness.parameters)
    values << QStringLiteral("%1 = %2").arg(QString::fromStdString(name)).arg(value);
  return values.isEmpty() ? QString() : VerdictPanel::tr("Smallest case: %1.").arg(values.join(QStringLiteral(", ")));
}

/// With a capital letter and a period.
QString sentence(QString text) {
  if (text.isEmpty())
    return text;
  text[0] = text[0].toUpper();
  return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

QStringList explain(const VerdictInfo& verdict, std::size_t shown) {
  QStringList lines;
  if (shown < verdict.witnesses.size()) {
    const WitnessInfo& witness = verdict.witnesses[shown];
    lines << sentence(QString::fromStdString(witness.sentence));
    lines << sentence(VerdictPanel::tr("%1 dependence on %2")
                          .arg(kindName(witness.kind), QString::fromStdString(witness.cell))) +
                 QLatin1Char(' ') + smallestCase(witness);
  }
  if (verdict.witnesses.empty())
    lines << sentence(QString::fromStdString(verdict.sentence).remove(QLatin1String("legal: ")));
  return lines;
}

} // namespace

VerdictPanel::VerdictPanel(QWidget* parent)
    : QFrame(parent), icon_(new QLabel(this)), title_(makeText(QStringLiteral("verdictTitle"), this)),
      body_(makeText(QStringLiteral("verdictText"), this)), show_(new QPushButton(tr("Show"), this)),
      next_(new QPushButton(this)), repairs_(new RepairList(this)) {
  setObjectName(QStringLiteral("verdictPanel"));
  setAccessibleName(tr("Verdict"));
  QFont bold = title_->font();
  bold.setBold(true);
  title_->setFont(bold);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 10, 12, 10);
  layout->setSpacing(9);
  layout->addWidget(icon_, 0, Qt::AlignTop);
  auto* texts = new QVBoxLayout;
  texts->setSpacing(3);
  auto* head = new QHBoxLayout;
  head->addWidget(title_, 1);
  head->addWidget(next_);
  head->addWidget(show_);
  texts->addLayout(head);
  texts->addWidget(body_);
  texts->addWidget(repairs_);
  layout->addLayout(texts, 1);
  show_->setObjectName(QStringLiteral("showWitness"));
  show_->setToolTip(tr("Single out the two instances in the picture, at the smallest parameter values"));
  show_->setAccessibleName(tr("Show the violated pair"));
  next_->setObjectName(QStringLiteral("nextWitness"));
  next_->setToolTip(tr("Explain the next violated dependence"));
  connect(show_, &QPushButton::clicked, this, [this] { Q_EMIT witnessRequested(witness_); });
  connect(next_, &QPushButton::clicked, this, [this] {
    witness_ = (witness_ + 1) % std::max(1, static_cast<int>(schedule_->verdict.witnesses.size()));
    fill();
  });
  fill();
}

void VerdictPanel::setTheme(const Theme& theme) {
  theme_ = theme;
  fill();
}

void VerdictPanel::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  if (!schedule || !schedule_ || schedule->recipe != schedule_->recipe) {
    witness_ = 0;
    repairs_->setRepairs({});
  }
  schedule_ = std::move(schedule);
  fill();
}

void VerdictPanel::nameButtons() {
  const auto count = schedule_->verdict.witnesses.size();
  show_->setVisible(count > 0);
  next_->setVisible(count > 1);
  next_->setText(tr("%1 of %2 ›").arg(witness_ + 1).arg(count));
  next_->setAccessibleName(tr("Violated dependence %1 of %2; go to the next").arg(witness_ + 1).arg(count));
}

QString VerdictPanel::text() const {
  return title_->text() + QLatin1Char('\n') + body_->text();
}

void VerdictPanel::fill() {
  setVisible(schedule_ != nullptr);
  if (!schedule_)
    return;
  const VerdictInfo& verdict = schedule_->verdict;
  const bool illegal = verdict.kind == VerdictInfo::Kind::Illegal, legal = verdict.kind == VerdictInfo::Kind::Legal;
  const QString last = schedule_->steps.empty() ? tr("the original order")
                                                : tr("“%1”").arg(QString::fromStdString(schedule_->steps.back().text));
  title_->setText(legal ? tr("Legal") : illegal ? tr("Illegal") : tr("Unknown"));
  title_->setToolTip(tr("after %1").arg(last));
  body_->setText(explain(verdict, static_cast<std::size_t>(witness_)).join(QLatin1Char('\n')));
  body_->setVisible(!body_->text().isEmpty());
  nameButtons();
  setInk(title_, legal ? theme_.legal : illegal ? theme_.violation : theme_.unknown);
  setInk(body_, theme_.text);
  const StatusIcon icon = legal ? StatusIcon::Applied : illegal ? StatusIcon::Illegal : StatusIcon::Unknown;
  icon_->setPixmap(statusPixmap(icon, theme_, 18, devicePixelRatioF()));
  update();
}

void VerdictPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto kind = schedule_ ? schedule_->verdict.kind : VerdictInfo::Kind::Legal;
  const bool legal = kind == VerdictInfo::Kind::Legal, illegal = kind == VerdictInfo::Kind::Illegal;
  painter.setBrush(legal ? theme_.legalTint : illegal ? theme_.violationTint : theme_.unknownTint);
  painter.setPen(QPen(legal ? theme_.legal : illegal ? theme_.violation : theme_.unknown, 1));
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

DependenceView::DependenceView(Selection& selection, QWidget* parent)
    : QWidget(parent), selection_(selection), model_(new DependenceModel(this)), table_(new QTableView(this)),
      verdict_(new VerdictPanel(this)) {
  setObjectName(QStringLiteral("dependenceView"));
  table_->setObjectName(QStringLiteral("dependenceTable"));
  table_->setAccessibleName(tr("Dependences"));
  table_->setModel(model_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setMinimumHeight(44);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table_->setIconSize({26, 12});
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(DependenceModel::Status, QHeaderView::Stretch); // elided where it is narrow
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->setTabKeyNavigation(false);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(table_, 1);
  auto* margin = new QVBoxLayout;
  margin->setContentsMargins(8, 6, 8, 8);
  margin->addWidget(new FittedScrollArea(verdict_, 6, this));
  layout->addLayout(margin);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    const auto rows = table_->selectionModel()->selectedRows();
    if (!rows.isEmpty())
      selection_.selectDependence(rows.first().row());
  });
  connect(table_, &QTableView::clicked, this,
          [this](const QModelIndex& index) { selection_.selectDependence(index.row()); });
  connect(&selection_, &Selection::changed, this, &DependenceView::applySelection);
  table_->viewport()->installEventFilter(this);
  hoverRows_ = new HoverRows(table_);
  connect(hoverRows_, &HoverRows::rowHovered, this, &DependenceView::hover);
  connect(&selection_, &Selection::hoverChanged, this, &DependenceView::applyHover);
  offerCopy(table_, [this] { return formsOfTable(*table_, *model_); });
}

void DependenceView::hover(int row) {
  if (row < 0 || !program_)
    return selection_.endHover();
  const DependenceInfo& info = model_->dependences()[static_cast<std::size_t>(row)];
  selection_.setHover({.statements = statementsOf(*program_, info), .loop = {}, .dependence = row});
}

/// A dependence lights up with itself; a point lights all that it may take part in.
void DependenceView::applyHover() {
  const Hover& hover = selection_.hover();
  std::set<int> rows;
  if (hover.dependence >= 0)
    rows.insert(hover.dependence);
  else if (program_ && !hover.statements.empty())
    for (std::size_t row = 0; row < model_->dependences().size(); ++row)
      for (const int statement : statementsOf(*program_, model_->dependences()[row]))
        if (hover.has(statement))
          rows.insert(static_cast<int>(row));
  hoverRows_->setLit(std::move(rows));
}

void DependenceView::setTheme(const Theme& theme) {
  QPalette palette = table_->palette();
  palette.setColor(QPalette::Highlight, theme.selection);
  palette.setColor(QPalette::HighlightedText, theme.text);
  table_->setPalette(palette);
  hoverRows_->setColor(theme.note);
  model_->setTheme(theme);
  verdict_->setTheme(theme);
}

void DependenceView::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  model_->setSchedule(schedule);
  verdict_->setSchedule(std::move(schedule));
  showViolated();
}

/// Scrolls to what the verdict speaks of.
void DependenceView::showViolated() {
  const auto& all = model_->dependences();
  const auto violated = std::ranges::find(all, true, &DependenceInfo::violated);
  if (violated != all.end())
    table_->scrollTo(model_->index(static_cast<int>(violated - all.begin()), 0), QAbstractItemView::PositionAtTop);
}

bool DependenceView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_->viewport() && event->type() == QEvent::Resize)
    QMetaObject::invokeMethod(this, &DependenceView::showViolated, Qt::QueuedConnection); // the verdict grew
  return QWidget::eventFilter(watched, event);
}

void DependenceView::applySelection() {
  const int row = selection_.dependence();
  if (row < 0)
    table_->clearSelection();
  else if (row < model_->rowCount() && !table_->selectionModel()->isRowSelected(row))
    table_->selectRow(row);
}

} // namespace polyloom
