// What is known of an integer in a generated program: a sum over N and M that it does not exceed.
#pragma once

#include <algorithm>
#include <string>

namespace polyloom {

/// n·N + m·M + constant.
struct Bound {
  int n = 0, m = 0, constant = 0;

  friend Bound operator+(const Bound& a, const Bound& b) { return {a.n + b.n, a.m + b.m, a.constant + b.constant}; }
};

/// A sum that is at least both, for N >= 0 and M >= 0.
inline Bound larger(const Bound& a, const Bound& b) {
  return {std::max(a.n, b.n), std::max(a.m, b.m), std::max(a.constant, b.constant)};
}

/// "base + 2", "base - 1", "base".
inline std::string plusText(const std::string& base, int amount) {
  if (amount == 0)
    return base;
  return base + (amount > 0 ? " + " : " - ") + std::to_string(std::abs(amount));
}

/// "2 * N + M - 1"; a constant alone as a number.
inline std::string boundText(const Bound& bound) {
  std::string text;
  const auto add = [&](int factor, const char* name) {
    if (factor != 0)
      text += (text.empty() ? "" : " + ") + (factor == 1 ? std::string(name) : std::to_string(factor) + " * " + name);
  };
  add(bound.n, "N");
  add(bound.m, "M");
  return text.empty() ? std::to_string(bound.constant) : plusText(text, bound.constant);
}

} // namespace polyloom
