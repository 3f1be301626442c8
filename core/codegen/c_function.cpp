#include "core/codegen/c_function.h"

#include "core/codegen/c_expr.h"
#include "core/codegen/c_lane_macros.h"
#include "core/codegen/c_storage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace polyloom {

namespace {

std::string cellPointer(const KernelArray& array) { return array.name + "_cell"; }

std::string argumentText(const KernelArray& array) {
  if (array.extents.empty())
    return fmt::format("{}* {}", cName(array.element), cellPointer(array));
  std::string text = fmt::format("{} {}", cName(array.element), array.name);
  for (const IndexExpr& extent : array.extents)
    text += fmt::format("[{}]", toC(extent));
  return text;
}

std::string signature(const Scop& scop, const Kernel& kernel) {
  std::vector<std::string> arguments;
  for (const Parameter& parameter : scop.parameters)
    arguments.push_back(fmt::format("{} {}", cName(parameter.type), parameter.name));
  for (const DataScalar& scalar : scop.scalars)
    arguments.push_back(fmt::format("{} {}", cName(scalar.type), scalar.name));
  for (const KernelArray& array : kernel.arrays)
    if (!array.isGenerated)
      arguments.push_back(argumentText(array));
  return fmt::format("void {}({})", scop.function, arguments.empty() ? "void" : fmt::format("{}", fmt::join(arguments, ", ")));
}

} // namespace

std::string functionCode(const Scop& scop, const Kernel& kernel, CodeOptions options, const std::string& head) {
  for (const KernelArray& array : kernel.arrays)
    if (!array.extents.empty())
      options.pointers.insert(array.name);
  options.partName = options.forCompilers ? scop.function + "_part" : "";
  const RegionText region = regionText(kernel, options);
  std::string parts;
  for (const CodeLine& line : region.parts)
    parts += line.text + "\n";
  std::string function = signature(scop, kernel) + " {\n#pragma scop\n";
  const RegionStorage storage = regionStorage(kernel, true);
  for (const std::string& line : storage.declarations)
    function += "  " + line + "\n";
  for (const CodeLine& line : region.lines)
    function += (line.text.starts_with('#') ? "" : "  ") + line.text + "\n";
  for (const std::string& line : storage.releases)
    function += "  " + line + "\n";
  function += "#pragma endscop\n}\n";
  std::string cells, ends;
  for (const KernelArray& array : kernel.arrays) {
    if (!array.extents.empty() || array.isGenerated)
      continue;
    cells += fmt::format("#define {} (*{})\n", array.name, cellPointer(array));
    ends += fmt::format("#undef {}\n", array.name);
  }
  return head + "#include <math.h>\n#include <stdlib.h>\n\n" + macroDefinitions(parts + function) + laneDefinitions(parts + function) +
         parts + cells + function + ends + laneUndefinitions(parts + function) + macroUndefinitions(parts + function);
}

} // namespace polyloom
