// The arrays that a kernel works on, as the runner sees them.
#pragma once

#include "jit/runner/protocol.h"

#include <cstddef>
#include <string>
#include <vector>

namespace polyloom::runner {

/// Maps the control memory and the inputs, and owns the working arrays.
///
/// Each array ends, to within 63 bytes, at a page that cannot be touched, and starts after another one: a kernel that
/// leaves its array is stopped where it can be. Pages are plain ones, as the programs compared with have them, unless
/// huge ones are asked for. Arrays that the other runners of a measurement have, too, are shared memory: runners take
/// turns, and where the system puts a page would otherwise make the same code faster for the one and slower for the other.
class Arena {
public:
  /// Maps everything. Returns "" or what is wrong.
  std::string open(int controlDescriptor, int inputsDescriptor, int arraysDescriptor);

  /// The path of the shared object to load; empty where the parent links the code.
  std::string objectPath() const;

  /// Fills the arrays from the pristine inputs.
  void reset();

  /// Empties the caches, where this is wanted.
  void evict();

  /// Bytes of the arrays that lie on huge pages; 0 where none were asked for.
  std::uint64_t hugeBytes() const { return hugeBytes_; }

  /// Copies the results to where the parent reads them.
  void collect();

  void** arrays() { return bases_.data(); }
  const std::int64_t* parameters() const { return parameters_.data(); }
  const double* scalars() const { return scalars_.data(); }

private:
  std::string map(int controlDescriptor, int inputsDescriptor);
  std::string allocate(const ArrayBlock& block, int arraysDescriptor);

  std::byte* control_ = nullptr;
  const std::byte* inputs_ = nullptr;
  std::uint64_t hugeBytes_ = 0;
  ControlBlock head_;
  std::vector<ArrayBlock> blocks_;
  std::vector<void*> bases_;
  std::vector<std::int64_t> parameters_;
  std::vector<double> scalars_;
};

} // namespace polyloom::runner
