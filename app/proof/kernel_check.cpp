#include "app/proof/kernel_check.h"

#include "app/jobs/jobs.h"
#include "app/proof/sanitized_text.h"
#include "core/frontend/extract.h"
#include "core/generate/kernel.h"
#include "core/isl/context.h"
#include "core/isl/sets.h"
#include "core/program/dependences.h"
#include "jit/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

namespace polyloom {

namespace {

constexpr std::size_t kKernelsPerFile = 25; ///< one start of the compiler for all of them

/// Runs `work` for 0 … count - 1 on some threads.
void forAll(std::size_t count, int threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> team;
  for (int t = 0; t < threads; ++t)
    team.emplace_back([&] {
      for (std::size_t k = next++; k < count; k = next++)
        work(k);
    });
}

/// Empty where the preset keeps all accesses inside their arrays.
std::string presetFault(const Scop& scop, const std::string& name) {
  const Result<Preset> preset = findPreset(scop.presets, name, scop.function);
  if (!preset)
    return preset.error().message;
  const bool isInside = !atParameters(scop.context, preset->values).is_empty();
  return isInside ? "" : fmt::format("the preset {} leaves an array", name);
}

Result<AcceptedKernel> accept(std::uint64_t seed, const Grammar& grammar, const KernelCheckOptions& options) {
  Result<std::string> text = generateKernel(seed, options.level, grammar);
  if (!text)
    return std::unexpected(text.error());
  const IslContext own;
  const Result<std::vector<ScopPtr>> scops = extractText(own.get(), fmt::format("kernel-{}.c", seed), *text);
  if (!scops)
    return std::unexpected(scops.error());
  const Scop& scop = *scops->front();
  for (const char* preset : {"MINI", "TYPICAL"})
    if (const std::string fault = presetFault(scop, preset); !fault.empty())
      return failure("bad-preset", fault);
  AcceptedKernel kernel{.seed = seed, .text = std::move(*text), .canonical = canonicalHash(scop),
                        .shape = shapeHash(scop), .figures = shapeOf(scop),
                        .type = std::string(cName(scop.arrays.front().element)),
                        .call = sanitizedCall(scop, fmt::format("kernel_{}", seed))};
  if (options.countsDependences)
    if (const Result<Dependences> dependences = boundedDependences(scop))
      for (const Dependence& dependence : dependences->all())
        ++kernel.dependences[static_cast<std::size_t>(dependence.kind)];
  return kernel;
}

std::string readText(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Empty where all of them run clean.
std::string sanitizedFault(const std::vector<const AcceptedKernel*>& kernels) {
  const Result<ScratchFolder> folder = ScratchFolder::make();
  if (!folder)
    return folder.error().message;
  const std::string source = folder->path() + "/kernels.c", program = folder->path() + "/kernels";
  const std::string log = folder->path() + "/log";
  std::ofstream(source) << sanitizedText(kernels);
  if (runCommand({"gcc", "-std=gnu11", "-O1", "-g0", "-w", "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
                  source, "-o", program, "-lm"}, log) != 0)
    return "gcc refuses one of them: " + readText(log);
  if (runCommand({program}, log) == 0)
    return {};
  const std::string text = readText(log);
  return text.substr(std::min(text.size(), text.rfind("kernel ")));
}

} // namespace

AcceptedKernels acceptKernels(const KernelCheckOptions& options) {
  AcceptedKernels accepted;
  Grammar grammar = Grammar::kernels();
  if (!options.grammarText.empty())
    grammar = Grammar::parse(options.grammarText).value(); // its caller has looked at it
  std::vector<std::optional<AcceptedKernel>> all(static_cast<std::size_t>(options.count));
  std::mutex mutex;
  int done = 0;
  forAll(all.size(), options.threads, [&](std::size_t k) {
    const std::uint64_t seed = options.seed + k;
    Result<AcceptedKernel> kernel = accept(seed, grammar, options);
    const std::scoped_lock lock(mutex);
    if (kernel)
      all[k] = std::move(*kernel);
    else
      accepted.faults.push_back(fmt::format("seed {}: {}", seed, toText(kernel.error())));
    if (options.progress)
      options.progress(++done);
  });
  std::unordered_set<std::uint64_t> seen;
  for (std::optional<AcceptedKernel>& kernel : all) {
    if (!kernel)
      continue;
    if (seen.insert(kernel->canonical).second)
      accepted.kernels.push_back(std::move(*kernel));
    else
      ++accepted.duplicates;
  }
  std::ranges::sort(accepted.faults);
  return accepted;
}

std::vector<std::string> runSanitized(const std::vector<AcceptedKernel>& kernels, std::size_t sample, int threads) {
  sample = std::min(sample, kernels.size());
  std::vector<std::vector<const AcceptedKernel*>> files;
  for (std::size_t k = 0; k < sample; ++k) {
    if (k % kKernelsPerFile == 0)
      files.emplace_back();
    files.back().push_back(&kernels[k * kernels.size() / sample]);
  }
  std::vector<std::string> faults;
  std::mutex mutex;
  forAll(files.size(), threads, [&](std::size_t f) {
    const std::string fault = sanitizedFault(files[f]);
    const std::scoped_lock lock(mutex);
    if (!fault.empty())
      faults.push_back(fault);
  });
  return faults;
}

std::string statisticsText(const std::vector<AcceptedKernel>& kernels) {
  std::map<std::string, std::map<std::string, int>> counts;
  std::unordered_set<std::uint64_t> shapes;
  for (const AcceptedKernel& kernel : kernels) {
    const ProgramShape& figures = kernel.figures;
    ++counts["depth"][std::to_string(figures.depth)];
    ++counts["statements"][figures.statements < 9 ? std::to_string(figures.statements) : "9 or more"];
    ++counts["outermost loops"][std::to_string(figures.nests)];
    ++counts["parameters"][std::to_string(figures.parameters)];
    ++counts["bounds"][figures.isRectangular ? "rectangular" : "not rectangular"];
    ++counts["nests"][figures.isPerfect ? "perfect" : "imperfect"];
    ++counts["reductions"][figures.reductions < 4 ? std::to_string(figures.reductions) : "4 or more"];
    ++counts["type"][kernel.type];
    shapes.insert(kernel.shape);
    const char* const kKinds[] = {"flow", "anti", "output"};
    for (std::size_t d = 0; d < kernel.dependences.size(); ++d)
      counts["dependences"][kKinds[d]] += static_cast<int>(kernel.dependences[d]);
  }
  std::string text = fmt::format("{:<16} {}\n{:<16} {}\n", "programs", kernels.size(), "shapes", shapes.size());
  for (const auto& [figure, values] : counts) {
    text += fmt::format("{:<16}", figure);
    for (const auto& [value, count] : values)
      text += fmt::format("  {}: {}", value, count);
    text += "\n";
  }
  return text;
}

} // namespace polyloom
