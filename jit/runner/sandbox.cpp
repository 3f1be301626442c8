#include "jit/runner/sandbox.h"

#include "jit/runner/protocol.h"

#include <omp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <initializer_list>
#include <thread>

namespace polyloom::runner {

void limitProcess(unsigned long addressSpace) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() == 1) // the parent went before the request above
    _exit(1);
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  if (addressSpace > 0) {
    const rlimit memory = {addressSpace, addressSpace};
    setrlimit(RLIMIT_AS, &memory);
  }
}

void startThreadPool() {
#pragma omp parallel
  { asm volatile("" ::: "memory"); } // keeps the empty region
  // The runtime announces itself in shared memory and would take that back at exit, which the filter forbids.
  const std::string announced = "/__KMP_REGISTERED_LIB_" + std::to_string(getpid()) + "_" + std::to_string(getuid());
  shm_unlink(announced.c_str());
}

void restThreadPool() {
  // A soft pause of the runtime (omp_pause_resource_all) leaves threads spinning that already spin.
  if (omp_get_max_threads() > 1)
    std::this_thread::sleep_for(std::chrono::milliseconds(2 * kSpinMilliseconds));
}

std::string lockDown() {
  const rlimit none = {0, 0}; // not earlier: the OpenMP runtime writes such a file as it starts
  setrlimit(RLIMIT_FSIZE, &none);
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (filter == nullptr)
    return "the system-call filter cannot be created";
  int error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
  const auto allow = [&](std::initializer_list<int> calls) {
    for (const int call : calls)
      if (error == 0)
        error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
  };
  // what is open already, memory, time, and threads that wait for each other
  allow({SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(shutdown), SCMP_SYS(poll), SCMP_SYS(ppoll)});
  allow({SCMP_SYS(munmap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(mremap)});
  allow({SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep)});
  allow({SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_setaffinity)});
  allow({SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack)});
  allow({SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getrusage)});
  allow({SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(restart_syscall)});
  if (error == 0) // memory of its own, no files
    error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A4_32(SCMP_CMP_EQ, 0xffffffff));
  if (error == 0)
    error = seccomp_load(filter);
  seccomp_release(filter);
  return error == 0 ? "" : std::string("the system-call filter cannot be loaded: ") + std::strerror(-error);
}

} // namespace polyloom::runner
