// polyloom-cli and the measurement store: measure answers from it, measurements lists it, nothing of it stops anybody.
#include "tests/app/cli/cli.h"

#include <SQLiteCpp/Database.h>

#include <cstdlib>
#include <future>

namespace polyloom::test {
namespace {

using nlohmann::json;

class CliMeasurements : public ::testing::Test {
protected:
  CliMeasurements() { setenv("POLYLOOM_DATA", folder_.path().c_str(), 1); }

  static std::vector<std::string> arguments(const std::vector<std::string>& more) {
    std::vector<std::string> all = {"measure", example("gemm.c"), "--runs", "3", "--set", "NI=20", "--set", "NJ=24",
                                    "--set", "NK=28"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  static json measure(std::vector<std::string> more) {
    more.emplace_back("--json");
    const Finished finished = cli(arguments(more));
    EXPECT_EQ(finished.exitCode, 0) << finished.output << finished.errors;
    return jsonOf(finished);
  }
  static json list(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"measurements", "--json"});
    const Finished finished = cli(more);
    EXPECT_EQ(finished.exitCode, 0) << finished.output << finished.errors;
    return jsonOf(finished)["measurements"];
  }
  std::filesystem::path store() const { return folder_.path() / "measurements.sqlite"; }
  void change(const std::string& sql) const { SQLite::Database(store().string(), SQLite::OPEN_READWRITE).exec(sql); }
  /// The measurement succeeds, is not kept, and says why in one line.
  static void expectWarning(const std::string& part) {
    const Finished finished = cli(arguments({"--step", "interchange i j", "--json"}));
    EXPECT_EQ(finished.exitCode, 0) << finished.output << finished.errors;
    const json answer = jsonOf(finished);
    EXPECT_EQ(answer["schedules"][0]["result"], "equal");
    ASSERT_EQ(answer["warnings"].size(), 1U) << answer.dump();
    EXPECT_NE(answer["warnings"][0].get<std::string>().find(part), std::string::npos) << answer["warnings"];
    EXPECT_NE(finished.errors.find("warning: the measurement store"), std::string::npos) << finished.errors;
  }

  TemporaryFolder folder_;
};

TEST_F(CliMeasurements, TheSecondRequestIsAnsweredFromTheStore) {
  const json first = measure({"--step", "tile i j by 8 8"});
  EXPECT_EQ(first["stored"], false);
  EXPECT_EQ(first["warnings"], json::array());
  const json second = measure({"--step", "tile  i j  by 8  8  # the same in other words"});
  EXPECT_EQ(second["stored"], true);
  EXPECT_EQ(second["taken"], first["taken"]);
  EXPECT_EQ(second["original"], first["original"]);
  EXPECT_EQ(second["threads"], first["threads"]);
  EXPECT_EQ(second["runs"], first["runs"]);
  for (const char* key : {"ended", "memory", "counters_missing", "fork_join_s", "notes", "machine", "compiler", "host"})
    EXPECT_EQ(second[key], first[key]) << key;
  EXPECT_GE(first["notes"].size(), 3U) << first["notes"]; // why it ended, pages and caches, how to get a roofline
  json schedule = second["schedules"][0];
  schedule["recipe"] = first["schedules"][0]["recipe"];
  EXPECT_EQ(schedule, first["schedules"][0]);
  EXPECT_EQ(measure({})["stored"], true); // the original ran beside it
}

TEST_F(CliMeasurements, TheTextSaysWhenItWasTaken) {
  const std::string taken = measure({"--step", "tile i j by 8 8"})["taken"];
  const Finished finished = cli(arguments({"--step", "tile i j by 8 8"}));
  EXPECT_EQ(finished.exitCode, 0);
  EXPECT_EQ(finished.output.find("measured on " + taken.substr(0, 10) + " " + taken.substr(11, 8) + " UTC; --fresh"), 0U)
      << finished.output;
}

TEST_F(CliMeasurements, FreshMeasuresAnewAndKeepsBoth) {
  measure({"--step", "tile i j by 8 8"});
  EXPECT_EQ(measure({"--step", "tile i j by 8 8", "--fresh"})["stored"], false);
  EXPECT_EQ(list().size(), 4U); // each with its original
}

TEST_F(CliMeasurements, OtherConditionsAreAnotherPoint) {
  measure({"--step", "interchange i j"});
  for (const std::vector<std::string>& other :
       {std::vector<std::string>{"--threads", "1"}, {"--set", "NI=21"}, {"--set", "alpha=2"}, {"--reassociate"}}) {
    std::vector<std::string> more = {"--step", "interchange i j"};
    more.insert(more.end(), other.begin(), other.end());
    EXPECT_EQ(measure(more)["stored"], false) << other[0];
    EXPECT_EQ(measure(more)["stored"], true) << other[0];
  }
  EXPECT_EQ(measure({"--step", "interchange i j", "--step", "parallel j"})["stored"], false);
}

TEST_F(CliMeasurements, MoreRunsAreMeasuredFewerAreThere) {
  const auto measureRuns = [](const char* runs) {
    return jsonOf(cli({"measure", example("gemm.c"), "--json", "--set", "NI=20", "--set", "NJ=24", "--set", "NK=28",
                       "--runs", runs}))["stored"];
  };
  EXPECT_EQ(measureRuns("4"), false);
  EXPECT_EQ(measureRuns("3"), true);
  EXPECT_EQ(measureRuns("5"), false);
}

TEST_F(CliMeasurements, AnotherMachineOrCompilerIsAnotherPoint) {
  for (const char* column : {"cpu", "host", "compiler"}) {
    measure({"--step", "interchange i j"});
    EXPECT_EQ(measure({"--step", "interchange i j"})["stored"], true) << column;
    change(std::string("UPDATE measurement SET ") + column + " = 'another'");
    EXPECT_EQ(measure({"--step", "interchange i j"})["stored"], false) << column;
  }
}

TEST_F(CliMeasurements, RecipesMeasuredApartAreAnsweredTogether) {
  const std::string a = folder_.write("a.recipe", "interchange i j\n");
  const std::string b = folder_.write("b.recipe", "tile i j by 8 8\n");
  const json first = measure({"--recipe", a});
  EXPECT_EQ(measure({"--recipe", a, "--recipe", b})["stored"], false); // all together, in turn
  change("UPDATE measurement SET taken = '2020-01-01T00:00:00Z' WHERE recipe LIKE 'tile%'");
  const json both = measure({"--recipe", b, "--recipe", a});
  EXPECT_EQ(both["stored"], true);
  EXPECT_EQ(both["schedules"][0]["taken"], "2020-01-01T00:00:00Z");
  EXPECT_NE(both["schedules"][1]["taken"], "2020-01-01T00:00:00Z");
  EXPECT_EQ(both["taken"], both["schedules"][1]["taken"]);
  EXPECT_EQ(both["original"]["median_s"], both["schedules"][1]["original"]["median_s"]);
}

TEST_F(CliMeasurements, AnIllegalRecipeStaysRefusedBesideAStoredOne) {
  const std::string legal = folder_.write("a.recipe", "interchange i j\n");
  const std::string illegal = folder_.write("b.recipe", "reverse k\n");
  measure({"--recipe", legal});
  const Finished finished = cli(arguments({"--recipe", illegal, "--recipe", legal, "--json"}));
  EXPECT_EQ(finished.exitCode, 1);
  const json answer = jsonOf(finished);
  EXPECT_EQ(answer["stored"], true);
  EXPECT_EQ(answer["schedules"][0]["outcome"], "refused");
  EXPECT_EQ(answer["schedules"][0]["taken"], nullptr);
  EXPECT_EQ(answer["schedules"][1]["outcome"], "measured");
}

TEST_F(CliMeasurements, ListsPointAndFigure) {
  EXPECT_EQ(list(), json::array());
  EXPECT_FALSE(std::filesystem::exists(store())); // to look makes no file
  const json measured = measure({"--step", "tile i j by 8 8", "--threads", "1"});
  const json all = list();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0]["recipe"], "");
  EXPECT_EQ(all[0]["speedup"], 1);
  const json& tiled = all[1];
  expectKeys(tiled, {"program", "scalars", "pinned", "reassociate", "seed", "compiler", "machine", "interval_s"});
  EXPECT_EQ(tiled["recipe"], "tile i j by 8 8");
  EXPECT_EQ(tiled["function"], "gemm");
  EXPECT_EQ(tiled["file"], std::filesystem::weakly_canonical(example("gemm.c")).string());
  EXPECT_EQ(tiled["parameters"], json({{"NI", 20}, {"NJ", 24}, {"NK", 28}}));
  EXPECT_EQ(tiled["threads"], 1);
  EXPECT_EQ(tiled["taken"], measured["taken"]);
  EXPECT_EQ(tiled["samples_s"].size(), 3U);
  EXPECT_EQ(tiled["original"]["samples_s"], all[0]["samples_s"]);
  EXPECT_EQ(tiled["median_s"], measured["schedules"][0]["median_s"]);
  EXPECT_EQ(tiled["speedup_interval"], measured["schedules"][0]["speedup_interval"]);
}

TEST_F(CliMeasurements, ListsOneFileAsItIsNow) {
  measure({"--step", "tile i j by 8 8"});
  EXPECT_EQ(list({example("gemm.c")}).size(), 2U);
  EXPECT_EQ(list({example("lu.c")}), json::array());
  const std::string copy = folder_.write("copy.c", readFile(example("gemm.c")));
  EXPECT_EQ(list({copy}).size(), 2U);
  expectError(cli({"measurements", "--json", "/no/such.c"}), "unreadable-file");
  const Finished text = cli({"measurements", copy});
  EXPECT_NE(text.output.find("gemm  tile i j by 8 8  NI=20 NJ=24 NK=28  "), std::string::npos) << text.output;
  EXPECT_NE(text.output.find(", result equal, 3 runs\n"), std::string::npos) << text.output;
}

TEST_F(CliMeasurements, AStoredFigureWarnsOfASmallLoopAgain) {
  const json first = measure({"--step", "parallel i"}), second = measure({"--step", "parallel i"});
  EXPECT_EQ(second["stored"], true);
  EXPECT_NE(first["schedules"][0].value("warning", "").find("too small for this many threads"), std::string::npos);
  EXPECT_EQ(second["schedules"][0]["warning"], first["schedules"][0]["warning"]);
  EXPECT_EQ(second["schedules"][0]["notes"], first["schedules"][0]["notes"]);
  const Finished text = cli(arguments({"--step", "parallel i"}));
  EXPECT_NE(text.output.find("too small for this many threads\n"), std::string::npos) << text.output;
  EXPECT_EQ(list().back()["warning"], first["schedules"][0]["warning"]);
}

TEST_F(CliMeasurements, ListsOneRegionWhereItIsChosen) {
  const std::string file = folder_.write("two.c", "void f(int N, double A[N]) {\n#pragma scop\n  for (int i = 0; i < N; i++)\n"
                                                  "    A[i] = 1.0;\n#pragma endscop\n}\n"
                                                  "void g(int N, double A[N]) {\n#pragma scop\n  for (int i = 0; i < N; i++)\n"
                                                  "    A[i] = 2.0;\n#pragma endscop\n}\n");
  for (const char* function : {"f", "g"})
    EXPECT_EQ(cli({"measure", file, "--function", function, "--runs", "3", "--set", "N=100"}).exitCode, 0);
  EXPECT_EQ(list({file}).size(), 2U);
  ASSERT_EQ(list({file, "--function", "g"}).size(), 1U);
  EXPECT_EQ(list({file, "--function", "g"})[0]["function"], "g");
  EXPECT_EQ(list({file, "--scop", "1"})[0]["function"], "f");
  expectError(cli({"measurements", "--json", file, "--scop", "3"}), "unknown-region");
  expectError(cli({"measurements", "--json", file, "--function", "h"}), "unknown-function");
  expectError(cli({"measurements", "--json", file, "--function", "f", "--scop", "1"}), "two-choices");
  expectError(cli({"measurements", "--json", "--function", "f"}), "usage");
}

TEST_F(CliMeasurements, ANewerStoreIsLeftAloneAndMeasuringGoesOn) {
  measure({});
  change("PRAGMA user_version = 7");
  expectWarning("a newer Polyloom has written it");
  expectError(cli({"measurements", "--json"}), "store");
}

TEST_F(CliMeasurements, ADamagedStoreIsLeftAloneAndMeasuringGoesOn) {
  const std::string damage(8192, 'x');
  folder_.write("measurements.sqlite", damage);
  expectWarning("file is not a database; these times are not kept");
  EXPECT_EQ(readFile(store()), damage);
}

TEST_F(CliMeasurements, AMeasurementThatCannotBeReadIsTakenAnew) {
  measure({"--step", "interchange i j"});
  change("UPDATE measurement SET samples = 'broken'");
  expectWarning("all was measured anew");
  EXPECT_EQ(measure({"--step", "interchange i j"})["stored"], true);
}

TEST_F(CliMeasurements, WithoutAFolderToWriteInMeasuringGoesOn) {
  setenv("POLYLOOM_DATA", "/proc/polyloom", 1); // not even for root
  expectWarning("its folder cannot be made");
}

TEST_F(CliMeasurements, TwoProgramsAtOnceKeepAllTheyMeasure) {
  std::vector<std::future<Finished>> running;
  for (const char* steps : {"interchange i j", "tile i j by 4 4", "reverse i", "parallel i"})
    running.push_back(std::async(std::launch::async, [=] { return cli(arguments({"--step", steps, "--json"})); }));
  for (auto& finished : running) {
    const Finished done = finished.get();
    EXPECT_EQ(done.exitCode, 0) << done.errors;
    EXPECT_EQ(jsonOf(done)["warnings"], json::array());
  }
  EXPECT_EQ(list().size(), 8U);
}

} // namespace
} // namespace polyloom::test
