// The transformations of one computation as LOOPer's tags.
#pragma once

#include "models/features/looper/looper_features.h"
#include "models/features/looper/looper_nest.h"

#include <vector>

namespace polyloom {

/// Read from where the schedule ends, not from its recipe: equal orders have equal tags, and the original's has none.
/// First the published kinds, whose product is the loops' matrix: reversals of iterators, interchanges until every iterator
/// is in its loop's place, then what is skewed at once. Then from the outside in what the other loops are.
std::vector<LooperFeatures::Tag> looperTags(const OutlineStatement& statement, const std::vector<OutlineLoop>& loops,
                                            const std::vector<LooperIterator>& iterators);

} // namespace polyloom
