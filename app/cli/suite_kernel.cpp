#include "app/cli/suite_kernel.h"

#include "app/cli/bench_peer.h"
#include "app/cli/recipes_beside.h"
#include "app/jobs/jobs.h"
#include "app/jobs/measuring.h"
#include "core/codegen/make_kernel.h"
#include "core/codegen/work.h"
#include "jit/best_time.h"
#include "jit/machine_lock.h"
#include "jit/peer.h"
#include "jit/processor.h"
#include "jit/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace polyloom {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

const std::vector<std::string> kClang = {"clang-19", "-O3", "-march=native"};

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::vector<std::string> clangWith(const std::vector<std::string>& more) {
  std::vector<std::string> command = kClang;
  command.insert(command.end(), more.begin(), more.end());
  return command;
}

/// What the machine gives at this moment.
struct Rates {
  double product = 0; ///< operations per second of OpenBLAS's dgemm; 0: it is missing
  double reading = 0; ///< bytes per second
};

class SuiteKernel {
public:
  SuiteKernel(const Session& session, const std::string& file, const SuiteKernelOptions& options)
      : session_(session), file_(file), options_(options),
        measuring_{.parameters = session.parameters(), .scalars = session.scalars()} {
    measuring_.threads = options.threads;
    measuring_.runs = options.runs;
    measuring_.runLimit = std::chrono::minutes(2);
    measuring_.totalBudget = options.budget;
  }

  Result<std::vector<SuiteLine>> run(std::vector<std::string>& warnings) {
    const Schedule order = Schedule::original(session_.scop());
    const auto start = Clock::now();
    const Result<Kernel> original = makeKernel(order);
    if (!original)
      return std::unexpected(original.error());
    lines_.front().generating = secondsSince(start);
    addPeers();
    addEmitted({order, true, false, {}}, SuiteLine::kOriginalOrder);
    addRecipes();
    const Rates before = ratesNow();
    const Result<MeasureReport> report = measure(*original, variants_, measuring_);
    if (!report)
      return std::unexpected(report.error());
    const Rates after = ratesNow();
    addFigures(*report);
    addFloor({std::max(before.product, after.product), std::max(before.reading, after.reading)}, warnings);
    keep(*report, warnings);
    return std::move(lines_);
  }

private:
  SuiteLine& addLine(const std::string& code, const char* kind) {
    SuiteLine& line = lines_.emplace_back();
    line.code = code;
    line.kind = kind;
    return line;
  }

  /// The line of a variant; they are in the same order, the lines without a variant are left out.
  void addVariant(const std::string& name, const char* kind, std::variant<Kernel, SharedObject> code) {
    addLine(name, kind);
    lineOf_.push_back(lines_.size() - 1);
    variants_.push_back({name, std::move(code)});
  }

  void addCompiled(const std::string& name, const char* kind, const Result<std::string>& text,
                   const std::vector<std::string>& command) {
    Result<PeerObject> object = text ? compilePeer(*text, command) : std::unexpected(text.error());
    if (!object) {
      addLine(name, kind).message = object.error().message;
      return;
    }
    addVariant(name, kind, SharedObject{object->path()});
    objects_.push_back(std::move(*object));
  }

  void addPeers() {
    const Result<std::string> wrapper = peerWrapper(*session_.scop());
    addCompiled("clang", SuiteLine::kPeer, wrapper, kClang);
    addCompiled("polly", SuiteLine::kPeer, wrapper,
                clangWith({"-mllvm", "-polly", "-mllvm", "-polly-parallel", "-fopenmp"}));
    if (const std::optional<std::string> product = blasText(*session_.scop()))
      addCompiled("openblas", SuiteLine::kPeer, *product, clangWith({"-lopenblas"}));
  }

  void addEmitted(const JudgedSchedule& judged, const std::string& name) {
    if (!options_.emitted)
      return;
    const Scop& scop = *session_.scop();
    Result<std::string> text = scheduleText(judged, TextKind::OpenMp);
    if (text)
      text = peerWrapper(scop, *text);
    addCompiled(name + SuiteLine::kEmittedSuffix, SuiteLine::kEmitted, text,
                clangWith({"-fopenmp", "-I", fs::absolute(scop.source.path).parent_path().string()}));
  }

  void addRecipes() {
    for (const std::string& path : recipesBeside(file_)) {
      const std::string text = readRecipe(path, {}).value_or("");
      const auto start = Clock::now();
      const Result<JudgedSchedule> judged = judgeRecipe(session_.scop(), session_.dependences(), text, path);
      const auto judgedAt = Clock::now();
      if (!judged || !judged->isLegal)
        continue; // the instructive ones
      const std::string name = fs::path(path).filename().string();
      Result<Kernel> kernel = makeKernel(judged->schedule);
      const double generating = secondsSince(judgedAt);
      if (!kernel) {
        addLine(name, SuiteLine::kRecipe).message = kernel.error().message;
        continue;
      }
      addVariant(name, SuiteLine::kRecipe, std::move(*kernel));
      lines_.back().generating = generating;
      lines_.back().judging = std::chrono::duration<double>(judgedAt - start).count();
      recipes_.emplace_back(variants_.size() - 1, text);
      addEmitted(*judged, name);
    }
  }

  Rates ratesNow() {
    MeasureOptions options;
    options.threads = options_.threads;
    Rates rates{.reading = measureReadBandwidth(options.threads, options).value_or(0)};
    if (!product_)
      product_ = compilePeer(productText(), clangWith({"-lopenblas"}));
    if (!*product_)
      return rates;
    const MachineLock lock(options.stop);
    if (const auto seconds = bestTime(productLayout(), SharedObject{(*product_)->path()}, options))
      rates.product = productOperations() / *seconds;
    return rates;
  }

  static void setTiming(SuiteLine& line, const Timing& timing, const CodeTimes& code) {
    line.seconds = timing.median;
    line.low = timing.interval.low;
    line.high = timing.interval.high;
    line.compiling = code.compile;
    line.starting = code.start;
    line.linking = code.link;
  }

  void addFigures(const MeasureReport& report) {
    setTiming(lines_.front(), report.original, report.originalCode);
    for (std::size_t v = 0; v < report.variants.size(); ++v) {
      const VariantReport& variant = report.variants[v];
      lines_[lineOf_[v]].message = variant.message;
      if (variant.outcome == Outcome::Measured)
        setTiming(lines_[lineOf_[v]], variant.timing, variant.code);
    }
    for (std::size_t l = 0; l < lines_.size(); ++l) {
      SuiteLine& line = lines_[l];
      line.kernel = fs::path(file_).stem().string();
      line.threads = report.threads;
      line.runs = report.runs;
      line.clangSeconds = lines_[lineOf("clang")].seconds;
      line.overClang = ratioOf(report, lineOf("clang"), l);
      if (line.kind == SuiteLine::kEmitted)
        line.overOwn = ratioOf(report, l, lineOf(line.code.substr(0, line.code.rfind(SuiteLine::kEmittedSuffix))));
    }
  }

  std::size_t lineOf(const std::string& code) const {
    return static_cast<std::size_t>(std::ranges::find(lines_, code, &SuiteLine::code) - lines_.begin());
  }

  const std::vector<double>& samplesOf(const MeasureReport& report, std::size_t line) const {
    static const std::vector<double> kNone;
    const auto variant = std::ranges::find(lineOf_, line);
    if (variant == lineOf_.end())
      return line == 0 ? report.original.samples : kNone;
    return report.variants[static_cast<std::size_t>(variant - lineOf_.begin())].timing.samples;
  }

  /// Time over time in the same round, the median; 0 where one of them was not measured.
  double ratioOf(const MeasureReport& report, std::size_t above, std::size_t below) const {
    if (!lines_[above].isMeasured() || !lines_[below].isMeasured())
      return 0;
    const std::vector<double>& nominators = samplesOf(report, above);
    const std::vector<double>& denominators = samplesOf(report, below);
    std::vector<double> ratios;
    for (std::size_t round = 0; round < std::min(nominators.size(), denominators.size()); ++round)
      ratios.push_back(nominators[round] / denominators[round]);
    return median(ratios);
  }

  void addFloor(const Rates& rates, std::vector<std::string>& warnings) {
    const Result<Work> work = workOf(session_.scop(), session_.parameters());
    if (!work) {
      warnings.push_back(work.error().message);
      return;
    }
    const auto needed = static_cast<double>(work->neededOperations);
    for (SuiteLine& line : lines_) {
      line.operations = needed;
      line.bytes = static_cast<double>(work->bytes());
      line.productRate = rates.product;
      line.readBandwidth = rates.reading;
      if (line.isMeasured() && options_.roofline)
        line.rooflineFraction =
            achieved(needed, line.bytes, line.seconds, &*options_.roofline, lastLevelCacheBytes()).fraction;
    }
  }

  void keep(const MeasureReport& report, std::vector<std::string>& warnings) const {
    MeasureAnswer answer{.report = report, .taken = nowInUtc()};
    answer.report.variants.clear();
    std::vector<std::string> texts;
    for (const auto& [variant, text] : recipes_) {
      answer.report.variants.push_back(report.variants[variant]);
      texts.push_back(text);
    }
    if (const Result<void> kept = keepFigures(*session_.scop(), texts, measuring_, answer); !kept)
      warnings.push_back(kept.error().message + "; these times are not kept");
  }

  const Session& session_;
  const std::string& file_;
  const SuiteKernelOptions& options_;
  MeasureOptions measuring_;
  std::vector<Variant> variants_;
  std::vector<std::size_t> lineOf_; ///< per variant, index into lines_
  std::vector<std::pair<std::size_t, std::string>> recipes_; ///< variant, text
  std::vector<PeerObject> objects_; ///< live as long as the run
  std::optional<Result<PeerObject>> product_;
  std::vector<SuiteLine> lines_ = {SuiteLine{.code = SuiteLine::kOriginalOrder, .kind = SuiteLine::kOriginal}};
};

} // namespace

Result<std::vector<SuiteLine>> measureSuiteKernel(const Session& session, const std::string& file,
                                                  const SuiteKernelOptions& options, std::vector<std::string>& warnings) {
  return SuiteKernel(session, file, options).run(warnings);
}

} // namespace polyloom
