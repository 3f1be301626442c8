#include "views/tikz_engine.h"

#include "views/tikz_device.h"

#include <QFont>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr int kShortText = 6; ///< tick labels and names: they stay centered where they are, whatever LaTeX's fonts are like

QString number(double value) {
  QString text = QString::number(value, 'f', 2);
  while (text.endsWith(QLatin1Char('0')))
    text.chop(1);
  if (text.endsWith(QLatin1Char('.')))
    text.chop(1);
  return text == QLatin1String("-0") ? QStringLiteral("0") : text;
}

QString point(const QPointF& p) { return QStringLiteral("(%1,%2)").arg(number(p.x()), number(p.y())); }

} // namespace

TikzEngine::TikzEngine()
    : QPaintEngine(PrimitiveTransform | PainterPaths | AlphaBlend | ConstantOpacity | Antialiasing | BlendModes) {}

bool TikzEngine::begin(QPaintDevice*) {
  body_.clear();
  scope_.clear();
  hasClip_ = false;
  return true;
}

bool TikzEngine::end() {
  hasClip_ = false;
  updateScope();
  return true;
}

void TikzEngine::updateState(const QPaintEngineState& changed) {
  const DirtyFlags dirty = changed.state();
  if (dirty & DirtyPen)
    pen_ = changed.pen();
  if (dirty & DirtyBrush)
    brush_ = changed.brush();
  if (dirty & DirtyTransform)
    transform_ = changed.transform();
  if (dirty & DirtyOpacity)
    opacity_ = changed.opacity();
  if (dirty & DirtyClipEnabled)
    clipEnabled_ = changed.isClipEnabled();
  if (dirty & DirtyClipRegion) {
    QPainterPath region;
    region.addRegion(changed.clipRegion());
    setClip(changed.transform().map(region), changed.clipOperation());
  }
  if (dirty & DirtyClipPath)
    setClip(changed.transform().map(changed.clipPath()), changed.clipOperation());
}

void TikzEngine::setClip(const QPainterPath& clip, Qt::ClipOperation operation) {
  if (operation == Qt::IntersectClip && hasClip_)
    clip_ = clip_.intersected(clip);
  else
    clip_ = clip;
  hasClip_ = operation != Qt::NoClip;
}

void TikzEngine::updateScope() {
  const QString wanted = hasClip_ && clipEnabled_ ? pathText(clip_) : QString();
  if (wanted == scope_)
    return;
  if (!scope_.isEmpty())
    body_ += QStringLiteral("\\end{scope}\n");
  scope_ = wanted;
  if (!scope_.isEmpty())
    body_ += QStringLiteral("\\begin{scope}\n\\clip %1;\n").arg(scope_);
}

QString TikzEngine::colorName(const QColor& color) {
  const QString hex = color.name().mid(1).toUpper();
  qsizetype at = colors_.indexOf(hex);
  if (at < 0) {
    at = colors_.size();
    colors_ << hex;
  }
  return QStringLiteral("loom%1").arg(at);
}

QString TikzEngine::colors() const {
  QString text;
  for (qsizetype k = 0; k < colors_.size(); ++k)
    text += QStringLiteral("\\definecolor{loom%1}{HTML}{%2}\n").arg(k).arg(colors_[k]);
  return text;
}

QString TikzEngine::penStyle() {
  const double zoom = pen_.isCosmetic() ? 1 : std::sqrt(std::abs(transform_.determinant()));
  const double width = std::max(pen_.widthF(), 1.0 / std::max(zoom, 1e-6)) * zoom;
  QString text = QStringLiteral("draw=%1, line width=%2bp").arg(colorName(pen_.color()), number(width));
  if (const double opacity = pen_.color().alphaF() * opacity_; opacity < 0.999)
    text += QStringLiteral(", draw opacity=%1").arg(number(opacity));
  if (pen_.style() != Qt::SolidLine) {
    QStringList dashes;
    const auto pattern = pen_.dashPattern(); // in widths of the pen
    for (qsizetype k = 0; k < pattern.size(); ++k)
      dashes << QStringLiteral("%1 %2bp").arg(k % 2 == 0 ? QStringLiteral("on") : QStringLiteral("off"), number(pattern[k] * width));
    text += QStringLiteral(", dash pattern=%1").arg(dashes.join(QLatin1Char(' ')));
  }
  if (pen_.capStyle() == Qt::RoundCap)
    text += QStringLiteral(", line cap=round");
  return text;
}

QString TikzEngine::style(bool fills) {
  QStringList parts;
  if (pen_.style() != Qt::NoPen && pen_.color().alpha() > 0)
    parts << penStyle();
  if (fills && brush_.style() != Qt::NoBrush && brush_.color().alpha() > 0) {
    parts << QStringLiteral("fill=%1").arg(colorName(brush_.color()));
    if (const double opacity = brush_.color().alphaF() * opacity_; opacity < 0.999)
      parts << QStringLiteral("fill opacity=%1").arg(number(opacity));
  }
  return parts.join(QStringLiteral(", "));
}

QString TikzEngine::pathText(const QPainterPath& path) const {
  QString text;
  for (int k = 0; k < path.elementCount(); ++k) {
    const QPainterPath::Element& element = path.elementAt(k);
    if (element.type == QPainterPath::MoveToElement) {
      text += (k > 0 ? QStringLiteral(" ") : QString()) + point(element);
    } else if (element.type == QPainterPath::LineToElement) {
      text += QStringLiteral(" -- ") + point(element);
    } else if (element.type == QPainterPath::CurveToElement && k + 2 < path.elementCount()) {
      text += QStringLiteral(" .. controls %1 and %2 .. %3").arg(point(element), point(path.elementAt(k + 1)), point(path.elementAt(k + 2)));
      k += 2;
    }
  }
  return text;
}

void TikzEngine::emitPath(const QString& path, bool fills) {
  const QString look = style(fills);
  if (look.isEmpty() || path.isEmpty())
    return;
  updateScope();
  body_ += QStringLiteral("\\path[%1] %2;\n").arg(look, path);
}

void TikzEngine::drawPath(const QPainterPath& path) { emitPath(pathText(transform_.map(path)), true); }

void TikzEngine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) {
  QStringList corners;
  for (int k = 0; k < count; ++k)
    corners << point(transform_.map(points[k]));
  const bool closes = mode != PolylineMode;
  emitPath(corners.join(QStringLiteral(" -- ")) + (closes ? QStringLiteral(" -- cycle") : QString()), closes);
}

void TikzEngine::drawEllipse(const QRectF& rect) {
  if (transform_.type() > QTransform::TxScale) {
    QPaintEngine::drawEllipse(rect);
    return;
  }
  const QRectF mapped = transform_.mapRect(rect);
  emitPath(QStringLiteral("%1 ellipse [x radius=%2, y radius=%3]")
               .arg(point(mapped.center()), number(mapped.width() / 2), number(mapped.height() / 2)),
           true);
}

void TikzEngine::drawTextItem(const QPointF& at, const QTextItem& item) {
  const QString text = item.text();
  if (text.trimmed().isEmpty())
    return;
  const QFont font = item.font();
  const double zoom = std::sqrt(std::abs(transform_.determinant()));
  const double size = (font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * paintDevice()->logicalDpiY() / 72) * zoom;
  const bool isShort = text.size() <= kShortText;
  const QPointF base = transform_.map(isShort ? at + QPointF(item.width() / 2, 0) : at);
  const double angle = std::atan2(transform_.m12(), transform_.m11()) * 180 / M_PI;
  QString look = QStringLiteral("\\fontsize{%1bp}{%2bp}\\selectfont").arg(number(size), number(size * 1.2));
  if (font.fixedPitch() || font.styleHint() == QFont::Monospace || font.family().contains(QLatin1String("Mono"), Qt::CaseInsensitive))
    look += QStringLiteral("\\ttfamily");
  if (font.bold())
    look += QStringLiteral("\\bfseries");
  if (font.italic())
    look += QStringLiteral("\\itshape");
  QString options = QStringLiteral("anchor=%1, inner sep=0, text=%2, font=%3")
                        .arg(isShort ? QStringLiteral("base") : QStringLiteral("base west"), colorName(pen_.color()), look);
  if (std::abs(angle) > 0.5)
    options += QStringLiteral(", rotate=%1").arg(number(-angle));
  updateScope();
  body_ += QStringLiteral("\\node[%1] at %2 {%3};\n").arg(options, point(base), toLatex(text));
}

void TikzEngine::drawPixmap(const QRectF&, const QPixmap&, const QRectF&) {
  body_ += QStringLiteral("% a bitmap was here\n");
}

} // namespace polyloom
