// Pictures on the clipboard: made when they are pasted, of what was shown when they were copied.
#include "views/copy.h"

#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QRegularExpression>

#include <gtest/gtest.h>

#include <algorithm>

namespace polyloom {
namespace {

constexpr double kPoints = 15;

/// What is not white, in pixels of the screen.
QRectF inkOf(const QImage& image) {
  QRect ink;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      if (qGray(image.pixel(x, y)) < 128)
        ink |= QRect(x, y, 1, 1);
  const double scale = image.devicePixelRatio();
  return {ink.x() / scale, ink.y() / scale, ink.width() / scale, ink.height() / scale};
}

class CopiedLabel : public ::testing::Test {
protected:
  CopiedLabel() {
    QPalette palette;
    palette.setColor(QPalette::Window, Qt::white);
    palette.setColor(QPalette::WindowText, Qt::black);
    label_.setPalette(palette);
    QFont font = label_.font();
    font.setPointSizeF(kPoints);
    label_.setFont(font);
    label_.resize(300, 60);
    label_.show();
  }

  QLabel label_{QStringLiteral("Measured Hill")};
};

TEST(CopiedPicture, IsMadeWhenAProgramPastesAndOncePerForm) {
  int painted = 0;
  ClipboardForms forms;
  forms.text = QStringLiteral("i\tj\n");
  forms.size = {40, 30};
  forms.picture = [&](QPainter& painter) {
    ++painted;
    painter.fillRect(QRect(0, 0, 20, 30), Qt::black);
  };
  const auto data = toMimeData(forms);
  EXPECT_TRUE(data->hasText());
  EXPECT_TRUE(data->hasImage());
  EXPECT_TRUE(data->hasFormat(QStringLiteral("image/svg+xml")));
  EXPECT_EQ(data->text(), QStringLiteral("i\tj\n"));
  EXPECT_EQ(painted, 0);
  const auto image = qvariant_cast<QImage>(data->imageData());
  EXPECT_EQ(image.size(), QSize(80, 60));
  EXPECT_EQ(inkOf(image), QRectF(0, 0, 20, 30));
  EXPECT_EQ(qvariant_cast<QImage>(data->imageData()), image);
  EXPECT_EQ(painted, 1);
  EXPECT_TRUE(data->data(QStringLiteral("image/svg+xml")).contains("<svg"));
  EXPECT_EQ(painted, 2);
}

TEST(CopiedPicture, IsNotOfferedWhereThereIsNone) {
  ClipboardForms forms;
  forms.csv = QStringLiteral("i,j\r\n");
  const auto data = toMimeData(forms);
  EXPECT_FALSE(data->hasImage());
  EXPECT_EQ(data->formats(), QStringList{QStringLiteral("text/csv")});
}

TEST_F(CopiedLabel, PastesWhatWasShownWhenItWasCopied) {
  const ClipboardForms forms = formsOfWidget(label_);
  const QImage before = forms.image();
  label_.setText(QStringLiteral("Something else"));
  EXPECT_EQ(forms.image(), before);
  EXPECT_TRUE(forms.svg().contains("Measured Hill"));
}

TEST_F(CopiedLabel, TextsHaveTheSizeThatTheyHaveOnTheScreen) {
  const ClipboardForms forms = formsOfWidget(label_);
  const QRectF shown = inkOf(label_.grab().toImage()), copied = inkOf(forms.image());
  EXPECT_NEAR(copied.width(), shown.width(), 2);
  EXPECT_NEAR(copied.height(), shown.height(), 2);
  EXPECT_NEAR(copied.center().y(), shown.center().y(), 1.5);
  double largest = 0;
  const QString svg = QString::fromUtf8(forms.svg());
  static const QRegularExpression kSize(QStringLiteral("font-size=\"([0-9.]+)\""));
  for (auto each = kSize.globalMatch(svg); each.hasNext();)
    largest = std::max(largest, each.next().captured(1).toDouble());
  EXPECT_NEAR(largest, kPoints * label_.logicalDpiY() / 72, 0.6) << qUtf8Printable(svg);
}

} // namespace
} // namespace polyloom
