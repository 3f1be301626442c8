#include "jit/compile.h"

#include "jit/unit.h"

namespace polyloom {

namespace {

Result<std::string> printed(const Result<Unit>& unit) {
  if (!unit)
    return std::unexpected(unit.error());
  std::string text;
  llvm::raw_string_ostream stream(text);
  unit->module->print(stream, nullptr);
  return text;
}

} // namespace

Result<std::vector<char>> compileToObject(const Kernel& kernel, const CompileOptions& options) {
  auto unit = buildUnit(kernel, options);
  if (!unit)
    return std::unexpected(unit.error());
  auto bytes = generated(*unit, llvm::CodeGenFileType::ObjectFile);
  if (!bytes)
    return std::unexpected(bytes.error());
  return std::vector<char>(bytes->begin(), bytes->end());
}

Result<std::string> emitPlainLlvm(const Kernel& kernel, const CompileOptions& options) {
  return printed(buildUnit(kernel, options, {.optimizes = false}));
}

Result<std::string> emitLlvm(const Kernel& kernel, const CompileOptions& options) {
  return printed(buildUnit(kernel, options));
}

Result<std::string> emitAssembly(const Kernel& kernel, const CompileOptions& options) {
  auto unit = buildUnit(kernel, options);
  if (!unit)
    return std::unexpected(unit.error());
  return generated(*unit, llvm::CodeGenFileType::AssemblyFile);
}

} // namespace polyloom
