// Measurements for tests of the store.
#pragma once

#include "jit/store/measurement.h"

namespace polyloom::test {

/// A measured point; its times have no short decimal form.
inline StoredMeasurement sampleMeasurement() {
  StoredMeasurement measurement;
  measurement.point = {.program = "c0ffee", .recipe = "tile i j by 8 8\nparallel it",
                       .parameters = {{"N", 1000}, {"T", 5}}, .scalars = {{"alpha", 0.1}, {"beta", 1e300}},
                       .threads = 2, .compiler = "Polyloom 0.1.0, LLVM 19.1.7",
                       .machine = {"AMD EPYC 9R14", "tower", 2}};
  measurement.taken = "2026-02-01T10:11:12Z";
  measurement.function = "gemm";
  measurement.path = "/home/a b/gemm.c";
  measurement.runs = 3;
  measurement.result = ResultCheck::WithinTolerance;
  measurement.maxRelativeError = 1.0 / 3e12;
  measurement.samples = {1.0 / 3e3, 1.0 / 7e3, 0.1 + 0.2};
  measurement.originalSamples = {2.0 / 3e3, 2.0 / 7e3, 0.3};
  measurement.place = "me@tower";
  measurement.facts = {.events = {.cycles = 1.0 / 3, .llcMisses = 7}, .originalEvents = {.instructions = 1e9},
                       .warning = "too small", .countersMissing = "none", .ended = "ended after 3 rounds",
                       .ending = Ending::BudgetUsed, .widestInterval = 0.1, .forkJoin = 1.0 / 7e6,
                       .memory = MemorySetup{true, true, 1 << 21, 1 << 22},
                       .roofline = Roofline{2, 1.0 / 3 * 1e11, 1e10, 2e10}, .cacheBytes = 32 << 20};
  return measurement;
}

} // namespace polyloom::test
