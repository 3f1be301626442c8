#include "app/cli/bench_dependences.h"

#include "app/jobs/json.h"
#include "core/base/cpu_time.h"
#include "core/frontend/extract.h"
#include "core/program/text.h"
#include "jit/statistics.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace polyloom {

namespace {

/// isl remembers nothing between contexts, so that every run does the whole work.
Result<double> secondsOf(const nlohmann::json& program, std::size_t& count) {
  const IslContext context;
  const Result<ScopPtr> scop = scopFromJson(context.get(), program);
  if (!scop)
    return std::unexpected(scop.error());
  const double start = cpuSeconds();
  const Result<Dependences> dependences = boundedDependences(**scop);
  const double seconds = cpuSeconds() - start;
  if (!dependences)
    return std::unexpected(dependences.error());
  count = dependences->all().size();
  return seconds;
}

Result<nlohmann::json> benchFile(const std::string& file, int runs, const CommonOptions& common) {
  const auto session = Session::open(file, common);
  if (!session)
    return std::unexpected(session.error());
  const Scop& scop = *(*session)->scop();
  const nlohmann::json program = toJson(scop);
  std::vector<double> times;
  std::size_t count = 0;
  for (int run = 0; run < runs; ++run) {
    const Result<double> seconds = secondsOf(program, count);
    if (!seconds)
      return std::unexpected(seconds.error());
    times.push_back(*seconds);
  }
  return nlohmann::json{{"statements", scop.statements.size()},
                        {"dependences", count},
                        {"median_s", median(times)},
                        {"runs", runs}};
}

} // namespace

nlohmann::json benchDependences(const std::vector<std::string>& files, int runs, const CommonOptions& common) {
  nlohmann::json rows = nlohmann::json::array();
  double total = 0;
  if (!common.json)
    fmt::print("{:<24} {:>10} {:>12} {:>12}\n", "dependences", "statements", "relations", "time");
  for (const std::string& file : files) {
    const std::string name = std::filesystem::path(file).stem().string();
    Result<nlohmann::json> row = benchFile(file, runs, common);
    if (!row) {
      rows.push_back({{"file", name}, {"error", errorToJson(row.error())}});
      fmt::print(stderr, "{}: {}\n", name, toText(row.error()));
      continue;
    }
    (*row)["file"] = name;
    rows.push_back(*row);
    total += (*row)["median_s"].get<double>();
    if (!common.json)
      fmt::print("{:<24} {:>10} {:>12} {:>9.2f} ms\n", name, (*row)["statements"].get<int>(),
                 (*row)["dependences"].get<int>(), (*row)["median_s"].get<double>() * 1e3);
  }
  if (!common.json)
    fmt::print("{:<24} {:>36.2f} ms\n", "together", total * 1e3);
  return rows;
}

} // namespace polyloom
