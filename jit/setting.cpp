#include "jit/setting.h"

#include "jit/inputs.h"
#include "jit/processor.h"

#include <unistd.h>

namespace polyloom {

namespace {

/// Sets the named values; a name that the kernel does not have is a failure.
template <typename Value, typename Declared>
Result<std::map<std::string, Value>> valuesOf(const std::vector<Declared>& declared,
                                              const std::map<std::string, Value>& chosen, const char* what) {
  std::map<std::string, Value> values;
  for (const Declared& one : declared)
    values[one.name] = one.value;
  for (const auto& [name, value] : chosen) {
    if (!values.contains(name))
      return failure("unknown-parameter", "the kernel has no " + std::string(what) + " named " + name);
    values[name] = value;
  }
  return values;
}

constexpr std::uint64_t roundUp(std::uint64_t value, std::uint64_t unit) { return (value + unit - 1) / unit * unit; }

/// Threads that touch their part first would get it from their own node: there each runner has arrays of its own.
Result<void> shareArrays(const std::vector<ArrayShape>& shapes, Setting& setting) {
  constexpr std::uint64_t kPage = 4096;
  if (setting.options.hugePages || memoryNodes() > 1)
    return {};
  std::uint64_t end = 0;
  for (const ArrayShape& shape : shapes) {
    setting.sharedArrays[shape.name] = {end, shape.bytes};
    end += roundUp(shape.bytes, kPage);
  }
  auto memory = SharedMemory::create("polyloom-arrays", end);
  if (!memory)
    return std::unexpected(memory.error());
  setting.arrays = std::move(*memory);
  return {};
}

} // namespace

Result<Setting> makeSetting(const Kernel& original, const MeasureOptions& options) {
  const auto parameters = valuesOf(original.parameters, options.parameters, "parameter");
  if (!parameters)
    return std::unexpected(parameters.error());
  const auto scalars = valuesOf(original.scalars, options.scalars, "scalar");
  if (!scalars)
    return std::unexpected(scalars.error());
  Setting setting = {options, *parameters, *scalars};
  if (setting.options.runner.empty())
    setting.options.runner = defaultRunnerPath();
  if (access(setting.options.runner.c_str(), X_OK) != 0)
    return failure("no-runner", "the program that executes kernels is missing: " + setting.options.runner);
  return setting;
}

Result<void> makeInputs(const Kernel& original, Setting& setting) {
  constexpr std::uint64_t kAlignment = 64;
  const auto shapes = shapesOf(original, setting.parameters);
  if (!shapes)
    return std::unexpected(shapes.error());
  std::uint64_t end = 0;
  for (const ArrayShape& shape : *shapes) {
    if (shape.isLocal)
      continue;
    setting.inputOffsets[shape.name] = end;
    end += roundUp(shape.bytes, kAlignment);
  }
  if (setting.options.cold)
    setting.evictOffset = end;
  auto memory = SharedMemory::create("polyloom-inputs", end + (setting.options.cold ? 2 * lastLevelCacheBytes() : 0));
  if (!memory)
    return std::unexpected(memory.error());
  setting.inputs = std::move(*memory);
  for (const ArrayShape& shape : *shapes)
    if (!shape.isLocal)
      fillInput(shape, setting.options.seed,
                setting.inputs.bytes().subspan(setting.inputOffsets[shape.name], shape.bytes));
  setting.inputs.seal();
  return shareArrays(*shapes, setting);
}

} // namespace polyloom
