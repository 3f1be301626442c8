// A C program that runs a function and many schedules of it on the same inputs.
#pragma once

#include "core/base/diagnostic.h"
#include "core/codegen/kernel.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace polyloom {

/// A function of the program: its own text, or a kernel that is printed as C.
struct DifferentialVariant {
  std::string name; ///< a word of C
  Kernel kernel;
  bool openMp = false;
};

/// The program's text. `original` defines void polyloom_kernel(void** arrays, const long* parameters, const double*
/// scalars) over the arrays of `layout`.
///
/// Run with two file names, it reads the arrays of `layout` that are not local from the first, one after the other, runs
/// polyloom_kernel and then every variant, each on fresh copies in blocks of their own, and writes these arrays to the
/// second file after each run. Before a run its name goes to standard output.
/// Fails where an array is too large.
Result<std::string> differentialText(const std::string& original, const Kernel& layout,
                                     const std::vector<DifferentialVariant>& variants,
                                     const std::map<std::string, std::int64_t>& parameters,
                                     const std::map<std::string, double>& scalars);

} // namespace polyloom
