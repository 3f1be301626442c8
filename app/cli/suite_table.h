// The suite's table as a person reads it, on a terminal or in a document.
#pragma once

#include "app/cli/suite_line.h"

namespace polyloom {

/// The names of the columns of `toText`.
std::string suiteTextHead();

/// The lines of one kernel.
std::string toText(std::span<const SuiteLine> kernel);

/// A table in Markdown with one row a kernel: clang, the original order, Polly, OpenBLAS, the best recipe, the
/// emitted C of that order, each as a speed over clang, and the best recipe's distance from the floor.
std::string suiteMarkdown(std::span<const SuiteLine> lines);

/// What all kernels say together: how long code takes to be ready, the original order beside clang, the best recipe
/// over clang, the emitted C beside our own machine code.
std::string suiteSummary(std::span<const SuiteLine> lines);

} // namespace polyloom
