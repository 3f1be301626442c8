#include "models/features/featurizer.h"

#include "models/features/looper/looper_featurizer.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

ScheduleFeatures::Loop loopOf(const ProgramView& view, std::size_t number, std::vector<std::size_t> below) {
  const OutlineLoop& loop = view.own.outline.loops[number];
  return {.name = loop.name, .parent = loop.parent,
          .row = rowOf(loopFeatures(), LoopView{view, number, loop, std::move(below)})};
}

ScheduleFeatures::Statement statementOf(const ProgramView& view, std::size_t number) {
  const OutlineStatement& statement = view.own.outline.statements[number];
  const StatementView own{view, number, statement, view.own.costs[number], view.own.time.statements[number],
                          bodyShape(statement, view.own.outline)};
  ScheduleFeatures::Statement result{.name = statement.facts->statement.name, .loops = {},
                                     .row = rowOf(statementFeatures(), own), .loopRows = {}, .accesses = {}};
  for (std::size_t k = 0; k < statement.steps.size(); ++k) {
    const StatementStep& step = statement.steps[k];
    result.loops.push_back(step.loop);
    result.loopRows.push_back(rowOf(statementLoopFeatures(), StatementLoopView{own, k, step, view.own.outline.loops[static_cast<std::size_t>(step.loop)]}));
  }
  for (std::size_t a = 0; a < statement.facts->accesses.size(); ++a) {
    const AccessFacts& access = statement.facts->accesses[a];
    const auto group = static_cast<std::size_t>(access.group);
    const AccessView seen{own, access, own.moves()[group], own.traffic()[group]};
    result.accesses.push_back({.array = seen.moves.array->name, .position = static_cast<int>(a), .row = rowOf(accessFeatures(), seen)});
  }
  return result;
}

} // namespace

Featurizer::Featurizer(ParameterPoint parameters, const MachineFacts& machine, int threads)
    : reader_(std::make_unique<OutlineReader>(std::move(parameters))), machine_(machine), threads_(threads) {}

Result<Featurizer> Featurizer::make(const ScopPtr& program, const std::map<std::string, std::int64_t>& parameters,
                                    const MachineFacts& machine, int threads) {
  std::map<std::string, std::int64_t> values = parameters;
  for (const auto& [name, value] : parameters)
    if (!findParameter(*program, name))
      return failure("unknown-parameter", fmt::format("{} has no parameter {}", program->function, name));
  for (const Parameter& parameter : program->parameters)
    values.emplace(parameter.name, parameter.value);
  Featurizer featurizer(ParameterPoint(values.begin(), values.end()), machine, threads);
  Result<ModelledSchedule> original = featurizer.model(Schedule::original(program));
  if (!original)
    return std::unexpected(original.error());
  featurizer.original_ = std::move(original->time);
  return featurizer;
}

Result<NestOutline> Featurizer::outline(const Schedule& schedule) {
  try {
    return reader_->read(schedule);
  } catch (const isl::exception_abort&) {
    throw;
  } catch (const isl::exception& error) {
    return failure("not-outlined", fmt::format("the schedule cannot be put in numbers: {}", error.what()));
  }
}

Result<ModelledSchedule> Featurizer::model(const Schedule& schedule) {
  Result<NestOutline> read = outline(schedule);
  if (!read)
    return std::unexpected(read.error());
  ModelledSchedule result{.outline = std::move(*read), .traffic = {}, .costs = {}, .time = {}};
  result.traffic = trafficOf(result.outline, machine_, threads_);
  result.costs = instanceCosts(result.outline, result.traffic.moves, machine_);
  result.time = timeOf(result.outline, result.traffic, result.costs, machine_, threads_);
  return result;
}

Result<LooperFeatures> Featurizer::looper(const Schedule& schedule) {
  const Result<NestOutline> read = outline(schedule);
  return read ? Result<LooperFeatures>(looperFeatures(schedule, *read)) : std::unexpected(read.error());
}

Result<double> Featurizer::modelledTime(const Schedule& schedule) {
  const Result<ModelledSchedule> own = model(schedule);
  return own ? Result<double>(own->time.total) : std::unexpected(own.error());
}

Result<ScheduleFeatures> Featurizer::features(const Schedule& schedule) {
  const Result<ModelledSchedule> own = model(schedule);
  if (!own)
    return std::unexpected(own.error());
  const ProgramView view{*own, original_, machine_, threads_};
  ScheduleFeatures result{.program = rowOf(programFeatures(), view), .loops = {}, .statements = {}};
  std::vector<std::vector<std::size_t>> below(own->outline.loops.size());
  for (std::size_t s = 0; s < own->outline.statements.size(); ++s)
    for (const StatementStep& step : own->outline.statements[s].steps)
      below[static_cast<std::size_t>(step.loop)].push_back(s);
  for (std::size_t l = 0; l < below.size(); ++l)
    result.loops.push_back(loopOf(view, l, std::move(below[l])));
  for (std::size_t s = 0; s < own->outline.statements.size(); ++s)
    result.statements.push_back(statementOf(view, s));
  return result;
}

} // namespace polyloom
