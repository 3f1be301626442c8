// Sizes in a generated kernel, as C text and as numbers.
#pragma once

#include <cctype>
#include <cstdint>
#include <map>
#include <string>

namespace polyloom {

/// scale · parameter + more; without a parameter a number.
struct KernelExtent {
  std::string parameter;
  int scale = 1;
  int more = 0;

  friend bool operator==(const KernelExtent&, const KernelExtent&) = default;

  std::string text() const {
    if (parameter.empty())
      return std::to_string(more);
    const std::string scaled = scale == 1 ? parameter : std::to_string(scale) + " * " + parameter;
    return more == 0 ? scaled : scaled + (more > 0 ? " + " : " - ") + std::to_string(more > 0 ? more : -more);
  }

  double at(const std::map<std::string, std::int64_t>& values) const {
    return parameter.empty() ? more : static_cast<double>(scale) * static_cast<double>(values.at(parameter)) + more;
  }
};

} // namespace polyloom
