// Tasks without a visible window. Each runs the event loop and returns the program's exit code.
#pragma once

#include "app/window/command_line.h"

namespace polyloom {

inline constexpr int kExitInput = 3; ///< the input or the usage is at fault
inline constexpr int kExitBug = 4;   ///< a bug or a lost helper

int renderFile(const CommandLine& line);
int takeScreenshot(const CommandLine& line);
int benchView(const CommandLine& line);
/// Prints when the window was there and when its first instances were, counted from the start of the process.
int benchStart(const CommandLine& line);

/// The text of the recipe that the command line names, or why it cannot be read: no such file, or a line that is no step.
Result<std::optional<QString>> recipeOf(const CommandLine& line);

} // namespace polyloom
