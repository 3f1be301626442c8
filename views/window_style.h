// Fusion, with this program's separators and outlines.
#pragma once

#include <QProxyStyle>

namespace polyloom {

/// Takes all colors from the palette, so that another theme is another palette: widgets are painted anew, not polished.
class WindowStyle : public QProxyStyle {
  Q_OBJECT

public:
  WindowStyle();

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget = nullptr) const override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                          const QWidget* widget = nullptr) const override;
  int pixelMetric(PixelMetric metric, const QStyleOption* option = nullptr,
                  const QWidget* widget = nullptr) const override;
};

} // namespace polyloom
