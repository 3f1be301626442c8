#include "views/start_page.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace polyloom {

StartPage::StartPage(QWidget* parent)
    : QWidget(parent), title_(new QLabel(tr("Polyloom"), this)), text_(new QLabel(this)),
      open_(new QPushButton(tr("Open a program…"), this)) {
  setObjectName(QStringLiteral("startPage"));
  setAccessibleName(tr("Start"));
  setAutoFillBackground(true);
  QFont large = title_->font();
  large.setPointSizeF(large.pointSizeF() * 1.7);
  large.setBold(true);
  title_->setFont(large);
  text_->setWordWrap(true);
  text_->setText(tr("Open a C file with a #pragma scop region, a .poly text or OpenScop, or drop one on the window. Its loops appear here as points "
                    "and arrows; change their order step by step and see whether the result is legal and faster."));
  open_->setObjectName(QStringLiteral("startOpen"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(32, 28, 32, 24);
  layout->setSpacing(12);
  layout->addWidget(title_);
  layout->addWidget(text_);
  layout->addWidget(open_, 0, Qt::AlignLeft);
  layout->addSpacing(6);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(24);
  layout->addLayout(columns, 1);
  recent_ = makeColumn(QStringLiteral("startRecent"), tr("Opened last"));
  examples_ = makeColumn(QStringLiteral("startExamples"), tr("Examples"));
  columns->addWidget(recent_.box, 1);
  columns->addWidget(examples_.box, 1);
  layout->addStretch(0);
  connect(open_, &QPushButton::clicked, this, &StartPage::openRequested);
  setRecent({});
  setExamples({});
}

StartPage::Column StartPage::makeColumn(const QString& name, const QString& title) {
  auto* box = new QWidget(this);
  Column column{box, new QLabel(title, box), new QListWidget(box)};
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(column.title);
  layout->addWidget(column.list, 1);
  QFont bold = column.title->font();
  bold.setBold(true);
  column.title->setFont(bold);
  column.title->setBuddy(column.list);
  column.list->setObjectName(name);
  column.list->setAccessibleName(title);
  column.list->setFrameShape(QFrame::NoFrame);
  column.list->setTextElideMode(Qt::ElideMiddle);
  column.list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(column.list, &QListWidget::itemClicked, this,
          [this](const QListWidgetItem* item) { Q_EMIT fileRequested(item->data(Qt::UserRole).toString()); });
  column.list->installEventFilter(this);
  return column;
}

bool StartPage::eventFilter(QObject* watched, QEvent* event) {
  const auto* list = qobject_cast<QListWidget*>(watched);
  if (!list || !list->currentItem() || event->type() != QEvent::KeyPress)
    return QWidget::eventFilter(watched, event);
  const int key = static_cast<QKeyEvent*>(event)->key();
  if (key != Qt::Key_Return && key != Qt::Key_Enter && key != Qt::Key_Space)
    return false;
  Q_EMIT fileRequested(list->currentItem()->data(Qt::UserRole).toString());
  return true;
}

void StartPage::fill(const Column& column, const QStringList& files) {
  column.list->clear();
  for (const QString& path : files) {
    auto* item = new QListWidgetItem(QFileInfo(path).fileName(), column.list);
    item->setData(Qt::UserRole, path);
    item->setToolTip(path);
  }
  column.box->setVisible(!files.isEmpty());
}

void StartPage::setTheme(const Theme& theme) {
  QPalette palette = this->palette();
  palette.setColor(QPalette::Window, theme.panel);
  palette.setColor(QPalette::Base, theme.panel);
  palette.setColor(QPalette::Text, theme.accent);
  palette.setColor(QPalette::WindowText, theme.text);
  palette.setColor(QPalette::Highlight, theme.selection);
  palette.setColor(QPalette::HighlightedText, theme.accent);
  setPalette(palette);
  for (const Column& column : {recent_, examples_})
    column.list->setPalette(palette);
  QPalette muted = palette;
  muted.setColor(QPalette::WindowText, theme.mutedText);
  text_->setPalette(muted);
}

void StartPage::setRecent(const QStringList& files) {
  fill(recent_, files);
}

void StartPage::setExamples(const QStringList& files) {
  fill(examples_, files);
}

} // namespace polyloom
