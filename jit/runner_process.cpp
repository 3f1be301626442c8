#include "jit/runner_process.h"

#include "jit/channel.h"
#include "jit/child_process.h"
#include "jit/compile.h"
#include "jit/runner/protocol.h"

#include <llvm/ExecutionEngine/Orc/EPCDynamicLibrarySearchGenerator.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/ExecutionEngine/Orc/SimpleRemoteEPC.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace polyloom {

namespace {

namespace orc = llvm::orc;
using namespace std::chrono_literals;

using Numbers = std::vector<std::uint64_t>;
using SpsNumbers = orc::shared::SPSSequence<std::uint64_t>;

static_assert(std::size(EventCounts::kAll) == runner::kCounterCount);

constexpr int kLowestDescriptor = 10;
constexpr std::uint64_t kReservedBytes = 2ULL << 30;         ///< the process itself
constexpr std::uint64_t kReservedBytesPerThread = 256 << 20; ///< stacks and heaps of threads

std::vector<std::string> environmentOf(const RunnerSettings& settings) {
  std::vector<std::string> environment = {"OMP_NUM_THREADS=" + std::to_string(settings.threads), "OMP_DYNAMIC=false",
                                          "KMP_WARNINGS=0", "LC_ALL=C",
                                          "KMP_BLOCKTIME=" + std::to_string(runner::kSpinMilliseconds)};
  if (settings.pin) {
    environment.push_back("OMP_PLACES=cores");
    environment.push_back("OMP_PROC_BIND=close");
  }
  if (const char* path = std::getenv("LD_LIBRARY_PATH"))
    environment.push_back(std::string("LD_LIBRARY_PATH=") + path);
  return environment;
}

std::uint64_t addressSpaceOf(const RunnerSettings& settings) {
#if defined(__SANITIZE_ADDRESS__)
  return 0; // shadow memory alone exceeds every limit
#else
  return settings.memoryBytes + kReservedBytes + kReservedBytesPerThread * static_cast<std::uint64_t>(settings.threads);
#endif
}

/// A pair of connected sockets with high numbers; (-1, -1) where the system has none.
std::pair<int, int> makeSockets() {
  int low[2] = {-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, low) != 0)
    return {-1, -1};
  const std::pair<int, int> high = {fcntl(low[0], F_DUPFD_CLOEXEC, kLowestDescriptor),
                                    fcntl(low[1], F_DUPFD_CLOEXEC, kLowestDescriptor)};
  close(low[0]);
  close(low[1]);
  return high;
}

std::string describeEnd(int status) {
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
    return "the kernel asked the system for something that is not allowed, such as a file or a socket (SIGSYS)";
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) // no kernel can do this to itself
    return "the runner was ended from outside (SIGKILL), by the system for lack of memory or by somebody";
  if (WIFSIGNALED(status)) {
    const char* name = sigabbrev_np(WTERMSIG(status));
    return std::string("the kernel crashed (SIG") + (name != nullptr ? name : "?") + ")";
  }
  if (WEXITSTATUS(status) == 0) // its end of the channel was closed or full of noise
    return "the runner gave no usable answer";
  return "the runner ended by itself with status " + std::to_string(WEXITSTATUS(status));
}

std::string describeLimit(RunnerProcess::Duration limit) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(limit).count();
  return "stopped after " + std::to_string(milliseconds) + " ms, the time limit";
}

} // namespace

/// LLVM's view of the process. Members are destroyed from the last to the first.
struct RunnerProcess::State {
  ChildProcess process;
  std::stop_token stop;
  std::unique_ptr<orc::ExecutionSession> session = nullptr;
  std::unique_ptr<orc::ObjectLinkingLayer> linker = nullptr;
  orc::ExecutorAddr prepareFunction = {}, runFunction = {}, collectFunction = {}, factsFunction = {}, kernel = {};

  ~State() {
    process.kill(); // first: whatever the process does, its end of the channel closes
    if (session)
      llvm::consumeError(session->endSession());
  }

  /// Runs a call that waits for the process, under a limit. The call returns an llvm::Error.
  template <typename Call> RunResult<void> guarded(Duration limit, Call call) {
    llvm::Error error = llvm::Error::success();
    bool isLate = false;
    {
      const Watchdog watchdog(process, limit, stop);
      llvm::consumeError(std::move(error));
      error = call();
      isLate = watchdog.hasExpired();
    }
    if (!error)
      return {};
    const std::string reason = llvm::toString(std::move(error));
    if (stop.stop_requested())
      return std::unexpected(RunFailure{RunFailure::Kind::Cancelled, "canceled"});
    if (isLate)
      return std::unexpected(RunFailure{RunFailure::Kind::TimedOut, describeLimit(limit)});
    if (const auto status = process.waitFor(500ms))
      return std::unexpected(RunFailure{RunFailure::Kind::Crashed, describeEnd(*status)});
    return std::unexpected(RunFailure{RunFailure::Kind::Crashed, "the runner gave no usable answer: " + reason});
  }

  llvm::Error connect(int channel) {
    auto control = orc::SimpleRemoteEPC::Create<Channel>(
        std::make_unique<orc::DynamicThreadPoolTaskDispatcher>(std::nullopt), orc::SimpleRemoteEPC::Setup(), channel);
    if (!control)
      return control.takeError();
    if (auto error = (*control)->getBootstrapSymbols({{prepareFunction, runner::kPrepareSymbol},
                                                      {runFunction, runner::kRunSymbol},
                                                      {collectFunction, runner::kCollectSymbol},
                                                      {factsFunction, runner::kFactsSymbol}})) {
      process.kill();
      return llvm::joinErrors(std::move(error), (*control)->disconnect());
    }
    session = std::make_unique<orc::ExecutionSession>(std::move(*control));
    session->setErrorReporter([](llvm::Error error) { llvm::consumeError(std::move(error)); });
    linker = std::make_unique<orc::ObjectLinkingLayer>(*session, session->getExecutorProcessControl().getMemMgr());
    return llvm::Error::success();
  }

  llvm::Error linkObject(std::span<const char> object) {
    orc::JITDylib& library = session->createBareJITDylib("kernel");
    auto symbols = orc::EPCDynamicLibrarySearchGenerator::GetForTargetProcess(*session);
    if (!symbols)
      return symbols.takeError();
    library.addGenerator(std::move(*symbols));
    auto buffer = llvm::MemoryBuffer::getMemBufferCopy(llvm::StringRef(object.data(), object.size()), "kernel");
    if (auto error = linker->add(library, std::move(buffer)))
      return error;
    auto symbol = session->lookup({&library}, kKernelSymbol);
    if (!symbol)
      return symbol.takeError();
    kernel = symbol->getAddress();
    return llvm::Error::success();
  }
};

RunnerProcess::RunnerProcess(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunnerProcess::RunnerProcess(RunnerProcess&&) noexcept = default;
RunnerProcess& RunnerProcess::operator=(RunnerProcess&&) noexcept = default;
RunnerProcess::~RunnerProcess() = default;

RunResult<RunnerProcess> RunnerProcess::start(const RunnerSettings& settings, const Memory& memory, std::stop_token stop) {
  const auto [ours, theirs] = makeSockets();
  if (ours < 0)
    return std::unexpected(RunFailure{RunFailure::Kind::Refused, "the system has no socket for a runner"});
  std::vector<std::pair<int, int>> inherited = {{theirs, runner::kChannelDescriptor},
                                                {memory.control.descriptor(), runner::kControlDescriptor},
                                                {memory.inputs.descriptor(), runner::kInputsDescriptor}};
  if (memory.arrays.descriptor() >= 0)
    inherited.emplace_back(memory.arrays.descriptor(), runner::kArraysDescriptor);
  auto process = ChildProcess::start(settings.program, {std::to_string(addressSpaceOf(settings))},
                                     environmentOf(settings), inherited);
  close(theirs);
  if (!process) {
    close(ours);
    return std::unexpected(
        RunFailure{RunFailure::Kind::Refused, "the runner " + settings.program + " cannot be started"});
  }
  auto state = std::make_unique<State>(std::move(*process), std::move(stop));
  const auto connected = state->guarded(15s, [&, channel = ours] { return state->connect(channel); });
  if (!connected)
    return std::unexpected(connected.error());
  return RunnerProcess(std::move(state));
}

RunResult<void> RunnerProcess::link(std::span<const char> object, Duration limit) {
  return state_->guarded(limit, [&] { return state_->linkObject(object); });
}

RunResult<void> RunnerProcess::prepare(Duration limit) {
  std::string complaint;
  const auto answered = state_->guarded(limit, [&] {
    using Signature = orc::shared::SPSString(orc::shared::SPSExecutorAddr);
    auto& control = state_->session->getExecutorProcessControl();
    return control.callSPSWrapper<Signature>(state_->prepareFunction, complaint, state_->kernel);
  });
  if (answered && !complaint.empty())
    return std::unexpected(RunFailure{RunFailure::Kind::Refused, complaint});
  return answered;
}

RunResult<RunTotals> RunnerProcess::run(std::uint64_t runs, Duration limit) {
  Numbers numbers;
  const auto answered = state_->guarded(limit, [&] {
    auto& control = state_->session->getExecutorProcessControl();
    return control.callSPSWrapper<SpsNumbers(std::uint64_t)>(state_->runFunction, numbers, runs);
  });
  if (!answered)
    return std::unexpected(answered.error());
  numbers.resize(runner::kRunNumberCount, runner::kNone);
  RunTotals totals{.time = Duration(static_cast<std::int64_t>(numbers[runner::kNanoseconds])),
                   .fastest = Duration(static_cast<std::int64_t>(numbers[runner::kFastestNanoseconds]))};
  for (std::size_t i = 0; i < std::size(EventCounts::kAll); ++i)
    if (const std::uint64_t count = numbers[runner::kFirstCounter + i]; count != runner::kNone)
      totals.events.*EventCounts::kAll[i] = static_cast<double>(count);
  return totals;
}

RunResult<void> RunnerProcess::collect(Duration limit) {
  std::uint64_t done = 0;
  return state_->guarded(limit, [&] {
    auto& control = state_->session->getExecutorProcessControl();
    return control.callSPSWrapper<std::uint64_t()>(state_->collectFunction, done);
  });
}

RunResult<RunnerFacts> RunnerProcess::facts(Duration limit) {
  Numbers numbers;
  const auto answered = state_->guarded(limit, [&] {
    auto& control = state_->session->getExecutorProcessControl();
    return control.callSPSWrapper<SpsNumbers()>(state_->factsFunction, numbers);
  });
  if (!answered)
    return std::unexpected(answered.error());
  numbers.resize(runner::kFactCount);
  return RunnerFacts{.forkJoin = std::chrono::nanoseconds(numbers[runner::kForkJoinFact]),
                     .wake = std::chrono::nanoseconds(numbers[runner::kWakeFact]),
                     .counterError = static_cast<int>(numbers[runner::kCounterErrorFact]),
                     .hugeBytes = numbers[runner::kHugeBytesFact]};
}

int RunnerProcess::processId() const { return state_->process.id(); }

} // namespace polyloom
