#include "core/legality/witness.h"

#include "core/base/check.h"
#include "core/isl/extra.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <span>

namespace polyloom {

namespace {

/// The smallest b >= 0 for which there is a case with all parameters between -b and b.
std::int64_t smallestBound(const isl::set& cases) {
  if (parameterCount(cases) == 0)
    return 0;
  std::int64_t high = 1;
  while (boundParameters(cases, high).is_empty())
    high *= 2;
  std::int64_t low = -1;
  while (high - low > 1) {
    const std::int64_t middle = (low + high) / 2;
    (boundParameters(cases, middle).is_empty() ? low : high) = middle;
  }
  return high;
}

/// The pairs at admissible parameter values: { [source -> sink] }. To look for one of them costs isl far less than to
/// project them onto the parameters.
isl::set casesOf(const Violation& violation) {
  return violation.pairs.wrap().intersect_params(violation.program->context);
}

std::string instanceText(const Scop& scop, const Statement& statement, const std::vector<std::int64_t>& values) {
  std::vector<std::string> parts;
  for (std::size_t d = 0; d < values.size(); ++d)
    parts.push_back(fmt::format("{}={}", scop.loops[static_cast<std::size_t>(statement.loops[d])].iterator, values[d]));
  return parts.empty() ? statement.name : fmt::format("{}[{}]", statement.name, fmt::join(parts, ", "));
}

std::string cellText(const Array& array, const std::vector<std::int64_t>& cell) {
  std::string text = array.name;
  for (const std::int64_t subscript : cell)
    text += fmt::format("[{}]", subscript);
  return text;
}

/// "S1[t=0, j=1] reads B[2] before S0[t=0, i=2] has written it".
std::string orderSentence(DependenceKind kind, const std::string& source, const std::string& sink,
                          const std::string& cell) {
  switch (kind) {
  case DependenceKind::Flow: return fmt::format("{} reads {} before {} has written it", sink, cell, source);
  case DependenceKind::Anti: return fmt::format("{} overwrites {} before {} has read it", sink, cell, source);
  case DependenceKind::Output: return fmt::format("{} overwrites what {} has written to {}, which should stay", source,
                                                  sink, cell);
  }
  return {};
}

std::string sameTimeSentence(DependenceKind kind, const std::string& source, const std::string& sink,
                             const std::string& cell, const Violation& violation) {
  std::string how = "have no order between them";
  if (violation.cause == Violation::Cause::Parallel)
    how = fmt::format("may run at the same time on different threads of {}", violation.loop);
  if (violation.cause == Violation::Cause::Lanes)
    how = fmt::format("run together as lanes of {}", violation.loop);
  const std::string both = fmt::format("{} and {} {}", source, sink, how);
  const std::string advice = violation.isSharedSum && violation.cause == Violation::Cause::Parallel
                                 ? fmt::format("; lanes sum up in parts of their own, threads do not: vectorize {}, or make "
                                               "a loop parallel that each sum stays within", violation.loop)
                                 : "";
  switch (kind) {
  case DependenceKind::Flow: return fmt::format("{}, but the second reads {} which the first writes{}", both, cell, advice);
  case DependenceKind::Anti: return fmt::format("{}, but the second overwrites {} which the first reads{}", both, cell, advice);
  case DependenceKind::Output: return fmt::format("{}, but both write {}{}", both, cell, advice);
  }
  return {};
}

/// Why an expansion or a contraction loses a value.
std::string storageSentence(const Violation& violation, const std::string& source, const std::string& sink,
                            const std::string& cell, const std::string& overwriter) {
  if (violation.isFromBefore)
    return fmt::format("{} reads what {} held before the region, which its new cells do not hold", sink, cell);
  if (overwriter.empty())
    return fmt::format("{} reads {}, which {} wrote: with a cell per iteration of {} it would find another one", sink,
                       cell, source, violation.loop);
  return fmt::format("{} reads {}, which {} wrote, but {} has overwritten it: {} needs more cells along {}", sink, cell,
                     source, overwriter, violation.program->arrays[static_cast<std::size_t>(violation.of.array)].name,
                     violation.loop);
}

template <typename T> T atParameters(T object, const Witness& witness) {
  for (const auto& [name, value] : witness.parameters)
    object = fixParameter(object, name, value);
  return object.project_out_all_params();
}

/// The first instance that comes between the witness's two and takes the cell; empty where none does.
std::string overwriterText(const Violation& violation, const Witness& witness) {
  for (const Violation::Overwriting& overwriting : violation.overwritten) {
    const isl::map after = atParameters(overwriting.afterSource, witness);
    const isl::map before = atParameters(overwriting.beforeSink, witness);
    const isl::set between = after.intersect_domain(pointSet(after.space().domain(), witness.sourceInstance))
                                 .range()
                                 .intersect(before.intersect_range(pointSet(before.space().range(), witness.sinkInstance)).domain());
    if (!between.is_empty())
      return instanceText(*violation.program,
                          violation.program->statements[static_cast<std::size_t>(overwriting.statement)],
                          lexminPoint(between));
  }
  return {};
}

/// The cell that both instances of a pair touch.
std::vector<std::int64_t> commonCell(const Violation& violation, const isl::set& source, const isl::set& sink,
                                     const Witness& witness) {
  const Scop& scop = *violation.program;
  const Dependence& dependence = violation.of;
  const auto cells = [&](int statement, const isl::set& instance, bool isWrite) {
    isl::union_set all = isl::union_set::empty(scop.ctx());
    for (const Access& access : scop.statements[static_cast<std::size_t>(statement)].accesses)
      if (access.array == dependence.array && access.isWrite == isWrite)
        all = all.unite(isl::union_set(atParameters(access.relation, witness).intersect_domain(instance).range()));
    return all;
  };
  const bool sourceWrites = dependence.kind != DependenceKind::Anti && !violation.isFromBefore;
  const bool sinkWrites = dependence.kind != DependenceKind::Flow;
  const isl::union_set common =
      cells(dependence.from, source, sourceWrites).intersect(cells(dependence.to, sink, sinkWrites));
  std::vector<std::int64_t> cell;
  common.foreach_set([&](const isl::set& set) { cell = lexminPoint(set); });
  return cell;
}

} // namespace

std::vector<Witness> findWitnesses(const LegalityReport& report) {
  struct Candidate {
    std::int64_t size = 0;
    const Violation* violation = nullptr;
  };
  std::vector<Candidate> smallest;
  for (const Violation& violation : report.violations) {
    const Candidate candidate{smallestBound(casesOf(violation)), &violation};
    const auto known = std::ranges::find_if(smallest, [&](const Candidate& other) {
      return violation.dependence >= 0 && other.violation->dependence == violation.dependence;
    });
    if (known == smallest.end())
      smallest.push_back(candidate);
    else if (candidate.size < known->size)
      *known = candidate;
  }
  std::ranges::stable_sort(smallest, {}, &Candidate::size);
  std::vector<Witness> witnesses;
  for (const Candidate& candidate : smallest)
    witnesses.push_back(findWitness(*candidate.violation));
  return witnesses;
}

Witness findWitness(const Violation& violation) {
  const Scop& scop = *violation.program;
  const Dependence& dependence = violation.of;
  Witness witness{.kind = dependence.kind, .array = dependence.array, .source = dependence.from,
                  .sink = dependence.to, .program = violation.program};
  const isl::set cases = casesOf(violation);
  const std::vector<std::int64_t> smallest =
      lexminPoint(parametersFirst(boundParameters(cases, smallestBound(cases))));
  const unsigned parameters = parameterCount(cases);
  for (unsigned p = 0; p < parameters; ++p)
    witness.parameters.emplace_back(parameterName(cases, p), smallest[p]);
  const std::span<const std::int64_t> instances = std::span(smallest).subspan(parameters);
  const unsigned sourceLoops = dimensionCount(violation.pairs.space().domain());
  std::ranges::copy(instances.first(sourceLoops), std::back_inserter(witness.sourceInstance));
  std::ranges::copy(instances.subspan(sourceLoops), std::back_inserter(witness.sinkInstance));
  const isl::set source = pointSet(violation.pairs.space().domain(), witness.sourceInstance);
  const isl::set sink = pointSet(violation.pairs.space().range(), witness.sinkInstance);
  witness.cell = commonCell(violation, source, sink, witness);

  const auto statement = [&](int index) -> const Statement& { return scop.statements[static_cast<std::size_t>(index)]; };
  const std::string sourceText = instanceText(scop, statement(dependence.from), witness.sourceInstance);
  const std::string sinkText = instanceText(scop, statement(dependence.to), witness.sinkInstance);
  const std::string cell = cellText(scop.arrays[static_cast<std::size_t>(dependence.array)], witness.cell);
  switch (violation.cause) {
  case Violation::Cause::Order: witness.sentence = orderSentence(dependence.kind, sourceText, sinkText, cell); break;
  case Violation::Cause::Storage:
    witness.sentence = storageSentence(violation, sourceText, sinkText, cell, overwriterText(violation, witness));
    break;
  default: witness.sentence = sameTimeSentence(dependence.kind, sourceText, sinkText, cell, violation);
  }
  return witness;
}

} // namespace polyloom
