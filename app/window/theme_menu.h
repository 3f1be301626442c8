// The choice of a palette.
#pragma once

#include "views/theme.h"

#include <QMenu>

#include <optional>

class QActionGroup;

namespace polyloom {

class ThemeMenu : public QMenu {
  Q_OBJECT

public:
  explicit ThemeMenu(QWidget* parent = nullptr);

  /// Marks what is chosen; nothing: as the system.
  void setChosen(std::optional<Theme::Kind> kind);

Q_SIGNALS:
  void chosen(std::optional<Theme::Kind> kind);

private:
  void add(const QString& name, const QString& text, std::optional<Theme::Kind> kind);

  QActionGroup* group_;
};

} // namespace polyloom
