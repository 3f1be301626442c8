// Views on paper: every format, from the same drawing.
#include "views/exporter.h"

#include "tests/support/sample_snapshots.h"
#include "views/dependence_view.h"
#include "views/loop_tree_view.h"
#include "views/panel_export.h"
#include "views/picture_table.h"
#include "views/source_view.h"
#include "views/tikz_device.h"

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QSvgRenderer>
#include <QTableView>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

class ExportTest : public ::testing::Test {
protected:
  QByteArray read(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  QByteArray written(const QString& name, const Exportable& view, double scale = 2) {
    EXPECT_EQ(exportTo(folder_.filePath(name), view, scale), QString());
    return read(name);
  }
  static Picture picture(PictureView view) { return {samples::program(), samples::schedule(4), view}; }

  QTemporaryDir folder_;
};

QString tikz(const std::function<void(QPainter&)>& paint) {
  TikzDevice device(QSize(100, 50));
  QPainter painter(&device);
  paint(painter);
  painter.end();
  return device.document(QStringLiteral("t"), QString());
}

TEST_F(ExportTest, EveryFormatHoldsEveryPicture) {
  for (const auto view : {PictureView::Domain, PictureView::Dependences, PictureView::Tree}) {
    const Exportable paper = exportableOf(picture(view));
    const QByteArray svg = written(QStringLiteral("a.svg"), paper);
    EXPECT_TRUE(QSvgRenderer(svg).isValid());
    EXPECT_TRUE(svg.contains("<title>" + paper.title.toUtf8() + "</title>"));
    EXPECT_TRUE(svg.contains("<desc>" + paper.description.toUtf8() + "</desc>"));
    EXPECT_TRUE(written(QStringLiteral("a.pdf"), paper).startsWith("%PDF"));
    EXPECT_TRUE(written(QStringLiteral("a.tex"), paper).contains("\\begin{tikzpicture}"));
    EXPECT_TRUE(written(QStringLiteral("a.csv"), paper).contains("\r\n"));
  }
}

TEST_F(ExportTest, APngHasTheChosenScaleAndALightGround) {
  const Exportable paper = exportableOf(picture(PictureView::Tree));
  for (const double scale : {1.0, 1.5, 4.0}) {
    const QImage image = QImage::fromData(written(QStringLiteral("a.png"), paper, scale));
    EXPECT_EQ(image.size(), (paper.size * scale).toSize());
    EXPECT_EQ(image.pixelColor(1, 1), Theme::make(Theme::Kind::Light).panel);
    EXPECT_EQ(image.text(QStringLiteral("Title")), paper.title);
  }
}

TEST_F(ExportTest, WhatCannotBeWrittenSaysSoAndLeavesNothingBehind) {
  const Exportable paper = exportableOf(picture(PictureView::Tree));
  EXPECT_TRUE(exportTo(folder_.filePath(QStringLiteral("a.gif")), paper).contains(QStringLiteral(".gif")));
  EXPECT_TRUE(exportTo(QStringLiteral("/nowhere/at/all.svg"), paper).contains(QStringLiteral("cannot write")));
  EXPECT_FALSE(exportTo(folder_.filePath(QStringLiteral("a.csv")), {QStringLiteral("x"), {}, QSizeF(1, 1), [](QPainter&) {}, {}}).isEmpty());
  EXPECT_TRUE(QDir(folder_.path()).isEmpty());
}

TEST_F(ExportTest, TheTableOfTheDomainHasEveryInstanceInTheNewOrder) {
  const auto schedule = samples::schedule(4);
  const auto rows = tableOf(picture(PictureView::Domain));
  std::size_t count = 0;
  for (const InstanceCloud& cloud : schedule->space.clouds)
    count += cloud.count;
  ASSERT_EQ(rows.size(), count + 1);
  for (std::size_t k = 2; k < rows.size(); ++k)
    EXPECT_LE(rows[k - 1][0].toInt(), rows[k][0].toInt());
  const auto pairs = tableOf(picture(PictureView::Dependences));
  std::size_t arrows = 0;
  for (const DependenceArrows& each : schedule->space.arrows)
    arrows += each.from.size();
  EXPECT_EQ(pairs.size(), arrows + 1);
}

TEST(Csv, QuotesWhatNeedsIt) {
  EXPECT_EQ(toCsv({{QStringLiteral("a"), QStringLiteral("b,c")}, {QStringLiteral("say \"x\""), QStringLiteral("1\n2")}}),
            QByteArray("a,\"b,c\"\r\n\"say \"\"x\"\"\",\"1\n2\"\r\n"));
}

TEST(Tikz, DrawsPathsInBigPointsWithTheirPensAndBrushes) {
  const QString text = tikz([](QPainter& painter) {
    painter.setPen(QPen(QColor("#123456"), 2, Qt::DashLine));
    painter.setBrush(QColor(255, 0, 0, 128));
    painter.translate(10, 5);
    painter.drawRect(QRectF(0, 0, 20, 10));
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(QPointF(30, 20), 4, 2);
  });
  EXPECT_TRUE(text.contains(QStringLiteral("\\definecolor{loom0}{HTML}{123456}"))) << qUtf8Printable(text);
  EXPECT_TRUE(text.contains(QStringLiteral("line width=2bp, dash pattern=on"))) << qUtf8Printable(text);
  EXPECT_TRUE(text.contains(QStringLiteral("fill opacity=0.5"))) << qUtf8Printable(text);
  EXPECT_TRUE(text.contains(QStringLiteral("(10,5) -- (30,5) -- (30,15)"))) << qUtf8Printable(text);
  EXPECT_TRUE(text.contains(QStringLiteral("(40,25) ellipse [x radius=4, y radius=2]"))) << qUtf8Printable(text);
}

TEST(Tikz, ClipsInScopesThatAreClosed) {
  const QString text = tikz([](QPainter& painter) {
    painter.save();
    painter.setClipRect(QRectF(0, 0, 5, 5));
    painter.drawLine(0, 0, 9, 9);
    painter.restore();
    painter.drawLine(0, 0, 8, 8);
    painter.setClipRect(QRectF(1, 1, 5, 5));
    painter.drawLine(0, 0, 7, 7);
  });
  EXPECT_EQ(text.count(QStringLiteral("\\begin{scope}")), 2) << qUtf8Printable(text);
  EXPECT_EQ(text.count(QStringLiteral("\\end{scope}")), 2) << qUtf8Printable(text);
  const qsizetype free = text.indexOf(QStringLiteral("(8,8)"));
  EXPECT_GT(free, text.indexOf(QStringLiteral("\\end{scope}")));
  EXPECT_LT(free, text.lastIndexOf(QStringLiteral("\\begin{scope}")));
}

TEST(Tikz, EscapesWhatLatexWouldRead) {
  EXPECT_EQ(toLatex(QStringLiteral("A[i_2] = 50% & {x} → ∀")),
            QStringLiteral("A[i\\_2] = 50\\% \\& \\{x\\} \\ensuremath{\\rightarrow} ?"));
  const QString text = tikz([](QPainter& painter) {
    painter.setPen(Qt::black);
    painter.rotate(-90);
    painter.drawText(QPointF(-20, 10), QStringLiteral("tile_size of i"));
  });
  EXPECT_TRUE(text.contains(QStringLiteral("{tile\\_size of i}"))) << qUtf8Printable(text);
  EXPECT_TRUE(text.contains(QStringLiteral("rotate=90"))) << qUtf8Printable(text);
}

TEST_F(ExportTest, PanelsComeOutWholeWithoutEverHavingBeenShown) {
  Selection selection;
  DependenceView dependences(selection);
  dependences.setSchedule(samples::schedule(4));
  const Exportable table = exportableOf(dependences, QStringLiteral("Dependences"));
  const auto rows = table.table();
  EXPECT_EQ(static_cast<int>(rows.size()), dependences.table()->model()->rowCount() + 1);
  EXPECT_TRUE(written(QStringLiteral("d.svg"), table).contains(rows[1][1].toUtf8().constData()));
  LoopTreeView tree(selection);
  tree.setSchedule(samples::program(), samples::schedule(4));
  const auto loops = tableOf(*tree.model());
  EXPECT_EQ(loops[0][0], QStringLiteral("depth"));
  EXPECT_GT(loops.size(), 4U);
  SourceView source(selection);
  source.setProgram(samples::program());
  const auto lines = exportableOf(source, QStringLiteral("Source")).table();
  EXPECT_EQ(lines.size(), static_cast<std::size_t>(QString::fromStdString(samples::program()->source).count(QLatin1Char('\n'))) + 2);
}

} // namespace
} // namespace polyloom
