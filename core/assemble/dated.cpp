#include "core/assemble/dated.h"

#include "core/assemble/dated_order.h"
#include "core/assemble/finish.h"
#include "core/assemble/iteration.h"
#include "core/assemble/names.h"
#include "core/isl/extra.h"

#include <fmt/format.h>

#include <set>

namespace polyloom {

namespace {

/// { S0[i] -> S0[values] }
isl::map renaming(const DatedStatement& statement, const DatedLoops& loops) {
  isl::pw_aff_list values(statement.domain.ctx(), static_cast<int>(loops.values.size()));
  for (const isl::pw_aff& value : loops.values)
    values = values.add(value);
  return mapToVector(statement.domain, values).set_range_tuple(statement.name);
}

/// A statement whose instances are named by the values of its loops.
DatedStatement renamed(const DatedStatement& statement, const isl::map& renaming) {
  DatedStatement result = statement;
  result.domain = renaming.range();
  for (DatedAccess& access : result.accesses)
    access.relation = access.relation.apply_domain(renaming);
  for (isl::pw_aff& value : result.affineValues)
    value = value.pullback(renaming.reverse().as_pw_multi_aff());
  return result;
}

class Assembler {
public:
  explicit Assembler(DatedProgram&& program)
      : program_(std::move(program)), order_(orderOf(program_)), pending_(program_.context.ctx()) {}

  Result<ScopPtr> run() && {
    pending_.assumptions.add(program_.context, program_.contextReason);
    pending_.scop = std::move(program_.scop);
    pending_.scop.context = pending_.assumptions.context();
    pending_.scop.loops = order_.loops;
    pending_.scop.body = order_.body;
    for (std::size_t s = 0; s < program_.statements.size(); ++s)
      if (std::optional<Diagnostic> problem = add(program_.statements[s], order_.statements[s]))
        return std::unexpected(std::move(*problem));
    inferExtents();
    return finishScop(std::move(pending_), {});
  }

private:
  std::optional<Diagnostic> add(const DatedStatement& statement, const DatedLoops& loops) {
    const isl::map names = renaming(statement, loops);
    if (!names.intersect_params(program_.context).is_injective())
      return Diagnostic{"order-not-injective",
                        fmt::format("two instances of {} have the same date; wanted an order that gives every instance "
                                    "a date of its own",
                                    statement.name),
                        statement.range};
    const bool isSame = names.is_subset(statement.domain.identity());
    const DatedStatement own = isSame ? statement : renamed(statement, names);
    addInstances(own, loops, isSame ? statement.iterators : loopNames(loops));
    pending_.scop.statements.push_back({.name = own.name,
                                        .domain = own.domain, // replaced when the program is finished
                                        .loops = loops.loops,
                                        .accesses = {},
                                        .affineValues = {},
                                        .value = own.value,
                                        .text = own.text,
                                        .range = own.range});
    return std::nullopt;
  }

  void addInstances(const DatedStatement& statement, const DatedLoops& loops, const std::vector<std::string>& wanted) {
    const isl::ctx ctx = statement.domain.ctx();
    std::vector<std::string> iterators; // as parameters
    for (const std::string& name : loopNames(loops))
      iterators.push_back(name + "'loop");
    const isl::multi_id tuple = tupleOf(ctx, statement.name, iterators);
    PendingScop::Instances instances{.values = {.accesses = {}, .affineValues = {}, .value = statement.value},
                                     .path = statement.domain.bind(tuple),
                                     .iterators = iterators,
                                     .dimensions = dimensionNames(loops, wanted)};
    for (const DatedAccess& access : statement.accesses) {
      const isl::map relation = access.relation.intersect_domain(statement.domain);
      PendingAccess pending{access.isWrite, access.array, {}, relation.domain().bind(tuple), iterators, access.text,
                            access.range};
      const isl::pw_multi_aff cell = relation.as_pw_multi_aff();
      for (int d = 0; d < static_cast<int>(dimensionCount(relation.range())); ++d)
        pending.subscripts.push_back(cell.at(d).bind_domain(tuple));
      instances.values.accesses.push_back(std::move(pending));
    }
    for (const isl::pw_aff& value : statement.affineValues)
      instances.values.affineValues.push_back(value.bind_domain(tuple));
    pending_.statements.push_back(std::move(instances));
  }

  std::vector<std::string> loopNames(const DatedLoops& loops) const {
    std::vector<std::string> names;
    for (const int loop : loops.loops)
      names.push_back(order_.loops[static_cast<std::size_t>(loop)].name);
    return names;
  }

  /// The wanted names where isl can have them.
  std::vector<std::string> dimensionNames(const DatedLoops& loops, std::vector<std::string> names) const {
    const std::vector<std::string> unique = loopNames(loops);
    std::set<std::string> taken;
    for (std::size_t d = 0; d < names.size(); ++d)
      if (isReservedWord(names[d]) || findParameter(pending_.scop, names[d]) || !taken.insert(names[d]).second)
        names[d] = unique[d] + "_";
    return names;
  }

  void inferExtents() {
    std::vector<PendingAccess> accesses;
    for (const PendingScop::Instances& statement : pending_.statements)
      accesses.insert(accesses.end(), statement.values.accesses.begin(), statement.values.accesses.end());
    for (const auto& [array, dimension] : program_.inferred)
      pending_.scop.arrays[static_cast<std::size_t>(array)].extents[dimension] =
          inferExtent(program_.context.ctx(), accesses, array, dimension);
  }

  DatedProgram program_;
  DatedOrder order_;
  PendingScop pending_;
};

} // namespace

Result<ScopPtr> assembleProgram(DatedProgram program) {
  return Assembler(std::move(program)).run();
}

} // namespace polyloom
