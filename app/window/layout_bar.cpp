#include "app/window/layout_bar.h"

#include "app/window/layouts.h"
#include "app/window/sheets.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace polyloom {

LayoutBar::LayoutBar(Layouts& layouts, QWidget* parent)
    : QToolBar(tr("Layouts"), parent), layouts_(layouts), group_(new QActionGroup(this)),
      menu_(new QMenu(tr("Layout"), this)), remove_(new QMenu(tr("Delete layout"), this)),
      save_(new QAction(tr("Save layout as…"), this)) {
  setObjectName(QStringLiteral("layoutBar"));
  setAccessibleName(tr("Layouts of the panels"));
  setMovable(false);
  setContextMenuPolicy(Qt::PreventContextMenu);
  menu_->setObjectName(QStringLiteral("layoutMenu"));
  remove_->setObjectName(QStringLiteral("deleteLayoutMenu"));
  save_->setObjectName(QStringLiteral("saveLayout"));
  save_->setStatusTip(tr("Keep the places of the panels under a name"));
  save_->setShortcut(Qt::CTRL | Qt::ALT | Qt::Key_S);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred); // the room is for the parameters
  const QStringList names = Layouts::builtIn();
  for (int k = 0; k < names.size(); ++k)
    addAction(addLayout(names[k], Layouts::tr(names[k].toLatin1().constData()),
                        QKeySequence(Qt::CTRL | Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + k))));
  ownEnd_ = menu_->addSeparator();
  menu_->addAction(save_);
  menu_->addMenu(remove_);
  makeSheet();
  connect(save_, &QAction::triggered, this, &LayoutBar::askName);
  connect(&layouts_, &Layouts::changed, this, &LayoutBar::list);
  list();
  setMinimumWidth(sizeHint().width());
}

QAction* LayoutBar::addLayout(const QString& name, const QString& text, const QKeySequence& key) {
  auto* action = new QAction(text, group_);
  action->setObjectName(QStringLiteral("layout_") + name);
  action->setData(name);
  action->setCheckable(true);
  action->setShortcut(key);
  action->setStatusTip(tr("Put the panels where “%1” has them").arg(text));
  menu_->insertAction(ownEnd_, action);
  connect(action, &QAction::triggered, this, [this, name] { layouts_.apply(name); });
  return action;
}

void LayoutBar::makeSheet() {
  sheet_ = new QFrame(this, Qt::Popup);
  sheet_->setObjectName(QStringLiteral("layoutSheet"));
  sheet_->setAccessibleName(tr("Name of the layout"));
  name_ = new QLineEdit(sheet_);
  name_->setObjectName(QStringLiteral("layoutName"));
  name_->setAccessibleName(tr("Name of the layout"));
  name_->setMinimumWidth(name_->fontMetrics().averageCharWidth() * 30);
  refusal_ = new QLabel(sheet_);
  refusal_->setObjectName(QStringLiteral("layoutRefusal"));
  refusal_->setWordWrap(true);
  refusal_->hide();
  auto* save = new QPushButton(tr("Save"), sheet_);
  save->setObjectName(QStringLiteral("layoutSave"));
  auto* layout = new QGridLayout(sheet_);
  auto* label = new QLabel(tr("Save the layout as"), sheet_);
  label->setBuddy(name_);
  layout->addWidget(label, 0, 0, 1, 2);
  layout->addWidget(name_, 1, 0);
  layout->addWidget(save, 1, 1);
  layout->addWidget(refusal_, 2, 0, 1, 2);
  connect(save, &QPushButton::clicked, this, &LayoutBar::save);
  connect(name_, &QLineEdit::returnPressed, this, &LayoutBar::save);
}

/// Buttons of another style or type need other room, which is known once they have it.
void LayoutBar::changeEvent(QEvent* event) {
  QToolBar::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
    QMetaObject::invokeMethod(this, [this] { setMinimumWidth(sizeHint().width()); }, Qt::QueuedConnection);
}

void LayoutBar::askName() {
  refusal_->hide();
  name_->setText(layouts_.own().contains(layouts_.current()) ? layouts_.current() : QString());
  const QWidget* anchor = isVisible() ? static_cast<QWidget*>(this) : parentWidget();
  showBelow(*sheet_, *anchor);
  name_->setFocus();
  name_->selectAll();
}

void LayoutBar::save() {
  const QString wrong = layouts_.save(name_->text());
  refusal_->setText(wrong);
  refusal_->setVisible(!wrong.isEmpty());
  sheet_->adjustSize();
  if (wrong.isEmpty())
    sheet_->hide();
}

void LayoutBar::list() {
  for (QAction* action : std::exchange(own_, {})) {
    group_->removeAction(action);
    menu_->removeAction(action);
    action->deleteLater(); // it may be the one that has just been triggered
  }
  remove_->clear();
  const QStringList names = layouts_.own();
  for (const QString& name : names) {
    own_ << addLayout(name, name, {});
    QAction* forget = remove_->addAction(tr("Delete layout “%1”").arg(name));
    forget->setObjectName(QStringLiteral("deleteLayout_") + name);
    connect(forget, &QAction::triggered, &layouts_, [this, name] { layouts_.remove(name); }, Qt::QueuedConnection);
  }
  remove_->setEnabled(!names.isEmpty());
  for (QAction* action : group_->actions())
    action->setChecked(action->data().toString() == layouts_.current());
}

} // namespace polyloom
