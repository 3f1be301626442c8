#include "jit/passes.h"

#include "core/base/check.h"
#include "jit/ir/loops.h"

#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/CommandLine.h>

#include <mutex>

namespace polyloom {

namespace {

/// Scalars to registers, bounds and addresses out of the loops, whole copies of jammed iterations; then what loops
/// without lanes gain from: vectors, unrolling, values kept from one iteration to the next.
constexpr const char* kChosenPasses =
    "function<eager-inv>("
    "sroa<modify-cfg>,early-cse<memssa>,simplifycfg<keep-loops;switch-range-to-icmp>,"
    "loop-mssa(licm<allowspeculation>),loop(indvars,loop-unroll-full),sroa<modify-cfg>,gvn,"
    "instcombine<no-verify-fixpoint>,loop-mssa(licm<allowspeculation>),simplifycfg<keep-loops;switch-range-to-icmp>,"
    "polyloom-unroll-now,loop-vectorize<no-interleave-forced-only;no-vectorize-forced-only>,loop-load-elim,loop-unroll<O3>,"
    "sroa<preserve-cfg>,instcombine<no-verify-fixpoint>,loop-mssa(licm<allowspeculation>),alignment-from-assumptions,"
    "instsimplify,simplifycfg<keep-loops;switch-range-to-icmp>"
    "),globaldce";

/// Loops that are to be unrolled by a number become vectors first: LLVM unrolls a loop that says so before it looks for
/// vectors, and then makes them of the copies, with a scatter for each store (four times slower than no unrolling).
class UnrollNow : public llvm::PassInfoMixin<UnrollNow> {
public:
  static constexpr const char* kName = "polyloom-unroll-now";

  static llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
    for (llvm::BasicBlock& block : function)
      if (llvm::MDNode* loop = block.getTerminator()->getMetadata(llvm::LLVMContext::MD_loop))
        block.getTerminator()->setMetadata(llvm::LLVMContext::MD_loop, withUnrolling(*loop));
    return llvm::PreservedAnalyses::all();
  }

private:
  static llvm::MDNode* withUnrolling(llvm::MDNode& loop) {
    auto& context = loop.getContext();
    std::vector<llvm::Metadata*> facts = {nullptr};
    for (const llvm::MDOperand& fact : llvm::drop_begin(loop.operands())) {
      auto* node = llvm::dyn_cast<llvm::MDNode>(fact);
      const auto* name = node && node->getNumOperands() == 2 ? llvm::dyn_cast<llvm::MDString>(node->getOperand(0)) : nullptr;
      facts.push_back(name && name->getString() == ir::kUnrollLater
                          ? llvm::MDNode::get(context, {llvm::MDString::get(context, "llvm.loop.unroll.count"), node->getOperand(1)})
                          : fact.get());
    }
    llvm::MDNode* made = llvm::MDNode::getDistinct(context, facts);
    made->replaceOperandWith(0, made);
    return made;
  }
};

/// Switches off a pass that looks in vain for integers better kept as masks, the longest in bodies of copies. LLVM has
/// no other way to say so than an option of the whole process.
void switchOffDomainReassignment() {
  static std::once_flag once;
  std::call_once(once, [] {
    constexpr const char* kName = "disable-x86-domain-reassignment";
    auto& options = llvm::cl::getRegisteredOptions();
    if (const auto option = options.find(kName); option != options.end()) // other processors' LLVM lacks it
      option->second->addOccurrence(0, kName, "true");
  });
}

} // namespace

void optimize(llvm::Module& module, llvm::TargetMachine& machine, Copies copies) {
  llvm::PipelineTuningOptions tuning;
  tuning.LoopInterleaving = true;
  tuning.LoopVectorization = true;
  tuning.SLPVectorization = true;
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(&machine, tuning);
  llvm::TargetLibraryInfoImpl library(machine.getTargetTriple());
  functions.registerPass([&] { return llvm::TargetLibraryAnalysis(library); });
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  builder.registerVectorizerStartEPCallback([](llvm::FunctionPassManager& before, llvm::OptimizationLevel) { before.addPass(UnrollNow()); });
  builder.registerPipelineParsingCallback([](llvm::StringRef name, llvm::FunctionPassManager& pipeline, auto) {
    const bool isOurs = name == UnrollNow::kName;
    if (isOurs)
      pipeline.addPass(UnrollNow());
    return isOurs;
  });
  llvm::ModulePassManager passes;
  if (copies == Copies::Open)
    passes = builder.buildPerModuleDefaultPipeline(llvm::OptimizationLevel::O3);
  else
    POLYLOOM_CHECK(!llvm::errorToBool(builder.parsePassPipeline(passes, kChosenPasses)));
  passes.run(module, modules);
}

Result<std::string> generate(llvm::Module& module, llvm::TargetMachine& machine, llvm::CodeGenFileType type) {
  switchOffDomainReassignment();
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
