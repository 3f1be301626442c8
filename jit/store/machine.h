// What a time depends on besides the program: the processor and the compiler.
#pragma once

#include <string>

namespace polyloom {

struct Machine {
  std::string cpu;  ///< the processor's model, as the system names it
  std::string host; ///< the machine's name
  int cores = 0;    ///< that this program may use
  friend bool operator==(const Machine&, const Machine&) = default;
};

/// What turns kernels into times: two figures can be compared only where it is the same.
struct Identity {
  Machine machine;
  std::string compiler; ///< see compilerVersion
  friend bool operator==(const Identity&, const Identity&) = default;
};

/// The machine that this program runs on.
Machine thisMachine();

/// The model in the text of /proc/cpuinfo; empty where it names none.
std::string cpuModelIn(const std::string& cpuinfo);

/// What turns kernels into machine code: "Polyloom 0.1.0, LLVM 19.1.7".
std::string compilerVersion();

/// This machine with this compiler.
Identity thisIdentity();

} // namespace polyloom
