// Bodies of parallel loops as functions of their own.
#pragma once

#include "core/codegen/kernel.h"

#include <optional>
#include <set>
#include <string>

namespace polyloom {

struct PartText {
  std::string signature; ///< static void NAME(long N, long it, double A[restrict N][N])
  std::string call;      ///< NAME(N, it, A);
};

/// The body of a team's loop as a function, where jammed iterations share cells between them. OpenMP's compilers lose
/// `restrict` where they move a parallel region's code into a function of theirs, and then load anew after every store
/// what the next iteration has at hand; arguments of a function of ours have it. `around`: variables of the loops around
/// and of this one; `pointers`: arrays that are pointers there. Nothing where the body shares a scalar or an array that
/// no pointer stands for, or has nothing to gain.
std::optional<PartText> partText(const Kernel& kernel, const LoopNode& loop, const std::set<std::string>& around,
                                 const std::set<std::string>& pointers, const std::string& name);

} // namespace polyloom
