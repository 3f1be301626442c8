// Types of the values that a region computes with.
#pragma once

#include <cstdint>
#include <string_view>

namespace polyloom {

/// C's arithmetic types that a region may hold: char, short, int, long, float, double (LP64).
enum class ElementType { Int8, Int16, Int32, Int64, Float32, Float64 };

constexpr bool isFloating(ElementType type) { return type == ElementType::Float32 || type == ElementType::Float64; }

/// Size in bytes.
constexpr int sizeOf(ElementType type) {
  switch (type) {
  case ElementType::Int8: return 1;
  case ElementType::Int16: return 2;
  case ElementType::Int32:
  case ElementType::Float32: return 4;
  case ElementType::Int64:
  case ElementType::Float64: return 8;
  }
  return 0;
}

/// The type's name in C.
constexpr std::string_view cName(ElementType type) {
  switch (type) {
  case ElementType::Int8: return "signed char";
  case ElementType::Int16: return "short";
  case ElementType::Int32: return "int";
  case ElementType::Int64: return "long";
  case ElementType::Float32: return "float";
  case ElementType::Float64: return "double";
  }
  return "";
}

} // namespace polyloom
