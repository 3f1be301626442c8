// A label that ends in "…" where there is no room for all of its text.
#pragma once

#include <QLabel>

namespace polyloom {

class ElidedLabel : public QLabel {
  Q_OBJECT

public:
  explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr) : QLabel(text, parent) {
    setMinimumWidth(12);
  }
  QSize minimumSizeHint() const override { return {12, QLabel::minimumSizeHint().height()}; }

protected:
  void paintEvent(QPaintEvent* event) override;
};

} // namespace polyloom
