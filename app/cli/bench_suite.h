// A set of kernels beside everything that compiles or computes them.
#pragma once

#include "app/cli/commands.h"

#include <string>
#include <vector>

namespace polyloom {

struct SuiteOptions {
  int threads = 2;
  int runs = 30;         ///< timed runs of each, at most
  double budget = 120;   ///< seconds of timing per kernel
  std::string csv = {};  ///< a file that every kernel's lines are written to as soon as they are there; empty: none
  bool resume = false;   ///< the kernels in that file are not measured again
  bool emitted = true;   ///< the emitted C is measured, too
  bool markdown = false; ///< the table of a document, once all is measured
};

/// Prints one table: what `measureSuiteKernel` (suite_kernel.h) finds of each file, beside the floor and the time until
/// its code is ready, and then what all kernels say together. The files' preset LARGE is measured (MEDIUM where a run
/// would take many seconds) unless the command line sets values.
int benchSuite(const std::vector<std::string>& files, const SuiteOptions& options, const CommonOptions& common);

} // namespace polyloom
