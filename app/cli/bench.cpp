#include "app/cli/bench_dependences.h"
#include "app/cli/bench_differential.h"
#include "app/cli/bench_oracle.h"
#include "app/cli/bench_peer.h"
#include "app/cli/bench_suite.h"
#include "app/cli/bench_verdicts.h"
#include "app/cli/recipes_beside.h"
#include "app/cli/child.h"
#include "app/cli/commands.h"
#include "app/jobs/jobs.h"
#include "app/jobs/json.h"
#include "core/codegen/make_kernel.h"
#include "jit/peer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace polyloom {

namespace {

namespace fs = std::filesystem;

struct BenchOptions {
  std::vector<std::string> files;
  std::string peer;
  std::string suite;
  bool recipes = false;
  bool dependences = false;
  int view = 0;
  int oracle = 0;
  int differential = 0;
  int verdicts = 0;
  bool sanitize = false;
  std::uint64_t seed = 1;
  int threads = 2;
  int runs = 30;
  double budget = 120;
  std::string csv;
  bool resume = false;
  bool emitted = true;
  bool markdown = false;
};

/// The folder of the examples that come with the program.
fs::path examplesFolder() { return fs::path(programBeside("")).parent_path().parent_path().parent_path() / "examples"; }

/// The C files of a folder.
std::vector<std::string> filesIn(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".c")
      files.push_back(entry.path().string());
  std::ranges::sort(files);
  return files;
}

/// The C files and those of the folders among the arguments; without any, those of `otherwise`.
std::vector<std::string> wantedFiles(const BenchOptions& options, const std::vector<fs::path>& otherwise) {
  std::vector<std::string> files;
  const std::vector<fs::path> named(options.files.begin(), options.files.end());
  for (const fs::path& path : named.empty() ? otherwise : named) {
    const std::vector<std::string> found = fs::is_directory(path) ? filesIn(path) : std::vector{path.string()};
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

MeasureOptions measureOptions(const Session& session, const BenchOptions& options) {
  MeasureOptions result{.parameters = session.parameters(), .scalars = session.scalars()};
  result.threads = options.threads;
  result.runs = options.runs;
  return result;
}

/// Original order through our JIT beside the peer's compiler, in turn.
Result<nlohmann::json> comparePeer(const Session& session, const BenchOptions& options) {
  const Result<std::string> wrapper = peerWrapper(*session.scop());
  if (!wrapper)
    return std::unexpected(wrapper.error());
  const Result<PeerObject> object = compilePeer(*wrapper);
  if (!object)
    return std::unexpected(object.error());
  const Result<Kernel> kernel = makeKernel(Schedule::original(session.scop()));
  if (!kernel)
    return std::unexpected(kernel.error());
  const std::vector<Variant> variants = {{"clang", SharedObject{object->path()}}};
  const Result<MeasureReport> report = measure(*kernel, variants, measureOptions(session, options));
  if (!report)
    return std::unexpected(report.error());
  const VariantReport& clang = report->variants.front();
  if (clang.outcome != Outcome::Measured)
    return failure("peer-failed", clang.message);
  // The report's speedup is ours over the peer's time: the ratio of times, with its interval.
  return nlohmann::json{{"ours_s", report->original.median},
                        {"clang_s", clang.timing.median},
                        {"ratio", clang.speedup},
                        {"ratio_interval", {clang.speedupInterval.low, clang.speedupInterval.high}},
                        {"runs", report->runs}};
}

nlohmann::json benchPeer(const std::vector<std::string>& files, const BenchOptions& options,
                         const CommonOptions& common) {
  nlohmann::json rows = nlohmann::json::array();
  double logarithms = 0;
  int count = 0;
  if (!common.json)
    fmt::print("{:<24} {:>12} {:>12} {:>7}   95 % interval\n", "original order", "ours", "clang -O3", "ratio");
  for (const std::string& file : files) {
    const std::string name = fs::path(file).stem().string();
    const auto session = Session::open(file, common);
    Result<nlohmann::json> row = session ? comparePeer(**session, options) : std::unexpected(session.error());
    if (!row) {
      rows.push_back({{"file", name}, {"error", errorToJson(row.error())}});
      fmt::print(stderr, "{}: {}\n", name, toText(row.error()));
      continue;
    }
    (*row)["file"] = name;
    rows.push_back(*row);
    const double ratio = (*row)["ratio"];
    logarithms += std::log(ratio);
    ++count;
    if (!common.json)
      fmt::print("{:<24} {:>9.3f} ms {:>9.3f} ms {:>7.2f}   {:.2f} … {:.2f}\n", name,
                 (*row)["ours_s"].get<double>() * 1e3, (*row)["clang_s"].get<double>() * 1e3, ratio,
                 (*row)["ratio_interval"][0].get<double>(), (*row)["ratio_interval"][1].get<double>());
  }
  if (!common.json && count > 0)
    fmt::print("{:<24} {:>35.2f}\n", "geometric mean", std::exp(logarithms / count));
  return rows;
}

/// Every legal recipe that lies beside a file, against the original order.
nlohmann::json benchRecipes(const std::vector<std::string>& files, const BenchOptions& options,
                            const CommonOptions& common) {
  nlohmann::json rows = nlohmann::json::array();
  if (!common.json)
    fmt::print("{:<32} {:>12} {:>12} {:>8}   95 % interval\n", "recipe", "original", "recipe", "speedup");
  for (const std::string& file : files) {
    const auto session = Session::open(file, common);
    if (!session) {
      fmt::print(stderr, "{}\n", toText(session.error()));
      continue;
    }
    for (const std::string& path : recipesBeside(file)) {
      const std::string text = *readRecipe(path, {});
      const Result<JudgedSchedule> judged = judgeRecipe((*session)->scop(), (*session)->dependences(), text, path);
      if (!judged || !judged->isLegal)
        continue; // the instructive ones
      const std::vector<std::string> texts = {text};
      const auto answer = measureRecipes((*session)->scop(), texts, measureOptions(**session, options), Figures::Fresh);
      if (!answer) {
        fmt::print(stderr, "{}: {}\n", path, toText(answer.error()));
        continue;
      }
      nlohmann::json row = measureToJson(*answer, texts);
      row["file"] = fs::path(path).filename().string();
      rows.push_back(row);
      const VariantReport& variant = answer->report.variants.front();
      if (!common.json)
        fmt::print("{:<32} {:>9.3f} ms {:>9.3f} ms {:>8.2f}   {:.2f} … {:.2f}  {}\n",
                   fs::path(path).filename().string(), answer->report.original.median * 1e3, variant.timing.median * 1e3,
                   variant.speedup, variant.speedupInterval.low, variant.speedupInterval.high, variant.message);
    }
  }
  return rows;
}

int bench(const BenchOptions& options, const CommonOptions& common) {
  if (!options.peer.empty() && options.peer != "clang")
    return fail({"unknown-peer", fmt::format("\"{}\" is no peer; there is clang", options.peer)}, common);
  if (!options.suite.empty() && options.suite != "polybench")
    return fail({"unknown-suite", fmt::format("\"{}\" is no suite; there is polybench", options.suite)}, common);
  if (!options.suite.empty())
    return benchSuite(wantedFiles(options, {examplesFolder() / options.suite}),
                      {options.threads, options.runs, options.budget, options.csv, options.resume, options.emitted,
                       options.markdown}, common);
  if (options.oracle > 0)
    return benchOracle({.pairs = options.oracle, .seed = options.seed, .threads = options.threads}, common);
  if (options.differential > 0)
    return benchDifferential(wantedFiles(options, {examplesFolder() / "polybench"}),
                             {options.differential, options.seed, options.sanitize}, common);
  if (options.verdicts > 0)
    return benchVerdicts(wantedFiles(options, {examplesFolder(), examplesFolder() / "polybench"}),
                         {options.verdicts, options.seed}, common);
  if (options.peer.empty() && !options.recipes && !options.dependences && options.view == 0)
    return fail({"usage", "bench needs --peer clang, --suite polybench, --recipes, --dependences, --view POINTS, --verdicts RECIPES, "
                          "--oracle PAIRS or --differential RECIPES"}, common);
  const std::vector<std::string> files = wantedFiles(options, {examplesFolder()});
  nlohmann::json result = nlohmann::json::object();
  if (!options.peer.empty())
    result["peer"] = benchPeer(files, options, common);
  if (options.recipes)
    result["recipes"] = benchRecipes(files, options, common);
  if (options.dependences)
    result["dependences"] = benchDependences(wantedFiles(options, {examplesFolder() / "polybench"}), options.runs, common);
  if (common.json)
    fmt::print("{}\n", result.dump(2));
  if (options.view == 0)
    return kFine;
  const auto status = runProgram({programBeside("polyloom"), "--bench-view", std::to_string(options.view)});
  return status ? *status : fail({"no-window-program", "polyloom could not be started to draw"}, common);
}

} // namespace

void addBench(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("bench", "Polyloom itself: its speeds, and whether it is right");
  auto options = std::make_shared<BenchOptions>();
  command->add_option("FILES", options->files, "C files, or folders of them; the examples without");
  command->add_option("--peer", options->peer, "clang: the original order through our JIT beside clang -O3");
  command->add_option("--suite", options->suite, "polybench: every kernel beside clang, Polly and OpenBLAS, with its recipes");
  command->add_flag("--recipes", options->recipes, "the legal recipes beside each file");
  command->add_flag("--dependences", options->dependences, "time to compute the dependences; PolyBench without FILES");
  command->add_option("--view", options->view, "frames a second of the iteration space with that many points");
  command->add_option("--oracle", options->oracle, "verdicts on that many random pairs against brute force")
      ->check(CLI::Range(1, 100'000'000));
  command->add_option("--differential", options->differential,
                      "emitted C and machine code of that many random legal recipes of each file against the file itself; "
                      "PolyBench without FILES")->check(CLI::Range(1, 1000));
  command->add_option("--verdicts", options->verdicts, "time of the verdicts on the recipes beside each file and on that many random "
                      "ones; all examples without FILES")->check(CLI::Range(1, 100'000));
  command->add_flag("--sanitize", options->sanitize, "with --differential: gcc's address and undefined-behavior sanitizers");
  command->add_option("--seed", options->seed, "of random programs and recipes");
  command->add_option("--threads", options->threads, "threads of parallel loops; with --oracle, of the run")->check(CLI::Range(1, 1024));
  command->add_option("--runs", options->runs, "timed runs of each, at most")->check(CLI::Range(3, 100000));
  CLI::Option* suite = command->get_option("--suite");
  CLI::Option* csv = command->add_option("--csv", options->csv, "with --suite: a file that every kernel's lines go to at once");
  command->add_flag("--resume", options->resume, "the kernels in that file are not measured again")->needs(csv);
  command->add_flag("!--no-emitted", options->emitted, "with --suite: without the emitted C through clang")->needs(suite);
  command->add_flag("--markdown", options->markdown, "with --suite: a table for a document, at the end")->needs(suite);
  command->add_option("--budget", options->budget, "with --suite: seconds of timing per kernel, at most")
      ->check(CLI::Range(0.1, 1e6))->capture_default_str();
  csv->needs(suite);
  command->callback([options, &common, &exitCode] { exitCode = bench(*options, common); });
}

} // namespace polyloom
