// One kernel in a measurement: its code, its process and its results.
#pragma once

#include "jit/runner_process.h"
#include "jit/setting.h"

#include <map>
#include <optional>

namespace polyloom {

/// Code to run: an object file, or the path of a shared object.
using Code = std::variant<std::vector<char>, std::string>;

/// A kernel in a running process. Results are compared by array name.
class Entrant {
public:
  /// Starts the process with the kernel's arrays filled; the kernel has not run yet. `kernel` gives the order of
  /// arrays, parameters and scalars.
  static RunResult<Entrant> start(const Setting& setting, const Kernel& kernel, const Code& code);

  /// Runs once and fetches the results.
  RunResult<RunTotals> runForResults();

  /// Runs so many times; the totals of all runs together.
  RunResult<RunTotals> run(std::uint64_t runs);

  /// What the process knows about itself and this machine.
  RunResult<RunnerFacts> facts();

  /// The results of runForResults. Locals are not among them, nor is what the function of another compiler's code has as
  /// a local of its own.
  const std::map<std::string, std::span<const std::byte>>& results() const { return results_; }

  /// Returns the memory of the results to the system.
  void dropResults();

  /// Ends the process; the results stay.
  void endProcess() { process_.reset(); }

  /// How long its code took to be ready; start() leaves out the compilation, which is its caller's.
  const CodeTimes& codeTimes() const { return codeTimes_; }
  void setCompileTime(double seconds) { codeTimes_.compile = seconds; }

  std::uint64_t arrayBytes() const { return arrayBytes_; }

  int processId() const { return process_->processId(); }

private:
  RunnerProcess::Duration limitFor(std::uint64_t runs) const;
  Result<void> layOut(const Setting& setting, const Kernel& kernel, const Code& code);

  SharedMemory control_;
  std::optional<RunnerProcess> process_;
  std::map<std::string, std::span<const std::byte>> results_;
  CodeTimes codeTimes_;
  std::uint64_t arrayBytes_ = 0;
  std::uint64_t evictBytes_ = 0;   ///< read before each run
  std::uint64_t privateBytes_ = 0; ///< that the kernel allocates itself, at most
  std::chrono::milliseconds runLimit_{0};
};

} // namespace polyloom
