// polyloom-cli measure --host, through a program called ssh that goes nowhere.
#include "tests/app/cli/cli.h"
#include "tests/support/fake_ssh.h"

#include <cstdlib>

namespace polyloom::test {
namespace {

using nlohmann::json;

class CliHost : public ::testing::Test {
protected:
  CliHost() { setenv("POLYLOOM_DATA", data_.path().c_str(), 1); }

  static Finished measure(const std::string& host, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"measure", example("gemm.c"), "--runs", "3", "--set", "NI=20", "--set", "NJ=24",
                                          "--set", "NK=28", "--step", "interchange i j", "--json"};
    if (!host.empty())
      arguments.insert(arguments.end(), {"--host", host});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cli(arguments);
  }
  static json measured(const std::string& host, const std::vector<std::string>& more = {}) {
    const Finished finished = measure(host, more);
    EXPECT_EQ(finished.exitCode, 0) << finished.output << finished.errors;
    return jsonOf(finished);
  }
  /// The failure has this code, a sentence with this part, and a note with that one.
  static void expectFailure(const Finished& finished, const std::string& code, const std::string& part,
                            const std::string& note) {
    const json error = expectError(finished, code);
    EXPECT_NE(error.value("message", "").find(part), std::string::npos) << error["message"];
    EXPECT_NE(error["notes"].dump().find(note), std::string::npos) << error["notes"];
  }

  TemporaryFolder data_;
  FakeSsh ssh_{POLYLOOM_BIN};
};

TEST_F(CliHost, TheFigureCarriesTheOtherMachineAndIsKeptApart) {
  const json there = measured("tower");
  EXPECT_EQ(there["host"], "tower");
  EXPECT_EQ(there["machine"]["cores"], 4097);
  EXPECT_EQ(there["stored"], false);
  EXPECT_EQ(there["schedules"][0]["result"], "equal");
  EXPECT_GT(there["schedules"][0]["median_s"], 0);
  EXPECT_NE(there["notes"].dump().find("on tower ("), std::string::npos) << there["notes"];
  EXPECT_EQ(measured("")["stored"], false); // this machine is another one
  const json again = measured("tower");
  EXPECT_EQ(again["stored"], true);
  EXPECT_EQ(again["schedules"], there["schedules"]);
  EXPECT_EQ(again["original"], there["original"]);
  EXPECT_EQ(again["notes"], there["notes"]);
  EXPECT_EQ(measured("tower", {"--fresh"})["stored"], false);
}

TEST_F(CliHost, TheStoreOfThisMachineKeepsItWithTheHostsName) {
  measured("tower");
  const json all = jsonOf(cli({"measurements", "--json", example("gemm.c")}))["measurements"];
  ASSERT_EQ(all.size(), 2U);
  for (const json& each : all) {
    EXPECT_EQ(each["host"], "tower");
    EXPECT_EQ(each["machine"]["cores"], 4097);
  }
  const Finished text = cli({"measurements", example("gemm.c")});
  EXPECT_NE(text.output.find("    on tower ("), std::string::npos) << text.output;
}

TEST_F(CliHost, TheOtherMachinesRooflineCountsAndNothingIsKeptThere) {
  const json without = measured("tower", {"--threads", "1"});
  EXPECT_EQ(without["original"]["achieved"]["roofline_fraction"], nullptr);
  EXPECT_NE(without["notes"].dump().find("on tower, polyloom-cli roofline --threads 1"), std::string::npos) << without["notes"];
  setenv("POLYLOOM_DATA", ssh_.data().c_str(), 1);
  EXPECT_EQ(cli({"roofline", "--threads", "1"}).exitCode, 0);
  setenv("POLYLOOM_DATA", data_.path().c_str(), 1);
  for (const bool isStored : {false, true}) {
    const json with = measured("tower", {"--threads", "1", "--set", "NI=21"});
    EXPECT_EQ(with["stored"], isStored);
    EXPECT_GT(with["original"]["achieved"]["roofline_fraction"], 0);
    EXPECT_NE(with["original"]["notes"].dump().find("% of the roofline of 1 thread"), std::string::npos) << with["original"];
  }
  EXPECT_FALSE(std::filesystem::exists(ssh_.data() / "measurements.sqlite"));
}

TEST_F(CliHost, NoPathOfThisMachineIsNeededOrNamedThere) {
  const TemporaryFolder folder;
  folder.write("factor.h", "#define FACTOR SCALE\n");
  const std::string file = folder.write("f.c", "#include \"factor.h\"\nvoid f(int N, double A[N]) {\n#pragma scop\n"
                                               "  for (int i = 0; i < N; i++)\n    A[i] = FACTOR * A[i];\n"
                                               "#pragma endscop\n}\n");
  const Finished finished = cli({"measure", file, "-DSCALE=2.0", "-I", folder.path(), "--runs", "3", "--set", "N=1000",
                                 "--step", "reverse i", "--host", "tower", "--json"});
  EXPECT_EQ(finished.exitCode, 0) << finished.output << finished.errors;
  EXPECT_EQ(jsonOf(finished)["schedules"][0]["result"], "equal");
  EXPECT_NE(ssh_.sent().find("\"run\""), std::string::npos);
  EXPECT_EQ(ssh_.sent().find(folder.path().string()), std::string::npos) << ssh_.sent();
}

TEST_F(CliHost, SshAsksForNothingAndTakesTheHostForNoOption) {
  measured("me@box", {"--worker", std::string(POLYLOOM_BIN) + "/polyloom-worker"});
  EXPECT_EQ(ssh_.arguments(), "-T -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 "
                              "-- me@box '" POLYLOOM_BIN "/polyloom-worker'\n");
  for (const char* host : {"-oProxyCommand=touch /tmp/x", "a b", ""})
    expectFailure(measure("", {"--host", host}), "bad-host", "", "");
  expectError(measure("", {"--worker", "/x"}), "usage"); // of which host?
}

TEST_F(CliHost, AGreetingBeforeTheProtocolIsPassedOver) {
  EXPECT_EQ(measured("chatty")["schedules"][0]["result"], "equal");
}

TEST_F(CliHost, EachFailureIsASentenceWithAWayOut) {
  expectFailure(measure("nowhere"), "no-ssh-connection", "Could not resolve hostname", "~/.ssh/config");
  expectFailure(measure("locked"), "no-ssh-connection", "Permission denied", "ssh-copy-id locked");
  expectFailure(measure("bare"), "worker-missing", "bare has no polyloom-worker on its PATH", "install Polyloom there");
  expectFailure(measure("me@box", {"--worker", "/no/such"}), "worker-missing", "me@box has no program /no/such", "install");
  expectFailure(measure("mortal"), "no-ssh-connection", "the connection to mortal is lost: Connection to mortal closed", "terminal");
  expectFailure(measure("newer"), "worker-version", "speaks version 999 of the protocol, this one speaks", "same version");
  expectFailure(measure("older"), "worker-version", "older than measuring on other machines", "same version");
  EXPECT_EQ(jsonOf(cli({"measurements", "--json"}))["measurements"], json::array());
}

TEST_F(CliHost, WhatTheOtherMachineRefusesComesBackWithItsName) {
  const Finished finished = measure("tower", {"--set", "NI=400000", "--set", "NJ=400000"});
  const json error = expectError(finished, "too-much-memory");
  EXPECT_EQ(error.value("message", "").find("on tower: "), 0U) << error["message"];
}

TEST_F(CliHost, AnIllegalRecipeIsRefusedBesideTheOthers) {
  const std::string legal = data_.write("a.recipe", "tile i j by 8 8\n"), illegal = data_.write("b.recipe", "reverse k\n");
  const Finished finished = cli({"measure", example("gemm.c"), "--runs", "3", "--set", "NI=20", "--set", "NJ=24", "--set",
                                 "NK=28", "--recipe", illegal, "--recipe", legal, "--host", "tower", "--json"});
  EXPECT_EQ(finished.exitCode, 1);
  const json answer = jsonOf(finished);
  EXPECT_EQ(answer["schedules"][0]["outcome"], "refused");
  EXPECT_EQ(answer["schedules"][1]["outcome"], "measured");
  EXPECT_EQ(answer["schedules"][1]["name"], "recipe 2");
}

} // namespace
} // namespace polyloom::test
