// Other programs of ours, started from the command line.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// The path of a program that is built beside this one.
std::string programBeside(const std::string& name);

/// Runs a program with arguments and waits; its exit code, or nothing where it could not be started or was killed.
std::optional<int> runProgram(const std::vector<std::string>& arguments);

} // namespace polyloom
