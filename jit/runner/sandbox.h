// The walls around a kernel that runs.
#pragma once

#include <string>

namespace polyloom::runner {

/// Ends this process when its parent goes; no core dumps; at most that many bytes of address space (0: no limit).
/// Called first.
void limitProcess(unsigned long addressSpace);

/// Starts all threads of the OpenMP runtime, which reads files as it starts.
void startThreadPool();

/// Waits until the pool's threads sleep, so that they do not spin while another process is measured. They spin for
/// kSpinMilliseconds after a region: long enough for regions that follow each other closely.
void restThreadPool();

/// From now on, in all threads: no files (nor writes to open ones), no sockets, no processes; a call of the system that a kernel does not need
/// kills the process (SIGSYS). Returns "" or the reason why the filter could not be loaded.
std::string lockDown();

} // namespace polyloom::runner
