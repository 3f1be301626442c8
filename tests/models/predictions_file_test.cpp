#include "models/evaluation/predictions_file.h"
#include "tests/models/synthetic.h"
#include "tests/support/child.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

class PredictionsFile : public ::testing::Test {
protected:
  PredictionsFile() {
    int number = 0;
    for (LabeledProgram& program : set.programs)
      for (LabeledSchedule& schedule : program.schedules)
        schedule.recipe = "tile i by " + std::to_string(++number) + "\nparallel it\n";
  }

  Result<std::vector<Prediction>> read(const std::string& text) const {
    return readPredictions(folder.write("p.csv", text), set, first);
  }
  /// The failure's line; 0: none.
  int lineOf(const std::string& text, const std::string& word) const {
    const auto predictions = read(text);
    if (predictions)
      return 0;
    EXPECT_EQ(predictions.error().code, "bad-predictions");
    EXPECT_NE(predictions.error().message.find(word), std::string::npos) << predictions.error().message;
    return predictions.error().range.line;
  }

  TemporaryFolder folder;
  TrainingSet set = syntheticSet(2, 2, 5);
  std::vector<SampleId> first = samplesOf(set, std::vector<int>{0});
  const std::string rowOne = "p0,\"tile i by 1\nparallel it\n\",1.5\n", rowTwo = "p0,\"tile i by 2\nparallel it\",2\n";
};

TEST_F(PredictionsFile, GivesPredictionsInTheOrderOfTheSamples) {
  const auto predictions = read("program,recipe,speedup\n" + rowTwo + rowOne + "p1,\"tile i by 3\nparallel it\",7\n");
  ASSERT_TRUE(predictions) << predictions.error().message;
  ASSERT_EQ(predictions->size(), 2U);
  EXPECT_EQ(predictions->at(0).speedup, 1.5);
  EXPECT_EQ(predictions->at(1).speedup, 2);
  EXPECT_EQ(predictions->at(1).high, 2) << "without an interval it is the speedup";
}

TEST_F(PredictionsFile, IsWhatPredictionsAreWrittenAs) {
  const std::vector<Prediction> written = {{.speedup = 1.25, .low = 1, .high = 1.6, .seconds = 0.001},
                                           {.speedup = 0.1, .low = 0.05, .high = 0.3}};
  const auto predictions = read(predictionsToCsv(set, first, written));
  ASSERT_TRUE(predictions) << predictions.error().message;
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(predictions->at(i).speedup, written[i].speedup);
    EXPECT_EQ(predictions->at(i).low, written[i].low);
    EXPECT_EQ(predictions->at(i).high, written[i].high);
    EXPECT_EQ(predictions->at(i).seconds, written[i].seconds);
  }
}

TEST_F(PredictionsFile, RefusesWithTheLine) {
  const std::string head = "program,recipe,speedup\n";
  EXPECT_EQ(lineOf("", "empty"), 1);
  EXPECT_EQ(lineOf("program,recipe\n", "speedup is missing"), 1);
  EXPECT_EQ(lineOf("program,recipe,speedup,lo\n", "\"lo\""), 1);
  EXPECT_EQ(lineOf("program,recipe,speedup,low,low\n", "twice"), 1);
  EXPECT_EQ(lineOf(head + "p0,x\n", "2 fields"), 2);
  EXPECT_EQ(lineOf(head + "p9,\"tile i by 1\nparallel it\",1\n", "no program \"p9\""), 2);
  EXPECT_EQ(lineOf(head + rowOne + "p0,reverse i,1\n", "reverse i"), 5) << "the row before has three lines";
  EXPECT_EQ(lineOf(head + rowTwo + "p0,\"tile i by 2\nparallel it\",2\n", "in line 2"), 4);
  EXPECT_EQ(lineOf(head + "p0,\"tile i by 1\nparallel it\",fast\n", "no prediction"), 2);
  EXPECT_EQ(lineOf(head + "p0,\"tile i by 1\nparallel it\",-1\n", "no prediction"), 2);
  EXPECT_EQ(lineOf("program,recipe,speedup,low,high\np0,\"tile i by 1\nparallel it\",2,3,4\n", "no prediction"), 2);
}

TEST_F(PredictionsFile, MustPredictEverySample) {
  const auto predictions = read("program,recipe,speedup\n" + rowTwo);
  ASSERT_FALSE(predictions);
  EXPECT_NE(predictions.error().message.find("p0 with \"tile i by 1;parallel it\""), std::string::npos)
      << predictions.error().message;
  EXPECT_EQ(readPredictions(folder.path() / "none.csv", set, first).error().code, "no-file");
}

} // namespace
} // namespace polyloom::test
