// What colors mean: one table per theme, shared by all views.
#pragma once

#include "core/snapshot/snapshot.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

#include <optional>

namespace polyloom {

/// A set of semantic colors: light, dark, high in contrast, or strong enough for a projector. A value: views keep a copy and repaint when they get another.
/// Hues are told apart with the common forms of color blindness; where two meet, shape or dash tells them apart too.
struct Theme {
  enum class Kind { Light, Dark, HighContrast, Projector };
  enum class Badge { Parallel, Vector, Unroll };

  static Theme make(Kind kind);
  /// What the platform's own palette looks like. First asked before a theme is applied.
  static Kind systemKind();
  /// "light", "dark", "high-contrast", "projector": in settings and on the command line.
  static QString nameOf(Kind kind);
  static std::optional<Kind> kindNamed(const QString& name);

  Kind kind = Kind::Light;
  QColor window, panel, title, border, field;
  QColor text, mutedText, faintText;
  QColor accent, accentText;
  QColor selection; ///< background of what is selected
  QColor gridLine, axis;
  QColor legal, violation, unknown;
  QColor legalTint, violationTint, unknownTint; ///< backgrounds of panels in these states
  QColor measured, baseline;
  QColor note, noteBorder, noteText;                     ///< the box beside a hovered instance
  QColor keyword, number, comment, preprocessor, string; ///< code

  /// Light on dark.
  bool isDark() const { return kind == Kind::Dark || kind == Kind::HighContrast; }
  QColor statement(int index) const;     ///< for marks and names
  QColor statementTint(int index) const; ///< for line backgrounds
  QColor statementFill(int index) const; ///< for points
  QColor dependence(DependenceInfo::Kind dependenceKind) const;
  QColor tile(int index) const;
  QColor thread(int index) const; ///< told apart by lightness as well as by hue
  QColor order(double fraction) const; ///< from first (0) to last (1), of growing lightness contrast
  QColor badge(Badge badge) const;
  QColor badgeText(Badge badge) const;
};

/// Number of different statement and tile colors; more wrap around.
inline constexpr int kStatementColors = 8;
inline constexpr int kTileColors = 6;
inline constexpr int kThreadColors = 8;

QPalette makePalette(const Theme& theme);
/// For a window's menu bar, tool bar and status bar, and the sheets that drop down from these. A style sheet for all of the
/// program would have every widget polished anew with each theme, which takes longer than a person waits.
QString makeBarStyle(const Theme& theme);

/// Style and palette of the whole program.
void applyTheme(const Theme& theme);

/// The fixed-pitch font of code, names and numbers, at the size of the surrounding text plus `delta` points.
QFont codeFont(qreal delta = 0);

} // namespace polyloom
