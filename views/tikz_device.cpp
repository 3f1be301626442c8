#include "views/tikz_device.h"

#include "views/tikz_engine.h"

#include <QHash>

namespace polyloom {

namespace {

constexpr int kDotsPerInch = 96; ///< as on a screen, so that texts get the room that the screen gives them

} // namespace

TikzDevice::TikzDevice(const QSize& size) : size_(size), engine_(std::make_unique<TikzEngine>()) {}

TikzDevice::~TikzDevice() = default;

QPaintEngine* TikzDevice::paintEngine() const { return engine_.get(); }

int TikzDevice::metric(PaintDeviceMetric metric) const {
  constexpr double kMillimetersPerInch = 25.4;
  switch (metric) {
  case PdmWidth:
    return size_.width();
  case PdmHeight:
    return size_.height();
  case PdmWidthMM:
    return static_cast<int>(size_.width() * kMillimetersPerInch / kDotsPerInch);
  case PdmHeightMM:
    return static_cast<int>(size_.height() * kMillimetersPerInch / kDotsPerInch);
  case PdmNumColors:
    return 1 << 24;
  case PdmDepth:
    return 32;
  case PdmDevicePixelRatio:
    return 1;
  case PdmDevicePixelRatioScaled:
    return static_cast<int>(devicePixelRatioFScale());
  default:
    return kDotsPerInch; // the four resolutions
  }
}

QString TikzDevice::document(const QString& title, const QString& description) const {
  QString text = QStringLiteral("% %1\n").arg(QString(title).replace(QLatin1Char('\n'), QLatin1Char(' ')));
  for (const QString& line : description.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
    text += QStringLiteral("%   %1\n").arg(line);
  text += QStringLiteral("% \\usepackage{tikz}, then \\input this file; \\resizebox{\\linewidth}{!}{...} makes it as wide as the text\n");
  text += QStringLiteral("\\begingroup\n") + engine_->colors();
  text += QStringLiteral("\\begin{tikzpicture}[x=1bp, y=-1bp]\n\\useasboundingbox (0,0) rectangle (%1,%2);\n")
              .arg(size_.width())
              .arg(size_.height());
  return text + engine_->body() + QStringLiteral("\\end{tikzpicture}%\n\\endgroup\n");
}

QString toLatex(const QString& text) {
  static const QHash<QChar, QString> kLatex = {
      {u'\\', QStringLiteral("\\textbackslash{}")}, {u'{', QStringLiteral("\\{")}, {u'}', QStringLiteral("\\}")},
      {u'$', QStringLiteral("\\$")}, {u'&', QStringLiteral("\\&")}, {u'#', QStringLiteral("\\#")},
      {u'%', QStringLiteral("\\%")}, {u'_', QStringLiteral("\\_")}, {u'^', QStringLiteral("\\textasciicircum{}")},
      {u'~', QStringLiteral("\\textasciitilde{}")}, {u'<', QStringLiteral("\\ensuremath{<}")},
      {u'>', QStringLiteral("\\ensuremath{>}")}, {u'|', QStringLiteral("\\ensuremath{|}")},
      {u'"', QStringLiteral("\\textquotedbl{}")}, {u'→', QStringLiteral("\\ensuremath{\\rightarrow}")},
      {u'←', QStringLiteral("\\ensuremath{\\leftarrow}")}, {u'≤', QStringLiteral("\\ensuremath{\\le}")},
      {u'≥', QStringLiteral("\\ensuremath{\\ge}")}, {u'≠', QStringLiteral("\\ensuremath{\\ne}")},
      {u'×', QStringLiteral("\\ensuremath{\\times}")}, {u'−', QStringLiteral("\\ensuremath{-}")},
      {u'±', QStringLiteral("\\ensuremath{\\pm}")}, {u'·', QStringLiteral("\\ensuremath{\\cdot}")},
      {u'…', QStringLiteral("\\ldots{}")}, {u'—', QStringLiteral("---")}, {u'–', QStringLiteral("--")},
      {u'✗', QStringLiteral("\\ensuremath{\\times}")}, {u'✓', QStringLiteral("\\ensuremath{\\surd}")},
      {u'′', QStringLiteral("\\ensuremath{'}")}, {u'∞', QStringLiteral("\\ensuremath{\\infty}")},
      {u'∧', QStringLiteral("\\ensuremath{\\wedge}")}, {u'∨', QStringLiteral("\\ensuremath{\\vee}")},
      {u'∃', QStringLiteral("\\ensuremath{\\exists}")}, {u'“', QStringLiteral("``")}, {u'”', QStringLiteral("''")},
      {QChar(0x00a0), QStringLiteral("~")}};
  QString result;
  for (const QChar letter : text) {
    const auto known = kLatex.constFind(letter);
    if (known != kLatex.constEnd())
      result += *known;
    else if (letter.unicode() < 0x250)
      result += letter;
    else
      result += QLatin1Char('?'); // a symbol that plain LaTeX does not know must not break the document
  }
  return result;
}

} // namespace polyloom
