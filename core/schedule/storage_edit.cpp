#include "core/schedule/storage_edit.h"

#include "core/isl/extra.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

Result<int> requireArray(const Scop& scop, const std::string& name) {
  if (const std::optional<int> found = findArray(scop, name))
    return *found;
  std::vector<std::string> names;
  for (const Array& array : scop.arrays)
    names.push_back(array.name);
  if (names.empty())
    return failure("unknown-array", fmt::format("no array is called {}; the program has no arrays", name));
  return failure("unknown-array", fmt::format("no array is called {}; the arrays are {}", name, joinWords(names)));
}

Result<int> requireUsedArray(const Schedule& schedule, const std::string& name, const std::string& verb) {
  const Scop& scop = schedule.program();
  const Result<int> index = requireArray(scop, name);
  if (!index)
    return index;
  for (const Buffer& buffer : schedule.stage().buffers) {
    const std::string& packed = scop.arrays[static_cast<std::size_t>(buffer.packed)].name;
    if (buffer.array == *index)
      return failure("buffer", fmt::format("{} is a buffer: its cells follow from what it holds of {}; {} {} before "
                                           "pack {} at {}", name, packed, verb, packed, packed, buffer.loop));
    if (buffer.packed == *index)
      return failure("packed-array", fmt::format("a part of {} is held in {}; {} {} before pack {} at {}", name,
                                                 scop.arrays[static_cast<std::size_t>(buffer.array)].name, verb, name,
                                                 name, buffer.loop));
  }
  if (std::ranges::none_of(scop.statements, [&](const Statement& s) { return touches(s, *index); }))
    return failure("unused-array", fmt::format("no statement uses {}", name));
  return index;
}

bool writes(const Statement& statement, int array) {
  return std::ranges::any_of(statement.accesses, [&](const Access& access) { return access.isWrite && access.array == array; });
}

bool isOwn(const Array& array) { return array.isLocal || array.isConfined; }

Result<LoopValues> requireUsesBelow(const Scop& scop, const TreeNode& loop, int array) {
  const std::string& name = scop.arrays[static_cast<std::size_t>(array)].name;
  LoopValues values;
  for (const Statement& statement : scop.statements) {
    if (!touches(statement, array))
      continue;
    const isl::set instances = statement.domain.intersect_params(scop.context);
    const isl::set below = loop.domain.extract_set(instances.space());
    if (below.is_empty() && !instances.is_empty())
      return failure("used-outside", fmt::format("{} uses {} outside of {}; every statement that uses {} has to run "
                                                 "below the loop", statement.name, name, loop.name, name));
    if (!instances.is_subset(below))
      return failure("used-outside", fmt::format("some instances of {} use {} outside of {}: a step has given {} "
                                                 "several places. Do this before that step", statement.name, name,
                                                 loop.name, statement.name));
    if (!instances.is_empty())
      values.emplace(statement.name, loop.values.at(statement.name));
  }
  return values;
}

Result<ArrayAlongLoop> requireArrayAlongLoop(const Schedule& schedule, const Step& step) {
  const Result<int> array = requireUsedArray(schedule, step.word("array"), step.kind);
  if (!array)
    return std::unexpected(array.error());
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  Result<LoopValues> values = requireUsesBelow(schedule.program(), *path->back(), *array);
  if (!values)
    return std::unexpected(values.error());
  return ArrayAlongLoop{*array, path->back(), std::move(*values)};
}

std::vector<isl::pw_aff> subscriptsOf(const Scop& scop, const Access& access) {
  return subscriptsOf(access, scop.arrays[static_cast<std::size_t>(access.array)].extents.size());
}

Access withSubscripts(const Access& access, int array, const std::vector<isl::pw_aff>& subscripts,
                      const std::string& tuple) {
  isl::pw_aff_list list(access.relation.ctx(), static_cast<int>(subscripts.size()));
  for (const isl::pw_aff& subscript : subscripts)
    list = list.add(subscript);
  const isl::map relation = mapToVector(access.relation.domain(), list).set_range_tuple(tuple).coalesce();
  return {access.isWrite, array, relation, subscripts};
}

std::string cellTuple(const Scop& scop, int array) {
  for (const Statement& statement : scop.statements)
    for (const Access& access : statement.accesses)
      if (access.array == array)
        return access.relation.range_tuple_id().name();
  return scop.arrays[static_cast<std::size_t>(array)].name;
}

void declareInRegion(Scop& scop, int array, const std::string& loop) {
  Array& changed = scop.arrays[static_cast<std::size_t>(array)];
  changed.isGenerated = true;
  if (changed.isLocal)
    return;
  changed.name = freshProgramName(scop, fmt::format("{}_{}", changed.name, loop));
  changed.isLocal = true;
  changed.isConfined = false;
  for (Statement& statement : scop.statements)
    for (Access& access : statement.accesses)
      if (access.array == array)
        access.relation = access.relation.set_range_tuple(changed.name);
}

std::string freshProgramName(const Scop& scop, const std::string& wanted) {
  const auto isTaken = [&](const std::string& name) {
    const auto hasName = [&](const auto& item) { return item.name == name; };
    return std::ranges::any_of(scop.arrays, hasName) || std::ranges::any_of(scop.scalars, hasName) ||
           std::ranges::any_of(scop.parameters, hasName) || std::ranges::any_of(scop.loops, hasName) ||
           std::ranges::any_of(scop.statements, hasName);
  };
  std::string name = wanted;
  for (int suffix = 2; isTaken(name); ++suffix)
    name = fmt::format("{}_{}", wanted, suffix);
  return name;
}

isl::pw_aff constantExtent(isl::ctx ctx, std::int64_t value) {
  return isl::set::universe(isl::space::unit(ctx)).pw_aff_on_domain(static_cast<long>(value));
}

isl::pw_aff ValueRange::count() const {
  const isl::pw_aff some = high.sub(low).add_constant(1L).coalesce();
  const isl::pw_aff none = isl::pw_aff(isl::set(some.domain().complement()).pw_aff_on_domain(1L));
  return some.union_add(none).coalesce();
}

ValueRange rangeOf(const isl::set& values) {
  return {values.lexmin().as_pw_multi_aff().at(0).coalesce(), values.lexmax().as_pw_multi_aff().at(0).coalesce()};
}

} // namespace polyloom
