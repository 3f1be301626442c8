// A scroll area that is no taller than what it holds: where there is room, it looks like its content.
#pragma once

#include <QScrollArea>

namespace polyloom {

class FittedScrollArea : public QScrollArea {
  Q_OBJECT

public:
  /// Scrolls `content` up and down only; stays as high as so many lines of text, if the content is.
  FittedScrollArea(QWidget* content, int leastLines, QWidget* parent = nullptr);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  void fit();

  int leastLines_;
};

} // namespace polyloom
