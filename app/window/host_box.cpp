#include "app/window/host_box.h"

#include "app/window/sheets.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace polyloom {

namespace {

constexpr int kSheetWidth = 420;
constexpr int kFewestNameWidth = 80; ///< where the tool bar is narrow
constexpr int kMostNameWidth = 190;

} // namespace

HostBox::HostBox(QWidget* parent)
    : QWidget(parent), hosts_{KnownHost()}, box_(new QComboBox(this)), sheet_(new QFrame(this, Qt::Popup)),
      name_(makeLine(sheet_, "hostName", tr("Host"), tr("user@host, or an alias of ssh"))),
      worker_(makeLine(sheet_, "hostWorker", tr("Path of polyloom-worker there"), tr("polyloom-worker on its PATH"))) {
  setObjectName(QStringLiteral("hostBox"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(4, 0, 4, 0);
  layout->addWidget(box_);
  box_->setObjectName(QStringLiteral("hosts"));
  box_->setAccessibleName(tr("Machine to measure on"));
  box_->setToolTip(tr("The machine that measures; another one is reached over ssh"));
  box_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  box_->setMinimumWidth(kFewestNameWidth);
  box_->setMaximumWidth(kMostNameWidth);
  sheet_->setObjectName(QStringLiteral("hostSheet"));
  sheet_->setAccessibleName(tr("Measure on another machine"));
  auto* grid = new QGridLayout(sheet_);
  grid->addWidget(new QLabel(tr("Host"), sheet_), 0, 0);
  grid->addWidget(name_, 0, 1);
  grid->addWidget(new QLabel(tr("Worker"), sheet_), 1, 0);
  grid->addWidget(worker_, 1, 1);
  auto* use = new QPushButton(tr("Measure there"), sheet_);
  use->setObjectName(QStringLiteral("hostUse"));
  grid->addWidget(use, 2, 1, Qt::AlignRight);
  sheet_->setMinimumWidth(kSheetWidth);
  connect(box_, &QComboBox::activated, this, &HostBox::activate);
  connect(use, &QPushButton::clicked, this, &HostBox::accept);
  connect(name_, &QLineEdit::returnPressed, this, &HostBox::accept);
  connect(worker_, &QLineEdit::returnPressed, this, &HostBox::accept);
  list();
}

void HostBox::setKnown(const QList<KnownHost>& hosts) {
  const KnownHost chosen = current();
  const QSignalBlocker blocker(this); // the choice stays
  hosts_ = QList<KnownHost>{KnownHost()} + hosts;
  current_ = 0;
  choose(chosen);
}

void HostBox::choose(const KnownHost& host) {
  const KnownHost before = current();
  const auto same = std::ranges::find(hosts_, host.name, &KnownHost::name);
  current_ = static_cast<int>(same - hosts_.begin());
  if (same == hosts_.end())
    hosts_.append(host);
  else
    *same = host;
  list();
  if (current() != before)
    Q_EMIT hostChanged();
}

KnownHost HostBox::current() const { return hosts_[current_]; }

void HostBox::showSheet() {
  showBelow(*sheet_, *box_);
  name_->setFocus();
  name_->selectAll();
}

void HostBox::activate(int index) {
  if (index < hosts_.size()) {
    choose(hosts_[index]);
    return;
  }
  list(); // "Other host…" is no machine: the box shows the chosen one again
  showSheet();
}

void HostBox::accept() {
  const QString name = name_->text().trimmed();
  if (name.isEmpty())
    return;
  sheet_->hide();
  choose({name, worker_->text().trimmed()});
}

void HostBox::list() {
  const QSignalBlocker blocker(box_);
  box_->clear();
  for (const KnownHost& host : hosts_)
    box_->addItem(host.name.isEmpty() ? tr("this machine") : host.name);
  box_->insertSeparator(box_->count());
  box_->addItem(tr("Other host…"));
  box_->setCurrentIndex(current_);
}

} // namespace polyloom
