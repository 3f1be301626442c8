#include "jit/shared_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace polyloom {

namespace {

/// Descriptors of ours stay clear of those that a runner expects.
constexpr int kLowestDescriptor = 10;

std::unexpected<Diagnostic> noMemory() {
  return failure("out-of-memory", std::string("no memory to share with the runner: ") + std::strerror(errno));
}

} // namespace

Result<SharedMemory> SharedMemory::create(const char* name, std::uint64_t bytes) {
  SharedMemory memory;
  const int low = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (low < 0)
    return noMemory();
  memory.descriptor_ = fcntl(low, F_DUPFD_CLOEXEC, kLowestDescriptor);
  close(low);
  if (memory.descriptor_ < 0 || ftruncate(memory.descriptor_, static_cast<off_t>(bytes)) != 0)
    return noMemory();
  if (bytes == 0)
    return memory;
  void* mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory.descriptor_, 0);
  if (mapped == MAP_FAILED)
    return noMemory();
  memory.data_ = static_cast<std::byte*>(mapped);
  memory.size_ = bytes;
  return memory;
}

SharedMemory::SharedMemory(SharedMemory&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

SharedMemory& SharedMemory::operator=(SharedMemory&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

SharedMemory::~SharedMemory() {
  if (data_ != nullptr)
    munmap(data_, size_);
  if (descriptor_ >= 0)
    close(descriptor_);
}

void SharedMemory::seal() { fcntl(descriptor_, F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_SHRINK | F_SEAL_GROW); }

} // namespace polyloom
