#include "app/cli/bench_differential.h"

#include "app/cli/bench_peer.h"
#include "app/jobs/json.h"
#include "app/proof/differential.h"
#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "core/isl/extra.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace polyloom {

namespace {

/// A size without --set and without a preset MINI: enough for full and partial tiles.
constexpr std::int64_t kSmallSize = 23;

bool isAdmissible(const Scop& scop, const std::map<std::string, std::int64_t>& values) {
  isl::set point = scop.context;
  for (const auto& [name, value] : values)
    point = fixParameter(point, name, value);
  return !point.is_empty();
}

std::map<std::string, std::int64_t> sizesOf(const Session& session) {
  const Scop& scop = *session.scop();
  std::map<std::string, std::int64_t> sizes;
  for (const Parameter& parameter : scop.parameters)
    sizes[parameter.name] = std::min(parameter.value, kSmallSize);
  const auto mini = std::ranges::find(scop.presets, "MINI", &Preset::name);
  if (mini != scop.presets.end())
    for (const auto& [name, value] : mini->values)
      sizes[name] = value;
  for (const auto& [name, value] : session.parameters())
    sizes[name] = value;
  if (!isAdmissible(scop, sizes))
    for (const Parameter& parameter : scop.parameters)
      sizes[parameter.name] = parameter.value;
  return sizes;
}

/// C text of the function to compare with: the file's own, or, where the region works on arrays that are no arguments
/// and that the function uses elsewhere (nobody could look at them afterwards), the region in its original order.
Result<std::string> referenceText(const ScopPtr& scop, bool& isSource) {
  Result<std::string> source = peerWrapper(*scop);
  isSource = source.has_value();
  if (isSource)
    return source;
  const Result<Kernel> kernel = makeKernel(Schedule::original(scop));
  if (!kernel)
    return std::unexpected(kernel.error());
  return standaloneFunction(*kernel, {.openMp = false}, "polyloom_kernel");
}

Result<DifferentialReport> compareFile(const std::string& file, const DifferentialBenchOptions& options,
                                       std::uint64_t seed, const CommonOptions& common, bool& isSource) {
  const auto session = Session::open(file, common);
  if (!session)
    return std::unexpected(session.error());
  const Scop& scop = *(*session)->scop();
  const Result<std::string> original = referenceText((*session)->scop(), isSource);
  if (!original)
    return std::unexpected(original.error());
  DifferentialOptions chosen{.recipes = options.recipes, .seed = seed, .sanitize = options.sanitize,
                             .reassociate = common.reassociate, .parameters = sizesOf(**session), .scalars = {}};
  for (const DataScalar& scalar : scop.scalars)
    chosen.scalars[scalar.name] = scalar.value;
  for (const auto& [name, value] : (*session)->scalars())
    chosen.scalars[name] = value;
  return runDifferential((*session)->scop(), *original, chosen);
}

} // namespace

int benchDifferential(const std::vector<std::string>& files, const DifferentialBenchOptions& options,
                      const CommonOptions& common) {
  nlohmann::json rows = nlohmann::json::array();
  int recipes = 0;
  int compared = 0;
  int faults = 0;
  for (std::size_t f = 0; f < files.size(); ++f) {
    const std::string name = std::filesystem::path(files[f]).stem().string();
    const std::uint64_t seed = options.seed + f;
    bool isSource = false;
    const Result<DifferentialReport> report = compareFile(files[f], options, seed, common, isSource);
    nlohmann::json row{{"file", name}, {"seed", seed}};
    if (!report) {
      row["error"] = errorToJson(report.error());
      fmt::print(stderr, "{}: {}\n", name, toText(report.error()));
      ++faults;
    } else {
      row.update({{"recipes", report->recipes}, {"left_out", report->leftOut}, {"compared", report->compared},
                  {"faults", report->faults}, {"reference", isSource ? "source" : "original order"}});
      recipes += report->recipes;
      compared += report->compared;
      faults += static_cast<int>(report->faults.size());
      for (const std::string& fault : report->faults)
        fmt::print(stderr, "{} (seed {}): {}\n", name, seed, fault);
      if (!common.json)
        fmt::print("{:<24} {:>4} recipes ({} left out) {:>5} results compared {:>4} faults  {}\n", name, report->recipes,
                   report->leftOut, report->compared, report->faults.size(),
                   isSource ? "" : "(with the region in its original order)");
      std::fflush(stdout); // a run takes minutes
    }
    rows.push_back(std::move(row));
  }
  answer({{"files", rows}, {"recipes", recipes}, {"compared", compared}, {"faults", faults}},
         fmt::format("{:<24} {:>4} recipes {:>5} results compared {:>4} faults\n", "together", recipes, compared, faults),
         common);
  return faults == 0 ? kFine : kIllegal;
}

} // namespace polyloom
