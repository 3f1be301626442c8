// One kernel of a suite beside everything that compiles or computes it.
#pragma once

#include "app/cli/session.h"
#include "app/cli/suite_line.h"
#include "jit/roofline.h"

#include <chrono>
#include <optional>

namespace polyloom {

struct SuiteKernelOptions {
  int threads = 2;
  int runs = 30;                             ///< rounds, at most
  std::chrono::milliseconds budget{120'000}; ///< no further round starts after that
  std::optional<Roofline> roofline = {};     ///< of so many threads
  bool emitted = true;                       ///< the C text, too: clang may need a minute for a large one
};

/// Measures, in turn: the original order, clang, Polly (on all threads), OpenBLAS where the kernel is its matrix
/// product, the legal recipes beside the file, and the C text of the original order and of each recipe through clang
/// with OpenMP. Just before and after, the rates that the floor is made of; the better ones count. The original order is
/// the first line; what is missing or computes something else says so in its place. The recipes' figures go to the
/// user's store, as `measure` keeps them; `warnings` says where that fails. Fails where the original order does.
Result<std::vector<SuiteLine>> measureSuiteKernel(const Session& session, const std::string& file,
                                                  const SuiteKernelOptions& options, std::vector<std::string>& warnings);

} // namespace polyloom
