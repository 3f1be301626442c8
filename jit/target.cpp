#include "jit/target.h"

#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Passes/PassBuilder.h>
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

void optimize(llvm::Module& module, llvm::TargetMachine& machine, bool packs) {
  llvm::PipelineTuningOptions tuning;
  tuning.LoopInterleaving = true;
  tuning.LoopVectorization = true;
  tuning.SLPVectorization = packs;
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder passes(&machine, tuning);
  llvm::TargetLibraryInfoImpl library(machine.getTargetTriple());
  functions.registerPass([&] { return llvm::TargetLibraryAnalysis(library); });
  passes.registerModuleAnalyses(modules);
  passes.registerCGSCCAnalyses(components);
  passes.registerFunctionAnalyses(functions);
  passes.registerLoopAnalyses(loops);
  passes.crossRegisterProxies(loops, functions, components, modules);
  passes.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3).run(module, modules);
}

Result<std::string> generate(llvm::Module& module, llvm::TargetMachine& machine, llvm::CodeGenFileType type) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  passes.add(new llvm::TargetLibraryInfoWrapperPass(machine.getTargetTriple()));
  if (machine.addPassesToEmitFile(passes, stream, nullptr, type))
    return failure("jit-compile", "LLVM cannot write code of this kind for this machine");
  passes.run(module);
  return std::string(bytes.begin(), bytes.end());
}

} // namespace polyloom
