// Anonymous memory that another process can map through a descriptor.
#pragma once

#include "core/base/diagnostic.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace polyloom {

/// Owns a memory file and this process's mapping of it. Zero filled at first; movable.
class SharedMemory {
public:
  /// Fails ("out-of-memory") where the system refuses.
  static Result<SharedMemory> create(const char* name, std::uint64_t bytes);

  SharedMemory() = default;
  SharedMemory(SharedMemory&& other) noexcept;
  SharedMemory& operator=(SharedMemory&& other) noexcept;
  ~SharedMemory();

  std::span<std::byte> bytes() const { return {data_, size_}; }
  int descriptor() const { return descriptor_; }

  /// Forbids everybody but this mapping to write from now on.
  void seal();

private:
  int descriptor_ = -1;
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

} // namespace polyloom
