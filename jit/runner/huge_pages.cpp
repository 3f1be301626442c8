#include "jit/runner/huge_pages.h"

#include <cstdio>
#include <fstream>
#include <string>

namespace polyloom::runner {

std::uint64_t hugeBytesOf(std::span<const std::byte> bytes) {
  const auto wanted = reinterpret_cast<std::uint64_t>(bytes.data());
  std::ifstream smaps("/proc/self/smaps");
  bool isInside = false;
  for (std::string line; std::getline(smaps, line);) {
    unsigned long long first = 0, last = 0, kibibytes = 0;
    if (std::sscanf(line.c_str(), "%llx-%llx ", &first, &last) == 2)
      isInside = first <= wanted && wanted < last;
    else if (isInside && std::sscanf(line.c_str(), "AnonHugePages: %llu kB", &kibibytes) == 1)
      return kibibytes << 10;
  }
  return 0;
}

} // namespace polyloom::runner
