// What the kernel made of a wish for huge pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace polyloom::runner {

/// How many bytes of the mapping that holds these lie on huge pages, by /proc/self/smaps; 0 where that cannot be read.
std::uint64_t hugeBytesOf(std::span<const std::byte> bytes);

} // namespace polyloom::runner
