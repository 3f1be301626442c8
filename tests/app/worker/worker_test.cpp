// polyloom-worker: one JSON object a line in, one or more a line out.
#include "tests/support/child.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <sstream>

namespace polyloom::test {
namespace {

using nlohmann::json;

/// The worker's messages after these request lines.
std::vector<json> messages(const std::vector<std::string>& lines) {
  std::string input;
  for (const std::string& line : lines)
    input += line + "\n";
  const Finished finished = runChild({POLYLOOM_WORKER}, input);
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  std::vector<json> result;
  std::istringstream stream(finished.output);
  for (std::string line; std::getline(stream, line);) {
    result.push_back(json::parse(line, nullptr, false));
    EXPECT_TRUE(result.back().is_object()) << line;
  }
  return result;
}

json answerTo(const json& request) { return messages({request.dump()}).back(); }

std::string gemm() { return std::string(POLYLOOM_SOURCE_DIR) + "/examples/gemm.c"; }

json program() {
  return answerTo({{"id", 0}, {"job", "extract"}, {"path", gemm()}})["result"]["regions"][0];
}

TEST(Worker, ExtractsRegions) {
  const json answer = answerTo({{"id", 41}, {"job", "extract"}, {"path", gemm()}});
  EXPECT_EQ(answer["id"], 41);
  ASSERT_EQ(answer["result"]["regions"].size(), 1U);
  EXPECT_EQ(answer["result"]["regions"][0]["function"], "gemm");
}

TEST(Worker, AnswersAnErrorForAFileItCannotRead) {
  const json answer = answerTo({{"id", 1}, {"job", "extract"}, {"path", "/no/such.c"}});
  EXPECT_EQ(answer["error"]["code"], "unreadable-file");
  EXPECT_FALSE(answer.contains("result"));
}

TEST(Worker, EmitsAProgramThatItGets) {
  const json answer = answerTo({{"id", 2}, {"job", "emit"}, {"program", program()}, {"recipe", "parallel i"},
                                {"as", "openmp"}});
  const std::string text = answer["result"].value("text", "");
  EXPECT_NE(text.find("#pragma omp parallel for"), std::string::npos) << answer.dump();
  EXPECT_NE(text.find("void gemm(int NI"), std::string::npos); // the file's own text traveled along
}

TEST(Worker, MeasuresWithProgress) {
  const json request = {{"id", 3}, {"job", "measure"}, {"program", program()}, {"recipes", json::array({"tile i j by 8 8"})},
                        {"set", {{"NI", 16}, {"NJ", 16}, {"NK", 16}, {"alpha", 2.0}}}, {"runs", 3}};
  const std::vector<json> all = messages({request.dump()});
  ASSERT_GE(all.size(), 2U);
  EXPECT_TRUE(all.front().contains("progress"));
  EXPECT_EQ(all.front()["id"], 3);
  EXPECT_EQ(all.back()["result"]["schedules"][0]["result"], "equal") << all.back().dump();
}

json measureRequest(const char* job, const json& more = json::object()) {
  json request = {{"id", 3}, {"job", job}, {"program", program()}, {"recipes", json::array({"tile i j by 8 8", "parallel i"})},
                  {"set", {{"NI", 16}, {"NJ", 16}, {"NK", 16}, {"alpha", 2.0}}}, {"runs", 3}};
  request.update(more);
  return request;
}

TEST(Worker, SaysWhatCanBeSwept) {
  const json answer = answerTo({{"id", 5}, {"job", "sweep-numbers"}, {"program", program()}, {"recipe", "tile i j by 8 16"},
                                {"set", {{"NI", 40}, {"NJ", 16}}}});
  ASSERT_EQ(answer["result"]["numbers"].size(), 2U) << answer.dump();
  EXPECT_EQ(answer["result"]["numbers"][0]["open"], "tile i j by ? 16");
  EXPECT_EQ(answer["result"]["numbers"][0]["coarse"], json({1, 2, 4, 8, 16, 32}));
  EXPECT_EQ(answer["result"]["numbers"][1]["coarse"], json({1, 2, 4, 8, 16}));
}

TEST(Worker, StreamsTheJudgedAndMeasuredPointsOfASweep) {
  const json request = {{"id", 6}, {"job", "sweep"}, {"program", program()}, {"recipe", "tile i j by 8 8\nreverse i"}, {"runs", 3},
                        {"fresh", true}, {"set", {{"NI", 16}, {"NJ", 16}, {"NK", 16}}},
                        {"axes", json::array({{{"step", 0}, {"parameter", "sizes"}, {"place", 1}, {"values", {4, 8}}}})}};
  const std::vector<json> all = messages({request.dump()});
  std::size_t judged = 0, figured = 0, measured = 0;
  for (const json& message : all) {
    EXPECT_EQ(message["id"], 6);
    const json part = message.value("partial", json::object());
    for (const json& point : part.value("points", json::array()))
      (point["figures"].empty() ? judged : figured) += 1;
    measured += part.value("measured", json::object()).value("schedules", json::array()).size();
  }
  EXPECT_EQ(judged, 2U);
  EXPECT_EQ(figured, 2U);
  EXPECT_EQ(measured, 2U);
  const json points = all.back()["result"]["points"];
  ASSERT_EQ(points.size(), 2U) << all.back().dump();
  EXPECT_EQ(points[1]["recipe"], "tile i j by 8 8\nreverse i");
  EXPECT_GT(points[1]["figures"][0]["speedup"], 0);
}

TEST(Worker, RefusesASweepOfNothing) {
  const json answer = answerTo({{"id", 7}, {"job", "sweep"}, {"program", program()}, {"recipe", "reverse i"},
                                {"axes", json::array({{{"step", 0}, {"parameter", "loop"}, {"values", {4}}}})}});
  EXPECT_EQ(answer["error"]["code"], "no-number") << answer.dump();
}

TEST(Worker, AnswersFromTheStoreUnlessItShallMeasureAnew) {
  const json first = answerTo(measureRequest("measure"))["result"];
  EXPECT_EQ(first["stored"], false) << first.dump();
  const std::vector<json> second = messages({measureRequest("measure").dump()});
  ASSERT_EQ(second.size(), 1U); // no progress: nothing was run
  EXPECT_EQ(second[0]["result"]["stored"], true);
  EXPECT_EQ(second[0]["result"]["schedules"], first["schedules"]);
  EXPECT_EQ(answerTo(measureRequest("measure", {{"fresh", true}}))["result"]["stored"], false);
}

TEST(Worker, TellsAnotherMachineWhoItIs) {
  const json hello = answerTo({{"id", 1}, {"job", "hello"}})["result"];
  EXPECT_EQ(hello["protocol"], 1);
  EXPECT_FALSE(hello["machine"].value("cpu", "").empty());
  EXPECT_GE(hello["machine"].value("cores", 0), 1);
  EXPECT_EQ(hello.value("compiler", "").find("Polyloom "), 0U);
  EXPECT_GT(hello["cache_bytes"], 0);
  EXPECT_TRUE(hello["rooflines"].is_array());
}

TEST(Worker, RunsForAnotherMachineAndKeepsNothing) {
  const json values = {{"set", {{"NI", 13}, {"NJ", 14}, {"NK", 15}}}};
  const json report = answerTo(measureRequest("run", values))["result"]["report"];
  EXPECT_EQ(report["original_samples_s"].size(), 3U) << report.dump();
  ASSERT_EQ(report["variants"].size(), 2U);
  for (const json& variant : report["variants"]) {
    EXPECT_EQ(variant["outcome"], "measured");
    EXPECT_EQ(variant["samples_s"].size(), 3U);
  }
  EXPECT_EQ(answerTo(measureRequest("stored", values))["result"]["schedules"], json::array());
}

TEST(Worker, TellsWhatIsStoredWithoutRunningAnything) {
  const json values = {{"set", {{"NI", 17}, {"NJ", 18}, {"NK", 19}}}};
  const json nothing = answerTo(measureRequest("stored", values))["result"];
  EXPECT_EQ(nothing["schedules"], json::array()) << nothing.dump();
  json one = measureRequest("measure", values);
  one["recipes"] = json::array({"parallel i"});
  const json measured = answerTo(one)["result"];
  const json stored = answerTo(measureRequest("stored", values))["result"];
  ASSERT_EQ(stored["schedules"].size(), 1U) << stored.dump();
  EXPECT_EQ(stored["schedules"][0]["recipe"], "parallel i");
  EXPECT_EQ(stored["schedules"][0]["speedup"], measured["schedules"][0]["speedup"]);
  EXPECT_EQ(stored["taken"], measured["taken"]);
  EXPECT_EQ(stored["original"], measured["original"]);
}

TEST(Worker, SimulatesCaches) {
  const json request = {{"id", 3}, {"job", "cache"}, {"program", program()},
                        {"recipes", json::array({"interchange i j", "reverse z"})},
                        {"set", {{"NI", 16}, {"NJ", 16}, {"NK", 16}}}, {"limit", 5000}};
  const json result = answerTo(request)["result"];
  EXPECT_EQ(result["original"]["accesses"], 5000) << result.dump();
  EXPECT_EQ(result["original"]["total_accesses"], 16 * 16 * (2 + 4 * 16));
  ASSERT_EQ(result["schedules"].size(), 2U);
  EXPECT_EQ(result["schedules"][0]["legal"], true);
  EXPECT_EQ(result["schedules"][0]["loops"][0]["variable"], "j");
  EXPECT_FALSE(result["schedules"][1].contains("levels"));
  EXPECT_NE(result["schedules"][1].value("message", "").find("z"), std::string::npos);
}

TEST(Worker, DoesNotRunAProgramAtValuesThatLeaveItsArrays) {
  const TemporaryFolder folder;
  const std::string file = folder.write("f.c", "void f(int N, double A[100]) {\n#pragma scop\n"
                                               "  for (int i = 0; i < N; i++)\n    A[i] = 1.0;\n#pragma endscop\n}\n");
  const json regions = answerTo({{"id", 1}, {"job", "extract"}, {"path", file}})["result"]["regions"];
  const json answer = answerTo({{"id", 2}, {"job", "measure"}, {"program", regions[0]}, {"recipes", json::array({""})},
                                {"set", {{"N", 101}}}});
  EXPECT_EQ(answer["error"]["code"], "broken-assumption") << answer.dump();
  EXPECT_EQ(answer["error"]["message"], "N = 101 breaks an assumption of the program");
}

TEST(Worker, AnswersBadRequestsAndGoesOn) {
  const std::vector<json> all = messages({"not json", "[1, 2]", "{}", R"({"id": 4, "job": "fly"})",
                                          R"({"id": 5, "job": "extract"})", R"({"id": 6, "job": 7})",
                                          R"({"id": 7, "job": "emit", "as": "c", "program": {}, "recipe": ""})",
                                          json{{"id", 8}, {"job", "extract"}, {"path", gemm()}}.dump()});
  ASSERT_EQ(all.size(), 8U);
  for (std::size_t m = 0; m < 7; ++m) {
    ASSERT_TRUE(all[m].contains("error")) << all[m].dump();
    EXPECT_FALSE(all[m]["error"].value("message", "").empty());
  }
  EXPECT_EQ(all[0]["id"], nullptr);
  EXPECT_EQ(all[0]["error"]["code"], "bad-request");
  EXPECT_EQ(all[1]["error"]["code"], "bad-request");
  EXPECT_EQ(all[3]["error"]["code"], "unknown-job");
  EXPECT_EQ(all[3]["id"], 4);
  EXPECT_EQ(all[4]["error"]["code"], "bad-request");
  EXPECT_EQ(all[5]["error"]["code"], "bad-request");
  EXPECT_TRUE(all[7].contains("result"));
}

TEST(Worker, RefusesARecipeWithItsLine) {
  const json answer = answerTo({{"id", 9}, {"job", "emit"}, {"program", program()}, {"as", "c"},
                                {"recipe", "reverse i\nreverse z\n"}});
  EXPECT_EQ(answer["error"]["code"], "unknown-loop");
  EXPECT_EQ(answer["error"]["line"], 2);
}

} // namespace
} // namespace polyloom::test
