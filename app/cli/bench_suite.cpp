#include "app/cli/bench_suite.h"

#include "app/cli/suite_kernel.h"
#include "app/cli/suite_table.h"
#include "app/jobs/json.h"
#include "app/jobs/roofline_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

namespace polyloom {

namespace {

namespace fs = std::filesystem;

/// The values for this file, where the command line says nothing of sizes.
std::vector<std::string> setsFor(const std::string& kernel, const CommonOptions& common) {
  static const std::set<std::string> kLong = {"adi", "floyd-warshall", "seidel-2d"};
  if (!common.sets.empty())
    return common.sets;
  return {kLong.contains(kernel) ? "preset=MEDIUM" : "preset=LARGE"};
}

std::string sizesText(const std::vector<std::string>& sets) {
  std::string text = fmt::format("{}", fmt::join(sets, " "));
  return text.starts_with("preset=") ? text.substr(std::string("preset=").size()) : text;
}

/// The machine's bounds, measured once and then remembered.
std::optional<Roofline> rooflineFor(int threads) {
  if (std::optional<Roofline> known = knownRoofline(threads))
    return known;
  const Result<Roofline> measured = measureRoofline(threads, {});
  const Result<void> kept = measured ? rememberRoofline(*measured) : std::unexpected(measured.error());
  if (!kept)
    fmt::print(stderr, "{}\n", toText(kept.error()));
  return measured ? std::optional(*measured) : std::nullopt;
}

class Suite {
public:
  Suite(const SuiteOptions& options, const CommonOptions& common) : options_(options), common_(common) {}

  /// Reads what is to be resumed, and opens the file for more. A file that is no such table stays as it is.
  Result<void> openCsv() {
    if (options_.csv.empty())
      return {};
    if (fs::is_regular_file(options_.csv)) {
      Result<std::vector<SuiteLine>> lines = linesFromCsv(options_.csv);
      if (!lines)
        return std::unexpected(lines.error());
      if (options_.resume)
        lines_ = *std::move(lines);
    }
    // Written anew even then: a kill may have left half a line.
    csv_.open(options_.csv, std::ios::trunc);
    csv_ << csvHead();
    write(lines_);
    return csv_ ? Result<void>{} : failure("cannot-write", fmt::format("{} cannot be written", options_.csv));
  }

  void run(const std::vector<std::string>& files) {
    kernelOptions_ = {.threads = options_.threads, .runs = options_.runs,
                      .budget = std::chrono::milliseconds(static_cast<std::int64_t>(options_.budget * 1000)),
                      .roofline = rooflineFor(options_.threads),
                      .emitted = options_.emitted};
    const bool showsLines = !common_.json && !options_.markdown;
    if (showsLines)
      fmt::print("{}", suiteTextHead());
    for (const std::string& file : files) {
      const std::string kernel = fs::path(file).stem().string();
      if (std::ranges::find(lines_, kernel, &SuiteLine::kernel) == lines_.end())
        measure(file, kernel);
      if (showsLines)
        show(kernel);
      std::fflush(stdout); // a kernel takes minutes
    }
    if (!common_.json)
      fmt::print("{}{}", options_.markdown ? suiteMarkdown(lines_) + "\n" : "", suiteSummary(lines_));
    else
      printJson();
  }

private:
  void measure(const std::string& file, const std::string& kernel) {
    CommonOptions common = common_;
    common.sets = setsFor(kernel, common_);
    const auto session = Session::open(file, common);
    std::vector<std::string> warnings;
    Result<std::vector<SuiteLine>> lines = session ? measureSuiteKernel(**session, file, kernelOptions_, warnings)
                                                   : std::unexpected(session.error());
    for (const std::string& warning : warnings)
      fmt::print(stderr, "{}: warning: {}\n", kernel, warning);
    if (!lines) {
      errors_.push_back({{"file", kernel}, {"error", errorToJson(lines.error())}});
      fmt::print(stderr, "{}: {}\n", kernel, toText(lines.error()));
      return;
    }
    for (SuiteLine& line : *lines)
      line.sizes = sizesText(common.sets);
    write(*lines);
    lines_.insert(lines_.end(), lines->begin(), lines->end());
  }

  void write(std::span<const SuiteLine> lines) {
    if (!csv_.is_open())
      return;
    std::string text;
    for (const SuiteLine& line : lines)
      text += toCsv(line);
    csv_ << text << std::flush;
  }

  void show(const std::string& kernel) const {
    for (const std::span<const SuiteLine> group : byKernel(lines_))
      if (group.front().kernel == kernel)
        fmt::print("{}", toText(group));
  }

  void printJson() const {
    nlohmann::json rows = suiteToJson(lines_);
    rows.insert(rows.end(), errors_.begin(), errors_.end());
    fmt::print("{}\n", nlohmann::json{{"suite", rows}, {"summary", suiteSummary(lines_)}}.dump(2));
  }

  const SuiteOptions& options_;
  const CommonOptions& common_;
  SuiteKernelOptions kernelOptions_;
  std::ofstream csv_;
  std::vector<SuiteLine> lines_;
  nlohmann::json errors_ = nlohmann::json::array();
};

} // namespace

int benchSuite(const std::vector<std::string>& files, const SuiteOptions& options, const CommonOptions& common) {
  Suite suite(options, common);
  if (const Result<void> opened = suite.openCsv(); !opened)
    return fail(opened.error(), common);
  suite.run(files);
  return kFine;
}

} // namespace polyloom
