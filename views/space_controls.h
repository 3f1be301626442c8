// The choices above the iteration space: mode, colors, what is drawn, which arrows.
#pragma once

#include "views/space_view_state.h"

#include <QWidget>

#include <array>

class QAction;
class QComboBox;
class QMenu;
class QToolButton;

namespace polyloom {

/// A row of compact controls and the actions behind them. Keeps the choices; whoever shows the space asks for them.
class SpaceControls : public QWidget {
  Q_OBJECT

public:
  explicit SpaceControls(QWidget* parent = nullptr);

  const SpaceViewState& choices() const { return choices_; }
  /// Shows these choices and does not signal.
  void setChoices(const SpaceViewState& choices);
  /// Offers the program's arrays and statements as filters.
  void setProgram(const ProgramSnapshot* program);

  /// Every choice as an action with a name; those with a key have it while the space has the focus.
  const QList<QAction*>& viewActions() const { return actions_; }
  /// What the filter says: "flow", "flow, anti · without A".
  QString filterText() const;

Q_SIGNALS:
  void changed();

private:
  QAction* addAction(QMenu* menu, const char* name, const QString& text, const QKeySequence& key);
  void makeModes();
  void makeColors();
  QToolButton* makeShow();
  QToolButton* makeFilter();
  void fillNames(QMenu* menu, const char* prefix, const QString& title, std::set<std::string> SpaceViewState::*hidden,
                 const std::vector<std::string>& names);
  void toggle(QAction* action, bool SpaceViewState::*choice);
  void show();
  void change();

  SpaceViewState choices_;
  QList<QAction*> actions_;
  QComboBox *mode_ = nullptr, *colorBy_ = nullptr;
  QToolButton *showButton_ = nullptr, *filterButton_ = nullptr;
  QAction *tiles_ = nullptr, *hulls_ = nullptr, *stacked_ = nullptr, *legend_ = nullptr;
  std::array<QAction*, 3> modes_{}, kinds_{}, states_{};
  std::array<QAction*, 5> colors_{};
  QMenu *arrays_ = nullptr, *statements_ = nullptr;
};

} // namespace polyloom
