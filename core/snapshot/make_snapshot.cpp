#include "core/snapshot/make_snapshot.h"

#include "core/codegen/access_text.h"
#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "core/isl/extra.h"
#include "core/legality/at_once.h"
#include "core/legality/legality.h"
#include "core/legality/ranges.h"
#include "core/legality/repairs.h"
#include "core/legality/witness.h"
#include "core/program/dependences.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/snapshot/view_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace polyloom {

namespace {

DependenceInfo::Kind kindOf(DependenceKind kind) {
  switch (kind) {
  case DependenceKind::Flow: return DependenceInfo::Kind::Flow;
  case DependenceKind::Anti: return DependenceInfo::Kind::Anti;
  case DependenceKind::Output: return DependenceInfo::Kind::Output;
  }
  return DependenceInfo::Kind::Flow;
}

ProgramSnapshot::Statement describe(const Scop& scop, const Statement& statement) {
  ProgramSnapshot::Statement result{.name = statement.name, .text = statement.text, .range = statement.range,
                                    .domain = islText(statement.domain)};
  for (const int loop : statement.loops) {
    result.loops.push_back(scop.loops[static_cast<std::size_t>(loop)].name);
    result.iterators.push_back(scop.loops[static_cast<std::size_t>(loop)].iterator);
  }
  for (const Access& access : statement.accesses)
    result.accesses.push_back((access.isWrite ? "writes " : "reads ") + cellText(scop, statement, access));
  return result;
}

void addNode(const Scop& scop, const TreeNode& node, int depth, int parent, const LegalityReport& report,
             std::vector<LoopTreeNode>& nodes) {
  if (node.kind == TreeNode::Kind::Sequence) {
    for (const TreePtr& child : node.children)
      addNode(scop, *child, depth, parent, report, nodes);
    return;
  }
  if (node.kind == TreeNode::Kind::Leaf) {
    for (const std::string& statement : statementsBelow(node, scop))
      nodes.push_back({.kind = LoopTreeNode::Kind::Statement, .name = statement, .depth = depth, .parent = parent});
    return;
  }
  nodes.push_back({.kind = LoopTreeNode::Kind::Loop,
                   .name = node.name,
                   .depth = depth,
                   .parent = parent,
                   .parallelLegal = !report.carryingLoops.contains(node.name),
                   .parallel = node.attributes.parallel,
                   .vectorWidth = node.attributes.vectorWidth,
                   .unroll = node.attributes.unroll,
                   .isTile = node.countsTiles()});
  addNode(scop, *node.children.front(), depth + 1, static_cast<int>(nodes.size()) - 1, report, nodes);
}

WitnessInfo describe(const Scop& scop, const Witness& witness) {
  const auto statementName = [&](int index) { return scop.statements[static_cast<std::size_t>(index)].name; };
  WitnessInfo info{.kind = kindOf(witness.kind),
                   .array = scop.arrays[static_cast<std::size_t>(witness.array)].name,
                   .sourceStatement = statementName(witness.source),
                   .sinkStatement = statementName(witness.sink),
                   .source = witness.sourceInstance,
                   .sink = witness.sinkInstance,
                   .parameters = witness.parameters,
                   .sentence = witness.sentence};
  info.cell = info.array;
  for (const std::int64_t subscript : witness.cell)
    info.cell += fmt::format("[{}]", subscript);
  return info;
}

std::string smallestCase(const WitnessInfo& witness) {
  std::vector<std::string> values;
  for (const auto& [name, value] : witness.parameters)
    values.push_back(fmt::format("{} = {}", name, value));
  return values.empty() ? "" : fmt::format(" (smallest case: {})", fmt::join(values, ", "));
}

} // namespace

VerdictInfo makeVerdict(const LegalityReport& report) {
  VerdictInfo verdict;
  switch (report.verdict) {
  case LegalityReport::Verdict::Legal:
    verdict.sentence = report.relaxedReductions
                           ? "legal up to rounding: every dependence is kept, reductions may be reordered"
                           : "legal: every dependence is kept";
    return verdict;
  case LegalityReport::Verdict::Unknown:
    verdict.kind = VerdictInfo::Kind::Unknown;
    verdict.sentence = "unknown: " + report.reason;
    return verdict;
  case LegalityReport::Verdict::Illegal: break;
  }
  verdict.kind = VerdictInfo::Kind::Illegal;
  for (const Witness& witness : findWitnesses(report))
    verdict.witnesses.push_back(describe(*witness.program, witness));
  const WitnessInfo& first = verdict.witnesses.front();
  verdict.sentence = "illegal: " + first.sentence + smallestCase(first);
  return verdict;
}

ProgramSnapshot makeProgramSnapshot(const Scop& scop) {
  ProgramSnapshot snapshot{.function = scop.function, .path = scop.source.path, .source = scop.source.text};
  for (const Statement& statement : scop.statements)
    snapshot.statements.push_back(describe(scop, statement));
  const std::vector<std::int64_t> small = viewValues(scop);
  for (std::size_t p = 0; p < scop.parameters.size(); ++p)
    snapshot.parameters.push_back({scop.parameters[p].name, scop.parameters[p].value, small[p]});
  for (const DataScalar& scalar : scop.scalars)
    snapshot.scalars.push_back({scalar.name, std::string(cName(scalar.type)), scalar.value});
  for (const Array& array : scop.arrays)
    snapshot.arrays.push_back(array.name);
  snapshot.presets = scop.presets;
  for (const Assumption& assumption : scop.assumptions)
    snapshot.assumptions.push_back(assumption.reason);
  for (const SourceLoop& loop : scop.loops)
    snapshot.loops.push_back({loop.name, loop.range});
  return snapshot;
}

namespace {

/// Replays the recipe step by step, judging each schedule on the way.
std::pair<Schedule, LegalityReport> judgeSteps(const ScopPtr& scop, const Dependences& dependences,
                                               const Recipe& recipe, const LegalityOptions& options,
                                               std::vector<StepInfo>& steps) {
  Schedule schedule = Schedule::original(scop);
  LegalityReport report = checkLegality(schedule, dependences, options);
  for (const Step& step : recipe.steps) {
    StepInfo info{.text = toText(step)};
    for (const Step& part : expansionOf(schedule, step))
      info.expands.push_back(toText(part));
    Result<Schedule> next = apply(schedule, step);
    if (!next) {
      info.outcome = StepInfo::Outcome::Refused;
      info.message = next.error().message;
      steps.push_back(std::move(info));
      break;
    }
    schedule = std::move(*next);
    report = checkLegality(schedule, dependences, options);
    if (report.verdict == LegalityReport::Verdict::Illegal) {
      info.outcome = StepInfo::Outcome::Illegal;
      info.message = makeVerdict(report).witnesses.front().sentence;
    }
    steps.push_back(std::move(info));
  }
  return {std::move(schedule), std::move(report)};
}

/// The code, or a comment why there is none.
std::vector<CodeLine> codeOf(const Schedule& schedule, int statementsOfSource) {
  const Result<Kernel> kernel = makeKernel(schedule);
  if (!kernel)
    return {{.text = "// " + kernel.error().message}};
  std::vector<CodeLine> code = regionCode(*kernel);
  for (CodeLine& line : code) // copies are no statements of the source
    if (line.statement >= statementsOfSource)
      line.statement = -1;
  return code;
}

} // namespace

ScheduleSnapshot makeScheduleSnapshot(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                                      const SnapshotOptions& options) {
  ScheduleSnapshot snapshot;
  const auto [schedule, report] =
      judgeSteps(scop, dependences, recipe, {.reassociate = options.reassociate}, snapshot.steps);
  for (const Step& step : schedule.recipe())
    snapshot.recipe += toText(step) + "\n";
  snapshot.verdict = makeVerdict(report);
  const Scop& program = schedule.program();
  addNode(program, *schedule.tree().root(), 0, -1, report, snapshot.tree);
  for (std::size_t d = 0; d < report.dependences.all().size(); ++d) {
    const Dependence& dependence = report.dependences.all()[d];
    const std::vector<std::string>& carriers = report.carriers[d];
    const bool violated = std::ranges::any_of(report.violations, [&](const Violation& violation) {
      return violation.dependence == static_cast<int>(d);
    });
    snapshot.dependences.push_back({.kind = kindOf(dependence.kind),
                                    .array = program.arrays[static_cast<std::size_t>(dependence.array)].name,
                                    .from = program.statements[static_cast<std::size_t>(dependence.from)].name,
                                    .to = program.statements[static_cast<std::size_t>(dependence.to)].name,
                                    .relation = islText(dependence.relation),
                                    .violated = violated,
                                    .carriedBy = fmt::format("{}", fmt::join(carriers, ", "))});
  }
  if (options.withCode)
    snapshot.code = codeOf(schedule, static_cast<int>(scop->statements.size()));
  snapshot.islSchedule = islText(schedule.tree().toIsl());
  return snapshot;
}

RangeInfo makeRange(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe, const std::string& line,
                    bool reassociate) {
  Result<OpenStep> open = parseOpenStep(line);
  const Result<LegalRange> range = open ? legalRange(scop, dependences, {recipe.steps, std::move(*open), {}, {}},
                                                     {.reassociate = reassociate})
                                        : std::unexpected(open.error());
  if (!range)
    return {line, {}, range.error().message};
  std::string text = "legal: " + (range->isEmpty ? "none" : toText(range->values));
  if (range->tilable)
    text += " · tilable: " + toText(*range->tilable);
  return {line, std::move(text), range->sentence, true, range->isEmpty, range->values.minimum, range->values.maximum};
}

AtOnceInfo makeAtOnce(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                      const std::vector<std::string>& loops, const std::vector<std::vector<std::int64_t>>& rows,
                      bool reassociate) {
  const Result<AtOnce> found =
      runAtOnce(scop, dependences, recipe.steps, {loops, rows}, {.reassociate = reassociate});
  if (!found)
    return {{}, {}, found.error().message};
  AtOnceInfo info{{}, found->loop, found->sentence};
  for (const Step& step : found->steps)
    info.lines.push_back(toText(step));
  return info;
}

std::vector<RepairInfo> makeRepairs(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                                    bool reassociate) {
  std::vector<RepairInfo> repairs;
  for (const Repair& repair : findRepairs(scop, dependences, recipe.steps, {.reassociate = reassociate})) {
    repairs.push_back({{}, repair.sentence});
    for (const Step& step : repair.steps)
      repairs.back().recipe += toText(step) + "\n";
  }
  return repairs;
}

} // namespace polyloom
