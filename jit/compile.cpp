#include "jit/compile.h"

#include "jit/ir/function.h"
#include "jit/target.h"

#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/IR/Verifier.h>

#include <algorithm>

namespace polyloom {

namespace {

/// A module and what it hangs on, in the order in which they must live.
struct Unit {
  std::unique_ptr<llvm::TargetMachine> machine;
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
};

int widestLaneLoop(const LoopNode& node) {
  int widest = node.kind == LoopNode::Kind::For ? node.attributes.vectorWidth : 0;
  for (const LoopNode& child : node.children)
    widest = std::max(widest, widestLaneLoop(child));
  return widest;
}

/// Whether a step has said which iterations run together. Their copies stay scalars then where no step made them lanes:
/// packed, rows of a matrix would be gathered from cells far apart, which costs more than the vector saves.
bool hasChosenCopies(const LoopNode& node) {
  const bool isChosen = node.kind == LoopNode::Kind::For &&
                        (node.attributes.vectorWidth > 1 || node.attributes.unroll == kUnrollFull);
  return isChosen || std::ranges::any_of(node.children, hasChosenCopies);
}

/// Bits of the widest explicit vector that a register of this family could hold.
unsigned explicitVectorBits(const Kernel& kernel) {
  int bytes = 0;
  for (const KernelArray& array : kernel.arrays)
    bytes = std::max(bytes, sizeOf(array.element));
  const int bits = 8 * bytes * widestLaneLoop(kernel.body);
  return static_cast<unsigned>(std::min(bits, 512));
}

/// Keeps LLVM from printing: a remark about a loop it could not unroll is nobody's error.
void collectErrors(const llvm::DiagnosticInfo* info, void* target) {
  if (info->getSeverity() != llvm::DS_Error)
    return;
  llvm::raw_string_ostream stream(*static_cast<std::string*>(target));
  llvm::DiagnosticPrinterRawOStream printer(stream);
  info->print(printer);
}

/// Runs a step of the compilation on a unit, and fails where LLVM reports an error meanwhile.
template <typename Step> auto reporting(Unit& unit, Step step) -> decltype(step()) {
  std::string errors;
  unit.context->setDiagnosticHandlerCallBack(collectErrors, &errors);
  auto result = step();
  unit.context->setDiagnosticHandlerCallBack(nullptr);
  if (!errors.empty())
    return failure("jit-compile", "LLVM cannot compile the kernel: " + errors);
  return result;
}

Result<std::string> generated(Unit& unit, llvm::CodeGenFileType type) {
  return reporting(unit, [&] { return generate(*unit.module, *unit.machine, type); });
}

Result<Unit> build(const Kernel& kernel, const CompileOptions& options) {
  auto machine = makeHostMachine();
  if (!machine)
    return std::unexpected(machine.error());
  Unit unit = {std::move(*machine), std::make_unique<llvm::LLVMContext>(), nullptr};
  unit.module = std::make_unique<llvm::Module>(kernel.function, *unit.context);
  unit.module->setTargetTriple(unit.machine->getTargetTriple().str());
  unit.module->setDataLayout(unit.machine->createDataLayout());
  unit.module->setPICLevel(llvm::PICLevel::BigPIC);
  ir::UnitState state = {*unit.module, *unit.machine, kernel, options,
                         hostFunctionAttributes(*unit.context, *unit.machine, explicitVectorBits(kernel))};
  ir::emitKernel(state);
  std::string complaint;
  llvm::raw_string_ostream stream(complaint);
  if (llvm::verifyModule(*unit.module, &stream))
    return failure("jit-compile", "LLVM rejects the generated code: " + complaint);
  const auto optimized = reporting(unit, [&] {
    optimize(*unit.module, *unit.machine, !hasChosenCopies(kernel.body));
    return Result<void>{};
  });
  if (!optimized)
    return std::unexpected(optimized.error());
  return unit;
}

} // namespace

Result<std::vector<char>> compileToObject(const Kernel& kernel, const CompileOptions& options) {
  auto unit = build(kernel, options);
  if (!unit)
    return std::unexpected(unit.error());
  auto bytes = generated(*unit, llvm::CodeGenFileType::ObjectFile);
  if (!bytes)
    return std::unexpected(bytes.error());
  return std::vector<char>(bytes->begin(), bytes->end());
}

Result<std::string> emitLlvm(const Kernel& kernel, const CompileOptions& options) {
  auto unit = build(kernel, options);
  if (!unit)
    return std::unexpected(unit.error());
  std::string text;
  llvm::raw_string_ostream stream(text);
  unit->module->print(stream, nullptr);
  return text;
}

Result<std::string> emitAssembly(const Kernel& kernel, const CompileOptions& options) {
  auto unit = build(kernel, options);
  if (!unit)
    return std::unexpected(unit.error());
  return generated(*unit, llvm::CodeGenFileType::AssemblyFile);
}

} // namespace polyloom
