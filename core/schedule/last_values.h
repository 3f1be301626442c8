// What is left of an array after the region.
#pragma once

#include "core/program/scop.h"
#include "core/schedule/values.h"

#include <isl/cpp.h>

#include <optional>

namespace polyloom {

/// The cells of an array that the region writes, and the loop's value in the instance that writes each of them last, in
/// the source's order: a set { A[x] }, and a function on it.
struct LastValues {
  isl::set cells;
  isl::pw_aff loopValue;
};

/// `values`: the loop's, for every statement that writes the array. Nothing where no instance does that has a place in the
/// program's body.
std::optional<LastValues> lastValuesOf(const Scop& scop, int array, const LoopValues& values);

} // namespace polyloom
