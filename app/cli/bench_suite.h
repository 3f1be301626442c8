// A set of kernels beside everything that compiles or computes them.
#pragma once

#include "app/cli/commands.h"

#include <string>
#include <vector>

namespace polyloom {

struct SuiteOptions {
  int threads = 2;
  int runs = 30; ///< timed runs of each
};

/// Prints one table: per file the times of clang -O3, and in the same interleaved run, as speed over clang, our original
/// order, Polly (clang -mllvm -polly, on all threads), OpenBLAS where the kernel is a matrix product, and the legal
/// recipes beside the file, with the time from a recipe to its machine code. The files' preset LARGE is measured (MEDIUM
/// where a run would take many seconds) unless the command line sets values.
/// What fails or computes something else says so in its place.
int benchSuite(const std::vector<std::string>& files, const SuiteOptions& options, const CommonOptions& common);

} // namespace polyloom
