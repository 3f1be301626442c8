#include "app/proof/sanitized_text.h"

#include "core/isl/sets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace polyloom {

namespace {

/// Cells as in jit/inputs.h: floating-point ones between 0.5 and 1.5, square matrices symmetric and diagonally dominant,
/// integers between 0 and 3.
constexpr const char* kHead = R"(#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned scramble(unsigned x) { x ^= x >> 16; x *= 0x7feb352du; x ^= x >> 15; x *= 0x846ca68bu; return x ^ (x >> 16); }
static double cell(long k, long size, unsigned key) {
  if (size == 0)
    return 0.5 + scramble(key ^ (unsigned)k) / 4294967296.0;
  long row = k / size % size, column = k % size;
  long low = row < column ? row : column, high = row < column ? column : row;
  double value = 0.5 + scramble(key ^ (unsigned)((k / (size * size) * size + low) * size + high)) / 4294967296.0;
  return row == column ? value + 1.5 * size : value;
}
#define FILL(T, a, count, size, key) T* a = malloc((count) * sizeof(T)); \
  for (long k = 0; k < (count); k++) a[k] = (T)0.5 == 0 ? (T)(scramble(key ^ (unsigned)k) % 4) : (T)cell(k, size, key)
#define LOOK(a, count) for (long k = 0; k < (count); k++) if (!isfinite((double)a[k])) { printf(#a "[%ld] is not finite\n", k); return 1; } free(a)

)";

struct Extents {
  long count = 1;
  long square = 0; ///< the last two extents where they are equal
};

Extents extentsOf(const Array& array, const ParameterPoint& values) {
  Extents extents;
  long before = -1, last = -1;
  for (const isl::pw_aff& extent : array.extents) {
    before = last;
    last = static_cast<long>(valueAt(extent, values));
    extents.count *= last;
  }
  extents.square = before == last && last > 1 ? last : 0;
  return extents;
}

} // namespace

std::string sanitizedCall(const Scop& scop, const std::string& function) {
  const ParameterPoint values = findPreset(scop.presets, "MINI", scop.function).value().values;
  std::string before, after;
  std::vector<std::string> arguments;
  for (const std::string& name : scop.arguments) {
    const auto parameter = std::ranges::find(values, name, [](const auto& value) { return value.first; });
    const auto array = std::ranges::find(scop.arrays, name, &Array::name);
    if (parameter != values.end()) {
      arguments.push_back(std::to_string(parameter->second));
    } else if (array != scop.arrays.end()) {
      const auto [count, square] = extentsOf(*array, values);
      before += fmt::format("  FILL({}, {}, {}L, {}L, {}u);\n", cName(array->element), name, count, square,
                            10007 * (array - scop.arrays.begin() + 1));
      after += fmt::format("  LOOK({}, {}L);\n", name, count);
      arguments.push_back("(void*)" + name);
    } else {
      const bool isScalar = std::ranges::find(scop.scalars, name, &DataScalar::name) != scop.scalars.end();
      arguments.emplace_back(isScalar ? "1.5" : "0"); // else the region does not use it
    }
  }
  return fmt::format("{}  {}({});\n{}", before, function, fmt::join(arguments, ", "), after);
}

std::string sanitizedText(const std::vector<const AcceptedKernel*>& kernels) {
  std::string text = kHead, calls;
  for (const AcceptedKernel* kernel : kernels) {
    std::string function = kernel->text;
    const std::string head = "void kernel(";
    function.replace(function.find(head), head.size(), fmt::format("static void kernel_{}(", kernel->seed));
    text += fmt::format("{}\nstatic int run_{}(void) {{\n  printf(\"kernel of seed {}\\n\");\n  fflush(stdout);\n{}  return 0;\n}}\n\n",
                        function, kernel->seed, kernel->seed, kernel->call);
    calls += fmt::format("  if (run_{}()) return 1;\n", kernel->seed);
  }
  return text + "int main(void) {\n" + calls + "  return 0;\n}\n";
}

} // namespace polyloom
