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

/// The machine that this program runs on.
Machine thisMachine();

/// The model in the text of /proc/cpuinfo; empty where it names none.
std::string cpuModelIn(const std::string& cpuinfo);

/// What turns kernels into machine code: "Polyloom 0.1.0, LLVM 19.1.7".
std::string compilerVersion();

} // namespace polyloom
