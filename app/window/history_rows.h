// The tree of schedules and what was measured, as the history's view shows them.
#pragma once

#include "app/window/history_tree.h"
#include "core/snapshot/prediction.h"
#include "core/snapshot/snapshot.h"
#include "views/history_row.h"

#include <vector>

namespace polyloom {

/// One row for each visible node. Schedules with the same order share what was measured of one of them. What a model predicts
/// takes the place of what a search has left in the tree.
std::vector<HistoryRow> historyRows(const HistoryTree& tree, const std::vector<MeasurementInfo>& measurements,
                                    const Predictions& predictions = {});

} // namespace polyloom
