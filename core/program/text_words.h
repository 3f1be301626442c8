// The words of the program's text form: enumerators by name. Shared by its writer and its reader.
#pragma once

#include "core/program/expr.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace polyloom {

inline constexpr std::string_view kProgramFormat = "polyloom-program";

inline constexpr std::array<std::string_view, 6> kTypeWords = {"i8", "i16", "i32", "i64", "f32", "f64"};
inline constexpr std::array<std::string_view, 11> kKindWords = {
    "integer", "floating", "read", "scalar", "affine", "unary", "binary", "select", "call", "cast", "opaque"};
inline constexpr std::array<std::string_view, 21> kOperatorWords = {
    "neg", "not", "bitnot", "add", "sub", "mul",    "div",   "rem",    "lt",  "le", "gt",
    "ge",  "eq",  "ne",     "and", "or",  "bitand", "bitor", "bitxor", "shl", "shr"};

inline constexpr std::array<std::string_view, 3> kLanguageWords = {"c", "poly", "openscop"};

/// An enumerator's word.
template <typename Enum, std::size_t N> std::string wordOf(Enum value, const std::array<std::string_view, N>& words) {
  return std::string(words.at(static_cast<std::size_t>(value)));
}

/// The enumerator with this word, or nothing.
template <typename Enum, std::size_t N>
std::optional<Enum> enumeratorOf(std::string_view word, const std::array<std::string_view, N>& words) {
  for (std::size_t k = 0; k < N; ++k)
    if (words[k] == word)
      return static_cast<Enum>(k);
  return std::nullopt;
}

} // namespace polyloom
