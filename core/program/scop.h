// A static control part: what a region computes, as sets, relations and expressions.
#pragma once

#include "core/base/source_range.h"
#include "core/program/expr.h"
#include "core/program/preset.h"

#include <isl/cpp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// An integer that the region does not write and that stands in a bound, guard or subscript.
struct Parameter {
  std::string name;
  ElementType type = ElementType::Int32;
  std::int64_t value = 0; ///< the default: keeps the kernel in the milliseconds and all accesses in bounds
};

/// A scalar argument that the region only reads as data (alpha, beta).
struct DataScalar {
  std::string name;
  ElementType type = ElementType::Float64;
  double value = 1.5; ///< the default: 1 for integers, 1.5 for floating point
};

/// An array, or a scalar that the region writes (no extents).
struct Array {
  std::string name; ///< unique; a local whose C name was taken has a suffix
  ElementType element = ElementType::Float64;
  std::vector<isl::pw_aff> extents; ///< elements per dimension, over the parameters; row-major
  bool isLocal = false;             ///< declared inside the region: its values are not results
  /// Declared in the function before the region, and named nowhere else: its values are not needed after the region,
  /// but the region may read what it held before.
  bool isConfined = false;
  bool isGenerated = false; ///< made or given other cells by a step: generated code allocates it
  SourceRange range = {};
};

/// One read or write of an array cell by each instance of a statement. `relation` is single-valued:
/// { S0[i, j] -> A[i + 1] }, its domain the statement's domain. Only a read within ?:, && or || may have a smaller one:
/// the instances that evaluate it, where conditions on iterators and parameters decide that (i > 0 ? A[i - 1] : 0).
/// Other instances must not execute it. Its tuple has the array's name, with a _ after a word of isl's own (max_).
struct Access {
  bool isWrite = false;
  int array = 0;
  isl::map relation;
  /// Where a step wrote the subscripts: the relation as functions, one per dimension, in the form that code should have
  /// (isl finds other words for the divisions of a relation). Empty: whatever isl makes of it.
  std::vector<isl::pw_aff> subscripts = {};
};

/// { S0[i, j] -> [(i + 1)] } for each of the `rank` dimensions of an access's array.
std::vector<isl::pw_aff> subscriptsOf(const Access& access, std::size_t rank);

/// An assignment under loops and guards. Each instance evaluates `value` and writes one cell. Only a statement with an
/// opaque value may write several.
struct Statement {
  std::string name;                   ///< S0, S1, … in textual order, or its C label
  isl::set domain;                    ///< { S0[i, j] : … }, one dimension per enclosing loop, its iterator's value
  std::vector<int> loops;             ///< enclosing loops, outermost first: indices into Scop::loops
  std::vector<Access> accesses;       ///< accesses[0] is the write; Expr::Read counts in this list
  std::vector<isl::pw_aff> affineValues; ///< { S0[i, j] -> [(i + 2 j)] }
  ExprPtr value;                      ///< of the written array's element type
  std::string text;                   ///< the source text, on one line
  SourceRange range;
};

/// A `for` loop of the source.
struct SourceLoop {
  std::string name;     ///< unique and readable: the iterator or the C label, with _2, _3 … where taken
  std::string iterator; ///< the C variable
  std::int64_t step = 1; ///< its constant increment, negative when it counts down
  SourceRange range;     ///< of the loop's head
};

/// The region's order: a tree of loops and statements in textual order. Guards live in the domains.
struct ProgramNode {
  enum class Kind { Sequence, Loop, Statement };
  Kind kind = Kind::Sequence;
  int index = -1; ///< into Scop::loops or Scop::statements
  std::vector<ProgramNode> children = {};
};

/// A condition on the parameters that the program needs and nobody can prove ("the access A[i + 1] stays inside A").
struct Assumption {
  isl::set condition; ///< a parameter set
  std::string reason;
};

/// What a program was read from.
enum class SourceLanguage { C, Poly, OpenScop };

/// Where the region stands in its file, so that generated code can take its place. Only a C file has such a place.
struct RegionSource {
  std::string path;
  std::string text; ///< the whole file
  std::size_t begin = 0; ///< offsets into `text` of what generated code replaces: after the line of `#pragma scop`,
  std::size_t end = 0;   ///< up to the start of the line of `#pragma endscop`
  SourceLanguage language = SourceLanguage::C;
};

/// A region of one function. Built by the front-end (or read from its text form), then never changed. A step that
/// changes storage makes another one: statements and arrays keep their places, new ones follow; the copies of `pack`
/// are statements without a place in `body`.
///
/// Invariants: names of statements, loops, arrays, parameters and scalars are unique each; every isl object lives in
/// one context; statement domains are bounded at fixed parameters; all accesses are in bounds under `context`.
struct Scop {
  std::string function;
  std::vector<std::string> arguments; ///< the function's arguments in order, by their C names
  std::vector<Parameter> parameters;
  std::vector<Preset> presets; ///< names are unique
  std::vector<DataScalar> scalars;
  std::vector<Array> arrays;
  std::vector<SourceLoop> loops;
  std::vector<Statement> statements;
  ProgramNode body;
  isl::set context;                    ///< admissible parameter values: all assumptions together
  std::vector<Assumption> assumptions; ///< what `context` is made of
  RegionSource source;

  isl::ctx ctx() const { return context.ctx(); }
};

using ScopPtr = std::shared_ptr<const Scop>;

/// The union of the statements' domains, within the context.
isl::union_set domainOf(const Scop& scop);

/// Whether some access of the statement is one of the array.
bool touches(const Statement& statement, int array);

/// The first statement whose value is opaque: the program cannot be executed then.
const Statement* findOpaque(const Scop& scop);

/// Index by name, or nothing.
std::optional<int> findArray(const Scop& scop, const std::string& name);
std::optional<int> findStatement(const Scop& scop, const std::string& name);
std::optional<int> findParameter(const Scop& scop, const std::string& name);

} // namespace polyloom
