// Measuring recipes, with the store of what was measured before.
#pragma once

#include "app/jobs/place.h"
#include "core/base/diagnostic.h"
#include "core/program/scop.h"
#include "jit/measure.h"
#include "jit/store/measurement.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// The answer to a request for times, taken now or before.
struct MeasureAnswer {
  /// Of stored figures that were taken apart, the original's time is the newest's; each speedup is over the original's
  /// time in the same run.
  MeasureReport report;
  bool isStored = false;  ///< nothing was run for this answer
  std::string taken;      ///< in UTC; of stored figures that were taken apart, the newest's
  std::vector<std::string> variantTaken; ///< per variant; empty: it was not measured
  std::vector<Timing> variantOriginals;  ///< per variant: the original's time in the same run
  std::vector<std::string> warnings;     ///< what is wrong with the store; the figures are right in any case
  std::string place;   ///< see StoredMeasurement
  Identity identity;   ///< what it was measured with
  std::optional<Roofline> roofline; ///< of that machine, where it is known
  std::uint64_t cacheBytes = 0;     ///< of that machine's last level
};

/// Where an answer may come from.
enum class Figures {
  StoredOrFresh, ///< from the store if it has every recipe, else all are measured
  Fresh,         ///< measured in any case
  Unkept,        ///< measured in any case, for somebody else who keeps it: the store is not touched
};

/// Measures recipes against the original, and keeps the figures in the user's store. An illegal or refused recipe
/// appears as refused, with its sentence. Refuses values that break an assumption of the program
/// ("broken-assumption"). A store that cannot be read or written is a warning of the answer, never a failure.
Result<MeasureAnswer> measureRecipes(const ScopPtr& scop, std::span<const std::string> recipes,
                                     const MeasureOptions& options, Figures figures, Place& place = thisPlace());

/// Keeps the figures of an answer whose variants are these recipes in the user's store, as `measureRecipes` does.
Result<void> keepFigures(const Scop& scop, std::span<const std::string> recipes, const MeasureOptions& options,
                         const MeasureAnswer& answer);

/// Per recipe what the store has under these conditions with this machine and compiler; nothing is run. Nothing, too, for
/// a recipe that does not parse. Fails where the store cannot be read.
Result<std::vector<std::optional<StoredMeasurement>>> storedFigures(const Scop& scop,
                                                                    std::span<const std::string> recipes,
                                                                    const MeasureOptions& options,
                                                                    const Identity& identity);

/// What `storedFigures` has found, in the order of the recipes, as an answer; those that it has not found are left out.
MeasureAnswer answerFrom(std::span<const std::optional<StoredMeasurement>> figures);

/// Gives the answer the roofline that the place knows now, perhaps measured since the figures were.
void refreshRoofline(MeasureAnswer& answer, const Place& place);

/// The machine and compiler that a place stands for, without asking it: this machine's, or those that another one's newest
/// figure was measured with; nothing where there is none. Fails where the store cannot be read.
Result<std::optional<Identity>> knownIdentity(const std::string& place);

/// The digest that the store knows a program by: of its text form without what no time depends on, so that it is
/// still the same program when its file moves, gets another comment, or other default values.
std::string programDigest(const Scop& scop);

} // namespace polyloom
