// Exact dependences of a program in its original order.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

enum class DependenceKind { Flow, Anti, Output };

/// "flow", "anti", "output".
const char* name(DependenceKind kind);

/// All pairs of instances of one statement pair that touch one array's cells in this way, with no write to the cell
/// in between: the transitive closure of all of them orders exactly what the memory-based dependences order.
struct Dependence {
  DependenceKind kind = DependenceKind::Flow;
  int array = 0;
  int from = 0, to = 0; ///< statements
  isl::map relation;    ///< { from[…] -> to[…] }
  bool isComplete = false; ///< pairs with other writes to the cell in between are there, too
};

/// The dependences of a program. An immutable value, computed once per program; copies are cheap.
class Dependences {
public:
  Dependences() : Dependences(std::vector<Dependence>{}) {}
  explicit Dependences(std::vector<Dependence> all)
      : all_(std::make_shared<const std::vector<Dependence>>(std::move(all))),
        complete_(std::make_shared<std::vector<std::optional<isl::map>>>(all_->size())) {}

  const std::vector<Dependence>& all() const { return *all_; }

  /// All pairs of one dependence's kind, array and statements, those with other writes to the cell in between included.
  /// Who lets writes of a cell change places (reductions) needs them: the transitive closure no longer runs through.
  /// `scop`: in whose original order they are dependences. Computed once; one thread, like all that lives in a context.
  const isl::map& withPairsAcrossWrites(const Scop& scop, std::size_t number) const;

private:
  std::shared_ptr<const std::vector<Dependence>> all_;
  std::shared_ptr<std::vector<std::optional<isl::map>>> complete_; ///< as far as anybody has asked
};

/// Value-based flow, anti (reads to the next write) and output (writes to the next write) dependences, by isl's exact
/// dataflow analysis per array. Cost: milliseconds for a nest, up to a few hundred for large kernels; without bound where
/// subscripts with many divisions meet. For programs that have been opened before (see boundedDependences).
Dependences computeDependences(const Scop& scop);

/// Those of some arrays only.
Dependences computeDependences(const Scop& scop, std::span<const int> arrays);

/// The cells of an array that a statement reads, or writes: { S0[i, j] -> A[i + 1] }, within the context.
isl::union_map accessesOf(const Scop& scop, const Statement& statement, int array, bool isWrite);

/// Operations of isl that opening a program may spend on its dependences: about ten seconds.
inline constexpr unsigned long kDependenceOperations = 30'000'000;

/// The same for a program that is being opened. Refuses one that takes more operations ("too-complex"). A cancel of the
/// context passes through as isl::exception_abort.
Result<Dependences> boundedDependences(const Scop& scop, unsigned long maxOperations = kDependenceOperations);

} // namespace polyloom
