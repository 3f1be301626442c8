#include "core/codegen/register_block.h"

#include <algorithm>

namespace polyloom {

namespace {

/// Adds the variable and the outer loops on which its first value depends.
void addWithOuter(const RegisterBlock& block, const std::string& variable, std::vector<std::string>& loops) {
  if (variable.empty() || std::ranges::find(loops, variable) != loops.end())
    return;
  loops.push_back(variable);
  for (const auto& [outer, around] : block.fixed)
    if (block.fixed.at(variable).base.factorOf(outer) != 0)
      addWithOuter(block, outer, loops);
}

} // namespace

std::vector<LinearForm> cellOf(const StatementCall& call, std::size_t access) {
  std::vector<LinearForm> cell;
  for (const IndexExpr& subscript : call.subscripts[access])
    cell.emplace_back(subscript);
  return cell;
}

const HeldCell* heldCellOf(const Kernel& kernel, const RegisterBlock& block, const StatementCall& call,
                           std::size_t access) {
  const int array = kernel.statements[static_cast<std::size_t>(call.statement)].arrays[access];
  const std::vector<LinearForm> touched = cellOf(call, access);
  for (const HeldCell& cell : block.held)
    if (cell.array == array && cell.subscripts == touched)
      return &cell;
  return nullptr;
}

std::vector<std::string> loopsOf(const RegisterBlock& block, const HeldCell& cell) {
  std::vector<std::string> loops;
  for (auto name = cell.loops.rbegin(); name != cell.loops.rend(); ++name)
    addWithOuter(block, *name, loops);
  return loops;
}

} // namespace polyloom
