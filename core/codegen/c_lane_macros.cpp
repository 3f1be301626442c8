#include "core/codegen/c_lane_macros.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace polyloom {

namespace {

constexpr int kWidths[] = {1, 2, 4, 8, 16, 32, 64};
constexpr ElementType kElements[] = {ElementType::Int8,  ElementType::Int16,   ElementType::Int32,
                                     ElementType::Int64, ElementType::Float32, ElementType::Float64};

std::string wholeText(const std::string& name, ElementType element, int width) {
  return fmt::format("typedef {0} {1}_t __attribute__((vector_size({2}), aligned({3}), may_alias));\n"
                     "#define {1}(cell) (*({1}_t*)&(cell))\n",
                     cName(element), name, width * sizeOf(element), sizeOf(element));
}

std::string allText(const std::string& name) {
  return fmt::format("#define {0}_all(value) ((value) - ({0}_t){{0}})\n", name);
}

std::string apartText(const std::string& name, ElementType element, int width) {
  std::string cells = "pl_from[0]";
  for (int lane = 1; lane < width; ++lane)
    cells += fmt::format(", pl_from[{} * pl_stride]", lane);
  return fmt::format("#define {0}_apart(cell, stride) __extension__({{ \\\n"
                     "  const {1}* pl_from = &(cell); \\\n"
                     "  const long pl_stride = (stride); \\\n"
                     "  ({0}_t){{{2}}}; }})\n",
                     name, cName(element), cells);
}

/// A loop over lanes that clang makes one access with a mask: unrolled first, it would be one test per lane.
std::string laneLoop(int width) {
  return fmt::format("  _Pragma(\"clang loop vectorize_width({0}) unroll(disable)\") \\\n"
                     "  for (long pl_lane = 0; pl_lane < {0}; pl_lane++) \\\n", width);
}

/// The address is that of a cell only where some lane takes part.
std::string loadText(const std::string& name, ElementType element, int width) {
  return fmt::format("#define {0}_load(cell, first, last) __extension__({{ \\\n"
                     "  const long pl_low = (first), pl_high = (last); \\\n"
                     "  {1} pl_lanes[{2}]; \\\n"
                     "{3}"
                     "    pl_lanes[pl_lane] = pl_low <= pl_lane && pl_lane <= pl_high ? (&(cell))[pl_lane] : 0; \\\n"
                     "  {0}(pl_lanes[0]); }})\n",
                     name, cName(element), width, laneLoop(width));
}

std::string storeText(const std::string& name, ElementType element, int width) {
  return fmt::format("#define {0}_store(cell, value, first, last) __extension__({{ \\\n"
                     "  const long pl_low = (first), pl_high = (last); \\\n"
                     "  {1} pl_lanes[{2}]; \\\n"
                     "  {0}(pl_lanes[0]) = (value); \\\n"
                     "{3}"
                     "    if (pl_low <= pl_lane && pl_lane <= pl_high) \\\n"
                     "      (&(cell))[pl_lane] = pl_lanes[pl_lane]; }})\n",
                     name, cName(element), width, laneLoop(width));
}

/// Calls back with the name of each type that the code uses.
void forEachIn(const std::string& code, const std::function<void(const std::string&, ElementType, int)>& visit) {
  for (const ElementType element : kElements)
    for (const int width : kWidths) {
      const std::string name = laneMacro(element, width);
      if (code.find(name + "(") != std::string::npos || code.find(name + "_") != std::string::npos)
        visit(name, element, width);
    }
}

bool usesMacro(const std::string& code, const std::string& macro) { return code.find(macro + "(") != std::string::npos; }

} // namespace

bool isLaneCount(int width) { return std::ranges::find(kWidths, width) != std::end(kWidths); }

std::string laneMacro(ElementType element, int width) {
  return fmt::format("pl_{}{}x{}", isFloating(element) ? 'f' : 'i', 8 * sizeOf(element), width);
}

std::string laneDefinitions(const std::string& code) {
  std::string text;
  forEachIn(code, [&](const std::string& name, ElementType element, int width) {
    text += wholeText(name, element, width);
    if (usesMacro(code, name + "_all"))
      text += allText(name);
    if (usesMacro(code, name + "_apart"))
      text += apartText(name, element, width);
    if (usesMacro(code, name + "_load"))
      text += loadText(name, element, width);
    if (usesMacro(code, name + "_store"))
      text += storeText(name, element, width);
  });
  return text;
}

std::string laneUndefinitions(const std::string& code) {
  std::string text;
  forEachIn(code, [&](const std::string& name, ElementType, int) {
    text += fmt::format("#undef {}\n", name);
    for (const char* suffix : {"_all", "_apart", "_load", "_store"})
      if (usesMacro(code, name + suffix))
        text += fmt::format("#undef {}{}\n", name, suffix);
  });
  return text;
}

} // namespace polyloom
