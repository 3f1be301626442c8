#include "views/window_style.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace polyloom {

namespace {

constexpr int kSeparator = 5;
constexpr int kTabPadding = 14; ///< of a tab's text, both sides together: many panels share one place

/// Fusion takes the outlines of fields from the window's color, and black has no darker one.
void outlineOnBlack(const QStyleOption& option, QPainter& painter) {
  if (option.palette.color(QPalette::Window) != Qt::black)
    return;
  const auto role = option.state & QStyle::State_HasFocus ? QPalette::Highlight : QPalette::Mid;
  painter.save();
  painter.setPen(option.palette.color(role));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
  painter.restore();
}

} // namespace

WindowStyle::WindowStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
  if (element == PE_IndicatorDockWidgetResizeHandle) {
    const bool isHovered = option->state & State_Enabled && option->state & State_MouseOver;
    painter->fillRect(option->rect, option->palette.color(isHovered ? QPalette::Highlight : QPalette::Window));
    return;
  }
  QProxyStyle::drawPrimitive(element, option, painter, widget);
  if (element == PE_FrameLineEdit)
    outlineOnBlack(*option, *painter);
}

void WindowStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                     const QWidget* widget) const {
  QProxyStyle::drawComplexControl(control, option, painter, widget);
  if (control == CC_SpinBox)
    outlineOnBlack(*option, *painter);
}

int WindowStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
  switch (metric) {
  case PM_DockWidgetSeparatorExtent:
    return kSeparator;
  case PM_TabBarTabHSpace:
    return kTabPadding;
  default:
    return QProxyStyle::pixelMetric(metric, option, widget);
  }
}

} // namespace polyloom
