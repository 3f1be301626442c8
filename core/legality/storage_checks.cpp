#include "core/legality/storage_checks.h"

#include "core/isl/extra.h"
#include "core/legality/order_walk.h"
#include "core/legality/stage_cache.h"
#include "core/legality/stage_dependences.h"

namespace polyloom {

namespace {

const Statement& statementAt(const Scop& scop, int index) { return scop.statements[static_cast<std::size_t>(index)]; }

/// Reads of an array's value from before the region, which its new cells do not have.
void checkUncovered(const ScopPtr& before, int array, const std::string& loop, const Dependences& source,
                    std::vector<Violation>& violations) {
  const Scop& scop = *before;
  if (scop.arrays[static_cast<std::size_t>(array)].isLocal)
    return;
  for (int reader = 0; reader < static_cast<int>(scop.statements.size()); ++reader) {
    isl::union_map uncovered = accessesOf(scop, statementAt(scop, reader), array, false);
    for (const Dependence& flow : source.all()) {
      if (flow.kind != DependenceKind::Flow || flow.array != array || flow.to != reader)
        continue;
      const isl::union_map written = accessesOf(scop, statementAt(scop, flow.from), array, true);
      uncovered = uncovered.subtract(isl::union_map(flow.relation.reverse()).apply_range(written));
    }
    const isl::set readers = uncovered.domain().extract_set(statementAt(scop, reader).domain.space());
    if (readers.is_empty())
      continue;
    const isl::map pairs = readers.identity();
    violations.push_back({.dependence = -1,
                          .of = {DependenceKind::Flow, array, reader, reader, pairs},
                          .program = before,
                          .cause = Violation::Cause::Storage,
                          .loop = loop,
                          .pairs = pairs,
                          .isFromBefore = true});
  }
}

void checkExpansion(const Expansion& expansion, const Dependences& source, std::vector<Violation>& violations) {
  checkUncovered(expansion.before, expansion.array, expansion.loop, source, violations);
  for (const Dependence& flow : source.all()) {
    if (flow.kind != DependenceKind::Flow || flow.array != expansion.array)
      continue;
    const isl::pw_aff& written = expansion.values.at(statementAt(*expansion.before, flow.from).name);
    const isl::pw_aff& read = expansion.values.at(statementAt(*expansion.before, flow.to).name);
    const isl::map lost = flow.relation.intersect(lessMap(written, read).unite(greaterMap(written, read)));
    if (!lost.is_empty())
      violations.push_back({.dependence = -1,
                            .of = flow,
                            .program = expansion.before,
                            .cause = Violation::Cause::Storage,
                            .loop = expansion.loop,
                            .pairs = lost});
  }
}

/// { X[c] -> X[c'] }: other cells before the contraction, one cell after it.
isl::map mergedCells(const Contraction& contraction, const isl::space& cells) {
  const isl::pw_aff moved = dimensionAff(cells, contraction.dimension);
  const isl::pw_aff kept = moved.mod(static_cast<long>(contraction.cells));
  isl::map merged = equalMap(kept, kept).intersect(lessMap(moved, moved).unite(greaterMap(moved, moved)));
  const auto rank = contraction.before->arrays[static_cast<std::size_t>(contraction.array)].extents.size();
  for (unsigned d = 0; d < rank; ++d)
    if (d != contraction.dimension)
      merged = merged.intersect(equalMap(dimensionAff(cells, d), dimensionAff(cells, d)));
  return merged;
}

/// Finds the writes that come between a flow's source and its sink, in the order that the contraction found.
class ContractionCheck {
public:
  ContractionCheck(const Stage& stage, const Contraction& contraction)
      : contraction_(contraction), scop_(*contraction.before), base_(stage.base) {}

  void check(const Dependence& flow, std::vector<Violation>& violations) const {
    Violation violation{.dependence = -1,
                        .of = flow,
                        .program = contraction_.before,
                        .cause = Violation::Cause::Storage,
                        .loop = contraction_.loop,
                        .pairs = isl::map::empty(flow.relation.space())};
    for (int s = 0; s < static_cast<int>(scop_.statements.size()); ++s) {
      const isl::map after = orderedPairs(base_, meetings(flow.from, true, s, true));
      const isl::map before = orderedPairs(base_, meetings(s, true, flow.to, false));
      const isl::map lost = after.apply_range(before).intersect(flow.relation);
      if (lost.is_empty())
        continue;
      violation.pairs = violation.pairs.unite(lost);
      violation.overwritten.push_back({s, after, before});
    }
    if (!violation.overwritten.empty())
      violations.push_back(std::move(violation));
  }

private:
  /// Pairs of instances whose cells become one.
  isl::map meetings(int from, bool fromWrites, int to, bool toWrites) const {
    const Statement& first = statementAt(scop_, from);
    const Statement& second = statementAt(scop_, to);
    isl::map all = isl::map::empty(allPairs(first.domain, second.domain).space());
    accessesOf(scop_, first, contraction_.array, fromWrites).foreach_map([&](const isl::map& one) {
      const isl::map merged = one.apply_range(mergedCells(contraction_, one.space().range()));
      accessesOf(scop_, second, contraction_.array, toWrites).foreach_map([&](const isl::map& other) {
        all = all.unite(merged.apply_range(other.reverse()));
      });
    });
    return all;
  }

  const Contraction& contraction_;
  const Scop& scop_;
  const ScheduleTree& base_;
};

void checkStorage(const Stage& stage, const Dependences& source, std::vector<Violation>& violations) {
  if (stage.contraction) {
    const Contraction& contraction = *stage.contraction;
    checkUncovered(contraction.before, contraction.array, contraction.loop, source, violations);
    const ContractionCheck check(stage, contraction);
    for (const Dependence& flow : source.all())
      if (flow.kind == DependenceKind::Flow && flow.array == contraction.array)
        check.check(flow, violations);
  }
  for (const Expansion& expansion : stage.expansions)
    checkExpansion(expansion, source, violations);
}

} // namespace

std::set<int> contractedArrays(const Schedule& schedule) {
  std::set<int> arrays;
  const auto add = [&](const Stage& stage) {
    if (stage.contraction)
      arrays.insert(stage.contraction->array);
  };
  for (const FinishedStage& finished : schedule.finishedStages())
    add(*finished.stage);
  add(schedule.stage());
  return arrays;
}

EarlierVerdict judgeEarlier(const Schedule& schedule, const Dependences& source, bool reassociate) {
  if (schedule.hasSourceStorage())
    return {};
  StageCache& cache = cacheOf(schedule.stage());
  if (const auto known = cache.earlier.find(reassociate); known != cache.earlier.end())
    return known->second;
  EarlierVerdict verdict;
  const std::vector<FinishedStage>& finished = schedule.finishedStages();
  for (std::size_t number = 0; number < finished.size(); ++number) {
    const LegalityReport report = judgeOrder({.program = finished[number].stage->program,
                                              .firstStage = schedule.firstStage().program,
                                              .tree = finished[number].end,
                                              .dependences = dependencesOf(schedule, number, source),
                                              .comparisons = cacheOf(*finished[number].stage).comparisons,
                                              .reassociate = reassociate,
                                              .onlyOrder = true,
                                              .strictArrays = contractedArrays(schedule)});
    verdict.relaxedReductions = verdict.relaxedReductions || report.relaxedReductions;
    for (Violation violation : report.violations) {
      violation.dependence = -1;
      verdict.violations.push_back(std::move(violation));
    }
    checkStorage(*finished[number].stage, source, verdict.violations);
  }
  checkStorage(schedule.stage(), source, verdict.violations);
  cache.earlier.emplace(reassociate, verdict);
  return verdict;
}

} // namespace polyloom
