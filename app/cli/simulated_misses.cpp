#include "app/cli/simulated_misses.h"

#include "app/jobs/caching.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

using nlohmann::json;

std::string line(const std::string& name, const Simulation& simulation) {
  return fmt::format("    {}: {} L1d misses, {} LLC misses in {}\n", name, simulation.levels.front().misses,
                     simulation.levels.back().misses, shareSentence(simulation));
}

} // namespace

Result<SimulatedMisses> simulateMisses(const ScopPtr& scop, std::span<const std::string> recipes,
                                       const MeasureAnswer& measured, const MeasureOptions& options) {
  const EventCounts& events = measured.report.original.events;
  if (events.l1dMisses && events.llcMisses) {
    const std::string sentence = "nothing is simulated: the processor has counted the misses";
    return SimulatedMisses{{{"sentence", sentence}, {"original", nullptr}, {"schedules", json::array()}}, sentence + "\n"};
  }
  std::vector<std::string> wanted;
  for (std::size_t r = 0; r < recipes.size(); ++r)
    if (measured.report.variants[r].outcome == Outcome::Measured)
      wanted.push_back(recipes[r]);
  CachingOptions caching{.parameters = options.parameters, .reassociate = options.reassociate};
  caching.simulation.withLoops = caching.simulation.withDistances = false;
  const Result<CacheAnswer> answer = simulateRecipes(scop, wanted, caching);
  if (!answer)
    return std::unexpected(answer.error());
  SimulatedMisses result{{{"sentence", simulatedSentence()}, {"original", missesToJson(answer->original)},
                          {"schedules", json::array()}}, simulatedSentence() + "\n" + line("original", answer->original)};
  auto next = answer->schedules.begin();
  for (const VariantReport& variant : measured.report.variants) {
    const bool isSimulated = variant.outcome == Outcome::Measured && next->simulation;
    result.json["schedules"].push_back(isSimulated ? missesToJson(*next->simulation) : json(nullptr));
    if (isSimulated)
      result.text += line(variant.name, *next->simulation);
    next += variant.outcome == Outcome::Measured ? 1 : 0;
  }
  return result;
}

} // namespace polyloom
