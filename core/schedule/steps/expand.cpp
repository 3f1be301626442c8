#include "core/schedule/steps/expand.h"

#include "core/isl/extra.h"
#include "core/schedule/cell_loops.h"
#include "core/schedule/last_values.h"
#include "core/schedule/schedule.h"
#include "core/schedule/storage_edit.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
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

/// Whether a step has made statements that copy into the array: they have no place in the source's order.
bool isCopiedTo(const Schedule& schedule, int array) {
  const auto& all = schedule.program().statements;
  const std::size_t sources = schedule.firstStage().program->statements.size();
  return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(sources), all.end(),
                     [&](const Statement& statement) { return writes(statement, array); });
}

/// Makes the program with more cells.
class Expander {
public:
  Expander(const Schedule& schedule, const ArrayAlongLoop& use)
      : schedule_(schedule), array_(use.array), loop_(*use.loop), values_(use.values), next_(schedule.program()),
        range_(rangeOf(valuesOf(next_, values_))) {}

  /// The array itself gets them: nobody sees it outside the region.
  StorageChange inPlace() {
    redirect(array_, cellTuple(schedule_.program(), array_));
    lengthen(array_);
    declareInRegion(next_, array_, loop_.name);
    Stage stage = schedule_.stage();
    stage.cache = nullptr;
    stage.changed.insert(array_);
    return finish(std::move(stage), schedule_.tree(), false);
  }

  /// A new array gets them; what is left in it at the end goes to the old one.
  StorageChange besides() {
    const Array& seen = schedule_.program().arrays[static_cast<std::size_t>(array_)];
    const int added = static_cast<int>(next_.arrays.size());
    next_.arrays.push_back(seen);
    next_.arrays.back().name = freshProgramName(next_, fmt::format("{}_{}", seen.name, loop_.name));
    next_.arrays.back().isLocal = next_.arrays.back().isGenerated = true;
    redirect(added, next_.arrays.back().name);
    lengthen(added);
    ScheduleTree tree = schedule_.tree();
    if (const std::optional<LastValues> last = lastValuesOf(schedule_.program(), array_, values_))
      tree = ScheduleTree(makeSequence({tree.root(), addCopy(added, *last)}));
    Stage stage{.program = nullptr, .base = tree};
    stage.buffers = schedule_.stage().buffers;
    stage.changed = {array_, added};
    return finish(std::move(stage), std::move(tree), true);
  }

private:
  void redirect(int array, const std::string& tuple) {
    for (Statement& statement : next_.statements)
      for (Access& access : statement.accesses)
        if (const auto value = values_.find(statement.name); access.array == array_ && value != values_.end())
          access = expanded(access, subscriptsOf(schedule_.program(), access), value->second, array, tuple);
  }

  Access expanded(const Access& access, std::vector<isl::pw_aff> subscripts, const isl::pw_aff& value, int array,
                  const std::string& tuple) const {
    const isl::pw_aff low = range_.low.insert_domain(access.relation.space().domain());
    subscripts.insert(subscripts.begin(), value.sub(low));
    return withSubscripts(access, array, subscripts, tuple);
  }

  void lengthen(int array) {
    std::vector<isl::pw_aff>& extents = next_.arrays[static_cast<std::size_t>(array)].extents;
    extents.insert(extents.begin(), range_.count().gist(next_.context));
  }

  /// Adds the statement that puts the last values back, under loops of its own over the cells.
  TreePtr addCopy(int added, const LastValues& last) {
    const Array& seen = next_.arrays[static_cast<std::size_t>(array_)];
    const Array& more = next_.arrays[static_cast<std::size_t>(added)];
    const auto rank = static_cast<unsigned>(seen.extents.size());
    const std::string name = freshProgramName(next_, fmt::format("{}_out", more.name));
    const isl::map renamed = mapToVector(last.cells, coordinatesOf(last.cells, 0, rank)).set_range_tuple(name);
    Statement copy{.name = name, .domain = renamed.range()};
    const Access out{.isWrite = true,
                     .array = array_,
                     .relation = mapToVector(copy.domain, coordinatesOf(copy.domain, 0, rank))
                                     .set_range_tuple(cellTuple(schedule_.program(), array_))};
    const isl::pw_aff value = last.loopValue.as_map().apply_domain(renamed).as_pw_multi_aff().at(0);
    copy.accesses = {out, expanded({.isWrite = false, .relation = out.relation}, subscriptsOf(out, rank), value, added,
                                   more.name)};
    copy.value = makeRead(1, seen.element);
    copy.text = fmt::format("{} = {}", seen.name, more.name);
    const TreePtr nest = cellLoops(copy, rank);
    next_.statements.push_back(std::move(copy));
    return nest;
  }

  TreePtr cellLoops(Statement& copy, unsigned rank) {
    std::set<std::string> taken;
    std::vector<std::string> names;
    for (unsigned d = 0; d < rank; ++d) {
      names.push_back(freshName(schedule_.tree(), "cell", taken));
      taken.insert(names.back());
      nameDimension(next_, copy, names.back());
    }
    return loopsOver(copy, 0, names);
  }

  StorageChange finish(Stage stage, ScheduleTree tree, bool startsStage) {
    stage.expansions.push_back({array_, loop_.name, values_, schedule_.programPtr()});
    stage.program = std::make_shared<const Scop>(std::move(next_));
    return {.stage = std::move(stage), .tree = std::move(tree), .startsStage = startsStage};
  }

  const Schedule& schedule_;
  int array_;
  const TreeNode& loop_;
  const LoopValues& values_;
  Scop next_;
  ValueRange range_;
};

Result<StorageChange> applyExpand(const Schedule& schedule, const Step& step) {
  const Result<ArrayAlongLoop> use = requireArrayAlongLoop(schedule, step);
  if (!use)
    return std::unexpected(use.error());
  const Scop& scop = schedule.program();
  if (std::ranges::none_of(scop.statements, [&](const Statement& s) { return writes(s, use->array); }))
    return failure("only-read", fmt::format("{} is only read: its values come from before the region",
                                            scop.arrays[static_cast<std::size_t>(use->array)].name));
  const bool isOwnArray = isOwn(scop.arrays[static_cast<std::size_t>(use->array)]);
  if (!isOwnArray && isCopiedTo(schedule, use->array))
    return failure("expanded", fmt::format("{} gets its values from another array since it was expanded; expand that one",
                                           scop.arrays[static_cast<std::size_t>(use->array)].name));
  Expander expander(schedule, *use);
  return isOwnArray ? expander.inPlace() : expander.besides();
}

} // namespace

StepKind expandStep() {
  return {.name = "expand",
          .form = "expand {array} along {loop}",
          .summary = "A variable gets a cell of its own in each iteration of a loop.",
          .help = "With a cell per iteration, iterations no longer wait for each other to be done with the cell, so the "
                  "loop can be parallel, reversed or distributed. Legal when every iteration reads only what it has "
                  "written itself. Costs memory: one cell per iteration. An array that is seen outside the region stays "
                  "as it is: a new one takes its place, and at the end the last values are copied back.",
          .before = "for i\n  s = A[i]\n  B[i] = s",
          .after = "for i\n  s[i] = A[i]\n  B[i] = s[i]",
          .example = "expand s along i",
          .peers = "Tiramisu (by hand), Polly (as a pass)",
          .parameters = {{.name = "array", .kind = StepParameter::Kind::Array, .help = "a variable of the region"},
                         {.name = "loop", .kind = StepParameter::Kind::Loop, .help = "a loop around all its uses"}},
          .changeStorage = applyExpand};
}

} // namespace polyloom
