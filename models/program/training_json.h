// Options and reports of training, as JSON.
#pragma once

#include "models/data/training_set.h"
#include "models/training/options.h"

#include <nlohmann/json_fwd.hpp>

namespace polyloom {

/// {"network": "loop-tree" | "looper", "width", "heads", "path_layers", "tree_layers", "dropout", "members", "epochs",
/// "batch", "per_program", "learning_rate", "weight_decay", "relative_share", "ranking", "patience", "curriculum", "seed",
/// "threads", "checkpoint"}; what is missing has its default. Fails with "bad-option" and the option's name.
Result<TrainingOptions> optionsFrom(const nlohmann::json& json);

/// {"validation", "test", "seed"}: shares and seed of a split.
Result<std::pair<SplitShares, std::uint64_t>> splitFrom(const nlohmann::json& json);

nlohmann::json toJson(const EpochReport& report);

} // namespace polyloom
