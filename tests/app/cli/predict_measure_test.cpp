#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

using nlohmann::json;

/// `predict --measure` of a legal and an illegal recipe by a model that believes in this interval.
Finished measured(const std::string& interval) {
  return cli({"predict", example("gemm.c"), "--set", "NI=200", "--set", "NJ=200", "--set", "NK=200", "--json", "--recipe", example("gemm.recipe"), "--recipe",
              example("gemm.illegal.recipe"), "--measure", "--model-command",
              "read line; echo '{\"id\": 1, \"result\": {\"predictions\": [{\"speedup\": 5000, " + interval + "}]}}'"});
}

TEST(PredictMeasured, SaysWhetherModelAndMeasurementAgree) {
  const Finished wrong = measured(R"("low": 4000, "high": 6000)");
  EXPECT_EQ(wrong.exitCode, 1) << "one recipe is illegal: " << wrong.errors;
  const json schedules = jsonOf(wrong)["schedules"];
  ASSERT_EQ(schedules.size(), 2U);
  expectKeys(schedules[0], {"measured", "verdict"});
  EXPECT_EQ(schedules[0]["verdict"], "model wrong");
  EXPECT_GT(schedules[0]["measured"]["speedup"], 0);
  EXPECT_FALSE(schedules[1].contains("measured")) << "an illegal order is never measured";
  EXPECT_FALSE(schedules[1].contains("verdict"));
  EXPECT_EQ(jsonOf(measured(R"("low": 1.000001, "high": 6000)"))["schedules"][0]["verdict"], "agrees");
}

} // namespace
} // namespace polyloom::test
