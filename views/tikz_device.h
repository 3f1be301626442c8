// A paint device whose drawing is LaTeX source.
#pragma once

#include <QPaintDevice>
#include <QSize>
#include <QString>

#include <memory>

namespace polyloom {

class TikzEngine;

/// One unit is one big point; y grows downwards, as on a screen. Lines, shapes and texts come out as TikZ paths and nodes;
/// bitmaps have no form in TikZ and are left out. Texts are set in the document's own fonts.
class TikzDevice : public QPaintDevice {
public:
  explicit TikzDevice(const QSize& size);
  ~TikzDevice() override;

  /// A tikzpicture environment for \input, after painting has ended.
  QString document(const QString& title, const QString& description) const;

  QPaintEngine* paintEngine() const override;

protected:
  int metric(PaintDeviceMetric metric) const override;

private:
  QSize size_;
  std::unique_ptr<TikzEngine> engine_;
};

/// The text with everything escaped that LaTeX would take for a command, and symbols of ours as math.
QString toLatex(const QString& text);

} // namespace polyloom
