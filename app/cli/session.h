// What all commands share: common flags, the opened region, and how failures reach the user.
#pragma once

#include "core/base/diagnostic.h"
#include "core/isl/context.h"
#include "core/program/dependences.h"
#include "core/program/scop.h"
#include "core/snapshot/make_snapshot.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <vector>

namespace polyloom {

/// Exit codes of the command line: a contract.
enum ExitCode { kFine = 0, kIllegal = 1, kUnknown = 2, kBadInput = 3, kBug = 4 };

/// The flags that every command takes.
struct CommonOptions {
  bool json = false;
  bool reassociate = false;
  std::vector<std::string> sets; ///< NAME=VALUE or preset=NAME, the later one wins
  std::vector<std::string> includes;
  std::vector<std::string> defines;
  int scop = 0; ///< region number from 1; 0: not given
  std::string function;
};

/// Which of a file's regions --scop or --function means, the first where neither is given. Refuses both at once, and what
/// the file does not have.
Result<std::size_t> chooseRegion(const std::vector<ScopPtr>& regions, const CommonOptions& options);

/// An opened region with the values that --set gave.
class Session {
public:
  /// Reads the file, chooses the region, checks the values, computes the dependences. The session keeps its own isl
  /// context.
  static Result<std::unique_ptr<Session>> open(const std::string& file, const CommonOptions& options);

  const ScopPtr& scop() const { return scop_; }
  int region() const { return region_; } ///< its number in the file, from 1
  const std::vector<std::string>& regionFunctions() const { return functions_; } ///< of all regions of the file
  const Dependences& dependences() const { return dependences_; }
  const ParameterValues& parameters() const { return parameters_; } ///< as given by --set
  const std::map<std::string, double>& scalars() const { return scalars_; }

private:
  std::optional<Diagnostic> choose(const std::vector<ScopPtr>& regions, const CommonOptions& options);
  std::optional<Diagnostic> setValues(const std::vector<std::string>& sets);
  std::optional<Diagnostic> setValue(const std::string& text);
  std::optional<Diagnostic> setPreset(const std::string& name);

  IslContext context_; ///< outlives everything below
  ScopPtr scop_;
  int region_ = 1;
  std::vector<std::string> functions_;
  Dependences dependences_;
  ParameterValues parameters_;
  std::map<std::string, double> scalars_;
};

/// The text of a recipe: a file, or standard input for "-"; `steps` are appended as lines.
Result<std::string> readRecipe(const std::string& file, const std::vector<std::string>& steps);

/// The recipe texts of a command that takes several: one per file; the steps are appended to each, or make one of their
/// own.
Result<std::vector<std::string>> readRecipes(const std::vector<std::string>& files, const std::vector<std::string>& steps);

/// A readable name of a recipe file for messages.
std::string recipeName(const std::string& file);

/// Prints a failure (as JSON on stdout with --json, as text on stderr otherwise) and returns kBadInput.
int fail(const Diagnostic& diagnostic, const CommonOptions& options);

/// Prints an answer: one JSON object with --json, else the text.
void answer(const nlohmann::json& json, const std::string& text, const CommonOptions& options);

} // namespace polyloom
