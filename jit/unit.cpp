#include "jit/unit.h"

#include "core/codegen/whole_groups.h"
#include "jit/ir/function.h"
#include "jit/passes.h"

#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/IR/Verifier.h>

#include <algorithm>

namespace polyloom {

namespace {

int widestLaneLoop(const LoopNode& node) {
  int widest = node.kind == LoopNode::Kind::For ? node.attributes.vectorWidth : 0;
  for (const LoopNode& child : node.children)
    widest = std::max(widest, widestLaneLoop(child));
  return widest;
}

/// Whether a step has said which iterations run together.
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

} // namespace

Result<std::string> generated(Unit& unit, llvm::CodeGenFileType type) {
  return reporting(unit, [&] { return generate(*unit.module, *unit.machine, type); });
}

Result<Unit> buildUnit(const Kernel& original, const CompileOptions& options, const UnitOptions& unitOptions) {
  // Loops whose groups are whole only in a part of them are cut as they are emitted: with less code.
  const Kernel kernel = withWholeGroups(original, WholeLoops::Uncut);
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
  if (unitOptions.hasPlaces) {
    unit.places = std::make_unique<ir::Places>(kernel, *unit.module);
    state.places = unit.places.get();
  }
  ir::emitKernel(state);
  if (unit.places)
    unit.places->finish();
  std::string complaint;
  llvm::raw_string_ostream stream(complaint);
  if (llvm::verifyModule(*unit.module, &stream))
    return failure("jit-compile", "LLVM rejects the generated code: " + complaint);
  if (!unitOptions.optimizes)
    return unit;
  const auto optimized = reporting(unit, [&] {
    optimize(*unit.module, *unit.machine, hasChosenCopies(kernel.body) ? Copies::Chosen : Copies::Open);
    return Result<void>{};
  });
  if (!optimized)
    return std::unexpected(optimized.error());
  return unit;
}

} // namespace polyloom
