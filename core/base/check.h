// Checks of our own invariants. A failed one is a bug of ours, never the user's fault.
#pragma once

#include <stdexcept>
#include <string>

namespace polyloom {

/// Thrown by POLYLOOM_CHECK; caught only at a program's outermost level, which reports it and exits with 4.
class InternalError : public std::logic_error {
public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void failCheck(const char* condition, const char* file, int line) {
  throw InternalError(std::string(file) + ":" + std::to_string(line) + ": broken invariant: " + condition);
}

} // namespace polyloom

#define POLYLOOM_CHECK(condition)                                                                                      \
  do {                                                                                                                 \
    if (!(condition))                                                                                                  \
      ::polyloom::failCheck(#condition, __FILE__, __LINE__);                                                           \
  } while (false)
