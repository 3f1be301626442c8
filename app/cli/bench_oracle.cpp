#include "app/cli/bench_oracle.h"

#include "core/schedule/catalogue.h"
#include "jit/statistics.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace polyloom {

namespace {

double percent(int part, int whole) { return whole == 0 ? 0 : 100.0 * part / whole; }

int countOf(const std::map<std::string, int>& counts, std::string_view kind) {
  const auto found = counts.find(std::string(kind));
  return found == counts.end() ? 0 : found->second;
}

nlohmann::json toJson(const std::vector<NotedPair>& pairs) {
  nlohmann::json all = nlohmann::json::array();
  for (const NotedPair& pair : pairs)
    all.push_back({{"seed", pair.seed}, {"program", pair.program}, {"recipe", pair.recipe},
                   {"reassociate", pair.reassociate}, {"sentence", pair.sentence}});
  return all;
}

nlohmann::json toJson(const std::vector<SlowVerdict>& verdicts) {
  nlohmann::json all = nlohmann::json::array();
  for (const SlowVerdict& verdict : verdicts)
    all.push_back({{"seconds", verdict.seconds}, {"seed", verdict.seed}, {"recipe", verdict.recipe},
                   {"reassociate", verdict.reassociate}});
  return all;
}

nlohmann::json toJson(const OracleRunReport& report) {
  nlohmann::json steps = nlohmann::json::object();
  for (const StepKind& kind : catalogue())
    steps[std::string(kind.name)] = {{"pairs", countOf(report.withStep, kind.name)},
                                     {"traced", countOf(report.tracedWithStep, kind.name)}};
  return {{"pairs", report.pairs}, {"programs", report.programs}, {"too_costly_programs", report.tooCostly}, {"idle_programs", report.idle},
          {"legal", report.legal}, {"illegal", report.illegal}, {"unknown", report.unknown},
          {"reassociated", report.relaxed}, {"traced", report.traced}, {"unconfirmed_witnesses", report.unconfirmed}, {"steps", steps},
          {"verdict_s", {{"median", quantile(report.verdictSeconds, 0.5)}, {"p99", quantile(report.verdictSeconds, 0.99)},
                         {"max", quantile(report.verdictSeconds, 1)}}},
          {"slowest_verdicts", toJson(report.slowest)}, {"cpu_s", report.phaseSeconds},
          {"costly_code", toJson(report.costlyCode)}, {"disagreements", toJson(report.disagreements)}};
}

std::string describe(const OracleRunReport& report) {
  std::string text = fmt::format("pairs          {} of {} programs\nleft out       {} programs whose dependences cost too "
                                 "much, {} that execute nothing at small sizes\n",
                                 report.pairs, report.programs, report.tooCostly, report.idle);
  const auto share = [&](const char* name, int count) {
    text += fmt::format("{:<14} {} ({:.1f} %)\n", name, count, percent(count, report.pairs));
  };
  share("legal", report.legal);
  share("illegal", report.illegal);
  share("unknown", report.unknown);
  share("reassociated", report.relaxed);
  text += fmt::format("traced         {} ({} more left out: their code costs too much)\n", report.traced,
                      report.costlyCode.size());
  text += fmt::format("unconfirmed    {} witnesses: brute force cannot enumerate their values\n", report.unconfirmed);
  text += fmt::format("verdict        median {:.2f} ms, 99 % {:.2f} ms, max {:.2f} ms\n",
                      1e3 * quantile(report.verdictSeconds, 0.5), 1e3 * quantile(report.verdictSeconds, 0.99),
                      1e3 * quantile(report.verdictSeconds, 1));
  for (const SlowVerdict& slow : report.slowest)
    text += fmt::format("  {:.0f} ms at seed {}{}: {}\n", 1e3 * slow.seconds, slow.seed,
                        slow.reassociate ? ", --reassociate" : "", slow.recipe);
  text += "CPU time       ";
  for (const auto& [phase, seconds] : report.phaseSeconds)
    text += fmt::format("{} {:.1f} ms, ", phase, 1e3 * seconds / std::max(report.pairs, 1));
  text.replace(text.size() - 2, 2, " a pair\n");
  text += "step           pairs           traced\n";
  for (const StepKind& kind : catalogue())
    text += fmt::format("  {:<12} {:<6} ({:4.1f} %) {}\n", kind.name, countOf(report.withStep, kind.name),
                        percent(countOf(report.withStep, kind.name), report.pairs),
                        countOf(report.tracedWithStep, kind.name));
  for (const NotedPair& d : report.disagreements)
    text += fmt::format("\nDISAGREEMENT at seed {}{}: {}\n{}{}\n", d.seed, d.reassociate ? ", --reassociate" : "",
                        d.sentence, d.program, d.recipe);
  return text + fmt::format("disagreements  {}\n", report.disagreements.size());
}

} // namespace

int benchOracle(OracleRunOptions options, const CommonOptions& common) {
  options.reassociate = common.reassociate;
  if (isatty(STDERR_FILENO) != 0)
    options.progress = [&](int done) { fmt::print(stderr, "\r{} of {} pairs ", done, options.pairs); };
  const OracleRunReport report = runOracle(options);
  if (options.progress)
    fmt::print(stderr, "\n");
  answer(toJson(report), fmt::format("seed           {}\n", options.seed) + describe(report), common);
  return report.disagreements.empty() ? kFine : kIllegal;
}

} // namespace polyloom
