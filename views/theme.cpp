#include "views/theme.h"

#include "views/window_style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStyle>
#include <QStyleHints>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace polyloom {

namespace {

using Palette8 = std::array<const char*, kStatementColors>;

constexpr Palette8 kLightStatements = {"#1778c5", "#bf5913", "#137f6e", "#a13c88",
                                       "#794900", "#047fae", "#553a99", "#464e5a"};
constexpr Palette8 kDarkStatements = {"#4794da", "#fa9758", "#47cfa7", "#c67fba",
                                      "#f2c44c", "#9ddffd", "#bfb3ff", "#b0c0cd"};
constexpr Palette8 kHighContrastStatements = {"#95c4fb", "#ff8c3a", "#2cddb1", "#ec7ccd",
                                              "#ffd21f", "#a4e7fe", "#a89bff", "#ebede9"};
constexpr Palette8 kProjectorStatements = {"#1151a1", "#8b1a00", "#0e6b5d", "#991b7b",
                                           "#8b610c", "#006fa5", "#362697", "#3a4250"};
constexpr std::array<const char*, kTileColors> kLightTiles = {"#9ed3f4", "#a4e3b7", "#f9c195",
                                                              "#b9aef1", "#f3dc8a", "#f2b3cd"};
constexpr std::array<const char*, kTileColors> kDarkTiles = {"#3d7fb6", "#3f8f57", "#b36635",
                                                             "#785ec0", "#a48d2c", "#ad5580"};

const Palette8& statementColors(Theme::Kind kind) {
  switch (kind) {
  case Theme::Kind::Dark:
    return kDarkStatements;
  case Theme::Kind::HighContrast:
    return kHighContrastStatements;
  case Theme::Kind::Projector:
    return kProjectorStatements;
  case Theme::Kind::Light:
    break;
  }
  return kLightStatements;
}

/// Okabe and Ito's colors, in an order in which neighbors differ in lightness too.
constexpr std::array<const char*, kThreadColors> kThreads = {"#0072b2", "#f0e442", "#d55e00", "#56b4e9",
                                                             "#009e73", "#e69f00", "#cc79a7", "#8a8f99"};

QColor mix(const QColor& a, const QColor& b, double amount) {
  const auto channel = [&](float x, float y) { return static_cast<float>(x + (y - x) * amount); };
  return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()), channel(a.blueF(), b.blueF()));
}

Theme lightTheme() {
  Theme t;
  t.kind = Theme::Kind::Light;
  t.window = QColor("#f6f7f9"), t.panel = QColor("#ffffff"), t.title = QColor("#eef1f5");
  t.border = QColor("#c9ced6"), t.field = QColor("#ffffff");
  t.text = QColor("#1f2430"), t.mutedText = QColor("#59606e"), t.faintText = QColor("#666e7b");
  t.accent = QColor("#2768ac"), t.accentText = QColor("#ffffff"), t.selection = QColor("#dcebfb");
  t.gridLine = QColor("#edf0f4"), t.axis = QColor("#4a5568");
  t.legal = QColor("#147453"), t.violation = QColor("#ac1133"), t.unknown = QColor("#825500");
  t.legalTint = QColor("#effaf3"), t.violationTint = QColor("#fff2f2"), t.unknownTint = QColor("#fdf6e3");
  t.measured = QColor("#2b6cb0"), t.baseline = QColor("#7a8494");
  t.note = QColor("#fffbe6"), t.noteBorder = QColor("#d6b94c"), t.noteText = QColor("#3b3520");
  t.keyword = QColor("#7a3e9d"), t.number = QColor("#0b6b62"), t.comment = QColor("#656e7c");
  t.preprocessor = QColor("#8a5a00"), t.string = QColor("#9b3d1c");
  return t;
}

Theme darkTheme() {
  Theme t;
  t.kind = Theme::Kind::Dark;
  t.window = QColor("#1b1f27"), t.panel = QColor("#232833"), t.title = QColor("#2c3340");
  t.border = QColor("#3e4757"), t.field = QColor("#1e232c");
  t.text = QColor("#e6e9ef"), t.mutedText = QColor("#adb6c4"), t.faintText = QColor("#949eae");
  t.accent = QColor("#80b8f4"), t.accentText = QColor("#0d131c"), t.selection = QColor("#2f4666");
  t.gridLine = QColor("#2d3440"), t.axis = QColor("#9aa5b5");
  t.legal = QColor("#69c674"), t.violation = QColor("#ff91a8"), t.unknown = QColor("#ebbf56");
  t.legalTint = QColor("#21352c"), t.violationTint = QColor("#3d2629"), t.unknownTint = QColor("#3a3322");
  t.measured = QColor("#5b9fe0"), t.baseline = QColor("#8e99a9");
  t.note = QColor("#39352a"), t.noteBorder = QColor("#9c8740"), t.noteText = QColor("#f3ead0");
  t.keyword = QColor("#c99be6"), t.number = QColor("#6fd3c3"), t.comment = QColor("#949fb0");
  t.preprocessor = QColor("#e0b062"), t.string = QColor("#f0a284");
  return t;
}

/// Black and white, with as much color as still reads from afar: nothing below 7 : 1 but what is switched off.
Theme highContrastTheme() {
  Theme t = darkTheme();
  t.kind = Theme::Kind::HighContrast;
  t.window = t.panel = t.field = QColor("#000000"), t.title = QColor("#1a1a1a"), t.border = QColor("#d0d0d0");
  t.text = QColor("#ffffff"), t.mutedText = QColor("#e0e0e0"), t.faintText = QColor("#bdbdbd");
  t.accent = QColor("#5cc8ff"), t.accentText = QColor("#000000"), t.selection = QColor("#003a70");
  t.gridLine = QColor("#3f3f3f"), t.axis = QColor("#ffffff");
  t.legal = QColor("#4dffb0"), t.violation = QColor("#ff7b7b"), t.unknown = QColor("#ffe14d");
  t.legalTint = QColor("#00281a"), t.violationTint = QColor("#3a0000"), t.unknownTint = QColor("#2b2000");
  t.measured = QColor("#5cc8ff"), t.baseline = QColor("#bdbdbd");
  t.note = QColor("#000000"), t.noteBorder = QColor("#ffd21f"), t.noteText = QColor("#ffffff");
  t.keyword = QColor("#d8a8ff"), t.number = QColor("#5fe8d0"), t.comment = QColor("#bdbdbd");
  t.preprocessor = QColor("#ffd21f"), t.string = QColor("#ffb08a");
  return t;
}

/// Light, for rooms in which a projector washes out what is pale.
Theme projectorTheme() {
  Theme t = lightTheme();
  t.kind = Theme::Kind::Projector;
  t.window = t.panel = t.field = QColor("#ffffff"), t.title = QColor("#e6ebf2"), t.border = QColor("#5a6472");
  t.text = QColor("#000000"), t.mutedText = QColor("#333b47"), t.faintText = QColor("#4d5663");
  t.accent = QColor("#0b4f9e"), t.accentText = QColor("#ffffff"), t.selection = QColor("#cfe4ff");
  t.gridLine = QColor("#d5dbe3"), t.axis = QColor("#1c2530");
  t.legal = QColor("#00603f"), t.violation = QColor("#a8003a"), t.unknown = QColor("#6b4300");
  t.legalTint = QColor("#dcf5e6"), t.violationTint = QColor("#ffe1de"), t.unknownTint = QColor("#fcefcb");
  t.measured = QColor("#0b4f9e"), t.baseline = QColor("#4d5663");
  t.note = QColor("#fff7cc"), t.noteBorder = QColor("#8a6d00"), t.noteText = QColor("#1a1500");
  t.keyword = QColor("#5f2385"), t.number = QColor("#00544c"), t.comment = QColor("#4d5663");
  t.preprocessor = QColor("#6b4700"), t.string = QColor("#7f2a0d");
  return t;
}

/// Of four colors in the order of the kinds.
QColor oneOf(Theme::Kind kind, const std::array<const char*, 4>& colors) {
  return QColor(colors[static_cast<std::size_t>(kind)]);
}

constexpr std::array<std::pair<Theme::Kind, const char*>, 4> kNames = {{{Theme::Kind::Light, "light"},
                                                                        {Theme::Kind::Dark, "dark"},
                                                                        {Theme::Kind::HighContrast, "high-contrast"},
                                                                        {Theme::Kind::Projector, "projector"}}};

} // namespace

Theme Theme::make(Kind kind) {
  switch (kind) {
  case Kind::Dark:
    return darkTheme();
  case Kind::HighContrast:
    return highContrastTheme();
  case Kind::Projector:
    return projectorTheme();
  case Kind::Light:
    break;
  }
  return lightTheme();
}

QString Theme::nameOf(Kind kind) {
  return QLatin1String(std::ranges::find(kNames, kind, [](const auto& each) { return each.first; })->second);
}

std::optional<Theme::Kind> Theme::kindNamed(const QString& name) {
  for (const auto& [kind, text] : kNames)
    if (name == QLatin1String(text))
      return kind;
  return std::nullopt;
}

Theme::Kind Theme::systemKind() {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
  if (const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme(); scheme != Qt::ColorScheme::Unknown)
    return scheme == Qt::ColorScheme::Dark ? Kind::Dark : Kind::Light;
#endif
  // The program's own palette hides the platform's, which is what was there before the first theme.
  static const QPalette kPlatform = QPalette();
  return kPlatform.color(QPalette::Window).lightness() < kPlatform.color(QPalette::WindowText).lightness()
             ? Kind::Dark
             : Kind::Light;
}

QColor Theme::statement(int index) const {
  const auto i = static_cast<std::size_t>(std::max(index, 0)) % kStatementColors;
  return QColor(statementColors(kind)[i]);
}

QColor Theme::statementTint(int index) const {
  return mix(panel, statement(index), isDark() ? 0.16 : 0.09);
}

QColor Theme::statementFill(int index) const {
  return mix(panel, statement(index), isDark() ? 0.75 : 0.58);
}

QColor Theme::dependence(DependenceInfo::Kind dependenceKind) const {
  switch (dependenceKind) {
  case DependenceInfo::Kind::Flow:
    return oneOf(kind, {"#303c4e", "#c3d0e6", "#ffffff", "#1c2530"});
  case DependenceInfo::Kind::Anti:
    return oneOf(kind, {"#6b4fb0", "#b9a7f0", "#c0a8ff", "#5a34b0"});
  case DependenceInfo::Kind::Output:
    return oneOf(kind, {"#0f7d6a", "#a0ffdc", "#3fe8b8", "#006d5b"});
  }
  return text;
}

QColor Theme::tile(int index) const {
  const auto i = static_cast<std::size_t>(std::max(index, 0)) % kTileColors;
  return QColor(isDark() ? kDarkTiles[i] : kLightTiles[i]);
}

QColor Theme::thread(int index) const {
  return QColor(kThreads[static_cast<std::size_t>(std::max(index, 0)) % kThreadColors]);
}

QColor Theme::order(double fraction) const {
  // A ramp from blue to yellow keeps its order for every form of color blindness, as its lightness grows steadily.
  static constexpr std::array<std::array<int, 3>, 5> kRamp = {
      {{0, 42, 104}, {64, 84, 124}, {126, 126, 120}, {190, 170, 96}, {250, 222, 60}}};
  const double at = std::clamp(fraction, 0.0, 1.0) * (kRamp.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(at), kRamp.size() - 2);
  const auto toColor = [](const std::array<int, 3>& c) { return QColor(c[0], c[1], c[2]); };
  return mix(toColor(kRamp[low]), toColor(kRamp[low + 1]), at - static_cast<double>(low));
}

QColor Theme::badge(Badge badge) const {
  switch (badge) {
  case Badge::Parallel:
    return isDark() ? QColor("#1f5138") : QColor("#c6f6d5");
  case Badge::Vector:
    return isDark() ? QColor("#44357a") : QColor("#e9d8fd");
  case Badge::Unroll:
    return isDark() ? QColor("#5a4416") : QColor("#fdeac2");
  }
  return title;
}

QColor Theme::badgeText(Badge badge) const {
  switch (badge) {
  case Badge::Parallel:
    return isDark() ? QColor("#9df0c0") : QColor("#1d5c3a");
  case Badge::Vector:
    return isDark() ? QColor("#d9cbff") : QColor("#4a2c8f");
  case Badge::Unroll:
    return isDark() ? QColor("#f6d48b") : QColor("#6b4700");
  }
  return text;
}

QPalette makePalette(const Theme& theme) {
  QPalette p;
  p.setColor(QPalette::Window, theme.window);
  p.setColor(QPalette::WindowText, theme.text);
  p.setColor(QPalette::Base, theme.panel);
  p.setColor(QPalette::AlternateBase, theme.title);
  p.setColor(QPalette::Text, theme.text);
  p.setColor(QPalette::Button, theme.title);
  p.setColor(QPalette::ButtonText, theme.text);
  p.setColor(QPalette::BrightText, theme.violation);
  p.setColor(QPalette::Highlight, theme.accent);
  p.setColor(QPalette::HighlightedText, theme.accentText);
  p.setColor(QPalette::ToolTipBase, theme.note);
  p.setColor(QPalette::ToolTipText, theme.noteText);
  p.setColor(QPalette::PlaceholderText, theme.faintText);
  p.setColor(QPalette::Link, theme.accent);
  p.setColor(QPalette::Light, theme.isDark() ? theme.title.lighter(120) : theme.panel);
  p.setColor(QPalette::Midlight, theme.title);
  p.setColor(QPalette::Mid, theme.border);
  p.setColor(QPalette::Dark, theme.isDark() ? theme.window.darker(130) : theme.faintText);
  p.setColor(QPalette::Shadow, theme.isDark() ? theme.window.darker(170) : theme.mutedText);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, theme.faintText);
  return p;
}

QString makeBarStyle(const Theme& theme) {
  return QStringLiteral(
             "QMenuBar { background: %1; padding: 2px 4px; border: none; }"
             "QMenuBar::item { padding: 3px 8px; background: transparent; border-radius: 4px; }"
             "QMenuBar::item:selected { background: %5; }"
             "QToolBar { background: %2; border: none; border-top: 1px solid %3; border-bottom: 1px solid %3;"
             " padding: 4px 6px; spacing: 6px; }"
             "QToolBar QToolButton { background: %1; border: 1px solid %3; border-radius: 4px;"
             " padding: 3px 7px; color: %4; }"
             "QToolBar QToolButton:hover { background: %5; }"
             "QToolBar QToolButton:pressed, QToolBar QToolButton:checked { background: %5;"
             " border-color: %6; }"
             "QToolBar QToolButton:disabled { color: %7; background: %2; }"
             "QToolBar QToolButton:focus { border-color: %6; }"
             "QToolBar QToolButton#qt_toolbar_ext_button { padding: 0px; min-width: 16px; background: %8; }"
             "QStatusBar { background: %2; border-top: 1px solid %3; }"
             "QStatusBar::item { border: none; }"
             "QFrame#parameterSheet, QFrame#hostSheet, QFrame#modelSheet { background: %1; border: 1px solid %3; }"
             "QToolBar#layoutBar { border: none; padding: 0px; spacing: 0px; }"
             "QToolBar#layoutBar QToolButton { border-radius: 0px; padding: 3px 9px; }"
             "QToolBar#layoutBar QToolButton:checked { background: %6; color: %9; border-color: %6; }"
             "QFrame#layoutSheet { background: %1; border: 1px solid %3; }")
      .arg(theme.panel.name(), theme.title.name(), theme.border.name(), theme.text.name(), theme.selection.name(),
           theme.accent.name(), theme.faintText.name(),
           (theme.isDark() ? theme.mutedText : theme.panel).name(), // the style draws its arrows dark
           theme.accentText.name());
}

void applyTheme(const Theme& theme) {
  if (!qobject_cast<WindowStyle*>(QApplication::style()))
    QApplication::setStyle(new WindowStyle); // the application's from now on
  const QPalette palette = makePalette(theme);
  QApplication::setPalette(palette);
  QToolTip::setPalette(palette);
}

QFont codeFont(qreal delta) {
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  const QFont general = QApplication::font();
  if (general.pointSizeF() > 0)
    font.setPointSizeF(std::max(general.pointSizeF() + delta, 6.0));
  else
    font.setPixelSize(std::max(general.pixelSize() + static_cast<int>(std::lround(delta * 1.33)), 8));
  return font;
}

} // namespace polyloom
