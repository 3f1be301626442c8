#include "models/data/base64.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace polyloom {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNone = 255;

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::size_t i = 0; i < kLetters.size(); ++i)
    values[static_cast<unsigned char>(kLetters[i])] = static_cast<std::uint8_t>(i);
  return values;
}();

} // namespace

std::string base64Of(std::span<const float> values) {
  std::vector<unsigned char> bytes(values.size() * sizeof(float));
  if (!bytes.empty())
    std::memcpy(bytes.data(), values.data(), bytes.size());
  const std::size_t whole = bytes.size();
  bytes.resize((whole + 2) / 3 * 3);
  std::string text;
  text.reserve(bytes.size() / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::uint32_t group = static_cast<std::uint32_t>(bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2]);
    for (const unsigned shift : {18U, 12U, 6U, 0U})
      text += kLetters[group >> shift & 63U];
  }
  for (std::size_t padding = bytes.size() - whole; padding > 0; --padding)
    text[text.size() - padding] = '=';
  return text;
}

std::optional<std::vector<float>> floatsFromBase64(std::string_view text) {
  if (text.size() % 4 != 0)
    return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  const std::size_t count = text.size() / 4 * 3 - padding;
  if (count % sizeof(float) != 0 || text.empty())
    return text.empty() ? std::optional(std::vector<float>()) : std::nullopt;
  std::vector<unsigned char> bytes;
  bytes.reserve(count + 2);
  for (std::size_t at = 0; at < text.size(); at += 4) {
    std::uint32_t group = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
      const bool isPadding = i >= text.size() - padding;
      const std::uint8_t value = isPadding ? 0 : kValues[static_cast<unsigned char>(text[i])];
      if (value == kNone)
        return std::nullopt;
      group = group << 6U | value;
    }
    for (const unsigned shift : {16U, 8U, 0U})
      bytes.push_back(static_cast<unsigned char>(group >> shift & 255U));
  }
  std::vector<float> values(count / sizeof(float));
  std::memcpy(values.data(), bytes.data(), count);
  return values;
}

} // namespace polyloom
