#include "core/schedule/steps/expand.h"

#include "core/schedule/schedule.h"
#include "core/schedule/storage_edit.h"
#include "core/schedule/tree_edit.h"

#include <utility>

namespace polyloom {

namespace {

/// The values of the loop, of all statements together: { [x] }.
isl::set valuesOf(const Scop& scop, const LoopValues& values) {
  isl::set all = isl::set::empty(isl::space::unit(scop.ctx()).add_unnamed_tuple(1));
  for (const Statement& statement : scop.statements) {
    const auto value = values.find(statement.name);
    if (value == values.end())
      continue;
    const isl::set instances = statement.domain.intersect_params(scop.context);
    all = all.unite(value->second.as_map().intersect_domain(instances).range());
  }
  return all;
}

Result<StorageChange> applyExpand(const Schedule& schedule, const Step& step) {
  const Result<ArrayAlongLoop> use = requireArrayAlongLoop(schedule, step);
  if (!use)
    return std::unexpected(use.error());
  const auto& [array, loop, values] = *use;

  Scop next = schedule.program();
  const ValueRange range = rangeOf(valuesOf(next, values));
  for (Statement& statement : next.statements) {
    for (Access& access : statement.accesses) {
      const auto value = values.find(statement.name);
      if (access.array != array || value == values.end())
        continue;
      std::vector<isl::pw_aff> subscripts = subscriptsOf(next, access);
      const isl::pw_aff low = range.low.insert_domain(access.relation.space().domain());
      subscripts.insert(subscripts.begin(), value->second.sub(low));
      access = withSubscripts(access, array, subscripts, cellTuple(schedule.program(), array));
    }
  }
  std::vector<isl::pw_aff>& extents = next.arrays[static_cast<std::size_t>(array)].extents;
  extents.insert(extents.begin(), range.count().gist(next.context));
  declareInRegion(next, array, loop->name);

  Stage stage = schedule.stage();
  stage.cache = nullptr;
  stage.changed.insert(array);
  stage.expansions.push_back({array, loop->name, values, schedule.programPtr()});
  stage.program = std::make_shared<const Scop>(std::move(next));
  return StorageChange{.stage = std::move(stage), .tree = schedule.tree()};
}

} // namespace

StepKind expandStep() {
  return {.name = "expand",
          .form = "expand {array} along {loop}",
          .summary = "A variable gets a cell of its own in each iteration of a loop.",
          .help = "For variables that only the region uses, such as a temporary declared in the loop's body. With a "
                  "cell per iteration, iterations no longer wait for each other to be done with the cell, so the loop "
                  "can be parallel, reversed or distributed. Legal when every iteration reads only what it has "
                  "written itself. Costs memory: one cell per iteration.",
          .before = "for i\n  s = A[i]\n  B[i] = s",
          .after = "for i\n  s[i] = A[i]\n  B[i] = s[i]",
          .example = "expand s along i",
          .peers = "Tiramisu (by hand), Polly (as a pass)",
          .parameters = {{.name = "array", .kind = StepParameter::Kind::Array, .help = "a variable of the region"},
                         {.name = "loop", .kind = StepParameter::Kind::Loop, .help = "a loop around all its uses"}},
          .changeStorage = applyExpand};
}

} // namespace polyloom
