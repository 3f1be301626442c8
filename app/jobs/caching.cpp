#include "app/jobs/caching.h"

#include "app/jobs/jobs.h"
#include "core/codegen/make_kernel.h"
#include "core/program/assumptions.h"
#include "core/program/dependences.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

Result<Simulation> simulate(const Schedule& schedule, const CachingOptions& options) {
  const Result<Kernel> kernel = makeKernel(schedule);
  return kernel ? simulateCaches(*kernel, options.parameters, options.simulation) : std::unexpected(kernel.error());
}

CachedSchedule simulateRecipe(const ScopPtr& scop, const Dependences& dependences, const std::string& recipe,
                              const CachingOptions& options) {
  CachedSchedule result{.recipe = recipe};
  const Result<JudgedSchedule> judged = judgeRecipe(scop, dependences, recipe, {}, options.reassociate);
  Result<Simulation> simulation = judged ? simulate(judged->schedule, options) : std::unexpected(judged.error());
  result.isLegal = judged && judged->isLegal;
  if (!simulation)
    result.message = toText(simulation.error());
  else if (!result.isLegal)
    result.message = judged->sentence;
  if (simulation)
    result.simulation = *std::move(simulation);
  return result;
}

/// "1 234 567".
std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t place = text.size(); place > 3; place -= 3)
    text.insert(place - 3, " ");
  return text;
}

} // namespace

Result<CacheAnswer> simulateRecipes(const ScopPtr& scop, std::span<const std::string> recipes,
                                    const CachingOptions& options) {
  if (std::optional<Diagnostic> refusal = whyNotExecutable(*scop))
    return std::unexpected(*std::move(refusal));
  if (std::optional<Diagnostic> refusal = refuseBrokenAssumption(*scop, options.parameters))
    return std::unexpected(*std::move(refusal));
  Result<Simulation> original = simulate(Schedule::original(scop), options);
  if (!original)
    return std::unexpected(original.error());
  CacheAnswer answer{options.simulation.caches, options.simulation.limit, *std::move(original), {}};
  if (recipes.empty())
    return answer;
  const Result<Dependences> dependences = boundedDependences(*scop);
  if (!dependences)
    return std::unexpected(dependences.error());
  for (const std::string& recipe : recipes)
    answer.schedules.push_back(simulateRecipe(scop, *dependences, recipe, options));
  return answer;
}

std::string shareSentence(const Simulation& simulation) {
  if (simulation.isWhole())
    return fmt::format("all {} accesses", grouped(simulation.accesses));
  const std::string part = fmt::format("only the first {} accesses", grouped(simulation.accesses));
  if (!simulation.totalAccesses)
    return part + " of a number that is too much work to count";
  const double share = static_cast<double>(simulation.accesses) / static_cast<double>(*simulation.totalAccesses);
  return fmt::format("{} of {}{} ({:.3g} %)", part, simulation.isUpperBound ? "at most " : "",
                     grouped(*simulation.totalAccesses), share * 100);
}

std::string simulatedSentence() {
  return "simulated, not counted: reads and writes of one thread, least recently used lines, no prefetching, caches "
         "empty at first";
}

} // namespace polyloom
