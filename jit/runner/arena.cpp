#include "jit/runner/arena.h"

#include "jit/runner/huge_pages.h"
#include "jit/runner/sandbox.h"
#include "jit/runner/team.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace polyloom::runner {

namespace {

constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kHugePage = 2 << 20;
constexpr std::uint64_t kAlignment = 64;

constexpr std::uint64_t roundUp(std::uint64_t value, std::uint64_t unit) { return (value + unit - 1) / unit * unit; }

template <typename T> void copyOut(const std::byte* source, std::uint64_t count, std::vector<T>& target) {
  target.resize(count);
  if (count > 0)
    std::memcpy(target.data(), source, count * sizeof(T));
}

} // namespace

std::string Arena::open(int controlDescriptor, int inputsDescriptor, int arraysDescriptor) {
  if (const std::string error = map(controlDescriptor, inputsDescriptor); !error.empty())
    return error;
  copyOut(control_ + sizeof head_, head_.arrayCount, blocks_);
  copyOut(control_ + head_.parametersAt, head_.parameterCount, parameters_);
  copyOut(control_ + head_.scalarsAt, head_.scalarCount, scalars_);
  for (const ArrayBlock& block : blocks_)
    if (const std::string error = allocate(block, arraysDescriptor); !error.empty())
      return error;
  if (head_.teamTouches != 0)
    for (std::size_t i = 0; i < blocks_.size(); ++i)
      touchByTeam({static_cast<std::byte*>(bases_[i]), blocks_[i].bytes});
  reset(); // touches every page before anything is timed
  evict();
  if (head_.wantsHugePages != 0)
    for (std::size_t i = 0; i < blocks_.size(); ++i)
      hugeBytes_ += hugeBytesOf({static_cast<const std::byte*>(bases_[i]), blocks_[i].bytes});
  return "";
}

std::string Arena::map(int controlDescriptor, int inputsDescriptor) {
  if (pread(controlDescriptor, &head_, sizeof head_, 0) != sizeof head_ || head_.magic != kMagic)
    return "the control memory is not what this runner understands";
  void* control = mmap(nullptr, head_.bytes, PROT_READ | PROT_WRITE, MAP_SHARED, controlDescriptor, 0);
  if (control == MAP_FAILED)
    return std::string("the control memory cannot be mapped: ") + std::strerror(errno);
  control_ = static_cast<std::byte*>(control);
  if (head_.inputBytes > 0) {
    void* inputs = mmap(nullptr, head_.inputBytes, PROT_READ, MAP_SHARED, inputsDescriptor, 0);
    if (inputs == MAP_FAILED)
      return std::string("the inputs cannot be mapped: ") + std::strerror(errno);
    inputs_ = static_cast<const std::byte*>(inputs);
  }
  return "";
}

std::string Arena::allocate(const ArrayBlock& block, int arraysDescriptor) {
  const std::uint64_t used = roundUp(block.bytes, kAlignment);
  const std::uint64_t room = roundUp(used, kPage);
  const bool isHuge = head_.wantsHugePages != 0;
  const std::uint64_t slack = isHuge ? kHugePage : 0; // to begin at a huge page
  void* mapped = mmap(nullptr, room + slack + 2 * kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED)
    return std::string("no memory for the arrays: ") + std::strerror(errno);
  std::byte* start = static_cast<std::byte*>(mapped) + kPage;
  if (isHuge)
    start = reinterpret_cast<std::byte*>(roundUp(reinterpret_cast<std::uint64_t>(start), kHugePage));
  constexpr int kAccess = PROT_READ | PROT_WRITE;
  const bool isThere =
      room == 0 || (block.sharedAt == kNone ? mprotect(start, room, kAccess) == 0
                                            : mmap(start, room, kAccess, MAP_SHARED | MAP_FIXED, arraysDescriptor,
                                                   static_cast<off_t>(block.sharedAt)) != MAP_FAILED);
  if (!isThere)
    return std::string("no memory for the arrays: ") + std::strerror(errno);
  madvise(start, room, isHuge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
  bases_.push_back(start + (room - used));
  return "";
}

std::string Arena::objectPath() const {
  return head_.objectAt == 0 ? "" : reinterpret_cast<const char*>(control_ + head_.objectAt);
}

void Arena::reset() {
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    if (blocks_[i].input == kNone)
      std::memset(bases_[i], 0, blocks_[i].bytes);
    else
      std::memcpy(bases_[i], inputs_ + blocks_[i].input, blocks_[i].bytes);
  }
}

void Arena::evict() {
  if (head_.evictAt == kNone)
    return;
  readByTeam({inputs_ + head_.evictAt, inputs_ + head_.inputBytes});
  restThreadPool(); // its threads would spin beside the kernel
}

void Arena::collect() {
  for (std::size_t i = 0; i < blocks_.size(); ++i)
    if (blocks_[i].output != kNone)
      std::memcpy(control_ + blocks_[i].output, bases_[i], blocks_[i].bytes);
}

} // namespace polyloom::runner
