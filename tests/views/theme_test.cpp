// What every theme promises: text can be read, marks can be seen, and what means different things looks different.
#include "views/theme.h"

#include "tests/support/color_vision.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace polyloom {
namespace {

constexpr double kText = 4.5, kMark = 3; // WCAG 2.1, 1.4.3 and 1.4.11
constexpr double kStrongText = 7;        // 1.4.6
constexpr double kApart = 13;            // over five times what can just be told apart
constexpr double kTilesApart = 10;       // they are large and have borders

using Named = std::vector<std::pair<const char*, QColor>>;

class EveryTheme : public ::testing::TestWithParam<Theme::Kind> {
protected:
  const Theme theme_ = Theme::make(GetParam());

  Named grounds() const { return {{"window", theme_.window}, {"panel", theme_.panel}, {"title", theme_.title}, {"field", theme_.field}}; }
  static void expectContrast(const Named& inks, const Named& papers, double least) {
    for (const auto& [ink, color] : inks)
      for (const auto& [paper, ground] : papers)
        EXPECT_GE(contrastRatio(color, ground), least) << ink << " on " << paper;
  }
  static void expectApart(const Named& colors, double least) {
    for (const Vision vision : {Vision::Full, Vision::Protanopia, Vision::Deuteranopia})
      for (std::size_t a = 0; a < colors.size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
          EXPECT_GE(colorDistance(seenWith(vision, colors[a].second), seenWith(vision, colors[b].second)), least)
              << colors[a].first << " and " << colors[b].first << ", vision " << static_cast<int>(vision);
  }
};

TEST_P(EveryTheme, TextCanBeReadWhereverItStands) {
  expectContrast({{"text", theme_.text}, {"mutedText", theme_.mutedText}, {"faintText", theme_.faintText}}, grounds(), kText);
  expectContrast({{"text", theme_.text}, {"mutedText", theme_.mutedText}},
                 {{"selection", theme_.selection}, {"legalTint", theme_.legalTint}, {"violationTint", theme_.violationTint},
                  {"unknownTint", theme_.unknownTint}}, kText);
  expectContrast({{"accentText", theme_.accentText}}, {{"accent", theme_.accent}}, kText);
  expectContrast({{"accent", theme_.accent}}, {{"panel", theme_.panel}, {"selection", theme_.selection}}, kText);
  expectContrast({{"noteText", theme_.noteText}}, {{"note", theme_.note}}, kText);
  expectContrast({{"keyword", theme_.keyword}, {"number", theme_.number}, {"comment", theme_.comment},
                  {"preprocessor", theme_.preprocessor}, {"string", theme_.string}}, {{"panel", theme_.panel}}, kText);
  for (const auto badge : {Theme::Badge::Parallel, Theme::Badge::Vector, Theme::Badge::Unroll})
    expectContrast({{"badgeText", theme_.badgeText(badge)}}, {{"badge", theme_.badge(badge)}}, kText);
}

TEST_P(EveryTheme, VerdictsCanBeReadAndToldApart) {
  const Named verdicts = {{"legal", theme_.legal}, {"violation", theme_.violation}, {"unknown", theme_.unknown}};
  Named papers = grounds();
  papers.insert(papers.end(), {{"selection", theme_.selection}, {"legalTint", theme_.legalTint},
                               {"violationTint", theme_.violationTint}, {"unknownTint", theme_.unknownTint}});
  expectContrast(verdicts, papers, kText);
  expectApart(verdicts, kApart);
}

TEST_P(EveryTheme, StatementsCanBeReadAndToldApart) {
  Named statements;
  for (int k = 0; k < kStatementColors; ++k)
    statements.emplace_back("statement", theme_.statement(k));
  expectContrast(statements, {{"panel", theme_.panel}}, kText);
  expectApart(statements, kApart);
}

TEST_P(EveryTheme, ArrowsCanBeSeenAndToldApart) {
  const Named arrows = {{"flow", theme_.dependence(DependenceInfo::Kind::Flow)},
                        {"anti", theme_.dependence(DependenceInfo::Kind::Anti)},
                        {"output", theme_.dependence(DependenceInfo::Kind::Output)},
                        {"violated", theme_.violation}};
  expectContrast(arrows, {{"panel", theme_.panel}}, kMark);
  expectApart(arrows, kApart);
}

TEST_P(EveryTheme, TilesAndBarsCanBeToldApart) {
  Named tiles;
  for (int k = 0; k < kTileColors; ++k)
    tiles.emplace_back("tile", theme_.tile(k));
  expectApart(tiles, kTilesApart);
  expectContrast({{"measured", theme_.measured}, {"baseline", theme_.baseline}, {"axis", theme_.axis}}, {{"panel", theme_.panel}}, kMark);
  expectApart({{"measured", theme_.measured}, {"baseline", theme_.baseline}}, kApart);
}

TEST_P(EveryTheme, HasANameThatFindsIt) {
  EXPECT_EQ(Theme::kindNamed(Theme::nameOf(GetParam())), GetParam());
  EXPECT_EQ(theme_.kind, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryTheme,
                         ::testing::Values(Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::HighContrast, Theme::Kind::Projector),
                         [](const auto& kind) { return Theme::nameOf(kind.param).remove(QLatin1Char('-')).toStdString(); });

TEST(StrongThemes, HaveStrongTextAndVisibleBorders) {
  for (const auto kind : {Theme::Kind::HighContrast, Theme::Kind::Projector}) {
    const Theme theme = Theme::make(kind);
    for (const QColor& paper : {theme.window, theme.panel, theme.title, theme.selection})
      for (const QColor& ink : {theme.text, theme.mutedText})
        EXPECT_GE(contrastRatio(ink, paper), kStrongText);
    EXPECT_GE(contrastRatio(theme.border, theme.panel), kMark);
    EXPECT_GE(contrastRatio(theme.axis, theme.panel), kStrongText);
  }
}

TEST(ColorVision, AgreesWithKnownFigures) {
  EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21, 0.01);
  EXPECT_NEAR(contrastRatio(QColor("#767676"), Qt::white), 4.54, 0.01); // the darkest of WCAG's examples that passes
  EXPECT_NEAR(colorDistance(Qt::black, Qt::white), 100, 0.1);
  // Red and green of one lightness are close for those who do not tell them apart.
  const QColor red("#c53030"), brown("#8a5a00");
  EXPECT_GT(colorDistance(red, brown), 40);
  EXPECT_LT(colorDistance(seenWith(Vision::Deuteranopia, red), seenWith(Vision::Deuteranopia, brown)), 12);
  EXPECT_EQ(seenWith(Vision::Protanopia, Qt::white).lightness(), 255);
}

} // namespace
} // namespace polyloom
