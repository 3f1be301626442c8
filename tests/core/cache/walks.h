// Walks as lists of events.
#pragma once

#include "core/cache/access_walk.h"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace polyloom::test {

inline AccessProgram programFor(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters = {}) {
  Result<AccessProgram> program = accessProgram(kernel, parameters);
  if (!program)
    throw std::runtime_error(program.error().message);
  return *std::move(program);
}

inline std::vector<WalkEvent> eventsOf(const AccessProgram& program) {
  std::vector<WalkEvent> all;
  EXPECT_TRUE(walkAccesses(program, [&](std::span<const WalkEvent> events) {
    all.insert(all.end(), events.begin(), events.end());
    return true;
  }));
  return all;
}

inline std::vector<WalkEvent> accessesIn(const std::vector<WalkEvent>& events) {
  std::vector<WalkEvent> accesses;
  for (const WalkEvent& event : events)
    if (event.isAccess())
      accesses.push_back(event);
  return accesses;
}

} // namespace polyloom::test
