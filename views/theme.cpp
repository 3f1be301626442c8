#include "views/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStyle>
#include <QStyleFactory>

#include <algorithm>
#include <array>
#include <cmath>

namespace polyloom {

namespace {

using Palette8 = std::array<const char*, kStatementColors>;

constexpr Palette8 kLightStatements = {"#2b6cb0", "#c05621", "#00796b", "#a8418a",
                                       "#9a6b00", "#1d8fc4", "#6246a8", "#566070"};
constexpr Palette8 kDarkStatements = {"#6aaef0", "#ff9a57", "#3fd0ae", "#e898cf",
                                      "#e5bb4f", "#8ad6fa", "#b9a7f0", "#b4bdc9"};
constexpr std::array<const char*, kTileColors> kLightTiles = {"#90cdf4", "#9fdcab", "#fbc39a",
                                                              "#c9b6f2", "#f3dc8a", "#f2b3cd"};
constexpr std::array<const char*, kTileColors> kDarkTiles = {"#3a7fb8", "#3f8f57", "#b86a35",
                                                             "#7a5fc0", "#a08a2c", "#ad5580"};

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
  t.text = QColor("#1f2430"), t.mutedText = QColor("#59606e"), t.faintText = QColor("#8b93a1");
  t.accent = QColor("#2b6cb0"), t.accentText = QColor("#ffffff"), t.selection = QColor("#dcebfb");
  t.gridLine = QColor("#edf0f4"), t.axis = QColor("#4a5568");
  t.legal = QColor("#25784c"), t.violation = QColor("#c53030"), t.unknown = QColor("#8a5a00");
  t.legalTint = QColor("#effaf3"), t.violationTint = QColor("#fff2f2"), t.unknownTint = QColor("#fdf6e3");
  t.measured = QColor("#2b6cb0"), t.baseline = QColor("#7a8494");
  t.note = QColor("#fffbe6"), t.noteBorder = QColor("#d6b94c"), t.noteText = QColor("#3b3520");
  t.keyword = QColor("#7a3e9d"), t.number = QColor("#0b6b62"), t.comment = QColor("#76808f");
  t.preprocessor = QColor("#8a5a00"), t.string = QColor("#9b3d1c");
  return t;
}

Theme darkTheme() {
  Theme t;
  t.kind = Theme::Kind::Dark;
  t.window = QColor("#1b1f27"), t.panel = QColor("#232833"), t.title = QColor("#2c3340");
  t.border = QColor("#3e4757"), t.field = QColor("#1e232c");
  t.text = QColor("#e6e9ef"), t.mutedText = QColor("#a9b2c0"), t.faintText = QColor("#788293");
  t.accent = QColor("#4a90d9"), t.accentText = QColor("#ffffff"), t.selection = QColor("#2f4666");
  t.gridLine = QColor("#2d3440"), t.axis = QColor("#9aa5b5");
  t.legal = QColor("#5fd08f"), t.violation = QColor("#ff7b7b"), t.unknown = QColor("#eabf5c");
  t.legalTint = QColor("#21352c"), t.violationTint = QColor("#3d2629"), t.unknownTint = QColor("#3a3322");
  t.measured = QColor("#5b9fe0"), t.baseline = QColor("#8e99a9");
  t.note = QColor("#39352a"), t.noteBorder = QColor("#9c8740"), t.noteText = QColor("#f3ead0");
  t.keyword = QColor("#c99be6"), t.number = QColor("#6fd3c3"), t.comment = QColor("#7f8a9a");
  t.preprocessor = QColor("#e0b062"), t.string = QColor("#f0a284");
  return t;
}

} // namespace

Theme Theme::make(Kind kind) {
  return kind == Kind::Light ? lightTheme() : darkTheme();
}

Theme::Kind Theme::systemKind() {
  const QPalette palette = QPalette();
  return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness() ? Kind::Dark
                                                                                                       : Kind::Light;
}

QColor Theme::statement(int index) const {
  const auto i = static_cast<std::size_t>(std::max(index, 0)) % kStatementColors;
  return QColor(isDark() ? kDarkStatements[i] : kLightStatements[i]);
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
    return isDark() ? QColor("#c3ccd9") : QColor("#3d4858");
  case DependenceInfo::Kind::Anti:
    return isDark() ? QColor("#b9a7f0") : QColor("#6b4fb0");
  case DependenceInfo::Kind::Output:
    return isDark() ? QColor("#3fd0ae") : QColor("#00796b");
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

QString makeStyleSheet(const Theme& theme) {
  return QStringLiteral(
             "QMenuBar { background: %1; padding: 2px 4px; border: none; }"
             "QMenuBar::item { padding: 3px 8px; background: transparent; border-radius: 4px; }"
             "QMenuBar::item:selected { background: %5; }"
             "QToolBar { background: %2; border: none; border-top: 1px solid %3; border-bottom: 1px solid %3;"
             " padding: 4px 6px; spacing: 6px; }"
             "QToolBar QToolButton { background: %1; border: 1px solid %3; border-radius: 4px;"
             " padding: 3px 10px; color: %4; }"
             "QToolBar QToolButton:hover { background: %5; }"
             "QToolBar QToolButton:pressed, QToolBar QToolButton:checked { background: %5;"
             " border-color: %6; }"
             "QToolBar QToolButton:disabled { color: %7; background: %2; }"
             "QToolBar QToolButton:focus { border-color: %6; }"
             "QToolBar QToolButton#qt_toolbar_ext_button { padding: 0px; min-width: 16px; background: %12; }"
             "QStatusBar { background: %2; border-top: 1px solid %3; }"
             "QStatusBar::item { border: none; }"
             "QMainWindow::separator { background: %8; width: 5px; height: 5px; }"
             "QMainWindow::separator:hover { background: %6; }"
             "QFrame#parameterSheet, QFrame#hostSheet { background: %1; border: 1px solid %3; }"
             "QToolTip { background: %9; color: %10; border: 1px solid %11; padding: 3px; }")
      .arg(theme.panel.name(), theme.title.name(), theme.border.name(), theme.text.name(), theme.selection.name(),
           theme.accent.name(), theme.faintText.name(), theme.window.name(), theme.note.name())
      .arg(theme.noteText.name(), theme.noteBorder.name(),
           (theme.isDark() ? theme.mutedText : theme.panel).name()); // the style draws its arrows dark
}

void applyTheme(QApplication& application, const Theme& theme) {
  if (application.style()->name().compare(QLatin1String("fusion"), Qt::CaseInsensitive) != 0)
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  QApplication::setPalette(makePalette(theme));
  application.setStyleSheet(makeStyleSheet(theme));
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
