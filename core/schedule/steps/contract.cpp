#include "core/schedule/steps/contract.h"

#include "core/schedule/schedule.h"
#include "core/schedule/storage_edit.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <utility>

namespace polyloom {

namespace {

/// Whether the value is the same for all of these instances, at given parameters.
bool isSteady(const isl::pw_aff& value, const isl::set& instances) {
  const isl::set values = value.as_map().intersect_domain(instances).range();
  return values.lexmin().is_equal(values.lexmax());
}

/// Whether the subscript is the loop's value, counted up or down, plus an amount that no instance changes.
bool follows(const isl::pw_aff& subscript, const isl::pw_aff& value, const isl::set& instances) {
  return isSteady(subscript.sub(value), instances) || isSteady(subscript.add(value), instances);
}

/// Whether dimension `d` does that in the access.
bool follows(const Scop& scop, const Access& access, std::size_t d, const isl::pw_aff& value) {
  return follows(subscriptsOf(scop, access)[d], value, access.relation.domain().intersect_params(scop.context));
}

/// The first dimension that does in every access.
Result<unsigned> requireDimension(const Scop& scop, int array, const std::string& loop, const LoopValues& values) {
  const Array& contracted = scop.arrays[static_cast<std::size_t>(array)];
  std::string stranger;
  for (std::size_t d = 0; d < contracted.extents.size(); ++d) {
    bool all = true;
    for (const Statement& statement : scop.statements) {
      const auto value = values.find(statement.name);
      for (const Access& access : statement.accesses) {
        if (access.array != array || value == values.end() || follows(scop, access, d, value->second))
          continue;
        all = false;
        stranger = statement.name;
      }
    }
    if (all)
      return static_cast<unsigned>(d);
  }
  if (contracted.extents.empty())
    return failure("no-dimension", fmt::format("{} is a single cell already", contracted.name));
  return failure("no-dimension", fmt::format("no subscript of {0} is {1} plus an amount that stays the same in every "
                                             "access: not in {2}. Contract it along the loop that moves through it",
                                             contracted.name, loop, stranger));
}

Result<StorageChange> applyContract(const Schedule& schedule, const Step& step) {
  const Result<int> used = requireUsedArray(schedule, step.word("array"), step.kind);
  if (!used)
    return std::unexpected(used.error());
  const Scop& scop = schedule.program();
  if (const Array& array = scop.arrays[static_cast<std::size_t>(*used)]; !isOwn(array))
    return failure("result", fmt::format("{0} is seen outside the region: {0} keeps its cells. Only a variable that is "
                                         "declared in the region, or named nowhere else in {1}, can change them; expand "
                                         "gives the region one", array.name, scop.function));
  const Result<ArrayAlongLoop> use = requireArrayAlongLoop(schedule, step);
  if (!use)
    return std::unexpected(use.error());
  const auto& [array, loop, values] = *use;
  const Result<unsigned> dimension = requireDimension(schedule.program(), array, loop->name, values);
  if (!dimension)
    return std::unexpected(dimension.error());

  Scop next = schedule.program();
  const std::int64_t cells = step.integer("cells");
  const isl::val modulus(next.ctx(), static_cast<long>(cells));
  for (Statement& statement : next.statements) {
    for (Access& access : statement.accesses) {
      if (access.array != array)
        continue;
      std::vector<isl::pw_aff> subscripts = subscriptsOf(next, access);
      subscripts[*dimension] = subscripts[*dimension].mod(modulus);
      access = withSubscripts(access, array, subscripts, cellTuple(schedule.program(), array));
    }
  }
  next.arrays[static_cast<std::size_t>(array)].extents[*dimension] = constantExtent(next.ctx(), cells);
  declareInRegion(next, array, loop->name);

  Stage stage{.program = std::make_shared<const Scop>(std::move(next)), .base = schedule.tree()};
  stage.contraction = Contraction{array, loop->name, *dimension, cells, schedule.programPtr()};
  stage.buffers = schedule.stage().buffers;
  stage.changed = {array};
  return StorageChange{.stage = std::move(stage), .tree = schedule.tree(), .startsStage = true};
}

} // namespace

StepKind contractStep() {
  return {.name = "contract",
          .form = "contract {array} along {loop} to {cells}",
          .summary = "A dimension of an array gets fewer cells, used in turn.",
          .help = "For arrays that only the region uses, whose subscript is the loop's value plus or minus something "
                  "fixed in every access. The cells stay in a cache when few are alive at a time, as after fusing the "
                  "loop that writes the array with the one that reads it. Legal when no value is overwritten before its "
                  "last read, in the order reached so far: do it after reordering. Parallel loops share the cells.",
          .before = "for i\n  T[i] = A[i]\n  B[i] = T[i] + T[i - 1]",
          .after = "for i\n  T[i % 2] = A[i]\n  B[i] = T[i % 2] + T[(i - 1) % 2]",
          .example = "contract tmp along i to 3",
          .peers = "Tiramisu (by hand)",
          .parameters = {{.name = "array", .kind = StepParameter::Kind::Array, .help = "an array of the region"},
                         {.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop that moves through it"},
                         {.name = "cells",
                          .kind = StepParameter::Kind::Integer,
                          .help = "how many cells stay",
                          .minimum = 1,
                          .maximum = 1'000'000,
                          .initial = "2"}},
          .changeStorage = applyContract};
}

} // namespace polyloom
