// What a runner and its parent share: descriptors, memory and calls. No LLVM types in here.
#pragma once

#include <cstdint>

namespace polyloom::runner {

/// File descriptors that a runner inherits.
inline constexpr int kChannelDescriptor = 3; ///< a socket that carries LLVM's remote executor protocol
inline constexpr int kControlDescriptor = 4; ///< the runner's own memory: ControlBlock, then what it points to
inline constexpr int kInputsDescriptor = 5;  ///< the pristine inputs, shared by all runners, read-only
inline constexpr int kArraysDescriptor = 6;  ///< working arrays that all runners of a measurement use in turn; may be missing

/// Functions that the runner offers by name. Each takes and returns what its comment says (simple packed
/// serialization) and reports failures as a sentence or as the numbers say.
inline constexpr const char* kPrepareSymbol = "polyloom_prepare"; ///< (kernel's address, or 0) -> string: "" or an error
inline constexpr const char* kRunSymbol = "polyloom_run";         ///< (runs) -> totals: RunNumber, resets excluded
inline constexpr const char* kCollectSymbol = "polyloom_collect"; ///< () -> 1, once the results are in the control block
inline constexpr const char* kFactsSymbol = "polyloom_facts";     ///< () -> a number per Fact, once prepared

/// What a runner counts, in user mode and in all of its threads. Loads only, where it is about caches.
enum Counter { kCycles, kInstructions, kL1dMisses, kLlcMisses, kCounterCount };

/// The numbers of some runs: the time of all and of the fastest, then each counter's (kNone: not counted).
enum RunNumber { kNanoseconds, kFastestNanoseconds, kFirstCounter, kRunNumberCount = kFirstCounter + kCounterCount };

/// What a runner tells about itself.
enum Fact {
  kForkJoinFact, ///< nanoseconds that an empty parallel region takes while the threads are awake
  kWakeFact,     ///< the same after a rest
  kHugeBytesFact, ///< of the arrays that lie on huge pages
  kCounterErrorFact, ///< errno of the first counter that could not be opened; 0: all are counted
  kFactCount,
};

/// How long a thread of the OpenMP pool spins after a parallel region before it sleeps (KMP_BLOCKTIME).
inline constexpr int kSpinMilliseconds = 1;

inline constexpr std::uint64_t kMagic = 0x6d6f6f6c796c6f70; // "polyloom"
inline constexpr std::uint64_t kNone = ~std::uint64_t{0};

/// One array of the kernel.
struct ArrayBlock {
  std::uint64_t bytes = 0;
  std::uint64_t input = kNone;  ///< offset into the inputs; kNone: zero filled
  std::uint64_t output = kNone; ///< offset into the control block; kNone: not a result
  std::uint64_t sharedAt = kNone; ///< offset of its pages in the shared arrays; kNone: pages of its own
};

/// The head of a runner's control memory; every offset counts bytes from the head. Read once, when the runner prepares;
/// after that only results are written to it.
struct ControlBlock {
  std::uint64_t magic = kMagic;
  std::uint64_t bytes = 0;       ///< size of the control memory
  std::uint64_t inputBytes = 0;  ///< size of the inputs
  std::uint64_t arrayCount = 0;  ///< ArrayBlock each, right after the head
  std::uint64_t parameterCount = 0;
  std::uint64_t scalarCount = 0;
  std::uint64_t parametersAt = 0;
  std::uint64_t scalarsAt = 0;
  std::uint64_t objectAt = 0;    ///< a path, zero terminated: the shared object to load; 0: the parent links the code
  std::uint64_t evictAt = kNone;     ///< into the inputs, up to their end: bytes that every thread reads before each run; kNone: none
  std::uint64_t wantsHugePages = 0; ///< 1: the arrays ask for huge pages, 0: they refuse them
  std::uint64_t teamTouches = 0; ///< 1: each thread touches its share of every array first, 0: the main thread all
};

} // namespace polyloom::runner
