#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

using nlohmann::json;

/// A model that says the same of each of `count` recipes.
std::string saying(const std::string& prediction, int count) {
  std::string list = prediction;
  for (int i = 1; i < count; ++i)
    list += ", " + prediction;
  return "read line; echo '{\"id\": 1, \"result\": {\"predictions\": [" + list + "]}}'";
}

std::vector<std::string> predict(const std::string& model, const std::vector<std::string>& more) {
  std::vector<std::string> command = {"predict", example("gemm.c"), "--json", "--model-command", model};
  command.insert(command.end(), more.begin(), more.end());
  return command;
}

TEST(Predict, SaysSpeedupIntervalAndLegality) {
  const Finished finished = cli(predict(saying(R"({"speedup": 4, "low": 2, "high": 8, "seconds": 0.001})", 2),
                                        {"--recipe", example("gemm.recipe"), "--recipe", "-"}), "interchange i j\n");
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  const json answer = jsonOf(finished);
  expectKeys(answer, {"model", "threads", "schedules"});
  ASSERT_EQ(answer["schedules"].size(), 2U);
  const json& first = answer["schedules"][0];
  expectKeys(first, {"recipe", "speedup", "spread", "speedup_interval", "seconds", "legality"});
  EXPECT_EQ(first["speedup"], 4);
  EXPECT_EQ(first["spread"], 2) << "the interval reaches from half to twice the speedup";
  EXPECT_EQ(first["speedup_interval"], json({2, 8}));
  EXPECT_EQ(first["legality"], "legal");
  EXPECT_EQ(answer["schedules"][1]["recipe"], "interchange i j\n");
}

TEST(Predict, AsksNothingAboutIllegalRecipes) {
  const Finished finished = cli(predict(saying(R"({"speedup": 3})", 1),
                                        {"--recipe", example("gemm.illegal.recipe"), "--recipe", example("gemm.recipe")}));
  EXPECT_EQ(finished.exitCode, 1) << finished.errors;
  const json answer = jsonOf(finished);
  ASSERT_EQ(answer["schedules"].size(), 2U);
  EXPECT_EQ(answer["schedules"][0]["legality"], "illegal");
  EXPECT_TRUE(answer["schedules"][0]["speedup"].is_null());
  EXPECT_NE(answer["schedules"][0]["message"], "");
  EXPECT_EQ(answer["schedules"][1]["speedup"], 3);
}

TEST(Predict, WithoutRecipesIsAboutTheOriginalOrder) {
  const json answer = jsonOf(cli(predict(saying(R"({"speedup": 1, "seconds": 0.5})", 1), {})));
  ASSERT_EQ(answer["schedules"].size(), 1U);
  EXPECT_EQ(answer["schedules"][0]["recipe"], "");
  EXPECT_EQ(answer["schedules"][0]["seconds"], 0.5);
}

TEST(Predict, FailsInSentences) {
  const std::vector<std::string> step = {"--step", "interchange i j"};
  expectError(cli(predict("echo nonsense; read line; echo '{\"id\": 1, \"result\": 5}'", step)), "bad-answer");
  expectError(cli(predict("read line; echo '{\"id\": 1, \"error\": {\"code\": \"no-mood\", \"message\": \"not today\"}}'", step)),
              "no-mood");
  expectError(cli(predict("true", {"--step", "parallel nothing"})), "unknown-loop");
  const Finished lost = cli(predict("read line; exit 5", step));
  EXPECT_EQ(lost.exitCode, 4) << "a lost helper";
  EXPECT_NE(lost.errors.find("exit code 5"), std::string::npos) << lost.errors;
}

TEST(Predict, NamesAWayToAModelWhereNoneCame) {
  const TemporaryFolder folder; // a program that lies alone finds none of those that come with the sources
  const std::filesystem::path alone = folder.path() / "bin" / "polyloom-cli";
  std::filesystem::create_directory(alone.parent_path());
  std::filesystem::copy_file(POLYLOOM_CLI, alone);
  const json error = expectError(runChild({alone.string(), "predict", example("gemm.c"), "--json"}), "no-weights");
  EXPECT_NE(error["notes"].dump().find("--model"), std::string::npos) << error;
}

TEST(Predict, WorksWithTheExampleInPython) {
  const std::string model = "python3 '" + example("models/cautious.py") + "'";
  const Finished finished = cli(predict(model, {"--recipe", example("gemm.recipe"), "--step", "reverse i"}));
  const json first = jsonOf(finished)["schedules"][0];
  EXPECT_GT(first["speedup"], 1) << finished.errors << "the modelled speedup of this recipe is large";
  EXPECT_NEAR(first["spread"].get<double>(), 1.5, 1e-6);
}

} // namespace
} // namespace polyloom::test
