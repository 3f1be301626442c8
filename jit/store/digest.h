// Short names of long texts.
#pragma once

#include <string>
#include <string_view>

namespace polyloom {

/// The SHA-256 of a text, in hexadecimal digits.
std::string digestOf(std::string_view text);

} // namespace polyloom
