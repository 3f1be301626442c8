// A C program that runs kernels on inputs like those of measurements, for sanitizers.
#pragma once

#include "app/proof/kernel_check.h"

#include <string>
#include <vector>

namespace polyloom {

/// Statements that make the inputs of the program at its preset MINI, call `function`, and look at the results.
std::string sanitizedCall(const Scop& scop, const std::string& function);

/// The whole program. It stops with a failure where a result is not finite; before each kernel its seed goes to standard
/// output.
std::string sanitizedText(const std::vector<const AcceptedKernel*>& kernels);

} // namespace polyloom
