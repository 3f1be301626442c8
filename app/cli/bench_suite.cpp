#include "app/cli/bench_suite.h"

#include "app/cli/bench_peer.h"
#include "app/cli/recipes_beside.h"
#include "app/cli/session.h"
#include "app/jobs/jobs.h"
#include "app/jobs/json.h"
#include "core/codegen/make_kernel.h"
#include "jit/compile.h"
#include "jit/peer.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

namespace polyloom {

namespace {

namespace fs = std::filesystem;

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Compiled peers live as long as the run.
class SuiteRow {
public:
  SuiteRow(const Session& session, const std::string& file, const SuiteOptions& options)
      : session_(session), file_(file), options_(options) {}

  Result<nlohmann::json> run() {
    const Result<Kernel> original = makeKernel(Schedule::original(session_.scop()));
    if (!original)
      return std::unexpected(original.error());
    if (const Result<void> added = addPeers(); !added)
      return std::unexpected(added.error());
    addRecipes();
    MeasureOptions measuring{.parameters = session_.parameters(), .scalars = session_.scalars()};
    measuring.threads = options_.threads;
    measuring.runs = options_.runs;
    measuring.runLimit = std::chrono::minutes(2);
    const Result<MeasureReport> report = measure(*original, variants_, measuring);
    if (!report)
      return std::unexpected(report.error());
    return toJson(*report);
  }

private:
  Result<void> addPeers() {
    const std::vector<std::string> clang = {"clang-19", "-O3", "-march=native"};
    std::vector<std::string> polly = clang;
    polly.insert(polly.end(), {"-mllvm", "-polly", "-mllvm", "-polly-parallel", "-fopenmp"});
    std::vector<std::string> blas = clang;
    blas.push_back("-lopenblas");
    const Result<std::string> wrapper = peerWrapper(*session_.scop());
    if (!wrapper)
      return std::unexpected(wrapper.error());
    addPeer("clang", *wrapper, clang);
    addPeer("polly", *wrapper, polly);
    if (const std::optional<std::string> product = blasText(*session_.scop()))
      addPeer("openblas", *product, blas);
    return {};
  }

  void addPeer(const std::string& name, const std::string& text, const std::vector<std::string>& command) {
    Result<PeerObject> object = compilePeer(text, command);
    if (!object) {
      missing_.push_back({{"name", name}, {"message", object.error().message}});
      return;
    }
    variants_.push_back({name, SharedObject{object->path()}});
    peers_.push_back(std::move(*object));
  }

  void addRecipes() {
    for (const std::string& path : recipesBeside(file_)) {
      const auto start = std::chrono::steady_clock::now();
      const Result<JudgedSchedule> judged =
          judgeRecipe(session_.scop(), session_.dependences(), readRecipe(path, {}).value_or(""), path);
      if (!judged || !judged->isLegal)
        continue; // the instructive ones
      Result<Kernel> kernel = makeKernel(judged->schedule);
      if (!kernel || !compileToObject(*kernel))
        continue; // the measurement would say so; nothing to time
      const std::string name = fs::path(path).filename().string();
      compileSeconds_.emplace(name, secondsSince(start));
      variants_.push_back({name, std::move(*kernel)});
    }
  }

  nlohmann::json toJson(const MeasureReport& report) const {
    const VariantReport& clang = report.variants.front();
    nlohmann::json row{{"original_s", report.original.median}, {"threads", report.threads}, {"runs", report.runs}};
    row["entrants"] = nlohmann::json::array();
    for (const VariantReport& variant : report.variants) {
      nlohmann::json entrant{{"name", variant.name}, {"message", variant.message}};
      if (variant.outcome == Outcome::Measured) {
        entrant["median_s"] = variant.timing.median;
        entrant["over_clang"] = clang.timing.median / variant.timing.median;
      }
      if (const auto compiled = compileSeconds_.find(variant.name); compiled != compileSeconds_.end())
        entrant["compile_s"] = compiled->second;
      row["entrants"].push_back(std::move(entrant));
    }
    row["original_over_clang"] = clang.timing.median / report.original.median;
    for (const nlohmann::json& absent : missing_)
      row["entrants"].push_back(absent);
    return row;
  }

  const Session& session_;
  const std::string& file_;
  SuiteOptions options_;
  std::vector<Variant> variants_;
  std::map<std::string, double> compileSeconds_; ///< of our own code, per recipe
  std::vector<PeerObject> peers_;
  nlohmann::json missing_ = nlohmann::json::array();
};

std::string toText(const std::string& name, const nlohmann::json& row) {
  std::string text = fmt::format("{:<16} {:<28} {:>10.3f} ms {:>8.2f}\n", name, "original order",
                                 1e3 * row["original_s"].get<double>(), row["original_over_clang"].get<double>());
  for (const nlohmann::json& entrant : row["entrants"]) {
    const std::string who = entrant["name"];
    if (!entrant.contains("median_s")) {
      text += fmt::format("{:<16} {:<28} {}\n", "", who, entrant["message"].get<std::string>());
      continue;
    }
    text += fmt::format("{:<16} {:<28} {:>10.3f} ms {:>8.2f}", "", who, 1e3 * entrant["median_s"].get<double>(),
                        entrant["over_clang"].get<double>());
    if (entrant.contains("compile_s"))
      text += fmt::format("   code in {:.0f} ms", 1e3 * entrant["compile_s"].get<double>());
    text += "\n";
  }
  return text;
}

/// The options with a preset for this file, where the command line says nothing of sizes.
CommonOptions sized(const std::string& name, const CommonOptions& common) {
  static const std::set<std::string> kLong = {"adi", "floyd-warshall", "seidel-2d"};
  CommonOptions result = common;
  if (result.sets.empty())
    result.sets.push_back(kLong.contains(name) ? "preset=MEDIUM" : "preset=LARGE");
  return result;
}

} // namespace

int benchSuite(const std::vector<std::string>& files, const SuiteOptions& options, const CommonOptions& common) {
  nlohmann::json rows = nlohmann::json::array();
  if (!common.json)
    fmt::print("{:<16} {:<28} {:>13} {:>8}\n", "kernel", "code", "median", "× clang");
  for (const std::string& file : files) {
    const std::string name = fs::path(file).stem().string();
    const auto session = Session::open(file, sized(name, common));
    Result<nlohmann::json> row = session ? SuiteRow(**session, file, options).run() : std::unexpected(session.error());
    if (!row) {
      rows.push_back({{"file", name}, {"error", errorToJson(row.error())}});
      fmt::print(stderr, "{}: {}\n", name, toText(row.error()));
      continue;
    }
    (*row)["file"] = name;
    if (!common.json)
      fmt::print("{}", toText(name, *row));
    std::fflush(stdout); // a kernel takes many seconds
    rows.push_back(std::move(*row));
  }
  if (common.json)
    fmt::print("{}\n", nlohmann::json{{"suite", rows}}.dump(2));
  return kFine;
}

} // namespace polyloom
