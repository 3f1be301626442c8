// Words for one instance: its name, its time, the cells it touches.
#pragma once

#include "core/snapshot/snapshot.h"
#include "views/selection.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

/// The value of an integer expression in C's operators + - * / % and parentheses; nothing when it holds anything
/// else or a name without a value. Division rounds as in C.
std::optional<std::int64_t> evaluateIndex(std::string_view expression,
                                          const std::map<std::string, std::int64_t>& values);

/// "reads A[i - 1]" with i = 6 gives "reads A[5]". Subscripts that cannot be computed stay as they are.
std::string substituteAccess(std::string_view access, const std::map<std::string, std::int64_t>& values);

/// "S0[t=3, i=6]", in the source's own iterators.
std::string instanceName(const ProgramSnapshot& program, const InstanceCloud& cloud, std::size_t index);

/// What the box beside a hovered instance says: name, tile, time, place in the order, accesses.
std::vector<std::string> describeInstance(const ProgramSnapshot& program, const SpaceSnapshot& space, int cloud,
                                          std::size_t index);

/// The instance of this statement with these source coordinates, or an invalid id.
InstanceId findInstance(const SpaceSnapshot& space, int statement, std::span<const std::int64_t> source);

/// The same instance in another space: its row may be another one there.
InstanceId followInstance(const SpaceSnapshot& from, const InstanceId& instance, const SpaceSnapshot& to);

} // namespace polyloom
