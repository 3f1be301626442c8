// What both the command line and the worker do with a program: judge and print (measuring.h: measure).
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/dependences.h"
#include "core/program/scop.h"
#include "core/schedule/schedule.h"

#include <map>
#include <optional>
#include <string>

namespace polyloom {

struct Kernel;

/// A recipe that applied as a whole, and whether it is legal.
struct JudgedSchedule {
  Schedule schedule;
  bool isLegal = false;
  bool isUnknown = false; ///< neither proved legal nor illegal within the quota
  std::string sentence; ///< the verdict in words
  bool reassociate = false; ///< judged with reductions that may change their order: so may the code
};

/// Why the program cannot be compiled: a statement has a text, but no value ("no-value"). Nothing where it can be.
std::optional<Diagnostic> whyNotExecutable(const Scop& scop);

/// Parses a recipe and checks that it is meant for the program's function. `path` is for messages.
Result<Recipe> recipeFor(const Scop& scop, const std::string& text, const std::string& path = {});

/// Parses, replays and judges a recipe text. Fails where a line does not parse or a step is refused; the range names
/// the recipe's line.
Result<JudgedSchedule> judgeRecipe(const ScopPtr& scop, const Dependences& dependences, const std::string& recipe,
                                   const std::string& path = {}, bool reassociate = false);

/// What `emit` can print.
enum class TextKind { C, OpenMp, Isl, Ast, OpenScop, PlainLlvm, Llvm, Assembly };

/// "c", "openmp", "isl", "ast", "openscop", "llvm-plain", "llvm", "asm"; fails with the list.
Result<TextKind> textKindFromName(const std::string& name);

/// The kernel that code of this form is made from. Refuses programs that cannot be executed.
Result<Kernel> kernelFor(const JudgedSchedule& judged, TextKind kind);

/// The schedule in one of these forms. An illegal one says so in its first line.
Result<std::string> scheduleText(const JudgedSchedule& judged, TextKind kind);

} // namespace polyloom
