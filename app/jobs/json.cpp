#include "app/jobs/json.h"

#include "core/isl/extra.h"

namespace polyloom {

namespace {

using nlohmann::json;

const char* outcomeWord(StepInfo::Outcome outcome) {
  switch (outcome) {
  case StepInfo::Outcome::Applied: return "applied";
  case StepInfo::Outcome::Refused: return "refused";
  case StepInfo::Outcome::Illegal: return "applied but illegal";
  }
  return "";
}

const char* kindWord(DependenceInfo::Kind kind) {
  switch (kind) {
  case DependenceInfo::Kind::Flow: return "flow";
  case DependenceInfo::Kind::Anti: return "anti";
  case DependenceInfo::Kind::Output: return "output";
  }
  return "";
}

json toJson(const WitnessInfo& witness) {
  json parameters = json::object();
  for (const auto& [name, value] : witness.parameters)
    parameters[name] = value;
  return {{"kind", kindWord(witness.kind)},
          {"array", witness.array},
          {"cell", witness.cell},
          {"source", {{"statement", witness.sourceStatement}, {"instance", witness.source}}},
          {"sink", {{"statement", witness.sinkStatement}, {"instance", witness.sink}}},
          {"parameters", parameters},
          {"sentence", witness.sentence}};
}

json arraysToJson(const Scop& scop) {
  json arrays = json::array();
  for (const Array& array : scop.arrays) {
    json extents = json::array();
    for (const isl::pw_aff& extent : array.extents)
      extents.push_back(islText(extent));
    arrays.push_back({{"name", array.name}, {"element", cName(array.element)}, {"extents", extents},
                      {"local", array.isLocal}});
  }
  return arrays;
}

json toJson(const ProgramSnapshot::Statement& statement) {
  return {{"name", statement.name},     {"domain", statement.domain}, {"text", statement.text},
          {"line", statement.range.line}, {"loops", statement.loops},   {"accesses", statement.accesses}};
}

/// Statement names below node number `index`.
std::vector<std::string> statementsBelow(const std::vector<LoopTreeNode>& tree, std::size_t index) {
  std::vector<std::string> names;
  for (std::size_t n = index + 1; n < tree.size() && tree[n].depth > tree[index].depth; ++n)
    if (tree[n].kind == LoopTreeNode::Kind::Statement)
      names.push_back(tree[n].name);
  return names;
}

} // namespace

json errorToJson(const Diagnostic& diagnostic) {
  return {{"code", diagnostic.code},
          {"message", diagnostic.message},
          {"file", diagnostic.range.file},
          {"line", diagnostic.range.line},
          {"column", diagnostic.range.column},
          {"notes", diagnostic.notes}};
}

json infoToJson(const Scop& scop, const ProgramSnapshot& program, const ScheduleSnapshot& original) {
  json result = {{"function", scop.function}, {"assumptions", program.assumptions}, {"arrays", arraysToJson(scop)}};
  for (const char* list : {"parameters", "presets", "scalars", "statements", "loops", "dependences"})
    result[list] = json::array();
  for (const ProgramSnapshot::Parameter& parameter : program.parameters)
    result["parameters"].push_back({{"name", parameter.name}, {"value", parameter.value}});
  for (const Preset& preset : program.presets) {
    json values = json::array();
    for (const auto& [name, value] : preset.values)
      values.push_back({{"name", name}, {"value", value}});
    result["presets"].push_back({{"name", preset.name}, {"values", std::move(values)}});
  }
  for (const ProgramSnapshot::Scalar& scalar : program.scalars)
    result["scalars"].push_back({{"name", scalar.name}, {"type", scalar.type}, {"value", scalar.value}});
  for (const ProgramSnapshot::Statement& statement : program.statements)
    result["statements"].push_back(toJson(statement));
  for (std::size_t n = 0; n < original.tree.size(); ++n)
    if (original.tree[n].kind == LoopTreeNode::Kind::Loop)
      result["loops"].push_back({{"name", original.tree[n].name},
                                 {"statements", statementsBelow(original.tree, n)},
                                 {"parallel", original.tree[n].parallelLegal}});
  for (const DependenceInfo& dependence : original.dependences)
    result["dependences"].push_back({{"kind", kindWord(dependence.kind)},
                                     {"array", dependence.array},
                                     {"from", dependence.from},
                                     {"to", dependence.to},
                                     {"relation", dependence.relation},
                                     {"carried_by", dependence.carriedBy}});
  return result;
}

std::string verdictWord(const ScheduleSnapshot& schedule) {
  if (!schedule.steps.empty() && schedule.steps.back().outcome == StepInfo::Outcome::Refused)
    return "refused";
  switch (schedule.verdict.kind) {
  case VerdictInfo::Kind::Legal: return "legal";
  case VerdictInfo::Kind::Illegal: return "illegal";
  case VerdictInfo::Kind::Unknown: return "unknown";
  }
  return "";
}

json checkToJson(const ScheduleSnapshot& schedule, std::span<const Repair> repairs) {
  json result = {{"verdict", verdictWord(schedule)},
                 {"sentence", schedule.verdict.sentence},
                 {"steps", json::array()},
                 {"witness", nullptr},
                 {"repairs", json::array()}};
  for (const Repair& repair : repairs)
    result["repairs"].push_back({{"recipe", toText(Recipe{.steps = repair.steps})}, {"sentence", repair.sentence}});
  for (const StepInfo& step : schedule.steps)
    result["steps"].push_back({{"text", step.text},
                               {"outcome", outcomeWord(step.outcome)},
                               {"message", step.message},
                               {"expands", step.expands}});
  if (verdictWord(schedule) == "refused")
    result["sentence"] = schedule.steps.back().message;
  if (!schedule.verdict.witnesses.empty())
    result["witness"] = toJson(schedule.verdict.witnesses.front());
  return result;
}

json rangeToJson(const LegalRange& range) {
  const auto end = [](const std::optional<std::int64_t>& value) { return value ? json(*value) : json(nullptr); };
  json result = {{"parameter", range.parameter},
                 {"empty", range.isEmpty},
                 {"min", end(range.values.minimum)},
                 {"max", end(range.values.maximum)},
                 {"sentence", range.sentence}};
  if (range.tilable)
    result["tilable"] = {{"min", end(range.tilable->minimum)}, {"max", end(range.tilable->maximum)}};
  return result;
}

} // namespace polyloom
