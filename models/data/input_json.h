// What networks read, as JSON: between processes and in files of data.
#pragma once

#include "models/data/training_set.h"

#include <nlohmann/json_fwd.hpp>

namespace polyloom {

/// NUMBERS below: a list, a text of base64.h, or, where most are 0, {"of": how many, "skips": per other number how many
/// zeros stand before it, "values": these numbers}.

/// {"rows": {"program": NUMBERS, "loop": …, "statement": …, "statement_loop": …, "access": …}, "loop_parents": […],
/// "path_lengths": […], "path_loops": […], "access_counts": […]}: FlatTree's fields.
nlohmann::json toJson(const FlatTree& tree);
/// Fails with "bad-features" as flatten does.
Result<FlatTree> treeFrom(const nlohmann::json& json, const FeatureTable& table);

/// {"computations": [{"loop", "vector": NUMBERS, "tokens": NUMBERS, "tags": NUMBERS}], "loops": [{"parent", "vector"}]};
/// tokens and tags lie end to end.
nlohmann::json toJson(const LooperFeatures& features);
Result<LooperFeatures> looperFrom(const nlohmann::json& json);

/// {"tree": …, "looper": …}; either may be missing, and what is not wanted is not read. Fails where nothing is left.
nlohmann::json toJson(const ModelInput& input);
Result<ModelInput> inputFrom(const nlohmann::json& json, const FeatureTable& table, InputKinds wanted = {});

} // namespace polyloom
