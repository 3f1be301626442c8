// What rows are made from.
#pragma once

#include "models/features/feature_table.h"
#include "models/features/time_model.h"

#include <vector>

namespace polyloom {

/// A schedule with all that the analytic model finds.
struct ModelledSchedule {
  NestOutline outline;
  Traffic traffic;
  std::vector<InstanceCost> costs;
  ScheduleTime time;
};

struct ProgramView {
  const ModelledSchedule& own;
  const ScheduleTime& original;
  const MachineFacts& machine;
  int threads = 1;
};

struct LoopView {
  const ProgramView& all;
  std::size_t number = 0;
  const OutlineLoop& loop;
  std::vector<std::size_t> below; ///< statements
};

struct StatementView {
  const ProgramView& all;
  std::size_t number = 0;
  const OutlineStatement& statement;
  const InstanceCost& cost;
  const StatementTime& time;
  BodyShape shape;

  const std::vector<GroupMoves>& moves() const { return all.own.traffic.moves[number]; }
  const std::vector<GroupTraffic>& traffic() const { return all.own.traffic.groups[number]; }
};

struct StatementLoopView {
  const StatementView& all;
  std::size_t number = 0; ///< among the statement's loops
  const StatementStep& step;
  const OutlineLoop& loop;
};

struct AccessView {
  const StatementView& all;
  const AccessFacts& access;
  const GroupMoves& moves;
  const GroupTraffic& traffic;
};

/// The tables; each row is as long as its table.
const std::vector<Feature<ProgramView>>& programFeatures();
const std::vector<Feature<LoopView>>& loopFeatures();
const std::vector<Feature<StatementView>>& statementFeatures();
const std::vector<Feature<StatementLoopView>>& statementLoopFeatures();
const std::vector<Feature<AccessView>>& accessFeatures();

} // namespace polyloom
