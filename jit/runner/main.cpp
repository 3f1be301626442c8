// polyloom-runner: executes one compiled kernel under limits. Started by a measurement, never by hand.
//
// It speaks LLVM's remote executor protocol on an inherited socket: its parent links code into it and calls the three
// functions named in protocol.h. All calls run on the main thread, so that the OpenMP runtime sees one and the same
// thread start every parallel region.
#include "jit/runner/arena.h"
#include "jit/runner/counters.h"
#include "jit/runner/protocol.h"
#include "jit/runner/sandbox.h"
#include "jit/runner/team.h"

#include <llvm/ExecutionEngine/Orc/TargetProcess/SimpleExecutorMemoryManager.h>
#include <llvm/ExecutionEngine/Orc/TargetProcess/SimpleRemoteEPCServer.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>

namespace {

using namespace llvm::orc;
using polyloom::runner::Arena;

using KernelFunction = void(void** arrays, const std::int64_t* parameters, const double* scalars);

Arena arena;
polyloom::runner::Counters counters;
KernelFunction* kernel = nullptr;

/// Hands the work that arrives on the socket to the main thread.
class MainThreadDispatcher : public SimpleRemoteEPCServer::Dispatcher {
public:
  void dispatch(llvm::unique_function<void()> work) override {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(work));
    changed_.notify_one();
  }

  void shutdown() override {
    const std::lock_guard lock(mutex_);
    isRunning_ = false;
    changed_.notify_one();
  }

  /// Works until the parent hangs up.
  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return !queue_.empty() || !isRunning_; });
      if (!isRunning_)
        return;
      auto work = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      work();
      lock.lock();
    }
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<llvm::unique_function<void()>> queue_;
  bool isRunning_ = true;
};

/// Keeps its server's reference valid while the main loop still runs.
class SharedDispatcher : public SimpleRemoteEPCServer::Dispatcher {
public:
  explicit SharedDispatcher(MainThreadDispatcher& target) : target_(target) {}
  void dispatch(llvm::unique_function<void()> work) override { target_.dispatch(std::move(work)); }
  void shutdown() override { target_.shutdown(); }

private:
  MainThreadDispatcher& target_;
};

/// A shared object may have a function that brings its own libraries up while everything is still allowed.
std::string loadObject(const std::string& path) {
  void* object = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (object == nullptr)
    return std::string("the shared object cannot be loaded: ") + dlerror();
  kernel = reinterpret_cast<KernelFunction*>(dlsym(object, "polyloom_kernel"));
  if (auto* warmUp = reinterpret_cast<void (*)()>(dlsym(object, "polyloom_warm_up")))
    warmUp();
  return kernel != nullptr ? "" : "the shared object has no function polyloom_kernel";
}

std::string prepare(ExecutorAddr address) {
  namespace runner = polyloom::runner;
  if (std::string error = arena.open(runner::kControlDescriptor, runner::kInputsDescriptor, runner::kArraysDescriptor); !error.empty())
    return error;
  kernel = address.toPtr<KernelFunction*>();
  runner::startThreadPool();
  if (const std::string path = arena.objectPath(); !path.empty())
    if (std::string error = loadObject(path); !error.empty())
      return error;
  close(runner::kControlDescriptor);
  close(runner::kInputsDescriptor);
  close(runner::kArraysDescriptor);
  runner::restThreadPool();
  return runner::lockDown();
}

std::vector<std::uint64_t> run(std::uint64_t runs) {
  using Clock = std::chrono::steady_clock;
  std::uint64_t total = 0, fastest = polyloom::runner::kNone;
  polyloom::runner::CounterValues counted = {};
  for (std::uint64_t i = 0; i < runs; ++i) {
    arena.reset();
    arena.evict();
    const polyloom::runner::CounterReadings before = counters.read();
    const auto start = Clock::now();
    kernel(arena.arrays(), arena.parameters(), arena.scalars());
    const auto end = Clock::now();
    addDifference(counted, before, counters.read());
    const auto taken = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(end - start).count());
    total += taken;
    fastest = std::min(fastest, taken);
  }
  polyloom::runner::restThreadPool();
  std::vector<std::uint64_t> numbers = {total, fastest};
  numbers.insert(numbers.end(), counted.begin(), counted.end());
  return numbers;
}

std::uint64_t collect() {
  arena.collect();
  return 1;
}

std::vector<std::uint64_t> facts() {
  std::vector<std::uint64_t> numbers(polyloom::runner::kFactCount);
  numbers[polyloom::runner::kForkJoinFact] = polyloom::runner::forkJoinNanoseconds();
  numbers[polyloom::runner::kCounterErrorFact] = static_cast<std::uint64_t>(counters.reason());
  numbers[polyloom::runner::kHugeBytesFact] = arena.hugeBytes();
  numbers[polyloom::runner::kWakeFact] = polyloom::runner::wakeNanoseconds();
  polyloom::runner::restThreadPool();
  return numbers;
}

shared::CWrapperFunctionResult prepareWrapper(const char* data, std::size_t size) {
  return shared::WrapperFunction<shared::SPSString(shared::SPSExecutorAddr)>::handle(data, size, prepare).release();
}

shared::CWrapperFunctionResult runWrapper(const char* data, std::size_t size) {
  return shared::WrapperFunction<shared::SPSSequence<std::uint64_t>(std::uint64_t)>::handle(data, size, run).release();
}

shared::CWrapperFunctionResult collectWrapper(const char* data, std::size_t size) {
  return shared::WrapperFunction<std::uint64_t()>::handle(data, size, collect).release();
}

shared::CWrapperFunctionResult factsWrapper(const char* data, std::size_t size) {
  return shared::WrapperFunction<shared::SPSSequence<std::uint64_t>()>::handle(data, size, facts).release();
}

llvm::Error serve() {
  namespace runner = polyloom::runner;
  MainThreadDispatcher dispatcher;
  auto server = SimpleRemoteEPCServer::Create<FDSimpleRemoteEPCTransport>(
      [&](SimpleRemoteEPCServer::Setup& setup) {
        setup.setDispatcher(std::make_unique<SharedDispatcher>(dispatcher));
        setup.bootstrapSymbols() = SimpleRemoteEPCServer::defaultBootstrapSymbols();
        setup.bootstrapSymbols()[runner::kPrepareSymbol] = ExecutorAddr::fromPtr(&prepareWrapper);
        setup.bootstrapSymbols()[runner::kRunSymbol] = ExecutorAddr::fromPtr(&runWrapper);
        setup.bootstrapSymbols()[runner::kCollectSymbol] = ExecutorAddr::fromPtr(&collectWrapper);
        setup.bootstrapSymbols()[runner::kFactsSymbol] = ExecutorAddr::fromPtr(&factsWrapper);
        setup.services().push_back(std::make_unique<rt_bootstrap::SimpleExecutorMemoryManager>());
        return llvm::Error::success();
      },
      runner::kChannelDescriptor);
  if (!server)
    return server.takeError();
  dispatcher.run();
  _exit(0); // nothing here outlives the process: no destructor needs to run under the filter
}

} // namespace

int main(int count, char** arguments) {
  polyloom::runner::limitProcess(count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 0);
  if (fcntl(polyloom::runner::kChannelDescriptor, F_GETFD) < 0) {
    std::fputs("polyloom-runner executes kernels for Polyloom's measurements and is started by them\n", stderr);
    return 3;
  }
  counters.open(); // before any thread starts: those are counted that this one starts from now on
  if (llvm::Error error = serve()) {
    llvm::consumeError(std::move(error));
    return 1;
  }
  return 0;
}
