// Many small questions on relations, without the general machinery's cost.
#pragma once

#include <isl/cpp.h>

#include <vector>

namespace polyloom {

/// Whether any of the pairs meets the condition. Stops at the first basic relation that has one.
/// isl's own intersection normalizes both operands each time, only to see whether they are the same: half of its cost.
bool haveAny(const isl::map& pairs, const isl::map& condition);

/// The pairs of both. Keeps basic relations that are empty.
isl::map both(const isl::map& a, const isl::map& b);

/// The pairs that meet the condition, without empty basic relations.
isl::map having(const isl::map& pairs, const isl::map& condition);

/// The union of basic relations. isl's own compares its operands each time, and normalizes all of both for that: the cost
/// would be quadratic.
isl::map uniteAll(const isl::space& space, std::vector<isl::basic_map> parts);

} // namespace polyloom
