// How colors look to people who see fewer of them, and how far apart two colors are.
#pragma once

#include <QColor>

namespace polyloom {

enum class Vision { Full, Protanopia, Deuteranopia };

/// The contrast ratio of WCAG 2.1 (1.4.3), from 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

/// What this kind of sight makes of a color: the matrices for severity 1.0 of Machado, Oliveira and Fernandes, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, table 1, applied to
/// linear sRGB.
QColor seenWith(Vision vision, const QColor& color);

/// The distance in CIE L*a*b* under D65 (CIE 1976); 2.3 is the least that people tell apart side by side.
double colorDistance(const QColor& a, const QColor& b);

} // namespace polyloom
