#include "app/proof/differential_text.h"

#include "core/codegen/c_text.h"
#include "jit/inputs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace polyloom {

namespace {

const char* const kHead =
    "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
    "typedef void pl_function(void** arrays, const long* parameters, const double* scalars);\n"
    "struct pl_variant {\n  const char* name;\n  pl_function* run;\n  unsigned long arrays;\n"
    "  const unsigned long* bytes;\n  const int* inputs; /* per array its number among the inputs, or -1 */\n"
    "  const long* parameters;\n  const double* scalars;\n};\n";

const char* const kTail =
    "static void pl_run(const struct pl_variant* variant, char** inputs, unsigned long count, FILE* results) {\n"
    "  printf(\"%s\\n\", variant->name);\n  fflush(stdout);\n"
    "  void* arrays[64];\n"
    "  char* outputs[64];\n"
    "  unsigned long bytes[64];\n"
    "  for (unsigned long i = 0; i < count; i++) {\n" // an array that a step has made local has no memory here
    "    outputs[i] = inputs[i];\n    bytes[i] = pl_input_bytes[i];\n  }\n"
    "  for (unsigned long a = 0; a < variant->arrays; a++) {\n"
    "    if (posix_memalign(&arrays[a], 64, variant->bytes[a] > 0 ? variant->bytes[a] : 1) != 0)\n      exit(3);\n"
    "    memset(arrays[a], 0, variant->bytes[a]);\n"
    "    int input = variant->inputs[a];\n"
    "    if (input < 0)\n      continue;\n"
    "    memcpy(arrays[a], inputs[input], variant->bytes[a]);\n"
    "    outputs[input] = arrays[a];\n"
    "    bytes[input] = variant->bytes[a];\n"
    "  }\n"
    "  variant->run(arrays, variant->parameters, variant->scalars);\n"
    "  for (unsigned long i = 0; i < count; i++)\n    fwrite(outputs[i], 1, bytes[i], results);\n"
    "  for (unsigned long a = 0; a < variant->arrays; a++)\n    free(arrays[a]);\n"
    "}\n"
    "int main(int count, char** names) {\n"
    "  if (count != 3)\n    return 3;\n"
    "  FILE* given = fopen(names[1], \"rb\");\n  FILE* results = fopen(names[2], \"wb\");\n"
    "  if (!given || !results)\n    return 3;\n"
    "  char* inputs[64];\n"
    "  for (unsigned long i = 0; i < pl_inputs; i++) {\n"
    "    inputs[i] = malloc(pl_input_bytes[i] + 1);\n"
    "    if (fread(inputs[i], 1, pl_input_bytes[i], given) != pl_input_bytes[i])\n      return 3;\n  }\n"
    "  for (unsigned long v = 0; v < sizeof pl_variants / sizeof *pl_variants; v++)\n"
    "    pl_run(&pl_variants[v], inputs, pl_inputs, results);\n"
    "  for (unsigned long i = 0; i < pl_inputs; i++)\n    free(inputs[i]);\n"
    "  fclose(given);\n  return fclose(results) == 0 ? 0 : 3;\n}\n";

/// Values of an initializer; C wants at least one.
template <typename T> std::string initializer(const std::vector<T>& values) {
  return values.empty() ? "{0}" : fmt::format("{{{}}}", fmt::join(values, ", "));
}

class TextWriter {
public:
  TextWriter(const Kernel& layout, const std::map<std::string, std::int64_t>& parameters,
             const std::map<std::string, double>& scalars)
      : parameters_(parameters), scalars_(scalars) {
    for (const KernelArray& array : layout.arrays)
      if (!array.isLocal)
        inputs_.push_back(array.name);
  }

  /// The tables of one function, and its row among the variants.
  Result<std::string> addVariant(const std::string& name, const std::string& function, const Kernel& kernel) {
    const Result<std::vector<ArrayShape>> shapes = shapesOf(kernel, parameters_);
    if (!shapes)
      return std::unexpected(shapes.error());
    std::vector<std::uint64_t> bytes;
    std::vector<std::ptrdiff_t> inputs;
    for (const ArrayShape& shape : *shapes) {
      bytes.push_back(shape.bytes);
      const auto found = std::ranges::find(inputs_, shape.name);
      inputs.push_back(shape.isLocal || found == inputs_.end() ? -1 : found - inputs_.begin());
      if (inputs.back() >= 0)
        inputBytes_[shape.name] = shape.bytes;
    }
    std::vector<std::int64_t> parameters;
    for (const KernelParameter& parameter : kernel.parameters)
      parameters.push_back(parameters_.at(parameter.name));
    std::vector<std::string> scalars;
    for (const KernelScalar& scalar : kernel.scalars)
      scalars.push_back(fmt::format("{:a}", scalars_.at(scalar.name)));
    rows_.push_back(fmt::format("{{\"{0}\", {1}, {2}, pl_bytes_{0}, pl_from_{0}, pl_parameters_{0}, pl_scalars_{0}}}", name,
                                function, bytes.size()));
    return fmt::format("static const unsigned long pl_bytes_{0}[] = {1};\nstatic const int pl_from_{0}[] = {2};\n"
                       "static const long pl_parameters_{0}[] = {3};\nstatic const double pl_scalars_{0}[] = {4};\n",
                       name, initializer(bytes), initializer(inputs), initializer(parameters), initializer(scalars));
  }

  std::string finish() const {
    std::vector<std::uint64_t> bytes;
    for (const std::string& input : inputs_)
      bytes.push_back(inputBytes_.at(input));
    return fmt::format("static const unsigned long pl_inputs = {};\nstatic const unsigned long pl_input_bytes[] = {};\n"
                       "static const struct pl_variant pl_variants[] = {{\n  {}\n}};\n{}",
                       bytes.size(), initializer(bytes), fmt::join(rows_, ",\n  "), kTail);
  }

private:
  const std::map<std::string, std::int64_t>& parameters_;
  const std::map<std::string, double>& scalars_;
  std::vector<std::string> inputs_;
  std::map<std::string, std::uint64_t> inputBytes_;
  std::vector<std::string> rows_;
};

/// Names that a function's text leaves defined as macros: scalars of the program stand behind such names.
std::string undefineScalars(const Kernel& kernel) {
  std::string text;
  for (const KernelArray& array : kernel.arrays)
    if (array.extents.empty())
      text += fmt::format("#undef {}\n", array.name);
  return text;
}

} // namespace

Result<std::string> differentialText(const std::string& original, const Kernel& layout,
                                     const std::vector<DifferentialVariant>& variants,
                                     const std::map<std::string, std::int64_t>& parameters,
                                     const std::map<std::string, double>& scalars) {
  TextWriter writer(layout, parameters, scalars);
  const Result<std::string> first = writer.addVariant("original", "polyloom_kernel", layout);
  if (!first)
    return first;
  std::string text = original + "#undef main\n" + undefineScalars(layout) + kHead + *first;
  for (const DifferentialVariant& variant : variants) {
    const Result<std::string> tables = writer.addVariant(variant.name, variant.name, variant.kernel);
    if (!tables)
      return tables;
    text += standaloneFunction(variant.kernel, {.openMp = variant.openMp, .forCompilers = variant.openMp},
                               variant.name) +
            undefineScalars(variant.kernel) + *tables;
  }
  return text + writer.finish();
}

} // namespace polyloom
