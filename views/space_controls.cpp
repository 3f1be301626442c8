#include "views/space_controls.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace polyloom {

namespace {

QToolButton* makeMenuButton(const char* name, const QString& accessibleName, QMenu* menu, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(QString::fromLatin1(name));
  button->setAccessibleName(accessibleName);
  button->setToolTip(accessibleName);
  button->setPopupMode(QToolButton::InstantPopup);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setFocusPolicy(Qt::TabFocus);
  button->setMenu(menu);
  return button;
}

QComboBox* makeCombo(const char* name, const QString& accessibleName, QWidget* parent) {
  auto* combo = new QComboBox(parent);
  combo->setObjectName(QString::fromLatin1(name));
  combo->setAccessibleName(accessibleName);
  combo->setToolTip(accessibleName);
  return combo;
}

QStringList toList(const std::set<std::string>& names) {
  QStringList list;
  for (const std::string& name : names)
    list << QString::fromStdString(name);
  return list;
}

} // namespace

SpaceControls::SpaceControls(QWidget* parent) : QWidget(parent) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(5);
  makeModes();
  makeColors();
  showButton_ = makeShow();
  filterButton_ = makeFilter();
  layout->addWidget(mode_);
  layout->addWidget(colorBy_);
  layout->addWidget(showButton_);
  layout->addWidget(filterButton_);
  show();
}

QAction* SpaceControls::addAction(QMenu* menu, const char* name, const QString& text, const QKeySequence& key) {
  auto* action = new QAction(text, this);
  action->setObjectName(QString::fromLatin1(name));
  action->setCheckable(true);
  action->setShortcut(key);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut); // single keys belong to the space alone
  action->setStatusTip(tr("Iteration space: %1").arg(text));
  if (menu)
    menu->addAction(action);
  actions_ << action;
  return action;
}

void SpaceControls::makeModes() {
  mode_ = makeCombo("spaceMode", tr("Dimensions shown at once (keys 1, 2, 3)"), this);
  const std::array<QString, 3> names = {tr("2-D"), tr("3-D"), tr("all pairs")};
  const std::array<QString, 3> texts = {tr("Two dimensions"), tr("Three dimensions"), tr("All pairs of dimensions")};
  const char* const objects[] = {"spacePlane", "spaceSolid", "spaceMatrix"};
  for (std::size_t m = 0; m < modes_.size(); ++m) {
    mode_->addItem(names[m]);
    modes_[m] = addAction(nullptr, objects[m], texts[m], QKeySequence(static_cast<int>(Qt::Key_1) + static_cast<int>(m)));
    connect(modes_[m], &QAction::triggered, this, [this, m] {
      choices_.mode = static_cast<SpaceMode>(m);
      change();
    });
  }
  connect(mode_, &QComboBox::activated, this, [this](int row) { modes_[static_cast<std::size_t>(row)]->trigger(); });
}

void SpaceControls::makeColors() {
  colorBy_ = makeCombo("colorBy", tr("Color of points"), this);
  const std::array<QString, 5> names = {tr("by statement"), tr("by tile"), tr("by order"), tr("by thread"),
                                        tr("by vector lane")};
  const char* const objects[] = {"colorByStatement", "colorByTile", "colorByOrder", "colorByThread", "colorByLane"};
  for (std::size_t c = 0; c < colors_.size(); ++c) {
    colorBy_->addItem(names[c], static_cast<int>(c));
    colors_[c] = addAction(nullptr, objects[c], tr("Color points %1").arg(names[c]), {});
    connect(colors_[c], &QAction::triggered, this, [this, c] {
      choices_.colorBy = static_cast<ColorBy>(c);
      change();
    });
  }
  connect(colorBy_, &QComboBox::activated, this, [this](int row) { colors_[static_cast<std::size_t>(row)]->trigger(); });
}

void SpaceControls::toggle(QAction* action, bool SpaceViewState::*choice) {
  connect(action, &QAction::toggled, this, [this, choice](bool on) {
    choices_.*choice = on;
    change();
  });
}

QToolButton* SpaceControls::makeShow() {
  auto* menu = new QMenu(this);
  tiles_ = addAction(menu, "showTiles", tr("Outlines of tiles"), Qt::Key_T);
  hulls_ = addAction(menu, "showHulls", tr("Hulls of statements"), Qt::Key_H);
  stacked_ = addAction(menu, "stackNests", tr("One coordinate system per loop nest"), Qt::Key_S);
  legend_ = addAction(menu, "showLegend", tr("Legend"), Qt::Key_L);
  toggle(tiles_, &SpaceViewState::tiles);
  toggle(hulls_, &SpaceViewState::hulls);
  toggle(legend_, &SpaceViewState::legend);
  connect(stacked_, &QAction::toggled, this, [this](bool on) {
    choices_.layout = on ? SpaceLayout::Stacked : SpaceLayout::Overlaid;
    change();
  });
  QToolButton* button = makeMenuButton("showMenu", tr("What is drawn besides points"), menu, this);
  button->setText(tr("Show"));
  return button;
}

QToolButton* SpaceControls::makeFilter() {
  auto* menu = new QMenu(this);
  const std::array<QString, 3> kinds = {tr("Flow dependences"), tr("Anti dependences"), tr("Output dependences")};
  const std::array<QString, 3> states = {tr("Carried by a loop"), tr("Kept in one iteration"), tr("Violated")};
  const char* const kindObjects[] = {"showFlow", "showAnti", "showOutput"};
  const char* const stateObjects[] = {"showCarried", "showKept", "showViolated"};
  const auto connectTo = [this](QAction* action, std::array<bool, 3> SpaceViewState::*flags, std::size_t k) {
    connect(action, &QAction::toggled, this, [this, flags, k](bool on) {
      (choices_.*flags)[k] = on;
      change();
    });
  };
  for (std::size_t k = 0; k < kinds_.size(); ++k) {
    kinds_[k] = addAction(menu, kindObjects[k], kinds[k], {});
    connectTo(kinds_[k], &SpaceViewState::kinds, k);
  }
  menu->addSeparator();
  for (std::size_t k = 0; k < states_.size(); ++k) {
    states_[k] = addAction(menu, stateObjects[k], states[k], {});
    connectTo(states_[k], &SpaceViewState::states, k);
  }
  menu->addSeparator();
  arrays_ = menu->addMenu(tr("Arrays"));
  arrays_->menuAction()->setObjectName(QStringLiteral("arrowArrays"));
  statements_ = menu->addMenu(tr("Statements"));
  statements_->menuAction()->setObjectName(QStringLiteral("arrowStatements"));
  menu->addSeparator();
  auto* all = menu->addAction(tr("All arrows"), this, [this] {
    choices_.kinds = choices_.states = {true, true, true};
    choices_.hiddenArrays.clear();
    choices_.hiddenStatements.clear();
    change();
  });
  all->setObjectName(QStringLiteral("showAllArrows"));
  actions_ << arrays_->menuAction() << statements_->menuAction() << all;
  return makeMenuButton("arrowFilter", tr("Which dependence arrows are drawn"), menu, this);
}

void SpaceControls::fillNames(QMenu* menu, const char* prefix, const QString& title,
                              std::set<std::string> SpaceViewState::*hidden, const std::vector<std::string>& names) {
  menu->clear();
  for (const std::string& name : names) {
    QAction* action = menu->addAction(title.arg(QString::fromStdString(name)));
    action->setObjectName(QString::fromLatin1(prefix) + QString::fromStdString(name));
    action->setCheckable(true);
    action->setChecked(!(choices_.*hidden).contains(name));
    connect(action, &QAction::toggled, this, [this, hidden, name](bool on) {
      on ? static_cast<void>((choices_.*hidden).erase(name)) : static_cast<void>((choices_.*hidden).insert(name));
      change();
    });
  }
  menu->setEnabled(!names.empty());
}

void SpaceControls::setProgram(const ProgramSnapshot* program) {
  std::vector<std::string> statements;
  for (const auto& statement : program ? program->statements : std::vector<ProgramSnapshot::Statement>{})
    statements.push_back(statement.name);
  fillNames(arrays_, "array_", tr("Arrows on %1"), &SpaceViewState::hiddenArrays, program ? program->arrays : std::vector<std::string>{});
  fillNames(statements_, "statement_", tr("Arrows of %1"), &SpaceViewState::hiddenStatements, statements);
  show();
}

void SpaceControls::setChoices(const SpaceViewState& choices) {
  choices_ = choices;
  show();
}

QString SpaceControls::filterText() const {
  static const std::array<QString, 3> kKinds = {tr("flow"), tr("anti"), tr("output")};
  static const std::array<QString, 3> kStates = {tr("carried"), tr("in one iteration"), tr("violated")};
  QStringList kinds, states;
  for (std::size_t k = 0; k < 3; ++k) {
    if (choices_.kinds[k])
      kinds << kKinds[k];
    if (choices_.states[k])
      states << kStates[k];
  }
  if (states.isEmpty() || (kinds.isEmpty() && !choices_.states[2]))
    return tr("no arrows");
  QStringList parts{kinds.size() == 3 ? tr("all kinds") : kinds.isEmpty() ? tr("violated only") : kinds.join(QStringLiteral(", "))};
  if (states.size() < 3)
    parts << states.join(QStringLiteral(", "));
  const QStringList without = toList(choices_.hiddenArrays) + toList(choices_.hiddenStatements);
  if (!without.isEmpty())
    parts << tr("without %1").arg(without.join(QStringLiteral(", ")));
  return parts.join(QStringLiteral(" · "));
}

void SpaceControls::show() {
  const auto check = [](QAction* action, bool on) {
    const QSignalBlocker blocker(action);
    action->setChecked(on);
  };
  mode_->setCurrentIndex(static_cast<int>(choices_.mode));
  colorBy_->setCurrentIndex(static_cast<int>(choices_.colorBy));
  for (std::size_t k = 0; k < 3; ++k) {
    check(modes_[k], static_cast<std::size_t>(choices_.mode) == k);
    check(kinds_[k], choices_.kinds[k]);
    check(states_[k], choices_.states[k]);
  }
  for (std::size_t c = 0; c < colors_.size(); ++c)
    check(colors_[c], static_cast<std::size_t>(choices_.colorBy) == c);
  check(tiles_, choices_.tiles);
  check(hulls_, choices_.hulls);
  check(legend_, choices_.legend);
  check(stacked_, choices_.layout == SpaceLayout::Stacked);
  for (QAction* action : arrays_->actions())
    check(action, !choices_.hiddenArrays.contains(action->text().toStdString()));
  for (QAction* action : statements_->actions())
    check(action, !choices_.hiddenStatements.contains(action->text().toStdString()));
  const QString filter = filterText();
  constexpr int kMostCharacters = 22;
  const bool isLong = filter.size() > kMostCharacters;
  filterButton_->setText(tr("Arrows: %1").arg(isLong ? filter.left(kMostCharacters - 1) + QStringLiteral("…") : filter));
  filterButton_->setToolTip(tr("Which dependence arrows are drawn: %1").arg(filter));
}

void SpaceControls::change() {
  show();
  Q_EMIT changed();
}

} // namespace polyloom
