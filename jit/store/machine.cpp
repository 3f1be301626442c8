#include "jit/store/machine.h"

#include <llvm-c/Core.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/TargetParser/Host.h>

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <thread>

namespace polyloom {

namespace {

std::string hostName() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

} // namespace

std::string cpuModelIn(const std::string& cpuinfo) {
  constexpr std::string_view kKey = "model name";
  std::istringstream stream(cpuinfo);
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(kKey))
      return line.substr(std::min(line.find_first_not_of(" \t:", kKey.size()), line.size()));
  return "";
}

Machine thisMachine() {
  std::ifstream stream("/proc/cpuinfo");
  const std::string cpuinfo{std::istreambuf_iterator<char>(stream), {}};
  std::string cpu = cpuModelIn(cpuinfo);
  if (cpu.empty()) // not every architecture has such a line
    cpu = llvm::sys::getHostCPUName().str();
  return {cpu, hostName(), static_cast<int>(std::thread::hardware_concurrency())};
}

std::string compilerVersion() {
  unsigned major = 0, minor = 0, patch = 0;
  LLVMGetVersion(&major, &minor, &patch); // of the library that is loaded, not of its headers
  return fmt::format("Polyloom {}, LLVM {}.{}.{}", POLYLOOM_VERSION, major, minor, patch);
}

Identity thisIdentity() { return {thisMachine(), compilerVersion()}; }

} // namespace polyloom
