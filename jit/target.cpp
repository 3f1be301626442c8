#include "jit/target.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/SubtargetFeature.h>

#include <mutex>

namespace polyloom {

namespace {

std::string hostFeatures() {
  llvm::SubtargetFeatures features;
  for (const auto& feature : llvm::sys::getHostCPUFeatures())
    features.AddFeature(feature.first(), feature.second);
  return features.getString();
}

void initializeTarget() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    llvm::InitializeNativeTargetAsmParser();
  });
}

} // namespace

Result<std::unique_ptr<llvm::TargetMachine>> makeHostMachine() {
  initializeTarget();
  const std::string triple = llvm::sys::getProcessTriple();
  std::string error;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, error);
  if (target == nullptr)
    return failure("jit-compile", "LLVM cannot generate code for this machine: " + error);
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Standard; // only where the instructions allow it
  std::unique_ptr<llvm::TargetMachine> machine(
      target->createTargetMachine(triple, llvm::sys::getHostCPUName(), hostFeatures(), options, llvm::Reloc::PIC_,
                                  llvm::CodeModel::Small, llvm::CodeGenOptLevel::Aggressive));
  if (machine == nullptr)
    return failure("jit-compile", "LLVM has no code generator for " + triple);
  return machine;
}

llvm::AttributeList hostFunctionAttributes(llvm::LLVMContext& context, const llvm::TargetMachine& machine,
                                           unsigned vectorBits) {
  llvm::AttrBuilder builder(context);
  builder.addAttribute("target-cpu", machine.getTargetCPU());
  builder.addAttribute("tune-cpu", machine.getTargetCPU());
  builder.addAttribute("target-features", machine.getTargetFeatureString());
  builder.addAttribute("min-legal-vector-width", std::to_string(vectorBits));
  builder.addAttribute("no-trapping-math", "true");
  builder.addAttribute(llvm::Attribute::NoUnwind);
  builder.addAttribute(llvm::Attribute::MustProgress);
  return llvm::AttributeList::get(context, llvm::AttributeList::FunctionIndex, builder);
}

} // namespace polyloom
