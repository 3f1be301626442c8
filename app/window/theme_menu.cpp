#include "app/window/theme_menu.h"

#include <QActionGroup>

namespace polyloom {

namespace {

QString nameOf(std::optional<Theme::Kind> kind) {
  return kind ? Theme::nameOf(*kind) : QStringLiteral("system");
}

} // namespace

ThemeMenu::ThemeMenu(QWidget* parent) : QMenu(parent), group_(new QActionGroup(this)) {
  setTitle(tr("Theme"));
  setObjectName(QStringLiteral("themeMenu"));
  add(nameOf({}), tr("Theme as the system"), {});
  add(nameOf(Theme::Kind::Light), tr("Light theme"), Theme::Kind::Light);
  add(QStringLiteral("darkChoice"), tr("Dark theme, always"), Theme::Kind::Dark);
  add(nameOf(Theme::Kind::HighContrast), tr("High-contrast theme"), Theme::Kind::HighContrast);
  add(nameOf(Theme::Kind::Projector), tr("Projector theme"), Theme::Kind::Projector);
}

void ThemeMenu::add(const QString& name, const QString& text, std::optional<Theme::Kind> kind) {
  QAction* action = addAction(text);
  action->setObjectName(QStringLiteral("theme_") + name);
  action->setData(nameOf(kind));
  action->setCheckable(true);
  action->setActionGroup(group_);
  action->setStatusTip(kind ? tr("Show everything in the colors of the %1").arg(text.toLower())
                            : tr("Light or dark, as the desktop is"));
  connect(action, &QAction::triggered, this, [this, kind] { Q_EMIT chosen(kind); });
}

void ThemeMenu::setChosen(std::optional<Theme::Kind> kind) {
  for (QAction* action : group_->actions())
    action->setChecked(action->data().toString() == nameOf(kind));
}

} // namespace polyloom
