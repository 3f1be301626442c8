#include "app/jobs/model/model_program.h"
#include "app/jobs/model/predicting.h"
#include "tests/support/child.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

namespace polyloom::test {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

/// A program of the shell; it reads lines with `read`.
ModelProgram shell(const std::string& script) {
  Result<ModelProgram> program = ModelProgram::start(shellCommand(script));
  if (!program)
    throw std::runtime_error(program.error().message);
  return *std::move(program);
}

TEST(ModelProgram, PassesOverWhatIsNoAnswer) {
  ModelProgram program = shell(R"(read line; echo loading; echo '{"id": 9, "result": 0}'
    echo '{"id": 1, "progress": {"epoch": 3}}'; echo '{"id": 1, "result": {"value": 5}}'
    read line; echo '{"id": 2, "result": 6}')");
  std::vector<json> heard;
  const Result<json> first = program.ask({{"job", "one"}}, [&](const json& progress) { heard.push_back(progress); });
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->at("value"), 5);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].at("epoch"), 3);
  EXPECT_EQ(program.ask({{"job", "two"}}).value(), 6);
}

TEST(ModelProgram, HandsOnItsErrors) {
  ModelProgram program = shell(R"(read line; echo '{"id": 1, "error": {"code": "bad-weights", "message": "w is broken", "file": "w", "notes": ["train anew"]}}'
    read line; echo '{"id": 2, "error": 7}')");
  const Result<json> first = program.ask({{"job", "one"}});
  ASSERT_FALSE(first);
  EXPECT_EQ(toText(first.error()), "w: w is broken\n  train anew");
  EXPECT_EQ(first.error().code, "bad-weights");
  const Result<json> second = program.ask({{"job", "two"}});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "model-error");
}

TEST(ModelProgram, SaysHowItEnded) {
  ModelProgram program = shell("read line; echo hello; echo 'first\nno memory' >&2; exit 7");
  const Result<json> answer = program.ask({{"job", "one"}});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "model-lost");
  EXPECT_NE(answer.error().message.find("exit code 7"), std::string::npos) << answer.error().message;
  EXPECT_EQ(answer.error().notes, (std::vector<std::string>{"its last words: no memory", "its last line that is no answer: hello"}));
  ModelProgram killed = shell("kill -9 $$");
  EXPECT_NE(killed.ask({{"job", "one"}}).error().message.find("signal 9"), std::string::npos);
  EXPECT_EQ(ModelProgram::start({"nobody", {"/nowhere/nobody"}}).error().code, "no-model-program");
}

TEST(ModelProgram, IsNotWaitedForInVain) {
  ModelProgram program = shell("exec sleep 60");
  const Result<json> answer = program.ask({{"job", "one"}}, {}, {}, 100ms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "model-lost");
}

TEST(ModelProgram, IsToldOfAStop) {
  ModelProgram program = shell(R"(read line; echo '{"id": 1, "progress": {}}'; read line
    case "$line" in *cancel*) echo '{"id": 1, "error": {"code": "cancelled", "message": "done with it"}}';; esac; exec sleep 60)");
  std::stop_source stop;
  const auto start = std::chrono::steady_clock::now();
  const Result<json> answer = program.ask({{"job", "one"}}, [&](const json&) { stop.request_stop(); }, stop.get_token());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "cancelled");
  EXPECT_LT(std::chrono::steady_clock::now() - start, 4s) << "its answer is not waited for longer than it takes";
}

/// What a program that answers so makes of two recipes.
Result<std::vector<Result<Prediction>>> predictionsOf(const std::string& predictions) {
  ModelInUse model{shell("read line; echo '{\"id\": 1, \"result\": {\"predictions\": " + predictions + "}}'"), ""};
  const std::vector<std::string> recipes = {"parallel i", "tile j by 32"};
  return predictRecipes(model, named("gemm"), recipes, {.parameters = {{"N", 40}}, .machine = {}, .threads = 2});
}

TEST(Predicting, TakesAPredictionPerRecipe) {
  const auto predictions = predictionsOf(R"([{"speedup": 2, "low": 1.5, "high": 3}, {"speedup": 0.5}])");
  ASSERT_TRUE(predictions) << predictions.error().message;
  ASSERT_EQ(predictions->size(), 2U);
  EXPECT_EQ(predictions->at(0)->high, 3);
  EXPECT_EQ(predictions->at(1)->speedup, 0.5);
}

TEST(Predicting, RefusesAnswersThatAreNone) {
  for (const char* wrong : {"[]", "7", R"([{"speedup": 2}])", R"([{"speedup": 2}, {"speedup": -2}])", R"([1, 2])"}) {
    const auto predictions = predictionsOf(wrong);
    ASSERT_FALSE(predictions) << wrong;
    EXPECT_EQ(predictions.error().code, "bad-answer");
  }
}

TEST(Predicting, SendsFeaturesWithTheirNames) {
  const TemporaryFolder folder;
  const std::string sent = (folder.path() / "sent").string();
  ModelInUse model{shell("read line; echo \"$line\" > " + sent + R"(; echo '{"id": 1, "result": {"predictions": [{"speedup": 1}]}}')"),
                   "some.weights"};
  const std::vector<std::string> recipes = {"no such step", "parallel i"};
  const auto predictions = predictRecipes(model, named("gemm"), recipes, {.parameters = {{"N", 40}}, .machine = {}, .threads = 2});
  ASSERT_TRUE(predictions) << predictions.error().message;
  EXPECT_FALSE(predictions->at(0)) << "it fails alone";
  EXPECT_TRUE(predictions->at(1).has_value());
  const json request = json::parse(readFile(sent));
  EXPECT_EQ(request.at("job"), "predict");
  EXPECT_EQ(request.at("model"), "some.weights");
  EXPECT_EQ(request.at("recipes"), json({"parallel i"}));
  EXPECT_EQ(request.at("schedules").size(), 1U);
  EXPECT_EQ(request.at("schema"), FeatureTable::current().schema());
  EXPECT_EQ(request.at("features").at("loop"), FeatureTable::current().names(FeatureKind::Loop));
  EXPECT_TRUE(request.at("original").contains("tree"));
}

} // namespace
} // namespace polyloom::test
