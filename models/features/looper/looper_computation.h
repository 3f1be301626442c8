// A computation's vector.
#pragma once

#include "models/features/looper/looper_features.h"
#include "models/features/looper/looper_nest.h"

#include <vector>

namespace polyloom {

/// As LooperPlace says; of the `number`-th statement of the outline.
std::vector<float> looperComputation(const Scop& program, const NestOutline& outline, const LooperNest& nest, std::size_t number);

} // namespace polyloom
