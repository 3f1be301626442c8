#include "tests/app/cli/cli.h"

#include <filesystem>
#include <sstream>

namespace polyloom::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// Labels of small programs whose times were made up, and the data that networks read of them.
class TrainTest : public ::testing::Test {
protected:
  static constexpr int kPrograms = 30;

  TrainTest() {
    std::ostringstream labels;
    labels << R"({"kind": "machine", "version": 2, "threads": 2})" << "\n";
    for (int p = 0; p < kPrograms; ++p)
      labels << program(p).dump() << "\n";
    const Finished made = cli({"dataset", folder.write("labels.jsonl", labels.str()), "--out", data});
    EXPECT_EQ(made.exitCode, 0) << made.errors;
  }

  static json program(int number) {
    const double seconds = 0.001 * (1 + number % 7);
    const std::string name = std::to_string(number);
    json line = {{"version", 2}, {"kind", "program"}, {"source", "made/" + name}, {"canonical", name}, {"shape", "s" + name},
                 {"text", "void f(int N, double A[N][N], double B[N][N]) {\n#pragma scop\n  for (int i = 0; i < N; i++)\n"
                          "    for (int j = 0; j < N; j++)\n      B[i][j] = " + name + " * A[j][i];\n#pragma endscop\n}\n"},
                 {"parameters", {{"N", 100 + 40 * number}}}, {"original", {{"fastest_s", seconds}}}, {"schedules", json::array()}};
    const std::pair<const char*, double> recipes[] = {{"parallel i\n", 1.8}, {"interchange i j\n", 1.1}, {"tile i j by 32 32\nparallel it\n", 2.5}};
    for (const auto& [recipe, speedup] : recipes)
      line["schedules"].push_back({{"recipe", recipe}, {"speedup", speedup}, {"speedup_interval", {0.97 * speedup, 1.03 * speedup}},
                                   {"fastest_s", seconds / speedup}});
    return line;
  }

  std::vector<std::string> train(int epochs, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {"train", data, "--out", weights, "--json", "--epochs", std::to_string(epochs), "--width", "16",
                                        "--threads", "1", "--batch", "32"};
    command.insert(command.end(), more.begin(), more.end());
    return command;
  }
  std::vector<std::string> evaluate(const std::vector<std::string>& more) const {
    std::vector<std::string> command = {"evaluate", data, "--json", "--part", "all"};
    command.insert(command.end(), more.begin(), more.end());
    return command;
  }

  TemporaryFolder folder;
  const std::string data = (folder.path() / "data.jsonl").string(), weights = (folder.path() / "w.weights").string();
};

TEST_F(TrainTest, MakesWeightsThatPredictAndAreEvaluated) {
  const std::string curve = (folder.path() / "curve.csv").string(), points = (folder.path() / "points.csv").string();
  const Finished trained = cli(train(6, {"--curve", curve, "--learning-rate", "0.006"}));
  ASSERT_EQ(trained.exitCode, 0) << trained.errors;
  EXPECT_EQ(jsonOf(trained)["curve"].size(), 6U);
  EXPECT_NE(trained.errors.find("epoch 6 of 6"), std::string::npos) << trained.errors;
  EXPECT_FALSE(fs::exists(weights + ".checkpoint")) << "it is done";
  std::istringstream lines(readFile(curve));
  std::string line;
  for (int l = 0; l < 7; ++l)
    EXPECT_TRUE(std::getline(lines, line)) << l;
  EXPECT_EQ(line.substr(0, 4), "1,6,");

  const json predicted = jsonOf(cli({"predict", example("gemm.c"), "--step", "interchange i j", "--model", weights, "--json"}));
  EXPECT_GT(predicted["schedules"][0]["speedup"], 0);
  EXPECT_GT(predicted["schedules"][0]["spread"], 1);

  const Finished evaluated = cli(evaluate({"--model", weights, "--points", points}));
  ASSERT_EQ(evaluated.exitCode, 0) << evaluated.errors;
  const json answer = jsonOf(evaluated);
  ASSERT_EQ(answer["rows"].size(), 4U);
  EXPECT_EQ(answer["rows"][0]["schedules"], 3 * kPrograms);
  EXPECT_EQ(answer["part"], "all");

  const Finished readable = cli({"evaluate", data, "--part", "all", "--model", weights});
  EXPECT_NE(readable.output.find("label noise"), std::string::npos);
  EXPECT_NE(readable.output.find("interchange"), std::string::npos) << "a slice";

  const json imported = jsonOf(cli(evaluate({"--predictions", points})));
  for (std::size_t r = 0; r < 4; ++r)
    EXPECT_NEAR(imported.at("rows")[r].at("mape").get<double>(), answer["rows"][r]["mape"].get<double>(), 1e-9);
  EXPECT_EQ(imported.at("slices").size(), answer["slices"].size());
}

TEST_F(TrainTest, GoesOnWhereItWasInterrupted) {
  constexpr int kEpochs = 200;
  ASSERT_EQ(cli(train(kEpochs)).exitCode, 0);
  const std::string uninterrupted = readFile(weights);
  fs::remove(weights);

  const std::string log = (folder.path() / "log").string();
  std::vector<std::string> command = train(kEpochs);
  command.insert(command.begin(), {"/bin/sh", "-c", R"("$0" "$@" 2> ')" + log + R"(' & child=$!
    until grep -q 'epoch 3 of' ')" + log + R"(' 2> /dev/null; do sleep 0.01; done; kill -INT $child; wait $child)", POLYLOOM_CLI});
  const Finished interrupted = runChild(command);
  EXPECT_EQ(interrupted.exitCode, 2) << interrupted.output;
  const json error = jsonOf(interrupted).value("error", json::object());
  EXPECT_EQ(error.value("code", ""), "cancelled");
  EXPECT_NE(error["notes"].dump().find("goes on from"), std::string::npos) << error;
  EXPECT_FALSE(fs::exists(weights));
  expectError(cli(train(1)), "other-checkpoint");

  const Finished rest = cli(train(kEpochs));
  ASSERT_EQ(rest.exitCode, 0) << rest.errors;
  EXPECT_EQ(rest.errors.find("epoch 2 of"), std::string::npos) << "that was done";
  EXPECT_EQ(jsonOf(rest)["curve"].size(), kEpochs);
  EXPECT_EQ(readFile(weights), uninterrupted) << "one thread gives the very weights";
}

TEST_F(TrainTest, JudgesOtherModels) {
  const json answer = jsonOf(cli(evaluate({"--model-command", "python3 '" + example("models/cautious.py") + "'"})));
  ASSERT_EQ(answer["rows"].size(), 4U);
  EXPECT_NE(answer["rows"][0]["mape"], answer["rows"][1]["mape"]) << "it does not say what the features model";
  EXPECT_NEAR(answer["rows"][0]["width"].get<double>(), 2.25, 1e-6);
}

TEST_F(TrainTest, FailsInSentences) {
  expectError(cli({"train", weights, "--out", weights, "--json"}), "no-file");
  expectError(cli(train(0)), "bad-option");
  expectError(cli(evaluate({"--model", data})), "bad-weights");
  const json wrong = expectError(cli(evaluate({"--predictions", folder.write("p.csv", "program,recipe,speedup\nmade/99,,1\n")})),
                                 "bad-predictions");
  EXPECT_EQ(wrong["line"], 2);
  EXPECT_EQ(cli(evaluate({"--predictions", "p.csv", "--model", weights})).exitCode, 3);
}

TEST(DefaultWeights, PredictWithoutBeingNamed) {
  const json schedule = jsonOf(cli({"predict", example("gemm.c"), "--recipe", example("gemm.recipe"), "--json"}))["schedules"][0];
  EXPECT_GT(schedule["speedup"], 2) << schedule;
  EXPECT_GT(schedule["spread"], 1);
}

/// What the weights' card promises of kernels that training never sees. They are made anew where features change.
TEST(DefaultWeights, KnowPolyBenchAsTheirCardSays) {
  const TemporaryFolder folder;
  const std::string data = (folder.path() / "polybench.jsonl").string();
  const Finished made = cli({"dataset", std::string(POLYLOOM_SOURCE_DIR) + "/models/labels/polybench.jsonl", "--out", data});
  ASSERT_EQ(made.exitCode, 0) << made.errors;
  const json row = jsonOf(cli({"evaluate", data, "--part", "all", "--json"}))["rows"][0];
  EXPECT_EQ(row["programs"], 30) << row;
  EXPECT_LE(row["mape"], 30);
  EXPECT_GE(row["ndcg_1"], 0.85);
  EXPECT_LE(row["false_speedups"], 8);
  EXPECT_GE(row["coverage_90"], 85);
  EXPECT_LE(row["coverage_90"], 95);
}

} // namespace
} // namespace polyloom::test
