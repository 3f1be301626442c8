#include "core/program/text.h"
#include "models/data/data_file.h"
#include "models/data/input_json.h"
#include "models/program/service.h"
#include "tests/models/synthetic.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace polyloom::test {
namespace {

using nlohmann::json;

class Service : public ::testing::Test {
protected:
  std::string folder = (std::filesystem::temp_directory_path() / ("service" + std::to_string(getpid()))).string();
  std::string data = folder + "/data.jsonl", model = folder + "/model.weights";
  TrainingSet set = syntheticSet(60, 8, 3, 0.05);
  ModelService service{tinyTable()};
  std::vector<json> progress;

  Service() {
    std::filesystem::create_directories(folder);
    std::ofstream stream(data);
    stream << dataHeader(tinyTable()).dump() << "\n";
    for (const LabeledProgram& program : set.programs)
      stream << toJson(program).dump() << "\n";
    stream << "{\"name\": \"cut off";
  }
  ~Service() override { std::filesystem::remove_all(folder); }

  json ask(const json& request) {
    return service.serve(request, [&](const json& message) { progress.push_back(message); });
  }
  json trained(int epochs) {
    return ask({{"id", 7}, {"job", "train"}, {"data", {data}}, {"out", model}, {"split", {{"validation", 0.2}, {"test", 0.3}}},
                {"options", {{"width", 16}, {"heads", 2}, {"epochs", epochs}, {"batch", 64}, {"learning_rate", 6e-3},
                             {"threads", 1}, {"dropout", 0}}},
                {"facts", {{"machine", "a test's"}}}});
  }
};

TEST_F(Service, SaysWhatItUnderstands) {
  const json result = ask({{"id", "a"}, {"job", "hello"}}).at("result");
  EXPECT_EQ(result.at("protocol"), 1);
  EXPECT_EQ(result.at("schema"), "tiny-1");
  EXPECT_EQ(result.at("features").at("loop"), json({"extent", "parallel"}));
}

TEST_F(Service, TrainsPredictsAndEvaluates) {
  const json result = trained(10).at("result");
  EXPECT_EQ(result.at("curve").size(), 10U);
  ASSERT_EQ(progress.size(), 10U);
  EXPECT_EQ(progress[3].at("id"), 7);
  EXPECT_EQ(progress[3].at("progress").at("epoch"), 3);

  const LabeledProgram& program = set.programs[0];
  const json answer = ask({{"id", 8}, {"job", "predict"}, {"model", model}, {"original", toJson(program.original)},
                           {"schedules", {toJson(program.schedules[0].input), toJson(program.original)}}});
  const json& predictions = answer.at("result").at("predictions");
  ASSERT_EQ(predictions.size(), 2U);
  EXPECT_NEAR(predictions[0].at("speedup").get<double>() / program.schedules[0].speedup, 1, 0.5);
  EXPECT_NEAR(predictions[1].at("speedup").get<double>(), 1, 1e-6);
  EXPECT_LT(predictions[0].at("low"), predictions[0].at("speedup"));

  const json evaluated = ask({{"job", "evaluate"}, {"model", model}, {"data", {data}}, {"points", true},
                              {"split", {{"validation", 0.2}, {"test", 0.3}}}}).at("result");
  const json& rows = evaluated.at("rows");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_LT(rows[0].at("mape"), rows[1].at("mape")) << "better than what the features model";
  EXPECT_LT(rows[0].at("mape"), rows[2].at("mape")) << "better than a constant";
  EXPECT_LT(rows[3].at("mape"), 5) << "labels scatter by 5 %";
  EXPECT_EQ(evaluated.at("points").size(), rows[0].at("schedules"));
  EXPECT_EQ(ask({{"job", "hello"}, {"model", model}}).at("result").at("model").at("facts").at("machine"), "a test's");
}

TEST(ServiceOfRecipes, PredictsWhatItPredictsFromTheirFeatures) {
  const std::string path = (std::filesystem::temp_directory_path() / ("recipes" + std::to_string(getpid()))).string();
  NetworkSpec spec;
  spec.width = 16;
  const Result<CostModel> model = CostModel::make(spec, FeatureTable::current(), 1, 3);
  ASSERT_TRUE(model) << model.error().message;
  ASSERT_TRUE(model->save(path).has_value());
  ModelService service(FeatureTable::current());
  const json program = toJson(*polyloom::test::program("int N, double A[N][N], double B[N][N], double C[N][N]",
                                             "for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) for (int k = 0; k < N; k++) "
                                             "C[i][j] += A[i][k] * B[k][j];\n"));
  const json recipes = {"", "interchange j k", "parallel nothing", "tile i j by 32 32\nparallel it"};
  const json parameters = {{"N", 400}};
  const json features = service.serve({{"job", "features"}, {"program", program}, {"recipes", recipes}, {"parameters", parameters}},
                                      [](const json&) {}).at("result");
  const json said = service.serve({{"job", "predict"}, {"model", path}, {"program", program}, {"recipes", recipes},
                                   {"parameters", parameters}}, [](const json&) {}).at("result").at("predictions");
  ASSERT_EQ(said.size(), 4U);
  EXPECT_NEAR(said[0].at("speedup").get<double>(), 1, 1e-5);
  EXPECT_NE(said[2].at("error").at("message"), "");
  EXPECT_GT(said[3].at("speedup"), 1) << "an untrained network says what the features model";
  const json schedules = {features.at("schedules")[1], features.at("schedules")[3]};
  const json again = service.serve({{"job", "predict"}, {"model", path}, {"original", features.at("original")},
                                    {"schedules", schedules}}, [](const json&) {}).at("result").at("predictions");
  EXPECT_NEAR(again[0].at("speedup").get<double>(), said[1].at("speedup").get<double>(), 1e-4);
  EXPECT_NEAR(again[1].at("speedup").get<double>(), said[3].at("speedup").get<double>(), 1e-4);
  std::filesystem::remove(path);
}

TEST(ServiceOfRecipes, ReadsLoopersFeaturesForLoopersNetwork) {
  const std::string path = (std::filesystem::temp_directory_path() / ("looper" + std::to_string(getpid()))).string();
  NetworkSpec spec{.kind = NetworkKind::Looper};
  spec.computation = static_cast<std::int64_t>(kLooperComputation);
  spec.loop = static_cast<std::int64_t>(kLooperLoop);
  spec.sequence = 8;
  spec.layers = {24, 16};
  ASSERT_TRUE(CostModel::make(spec, FeatureTable::current(), 1, 3)->save(path).has_value());
  ModelService service(FeatureTable::current());
  const auto ask = [&](json request) {
    request["program"] = toJson(*named("gemm"));
    request["recipes"] = {"parallel i", "distribute j after S0"};
    return service.serve(request, [](const json&) {});
  };
  const json said = ask({{"job", "predict"}, {"model", path}}).at("result").at("predictions");
  const json features = ask({{"job", "features"}, {"inputs", {"looper"}}}).at("result");
  EXPECT_FALSE(features.at("original").contains("tree"));
  EXPECT_TRUE(ask({{"job", "features"}}).at("result").at("original").contains("tree"));
  EXPECT_EQ(ask({{"job", "features"}, {"inputs", {"trees"}}}).at("error").at("code"), "bad-request");
  const json again = service.serve({{"job", "predict"}, {"model", path}, {"original", features.at("original")},
                                    {"schedules", features.at("schedules")}}, [](const json&) {}).at("result").at("predictions");
  ASSERT_EQ(again.size(), 2U);
  EXPECT_NEAR(again[0].at("speedup").get<double>(), said[0].at("speedup").get<double>(), 1e-5);
  EXPECT_NEAR(again[1].at("speedup").get<double>(), said[1].at("speedup").get<double>(), 1e-5);
  EXPECT_EQ(service.serve({{"job", "hello"}}, [](const json&) {}).at("result").at("looper").at("computation"), kLooperComputation);
  std::filesystem::remove(path);
}

TEST_F(Service, IsCancelledBetweenBatches) {
  std::stop_source stop;
  stop.request_stop();
  const json answer = service.serve({{"job", "train"}, {"data", {data}}, {"out", model}}, [](const json&) {}, stop.get_token());
  EXPECT_EQ(answer.at("error").at("code"), "cancelled");
  EXPECT_FALSE(std::filesystem::exists(model));
}

TEST_F(Service, RefusesInSentences) {
  const auto codeOf = [&](const json& request) { return ask(request).at("error").at("code").get<std::string>(); };
  EXPECT_EQ(codeOf(json::array()), "bad-request");
  EXPECT_EQ(codeOf({{"job", 5}}), "bad-request");
  EXPECT_EQ(codeOf({{"job", "dance"}}), "unknown-job");
  EXPECT_EQ(codeOf({{"job", "predict"}}), "bad-request");
  EXPECT_EQ(codeOf({{"job", "predict"}, {"model", data}, {"original", {}}, {"schedules", json::array()}}), "bad-weights");
  EXPECT_EQ(codeOf({{"job", "train"}, {"data", {folder + "/none"}}, {"out", model}}), "no-file");
  EXPECT_EQ(codeOf({{"job", "train"}, {"data", {data}}, {"out", model}, {"options", {{"width", 1e9}}}}), "bad-option");
  EXPECT_EQ(codeOf({{"job", "train"}, {"data", {data}}, {"out", model}, {"options", {{"width", 12}, {"heads", 8}}}}), "bad-network");
}

TEST_F(Service, RefusesFeaturesOfAnotherShape) {
  ASSERT_TRUE(trained(1).contains("result"));
  const json whole = toJson(set.programs[0].original);
  const auto codeOf = [&](const json& schedule) {
    const json answer = ask({{"job", "predict"}, {"model", model}, {"original", whole}, {"schedules", {schedule}}});
    return answer.contains("error") ? answer.at("error").at("code").get<std::string>() : "";
  };
  EXPECT_EQ(codeOf(whole), "");
  EXPECT_EQ(codeOf(json::object()), "bad-features");
  for (const auto& [pointer, value] : std::initializer_list<std::pair<const char*, json>>{
           {"/tree/rows/loop", "AAAA"}, {"/tree/rows/loop", "!!!!"}, {"/tree/rows/program", {1, "x"}},
           {"/tree/rows/program", {1, 1e39}}, {"/tree/path_loops", {99}}, {"/tree/path_loops", {-1}},
           {"/tree/path_lengths", {1 << 30}}, {"/tree/path_lengths", {4294967296}}, {"/tree/access_counts", json()},
           {"/tree/loop_parents", {0}}, {"/tree", 5}, {"/looper/loops", 5}, {"/looper/computations/0/loop", 77}}) {
    json broken = whole;
    broken[json::json_pointer(pointer)] = value;
    EXPECT_EQ(codeOf(broken), "bad-features") << pointer;
  }
}

} // namespace
} // namespace polyloom::test
