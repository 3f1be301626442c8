// The order of a program's instances as a tree of named loops and sequences.
#pragma once

#include "core/program/loop_attributes.h"
#include "core/program/scop.h"

#include <isl/cpp.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace polyloom {

struct TreeNode;
using TreePtr = std::shared_ptr<const TreeNode>;

/// factor · floor(base / size): a multiple of a tile loop's value for one statement; of size 1, of any loop's.
struct Quotient {
  std::int64_t factor = 1;
  std::int64_t size = 1;
  isl::pw_aff base;
};

/// One node. Immutable; unchanged subtrees are shared between schedules.
///
/// isl's own schedule nodes cannot be taken apart and regrafted (fuse, distribute), so the tree is kept as a value of
/// ours and turned into an `isl::schedule` for code generation. Well-formed means:
///  - `domain` holds the instances below; a sequence's children partition its domain;
///  - a loop has one child and gives every statement below it a value; loop names are unique in the tree;
///  - a leaf holds instances of one statement, a sequence has at least two children, none of them a sequence.
struct TreeNode {
  enum class Kind { Leaf, Loop, Sequence };

  Kind kind = Kind::Leaf;
  isl::union_set domain;
  std::vector<TreePtr> children = {};

  // Loops only.
  std::string name = {};
  std::map<std::string, isl::pw_aff> values = {}; ///< per statement below: { S0[i, j] -> [(i + j)] }
  std::int64_t stride = 1;                        ///< all values of one nest are congruent modulo this; > 0
  LoopAttributes attributes = {};
  /// > 0: a tile loop, whose values are floor(base / tileSize); `bases` has the values before the division, of all
  /// statements but those that count the tiles themselves (the copies of `pack`).
  std::int64_t tileSize = 0;
  std::map<std::string, isl::pw_aff> bases = {};
  /// For a loop made from tile loops (a wavefront of tiles): its values as sums of quotients, per statement; one of them
  /// at most has size 1. Empty where nothing is divided, and in tile loops.
  std::map<std::string, std::vector<Quotient>> sums = {};

  bool isLoop() const { return kind == Kind::Loop; }
  /// Whether the values hold divisions.
  bool countsTiles() const { return tileSize > 0 || !sums.empty(); }
};

/// A statement's value of the loop as a sum of quotients; where nothing is divided, the value itself with size 1.
std::vector<Quotient> quotientsOf(const TreeNode& loop, const std::string& statement);

/// Whether two quotients are the same function but for their factors.
bool isSameQuotient(const Quotient& a, const Quotient& b);

/// A well-formed tree. Copies are cheap.
class ScheduleTree {
public:
  explicit ScheduleTree(TreePtr root) : root_(std::move(root)) {}

  /// The source's order: a loop's values are its iterator's values, negated where it counts down.
  static ScheduleTree fromSource(const Scop& scop);

  const TreePtr& root() const { return root_; }

  /// For isl: every loop a one-member band under a mark that carries its name and attributes.
  isl::schedule toIsl() const;

  /// The same with other instances: `domain` gives a leaf's, `value` a loop's value for a statement.
  using DomainOf = std::function<isl::union_set(const TreeNode& leaf)>;
  using ValueOf = std::function<isl::pw_aff(const TreeNode& loop, const std::string& statement)>;
  isl::schedule toIsl(const DomainOf& domain, const ValueOf& value) const;

private:
  TreePtr root_;
};

/// The mark of a loop in isl's schedule, and back: "i", "i parallel", "it vector=8 unroll=4", "k unroll=full".
struct LoopMark {
  std::string name;
  LoopAttributes attributes;
};
std::string toText(const LoopMark& mark);
LoopMark loopMarkFromText(const std::string& text);

} // namespace polyloom
