#include "views/step_form.h"

#include "tests/support/sample_snapshots.h"
#include "views/loop_proposal.h"
#include "views/recipe_line_edit.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

class StepFormTest : public ::testing::Test {
protected:
  StepFormTest() : form_(selection_) {
    form_.setForms(samples::forms());
    form_.setReady(true);
    form_.setSchedule(samples::program(), samples::schedule(0));
    form_.show();
  }
  template <typename Widget> Widget* field(const char* name) {
    return form_.findChild<Widget*>(QLatin1String("field_") + QLatin1String(name));
  }
  QPushButton* applyButton() { return form_.findChild<QPushButton*>(QStringLiteral("applyStep")); }

  Selection selection_;
  StepForm form_;
};

TEST_F(StepFormTest, BuildsAFieldForEachParameter) {
  form_.showStep(QStringLiteral("tile"));
  EXPECT_NE(field<QComboBox>("loops"), nullptr);
  EXPECT_NE(field<QLineEdit>("sizes"), nullptr);
  form_.showStep(QStringLiteral("vectorize"));
  EXPECT_EQ(field<QLineEdit>("sizes"), nullptr);
  ASSERT_NE(field<QSpinBox>("width"), nullptr);
  EXPECT_EQ(field<QSpinBox>("width")->maximum(), 64);
}

TEST_F(StepFormTest, ThePreviewFollowsTheFieldsAndApplyEmitsIt) {
  form_.showStep(QStringLiteral("tile"));
  field<QComboBox>("loops")->setCurrentText(QStringLiteral("t i"));
  auto* sizes = field<QLineEdit>("sizes");
  sizes->clear();
  EXPECT_FALSE(applyButton()->isEnabled());
  QTest::keyClicks(sizes, QStringLiteral("4 6"));
  EXPECT_EQ(form_.preview(), QStringLiteral("tile t i by 4 6"));
  const QSignalSpy steps(&form_, &StepForm::stepRequested);
  QTest::mouseClick(applyButton(), Qt::LeftButton);
  ASSERT_EQ(steps.count(), 1);
  EXPECT_EQ(steps[0][0].toString(), QStringLiteral("tile t i by 4 6"));
}

TEST_F(StepFormTest, TheSelectionFillsTheForm) {
  form_.showStep(QStringLiteral("shift"));
  selection_.selectLoop(QStringLiteral("j"));
  selection_.selectStatement(1);
  EXPECT_EQ(form_.preview(), QStringLiteral("shift S1 j by 1"));
}

TEST_F(StepFormTest, StartsWithTheFirstNestAndANumberPerLoop) {
  form_.setSchedule(samples::program(), samples::schedule(2));
  form_.showStep(QStringLiteral("tile"));
  EXPECT_EQ(form_.preview(), QStringLiteral("tile t i by 32 32"));
  field<QComboBox>("loops")->setCurrentText(QStringLiteral("i"));
  EXPECT_EQ(form_.preview(), QStringLiteral("tile i by 32"));
  field<QLineEdit>("sizes")->setText(QStringLiteral("4 6"));
  field<QComboBox>("loops")->setCurrentText(QStringLiteral("t"));
  EXPECT_EQ(form_.preview(), QStringLiteral("tile t by 4 6")); // what a person wrote stays
}

TEST_F(StepFormTest, ASecondLoopStandsWhereTheStepWantsIt) {
  form_.showStep(QStringLiteral("skew"));
  EXPECT_EQ(form_.preview(), QStringLiteral("skew i by 1 t"));
  selection_.selectLoop(QStringLiteral("j"));
  EXPECT_EQ(form_.preview(), QStringLiteral("skew j by 1 t"));
  form_.showStep(QStringLiteral("fuse"));
  selection_.selectLoop(QStringLiteral("i"));
  EXPECT_EQ(form_.preview(), QStringLiteral("fuse i j"));
  form_.setSchedule(samples::program(), samples::schedule(2)); // nothing to fuse: two loops, at least
  form_.showStep(QStringLiteral("shift"));
  form_.showStep(QStringLiteral("fuse"));
  EXPECT_EQ(form_.preview(), QStringLiteral("fuse i t"));
}

TEST_F(StepFormTest, TwoStatementsAreTwoDifferentOnes) {
  form_.showStep(QStringLiteral("reorder"));
  EXPECT_EQ(form_.preview(), QStringLiteral("reorder S1 S0"));
  selection_.selectStatement(0);
  EXPECT_EQ(form_.preview(), QStringLiteral("reorder S0 S1"));
}

TEST_F(StepFormTest, SaysWhyThereIsNoRange) {
  form_.showStep(QStringLiteral("skew"));
  form_.setRange({"skew i by ? t", "", "t does not enclose i"});
  EXPECT_EQ(form_.findChild<QLabel*>(QStringLiteral("stepRange"))->text(), QStringLiteral("t does not enclose i"));
}

TEST(LoopProposal, FindsPartnersInTheTree) {
  const std::vector<LoopTreeNode> tree = samples::schedule(0)->tree; // t around i and j
  EXPECT_EQ(partnerOf(tree, LoopPlace::Around, "j"), "t");
  EXPECT_EQ(partnerOf(tree, LoopPlace::Around, "t"), "");
  EXPECT_EQ(partnerOf(tree, LoopPlace::After, "i"), "j");
  EXPECT_EQ(partnerOf(tree, LoopPlace::After, "j"), "");
  EXPECT_EQ(partnerOf(tree, LoopPlace::Inside, "t"), ""); // two loops
  EXPECT_EQ(partnerOf(tree, LoopPlace::Anywhere, "t"), "");
  EXPECT_EQ(partnerOf(tree, LoopPlace::Around, "q"), "");
  EXPECT_EQ(proposeNest(tree), std::vector<std::string>{"t"});
  EXPECT_EQ(proposeNest({}), std::vector<std::string>{});
}

TEST_F(StepFormTest, LoopsComeFromTheCurrentTree) {
  form_.showStep(QStringLiteral("vectorize"));
  EXPECT_EQ(field<QComboBox>("loop")->count(), 3);
  form_.setSchedule(samples::program(), samples::schedule(4));
  EXPECT_EQ(field<QComboBox>("loop")->count(), 4);
}

TEST_F(StepFormTest, WithoutAProgramNothingCanBeApplied) {
  form_.setReady(false);
  EXPECT_FALSE(applyButton()->isEnabled());
}

TEST_F(StepFormTest, ATypedLineIsEmittedAndCleared) {
  auto* line = form_.findChild<RecipeLineEdit*>(QStringLiteral("recipeLine"));
  const QSignalSpy steps(&form_, &StepForm::stepRequested);
  QTest::keyClicks(line, QStringLiteral("reverse  t "));
  QTest::keyClick(line, Qt::Key_Return);
  ASSERT_EQ(steps.count(), 1);
  EXPECT_EQ(steps[0][0].toString(), QStringLiteral("reverse t"));
  EXPECT_TRUE(line->text().isEmpty());
}

TEST(RecipeLineEdit, CompletesStepsFirstAndNamesAfterwards) {
  RecipeLineEdit line;
  line.setWords({QStringLiteral("tile"), QStringLiteral("shift")}, {QStringLiteral("t"), QStringLiteral("tt")},
                {QStringLiteral("S0")});
  line.setText(QStringLiteral("t"));
  EXPECT_EQ(line.completions(), QStringList{QStringLiteral("tile")});
  line.setText(QStringLiteral("tile t"));
  EXPECT_EQ(line.completions(), QStringList{QStringLiteral("tt")});
  line.setText(QStringLiteral("shift S"));
  EXPECT_EQ(line.completions(), QStringList{QStringLiteral("S0")});
}

TEST_F(StepFormTest, AsksForTheLegalNumbersAndShowsThemBesideTheField) {
  QSignalSpy asked(&form_, &StepForm::rangeRequested);
  form_.showStep(QStringLiteral("tile"));
  field<QComboBox>("loops")->setCurrentText(QStringLiteral("t i"));
  ASSERT_TRUE(asked.wait(2000));
  EXPECT_EQ(asked.last()[0].toString(), QStringLiteral("tile t i by ? ?"));
  auto* range = form_.findChild<QLabel*>(QStringLiteral("stepRange"));
  ASSERT_NE(range, nullptr);
  form_.setRange({"tile t by ?", "legal: any", ""}); // an answer to an older question
  EXPECT_TRUE(range->text().isEmpty());
  form_.setRange({"tile t i by ? ?", "legal: 1 … 5", "legal up to 5; with 6, …"});
  EXPECT_EQ(range->text(), QStringLiteral("legal: 1 … 5"));
  EXPECT_EQ(range->toolTip(), QStringLiteral("legal up to 5; with 6, …"));
  field<QComboBox>("loops")->setCurrentText(QStringLiteral("i"));
  EXPECT_TRUE(range->text().isEmpty());
  ASSERT_TRUE(asked.wait(2000));
  EXPECT_EQ(asked.last()[0].toString(), QStringLiteral("tile i by ?"));
  form_.showStep(QStringLiteral("vectorize"));
  EXPECT_EQ(form_.findChild<QLabel*>(QStringLiteral("stepRange")), nullptr);
}

} // namespace
} // namespace polyloom
