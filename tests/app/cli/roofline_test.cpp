// polyloom-cli roofline: measured once, remembered, and used by measure.
#include "tests/app/cli/cli.h"

#include <cstdlib>
#include <fstream>

namespace polyloom::test {
namespace {

using nlohmann::json;

/// The programs that this test starts keep their data in a folder of its own.
class CliRoofline : public ::testing::Test {
protected:
  void SetUp() override { setenv("POLYLOOM_DATA", (folder_.path() / "data").c_str(), 1); }
  void TearDown() override { unsetenv("POLYLOOM_DATA"); }
  std::filesystem::path file() const { return folder_.path() / "data" / "roofline.json"; }

  TemporaryFolder folder_;
};

json measureGemm() {
  return jsonOf(cli({"measure", example("gemm.c"), "--json", "--runs", "3", "--threads", "1", "--set", "NI=20", "--set",
                     "NJ=24", "--set", "NK=28", "--step", "interchange i j"}));
}

TEST_F(CliRoofline, IsMeasuredOnceAndRememberedUntilAskedAgain) {
  const json first = jsonOf(cli({"roofline", "--json", "--threads", "1"}));
  expectKeys(first, {"processor", "rooflines", "file"});
  ASSERT_EQ(first["rooflines"].size(), 1U);
  const json roofline = first["rooflines"][0];
  EXPECT_EQ(roofline["threads"], 1);
  EXPECT_EQ(roofline["remembered"], false);
  EXPECT_GT(roofline["peak_flops"], 1e8);
  EXPECT_GT(roofline["read_bytes_per_s"], 1e8);
  EXPECT_GT(roofline["triad_bytes_per_s"], 1e8);
  const json second = jsonOf(cli({"roofline", "--json", "--threads", "1"}))["rooflines"][0];
  EXPECT_EQ(second["remembered"], true);
  EXPECT_EQ(second["peak_flops"], roofline["peak_flops"]);
  EXPECT_EQ(jsonOf(cli({"roofline", "--json", "--threads", "1", "--again"}))["rooflines"][0]["remembered"], false);
  const json measure = measureGemm();
  EXPECT_GT(measure["schedules"][0]["achieved"]["roofline_fraction"], 0);
  EXPECT_EQ(measure["original"]["achieved"]["bound"], "compute"); // 14 KB stay in the caches
}

TEST_F(CliRoofline, WithoutOneMeasureStillSaysTheRates) {
  const json measure = measureGemm();
  EXPECT_EQ(measure["roofline"], nullptr);
  EXPECT_EQ(measure["work"]["floating_operations"], 20 * 24 + 3 * 20 * 24 * 28);
  EXPECT_EQ(measure["work"]["needed_operations"], 20 * 24 + 20 * 28 + 2 * 20 * 24 * 28); // alpha * A once per cell
  EXPECT_EQ(measure["work"]["bytes_read"], 8 * (20 * 24 + 20 * 28 + 28 * 24));
  EXPECT_EQ(measure["work"]["bytes_written"], 8 * 20 * 24);
  EXPECT_EQ(measure["original"]["achieved"]["roofline_fraction"], nullptr);
  EXPECT_GT(measure["original"]["achieved"]["flops"], 0);
}

TEST_F(CliRoofline, ADamagedFileIsNoRooflineAndIsReplaced) {
  std::filesystem::create_directories(file().parent_path());
  std::ofstream(file()) << "{\"machines\": [3, {\"threads\": 1}, ";
  EXPECT_EQ(measureGemm()["roofline"], nullptr);
  EXPECT_EQ(jsonOf(cli({"roofline", "--json", "--threads", "1"}))["rooflines"][0]["remembered"], false);
  EXPECT_EQ(json::parse(std::ifstream(file()))["machines"].size(), 1U);
}

} // namespace
} // namespace polyloom::test
