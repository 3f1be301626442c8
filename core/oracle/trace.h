// What generated code executes, statement by statement.
#pragma once

#include "core/codegen/kernel.h"
#include "core/oracle/execution.h"

#include <vector>

namespace polyloom {

/// The instances that the kernel's loops execute on one thread, in order. `parameters` are in the kernel's order.
std::vector<Instance> traceOf(const Kernel& kernel, const Values& parameters);

} // namespace polyloom
