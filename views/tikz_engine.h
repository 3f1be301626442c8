// Turns a painter's calls into TikZ commands.
#pragma once

#include <QBrush>
#include <QPaintEngine>
#include <QPainterPath>
#include <QPen>
#include <QString>
#include <QStringList>
#include <QTransform>

namespace polyloom {

class TikzEngine : public QPaintEngine {
public:
  TikzEngine();

  /// \definecolor lines for the colors that were used.
  QString colors() const;
  QString body() const { return body_; }

  bool begin(QPaintDevice* device) override;
  bool end() override;
  void updateState(const QPaintEngineState& state) override;
  void drawPath(const QPainterPath& path) override;
  void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override;
  void drawEllipse(const QRectF& rect) override;
  void drawTextItem(const QPointF& at, const QTextItem& item) override;
  void drawPixmap(const QRectF& rect, const QPixmap& pixmap, const QRectF& source) override;
  Type type() const override { return User; }

private:
  QString colorName(const QColor& color);
  QString style(bool fills);
  QString penStyle();
  QString pathText(const QPainterPath& devicePath) const;
  void emitPath(const QString& path, bool fills);
  void setClip(const QPainterPath& clip, Qt::ClipOperation operation);
  void updateScope();

  QString body_;
  QStringList colors_; ///< as RRGGBB, in the order of their names
  QPen pen_;
  QBrush brush_;
  QTransform transform_;
  double opacity_ = 1;
  QPainterPath clip_; ///< in device coordinates
  bool hasClip_ = false, clipEnabled_ = true;
  QString scope_; ///< the clip path of the open scope; empty: none is open
};

} // namespace polyloom
