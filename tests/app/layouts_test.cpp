// The named layouts on small and large screens, light and dark, with real programs: everything is there, and nothing is cut.
// Kept as pictures where POLYLOOM_SCREENSHOTS names a folder.
#include "app/window/layouts.h"
#include "app/window/shell.h"
#include "tests/app/windows_fixture.h"
#include "views/elided_label.h"
#include "views/panel_title.h"
#include "views/space_plot.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QLabel>
#include <QStyle>
#include <QTabBar>
#include <QTableView>
#include <QToolBar>

#include <algorithm>
#include <string>
#include <vector>

namespace polyloom {
namespace {

using test::runUntil;

constexpr int kPatience = 60000;
constexpr int kReadable = 60; ///< pixels of a panel's name
constexpr int kSettle = 250; ///< milliseconds without a change until docks and code stand still

class NamedLayouts : public test::WindowsFixture, public ::testing::WithParamInterface<const char*> {
protected:
  MainWindow& window() { return windows_.window(0); }
  static bool canBeSeen(const QWidget& widget) { return widget.isVisible() && !widget.visibleRegion().isEmpty(); }
  QRect inWindow(const QWidget& widget) { return {widget.mapTo(&window(), QPoint()), widget.size()}; }
  void open() {
    Controller& controller = windows_.open();
    controller.openFile(path(QLatin1String(GetParam()) + QStringLiteral(".c"))); // with the recipe beside it
    ASSERT_TRUE(runUntil([&] { return window().schedule() && isIdle(controller); }, kPatience))
        << qUtf8Printable(window().messages()->text());
  }
  /// Where everything stands: docks arrange themselves step by step, which takes a busy machine a while.
  std::vector<QRect> places() {
    std::vector<QRect> found;
    for (const auto* widget : window().findChildren<QWidget*>())
      found.push_back(widget->isVisible() ? inWindow(*widget) : QRect());
    return found;
  }
  void settle() {
    std::vector<QRect> last;
    QElapsedTimer quiet;
    quiet.start();
    EXPECT_TRUE(runUntil([&] {
      if (std::vector<QRect> now = places(); now != last) {
        last = std::move(now);
        quiet.restart();
      }
      return quiet.elapsed() >= kSettle;
    }, kPatience));
  }
  /// The panels and the picture in the middle share the window out.
  void expectNothingOverlaps() {
    std::vector<std::pair<std::string, QRect>> places = {{"centre", inWindow(*window().centralWidget())}};
    for (const auto* dock : window().findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly))
      if (canBeSeen(*dock))
        places.emplace_back(dock->objectName().toStdString(), inWindow(*dock));
    EXPECT_GE(places.size(), 5U);
    for (std::size_t a = 0; a < places.size(); ++a) {
      EXPECT_TRUE(window().rect().contains(places[a].second)) << places[a].first;
      for (std::size_t b = a + 1; b < places.size(); ++b)
        EXPECT_FALSE(places[a].second.intersects(places[b].second)) << places[a].first << " and " << places[b].first;
    }
  }
  void expectNameIsReadable(const PanelTitle& title) {
    const auto* name = title.findChild<const ElidedLabel*>();
    if (canBeSeen(title)) {
      EXPECT_GE(name->width(), std::min(name->fontMetrics().horizontalAdvance(name->text()), kReadable)) << qUtf8Printable(name->text());
    }
  }
  /// Labels that may be shortened end in "…" and are not meant; nor is what scrolls.
  void expectNoTextIsCut() {
    for (QLabel* label : window().findChildren<QLabel*>()) {
      const bool mayBeCut = label->wordWrap() || qobject_cast<ElidedLabel*>(label) || label->text().contains(QLatin1Char('\n')) ||
                            label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored;
      if (canBeSeen(*label) && !mayBeCut && !label->text().isEmpty() && label->textFormat() != Qt::RichText) {
        EXPECT_GE(label->width(), label->fontMetrics().horizontalAdvance(label->text())) << qUtf8Printable(label->text());
      }
    }
    for (QAbstractButton* button : window().findChildren<QAbstractButton*>())
      if (canBeSeen(*button) && !button->text().isEmpty() && button->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored) {
        EXPECT_GE(button->width(), button->fontMetrics().horizontalAdvance(button->text().remove(QLatin1Char('&'))))
            << qUtf8Printable(button->text()) << " in " << qUtf8Printable(button->parentWidget()->objectName());
      }
    for (const QTabBar* tabs : window().findChildren<QTabBar*>())
      for (int k = 0; canBeSeen(*tabs) && k < tabs->count(); ++k)
        EXPECT_GE(tabs->tabRect(k).width() - tabs->style()->pixelMetric(QStyle::PM_TabBarTabHSpace, nullptr, tabs),
                  tabs->fontMetrics().horizontalAdvance(tabs->tabText(k)))
            << qUtf8Printable(tabs->tabText(k));
    for (const PanelTitle* title : window().findChildren<PanelTitle*>())
      expectNameIsReadable(*title);
    for (const ElidedLabel* label : window().space()->findChildren<ElidedLabel*>())
      if (canBeSeen(*label) && label->text() == QStringLiteral("Original order")) {
        EXPECT_GE(label->width(), label->fontMetrics().horizontalAdvance(label->text()));
      }
  }
  void expectEverythingIsThere() {
    for (const SpaceOrder order : {SpaceOrder::Original, SpaceOrder::New}) {
      const SpacePlot* plot = window().space()->plot(order);
      EXPECT_TRUE(canBeSeen(*plot));
      EXPECT_FALSE(plot->scene().isEmpty());
      EXPECT_GT(plot->plotArea().width(), 150);
      EXPECT_GT(plot->plotArea().height(), 100);
    }
    EXPECT_FALSE(window().findChild<QLabel*>(QStringLiteral("statusVerdict"))->text().isEmpty());
    EXPECT_FALSE(window().source()->text().isEmpty());
    EXPECT_FALSE(window().code()->editor()->text().isEmpty());
    EXPECT_GT(window().tree()->model()->rowCount(), 0);
    EXPECT_GT(window().history()->model()->rowCount(), 0);
    EXPECT_GT(window().dependences()->table()->model()->rowCount(), 0);
    for (const QString& layout : Layouts::builtIn()) {
      QAction* action = window().findChild<QAction*>(QStringLiteral("layout_") + layout);
      const QWidget* button = window().findChild<QToolBar*>(QStringLiteral("layoutBar"))->widgetForAction(action);
      EXPECT_EQ(button->visibleRegion().boundingRect(), button->rect()) << qUtf8Printable(layout);
    }
    if (canBeSeen(*window().form())) {
      const auto* apply = window().form()->findChild<QWidget*>(QStringLiteral("applyStep"));
      EXPECT_TRUE(canBeSeen(*apply));
      EXPECT_TRUE(window().form()->rect().contains(QRect(apply->mapTo(window().form(), QPoint()), apply->size())));
    }
  }
  void keep(const QString& name) {
    if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty()) {
      EXPECT_TRUE(window().grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
    }
  }
};

TEST_P(NamedLayouts, ShowEverythingAndCutNothing) {
  open();
  for (const QSize size : {QSize(1280, 800), QSize(2560, 1440)})
    for (const QString& layout : Layouts::builtIn())
      for (const auto kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
        const QString name = QStringLiteral("solid-%1-%2-%3-%4")
                                 .arg(QLatin1String(GetParam()), layout.toLower()).arg(size.width()).arg(Theme::nameOf(kind));
        SCOPED_TRACE(name.toStdString());
        window().setThemeKind(kind);
        window().resize(size);
        window().shell().layouts().apply(layout);
        settle();
        EXPECT_EQ(window().size(), size);
        expectNothingOverlaps();
        expectNoTextIsCut();
        expectEverythingIsThere();
        keep(name);
      }
}

INSTANTIATE_TEST_SUITE_P(Programs, NamedLayouts, ::testing::Values("jacobi-1d", "gemm", "lu", "conv-relu"),
                         [](const auto& program) {
                           std::string name = program.param;
                           std::erase(name, '-');
                           return name;
                         });

} // namespace
} // namespace polyloom
