// Numbers as text that parses quickly.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

/// 32-bit floating-point numbers, little-endian, in base 64 (RFC 4648, with padding).
std::string base64Of(std::span<const float> values);

/// None where the text is no base 64 or holds no whole number of numbers.
std::optional<std::vector<float>> floatsFromBase64(std::string_view text);

} // namespace polyloom
