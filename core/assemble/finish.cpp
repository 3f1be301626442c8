#include "core/assemble/finish.h"

#include "core/assemble/iteration.h"
#include "core/assemble/names.h"
#include "core/isl/sets.h"
#include "core/program/default_values.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

std::vector<PendingAccess> allAccesses(const PendingScop& pending) {
  std::vector<PendingAccess> all;
  for (const PendingScop::Instances& statement : pending.statements)
    all.insert(all.end(), statement.values.accesses.begin(), statement.values.accesses.end());
  return all;
}

std::optional<Diagnostic> assumeBounds(const PendingAccess& access, const Array& array, Assumptions& assumptions) {
  const BoundsAnswer answer = checkBounds(access, array.extents);
  if (answer.alwaysLeaves)
    return Diagnostic{"always-leaves-array",
                      fmt::format("the access '{}' leaves its array '{}' whenever it runs; wanted subscripts from 0 up "
                                  "to the extent",
                                  access.text, array.name),
                      access.range};
  assumptions.add(answer.stays, fmt::format("the access {} stays inside {}", access.text, array.name));
  return std::nullopt;
}

/// The name of an array's cells in relations: isl's own words would not parse.
std::string tupleName(const Array& array) {
  return isReservedWord(array.name) ? array.name + "_" : array.name;
}

isl::map relationOf(const PendingAccess& access, const PendingScop::Instances& instances, const std::string& statement,
                    const std::string& tuple) {
  const isl::set domain =
      nameDimensions(toDimensions(access.reached, statement, instances.iterators), instances.dimensions);
  if (access.subscripts.empty())
    return mapToPoint(domain, tuple);
  const isl::multi_id iterators = tupleOf(domain.ctx(), statement, instances.iterators);
  isl::multi_pw_aff cell;
  for (const isl::pw_aff& subscript : access.subscripts) {
    const isl::multi_pw_aff next(subscript.unbind_params_insert_domain(iterators));
    cell = cell.is_null() ? next : cell.flat_range_product(next);
  }
  const isl::map relation = cell.set_range_tuple(tuple).as_map().intersect_domain(domain);
  return nameInputs(relation.coalesce(), instances.dimensions);
}

void finishStatement(Statement& statement, const PendingScop::Instances& instances, const std::vector<Array>& arrays) {
  const isl::set domain = toDimensions(instances.path, statement.name, instances.iterators).coalesce();
  statement.domain = nameDimensions(domain, instances.dimensions);
  for (const PendingAccess& access : instances.values.accesses) {
    const std::string tuple = tupleName(arrays[static_cast<std::size_t>(access.array)]);
    statement.accesses.push_back({access.isWrite, access.array, relationOf(access, instances, statement.name, tuple)});
  }
  const isl::multi_id iterators = tupleOf(domain.ctx(), statement.name, instances.iterators);
  for (const isl::pw_aff& value : instances.values.affineValues) {
    const isl::multi_pw_aff moved(value.unbind_params_insert_domain(iterators));
    statement.affineValues.push_back(nameInputs(moved.at(0), instances.dimensions));
  }
}

/// Lists the parameters of every set in the same order: that of their declarations.
void alignAll(Scop& scop) {
  std::vector<std::string> names;
  for (const Parameter& parameter : scop.parameters)
    names.push_back(parameter.name);
  scop.context = alignParameters(scop.context, names);
  for (Assumption& assumption : scop.assumptions)
    assumption.condition = alignParameters(assumption.condition, names);
  for (Array& array : scop.arrays)
    for (isl::pw_aff& extent : array.extents)
      extent = alignParameters(extent, names);
  for (Statement& statement : scop.statements) {
    statement.domain = alignParameters(statement.domain, names);
    for (Access& access : statement.accesses)
      access.relation = alignParameters(access.relation, names);
    for (isl::pw_aff& value : statement.affineValues)
      value = alignParameters(value, names);
  }
}

} // namespace

Result<ScopPtr> finishScop(PendingScop pending, const std::vector<int>& inferredArrays) {
  Scop& scop = pending.scop;
  const std::vector<PendingAccess> accesses = allAccesses(pending);
  const isl::ctx ctx = pending.assumptions.context().ctx();
  for (const int array : inferredArrays)
    scop.arrays[static_cast<std::size_t>(array)].extents.front() = inferExtent(ctx, accesses, array);
  for (const PendingAccess& access : accesses) {
    const Array& array = scop.arrays[static_cast<std::size_t>(access.array)];
    if (std::optional<Diagnostic> problem = assumeBounds(access, array, pending.assumptions))
      return std::unexpected(std::move(*problem));
    if (pending.assumptions.context().is_empty())
      return failure("contradictory-bounds",
                     fmt::format("the access '{}' stays inside its array '{}' only where another leaves its own; "
                                 "wanted bounds that some parameter values meet",
                                 access.text, array.name),
                     access.range);
  }
  scop.context = pending.assumptions.context();
  scop.assumptions = pending.assumptions.finish();
  for (std::size_t k = 0; k < scop.statements.size(); ++k)
    finishStatement(scop.statements[k], pending.statements[k], scop.arrays);
  alignAll(scop);
  chooseDefaults(scop);
  return std::make_shared<const Scop>(std::move(scop));
}

} // namespace polyloom
