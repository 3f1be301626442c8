// A runner: one child process that executes one compiled kernel.
#pragma once

#include "jit/event_counts.h"
#include "jit/shared_memory.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

namespace polyloom {

/// Why a runner gave no answer. `message` is a sentence for the user.
struct RunFailure {
  enum class Kind { Crashed, TimedOut, Refused, Cancelled };
  Kind kind = Kind::Crashed;
  std::string message;
};

template <typename T> using RunResult = std::expected<T, RunFailure>;

/// What a prepared runner knows about itself.
struct RunnerFacts {
  std::chrono::nanoseconds forkJoin{0}; ///< an empty parallel region, its threads awake: median of many
  std::chrono::nanoseconds wake{0};     ///< the same with its threads asleep
  int counterError = 0;                 ///< errno of the first event that is not counted; 0: all are
  std::uint64_t hugeBytes = 0;          ///< of the arrays that lie on huge pages
};

/// What some runs took together.
struct RunTotals {
  std::chrono::nanoseconds time{0};
  std::chrono::nanoseconds fastest{0}; ///< of the runs
  EventCounts events = {};
};

struct RunnerSettings {
  std::string program;            ///< path of polyloom-runner
  int threads = 1;                ///< of the OpenMP runtime
  bool pin = false;               ///< each thread stays on a core of its own
  std::uint64_t memoryBytes = 0;  ///< what the arrays need: the address space is limited to that and a reserve
};

/// Every call that waits has a limit; when it passes, or when `stop` is requested, the process is killed and the call
/// returns. After a failure the runner is of no more use. The destructor kills the process and reaps it.
class RunnerProcess {
public:
  using Duration = std::chrono::nanoseconds;

  /// What the process is given; described in runner/protocol.h.
  struct Memory {
    const SharedMemory& control;
    const SharedMemory& inputs;
    const SharedMemory& arrays; ///< without a descriptor where nothing is shared
  };
  static RunResult<RunnerProcess> start(const RunnerSettings& settings, const Memory& memory, std::stop_token stop);
  RunnerProcess(RunnerProcess&&) noexcept;
  RunnerProcess& operator=(RunnerProcess&&) noexcept;
  ~RunnerProcess();

  /// Links an object file into the process.
  RunResult<void> link(std::span<const char> object, Duration limit);

  /// Allocates and fills the arrays, starts the threads and closes the walls.
  RunResult<void> prepare(Duration limit);

  /// Runs the kernel so many times, each time on fresh inputs. Returns the totals of all runs together.
  RunResult<RunTotals> run(std::uint64_t runs, Duration limit);

  /// To be asked once the runner is prepared.
  RunResult<RunnerFacts> facts(Duration limit);

  /// Has the results of the last run copied to the control memory.
  RunResult<void> collect(Duration limit);

  int processId() const;

private:
  struct State;
  explicit RunnerProcess(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

} // namespace polyloom
