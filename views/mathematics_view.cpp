#include "views/mathematics_view.h"

#include "views/code_links.h"
#include "views/copy.h"
#include "views/dependence_model.h"
#include "views/hover_rows.h"
#include "views/mathematics_text.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

QTextBrowser* makePage(const QString& objectName, const QString& accessibleName, QWidget* parent) {
  auto* page = new QTextBrowser(parent);
  page->setObjectName(objectName);
  page->setAccessibleName(accessibleName);
  page->setFrameShape(QFrame::NoFrame);
  page->setOpenLinks(false);
  page->setLineWrapMode(QTextEdit::NoWrap);
  return page;
}

/// The page as a picture and as text, these rows as a table.
ClipboardForms formsOfPage(QTextBrowser& page, const QList<QStringList>& rows) {
  ClipboardForms forms = formsOfWidget(page);
  addTable(rows, forms);
  forms.text = page.toPlainText();
  forms.html = page.toHtml();
  return forms;
}

} // namespace

MathematicsView::MathematicsView(Selection& selection, QWidget* parent)
    : QWidget(parent), selection_(selection), pages_(new QStackedWidget(this)), notice_(new QLabel(this)),
      tabs_(new QTabWidget(this)) {
  setObjectName(QStringLiteral("mathematicsView"));
  setAccessibleName(tr("Mathematics"));
  tabs_->setObjectName(QStringLiteral("mathematicsTabs"));
  tabs_->setAccessibleName(tr("Mathematics"));
  tabs_->setDocumentMode(true);
  notice_->setAlignment(Qt::AlignCenter);
  notice_->setAutoFillBackground(true);
  notice_->setBackgroundRole(QPalette::Base);
  makeSchedule();
  makeStatements();
  makeDependences();
  connect(tabs_, &QTabWidget::currentChanged, this, &MathematicsView::fillIfSeen);
  pages_->addWidget(notice_);
  pages_->addWidget(tabs_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(pages_);
  connect(&selection_, &Selection::changed, this, &MathematicsView::applySelection);
  connect(&selection_, &Selection::hoverChanged, this, &MathematicsView::applyHover);
  fill();
}

void MathematicsView::makeSchedule() {
  schedule_ = new CodeEditor(this);
  schedule_->setObjectName(QStringLiteral("scheduleText"));
  schedule_->setAccessibleName(tr("Schedule tree in isl's notation"));
  linkToSelection(*schedule_, selection_);
  tabs_->addTab(schedule_, tr("Schedule"));
}

void MathematicsView::makeStatements() {
  statements_ = makePage(QStringLiteral("statementMathematics"), tr("Domains and access matrices"), this);
  offerCopy(statements_, [this] {
    return formsOfPage(*statements_, mathematics_ ? matrixTable(*mathematics_) : QList<QStringList>{});
  });
  tabs_->addTab(statements_, tr("Domains and accesses"));
}

void MathematicsView::makeDependences() {
  model_ = new VectorModel(this);
  vectors_ = new QTableView(this);
  vectors_->setObjectName(QStringLiteral("vectorTable"));
  vectors_->setAccessibleName(tr("Distance and direction vectors"));
  vectors_->setModel(model_);
  vectors_->setSelectionBehavior(QAbstractItemView::SelectRows);
  vectors_->setSelectionMode(QAbstractItemView::SingleSelection);
  vectors_->setFrameShape(QFrame::NoFrame);
  vectors_->setShowGrid(false);
  vectors_->setWordWrap(false);
  vectors_->setTabKeyNavigation(false);
  vectors_->verticalHeader()->hide();
  vectors_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  vectors_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  vectors_->horizontalHeader()->setStretchLastSection(true);
  vectors_->horizontalHeader()->setHighlightSections(false);
  vectors_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  hoverRows_ = new HoverRows(vectors_);
  dependence_ = makePage(QStringLiteral("dependenceMathematics"), tr("Dependence polyhedron"), this);
  auto* splitter = new QSplitter(this);
  splitter->addWidget(vectors_);
  splitter->addWidget(dependence_);
  splitter->setChildrenCollapsible(false);
  tabs_->addTab(splitter, tr("Dependences"));
  offerCopy(vectors_, [this] { return formsOfTable(*vectors_, *model_); });
  offerCopy(dependence_, [this] {
    const int row = vectors_->currentIndex().row();
    const auto& all = model_->dependences();
    return formsOfPage(*dependence_, row < 0 ? QList<QStringList>{} : constraintTable(all[static_cast<std::size_t>(row)]));
  });
  connect(vectors_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MathematicsView::showDependence);
  connect(vectors_, &QTableView::clicked, this,
          [this](const QModelIndex& index) { selection_.selectDependence(index.row()); });
  connect(hoverRows_, &HoverRows::rowHovered, this, [this](int row) {
    const auto& all = current_ ? current_->dependences : std::vector<DependenceInfo>{};
    const bool isKnown = row >= 0 && program_ && static_cast<std::size_t>(row) < all.size();
    selection_.setHover(isKnown ? Hover{.statements = statementsOf(*program_, all[static_cast<std::size_t>(row)]),
                                        .loop = {}, .dependence = row}
                                : Hover{});
  });
}

void MathematicsView::setTheme(const Theme& theme) {
  theme_ = theme;
  schedule_->setTheme(theme);
  model_->setTheme(theme);
  hoverRows_->setColor(theme.note);
  QPalette palette = vectors_->palette();
  palette.setColor(QPalette::Highlight, theme.selection);
  palette.setColor(QPalette::HighlightedText, theme.text);
  vectors_->setPalette(palette);
  fill();
}

void MathematicsView::setProgram(std::shared_ptr<const ProgramSnapshot> program) {
  program_ = std::move(program);
  setSchedule(nullptr);
}

void MathematicsView::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  const bool isSame = schedule && current_ && schedule->recipe == current_->recipe;
  current_ = std::move(schedule);
  if (isSame)
    return;
  mathematics_.reset();
  isAsked_ = false;
  fill();
  ask();
}

void MathematicsView::ask() {
  if (!current_ || isAsked_ || !isSeen())
    return;
  isAsked_ = true;
  Q_EMIT requested();
}

void MathematicsView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  ask();
  fillIfSeen();
}

void MathematicsView::setSeen(bool seen) {
  seen_ = seen;
  ask();
  fillIfSeen();
}

void MathematicsView::setMathematics(MathematicsSnapshotPtr mathematics) {
  if (!current_ || !mathematics || mathematics->recipe != current_->recipe)
    return;
  mathematics_ = std::move(mathematics);
  fill();
}

void MathematicsView::giveUp() {
  if (isAsked_ && !mathematics_)
    notice_->setText(tr("not computed"));
}

void MathematicsView::showTab(Tab tab) {
  tabs_->setCurrentIndex(static_cast<int>(tab));
}

void MathematicsView::fill() {
  pages_->setCurrentIndex(mathematics_ ? 1 : 0);
  notice_->setText(current_ ? tr("being computed …") : tr("Open a program to see its mathematics"));
  model_->setMathematics(mathematics_);
  isStale_.fill(mathematics_ != nullptr);
  fillIfSeen();
}

void MathematicsView::fillIfSeen() {
  if (isSeen())
    bringUpToDate();
}

void MathematicsView::bringUpToDate() {
  const auto tab = static_cast<Tab>(tabs_->currentIndex());
  if (!std::exchange(isStale_[static_cast<std::size_t>(tab)], false))
    return;
  if (tab == Tab::Schedule) {
    LinkedText linked = linkedText(mathematics_->schedule);
    schedule_->setCode(linked.text, std::move(linked.origins), CodeEditor::Language::Plain);
  } else if (tab == Tab::Statements) {
    statements_->setHtml(polyloom::statementsPage(*mathematics_, theme_));
  } else {
    fillDependences();
  }
}

void MathematicsView::fillDependences() {
  const int wanted = std::clamp(selection_.dependence(), 0, std::max(0, model_->rowCount() - 1));
  if (model_->rowCount() > 0 && vectors_->currentIndex().row() != wanted)
    vectors_->setCurrentIndex(model_->index(wanted, 0)); // which shows it
  else
    showDependence();
}

void MathematicsView::showDependence() {
  if (isStale_[static_cast<std::size_t>(Tab::Dependences)])
    return; // it will be
  const int row = vectors_->currentIndex().row();
  dependence_->setHtml(row < 0 ? QString()
                               : polyloom::dependencePage(model_->dependences()[static_cast<std::size_t>(row)], theme_));
}

void MathematicsView::applySelection() {
  if (const int row = selection_.dependence(); row >= 0 && row < model_->rowCount() && vectors_->currentIndex().row() != row)
    vectors_->setCurrentIndex(model_->index(row, 0));
  const int statement = selection_.statement();
  if (statement >= 0 && mathematics_ && static_cast<std::size_t>(statement) < mathematics_->statements.size())
    statements_->scrollToAnchor(QString::fromStdString(mathematics_->statements[static_cast<std::size_t>(statement)].name));
}

void MathematicsView::applyHover() {
  const int row = selection_.hover().dependence;
  hoverRows_->setLit(row < 0 ? std::set<int>{} : std::set<int>{row});
}

} // namespace polyloom
