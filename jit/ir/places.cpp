#include "jit/ir/places.h"

#include "jit/ir/state.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/IR/DebugInfoMetadata.h>

namespace polyloom::ir {

Places::Places(const Kernel& kernel, llvm::Module& module) : builder_(module) {
  for (std::size_t s = 0; s < kernel.statements.size(); ++s)
    places_.push_back({.statement = static_cast<int>(s)});
  collect(kernel.body);
  llvm::DIFile* file = builder_.createFile(kernel.function, ".");
  unit_ = builder_.createCompileUnit(llvm::dwarf::DW_LANG_C99, file, "polyloom", true, "", 0, "",
                                     llvm::DICompileUnit::LineTablesOnly);
}

void Places::collect(const LoopNode& node) {
  if (!node.loop.empty() && loops_.emplace(node.loop, 1 + places_.size()).second)
    places_.push_back({.loop = node.loop});
  for (const LoopNode& child : node.children)
    collect(child);
}

Place Places::at(unsigned line) const {
  return line >= 1 && line <= places_.size() ? places_[line - 1] : Place{};
}

unsigned Places::lineOf(const std::string& loop) const {
  const auto found = loops_.find(loop);
  return found == loops_.end() ? 0 : found->second;
}

void Places::describe(llvm::Function& function) {
  llvm::DISubroutineType* type = builder_.createSubroutineType(builder_.getOrCreateTypeArray({}));
  function.setSubprogram(builder_.createFunction(unit_, function.getName(), "", unit_->getFile(), 0, type, 0,
                                                 llvm::DINode::FlagZero, llvm::DISubprogram::SPFlagDefinition));
}

FromPlace::FromPlace(FunctionState& fn, const StatementCall& call)
    : fn_(fn), outer_(fn.builder.getCurrentDebugLocation()) {
  if (fn.unit.places != nullptr)
    enter(fn.unit.places->lineOf(call));
}

FromPlace::FromPlace(FunctionState& fn, const std::string& loop)
    : fn_(fn), outer_(fn.builder.getCurrentDebugLocation()) {
  if (fn.unit.places != nullptr)
    enter(fn.unit.places->lineOf(loop));
}

FromPlace::~FromPlace() { fn_.builder.SetCurrentDebugLocation(outer_); }

void FromPlace::enter(unsigned line) {
  if (llvm::DISubprogram* source = fn_.function->getSubprogram(); source != nullptr && line > 0)
    fn_.builder.SetCurrentDebugLocation(llvm::DILocation::get(fn_.unit.context(), line, 0, source));
}

} // namespace polyloom::ir
