// The manual, and the table that the read-me quotes from it.
#include "tests/app/cli/cli.h"

#include <fstream>
#include <sstream>

namespace polyloom::test {
namespace {

TEST(Manual, PrintsAPageTableAndJson) {
  const Finished page = cli({"manual", "tile"});
  EXPECT_EQ(page.exitCode, 0);
  EXPECT_TRUE(page.output.starts_with("# tile\n")) << page.output;
  const nlohmann::json json = jsonOf(cli({"manual", "--json"}));
  ASSERT_TRUE(json.contains("steps"));
  for (const nlohmann::json& step : json["steps"])
    expectKeys(step, {"name", "form", "summary", "page"});
}

TEST(Manual, RefusesAnUnknownStep) { expectError(cli({"manual", "flip", "--json"}), "unknown-step"); }

TEST(ReadMe, QuotesTheTableOfSteps) {
  std::ifstream file(std::string(POLYLOOM_SOURCE_DIR) + "/README.md");
  std::ostringstream text;
  text << file.rdbuf();
  const std::string table = cli({"manual"}).output;
  ASSERT_FALSE(table.empty());
  EXPECT_NE(text.str().find(table), std::string::npos) << "replace README's table of steps by:\n" << table;
}

} // namespace
} // namespace polyloom::test
