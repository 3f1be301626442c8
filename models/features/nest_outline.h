// A schedule as plain numbers: the tree of its loops, how often each runs, and how each moves the statements' instances.
#pragma once

#include "core/isl/numeric_forms.h"
#include "core/schedule/schedule.h"
#include "models/features/program_facts.h"
#include "models/features/trip_counts.h"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace polyloom {

/// A loop of the schedule.
struct OutlineLoop {
  enum class Role {
    Plain,
    Tile,  ///< counts tiles, or is a sum with tiles in it
    Lanes, ///< a group of lanes
    Strip, ///< unrolled completely: jammed iterations
  };

  std::string name;
  int parent = -1;
  Role role = Role::Plain;
  LoopAttributes attributes;
  double entries = 0;    ///< how often it starts
  double iterations = 0; ///< of all its executions together
  double width = 0;      ///< > 0: no execution has more iterations: a tile's points, a group's lanes
  std::vector<int> loops;      ///< directly inside, in textual order
  std::vector<int> statements; ///< directly inside, in textual order
  int depth = 0;         ///< loops around it
  bool isUneven = false; ///< its iterations differ in length
  bool isShort = false;  ///< an innermost one of few iterations, always as many: compilers unroll it completely

  double trips() const { return entries > 0 ? iterations / entries : 0; }
  /// One iteration each time: code has no loop there.
  bool isTrivial() const { return iterations <= 1.02 * entries; }
};

/// A loop around a statement.
struct StatementStep {
  int loop = 0;
  double entries = 0, iterations = 0; ///< in which instances of the statement lie
  std::vector<double> move; ///< per dimension of the statement, how the instance moves when the loop advances by one
  LoopForm value = {};      ///< the loop's, for this statement

  double trips() const { return entries > 0 ? iterations / entries : 0; }
};

/// A statement at one of its places.
struct OutlineStatement {
  const StatementFacts* facts = nullptr; ///< the reader's, until it reads the next schedule
  const InstanceSet* set = nullptr;      ///< the reader's likewise: the instances here
  double instances = 0;
  std::vector<StatementStep> steps; ///< the loops around, from the outermost to the innermost
  std::vector<double> origin;       ///< the instance at which all of them have the value 0
  bool isUnsure = false;            ///< something was only guessed
};

struct NestOutline {
  std::vector<OutlineLoop> loops; ///< parents before children, in textual order
  std::vector<OutlineStatement> statements; ///< in textual order
  std::vector<int> roots;                   ///< loops without a parent
  std::vector<std::shared_ptr<const ArrayFacts>> arrays; ///< of the schedule's program
};

/// Reads schedules of one program at fixed parameters. Remembers what isl has told about functions, domains and statements,
/// which schedules made from each other share. For one thread, as isl's context is.
class OutlineReader {
public:
  explicit OutlineReader(ParameterPoint parameters) : parameters_(std::move(parameters)) {}

  /// `steps` of the statements are exact for loops that are linear and tiles of them; counts as `iterationCounts` says.
  NestOutline read(const Schedule& schedule);

private:
  /// The pointers that identify what is remembered stay valid because the objects behind them are held.
  struct Domain {
    isl::union_set key;
    std::string statement;
    InstanceSet set;
    double instances = 0;
    bool isUnsure = false;
  };
  struct Value {
    isl::pw_aff key;
    NumericForm form;
  };
  struct KnownArray {
    std::vector<isl::pw_aff> key;
    std::shared_ptr<const ArrayFacts> facts;
  };
  using Around = std::vector<std::pair<const TreeNode*, int>>; ///< loops with their numbers

  void walk(const TreeNode& node, Around& around, const Scop& scop, NestOutline& outline);
  void addStatement(const TreeNode& leaf, const Around& around, const Scop& scop, NestOutline& outline);
  const Domain& domainOf(const TreeNode& leaf, const Scop& scop);
  const NumericForm& formOf(const isl::pw_aff& value);
  LoopForm loopFormOf(const TreeNode& loop, const std::string& statement, bool& isUnsure);
  const StatementFacts& factsOf(const Scop& scop, const std::string& statement);
  std::shared_ptr<const ArrayFacts> arrayOf(const Array& array);
  std::vector<double> countsOf(const Domain& domain, const std::vector<LoopForm>& loops);
  static void markShort(NestOutline& outline);
  void forgetIfFull();

  ParameterPoint parameters_;
  std::unordered_map<const void*, Domain> domains_;
  std::unordered_map<const void*, Value> values_;
  std::map<std::vector<const void*>, StatementFacts> facts_;
  std::map<std::vector<const void*>, KnownArray> arrays_;
  std::map<std::vector<double>, std::vector<double>> counts_;
};

} // namespace polyloom
