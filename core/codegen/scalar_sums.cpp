#include "core/codegen/scalar_sums.h"

#include "core/codegen/kernel_reduction.h"
#include "core/codegen/linear.h"
#include "core/program/reduction.h"

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

constexpr std::int64_t kFewIterations = 64;

class SumPass {
public:
  SumPass(Kernel& kernel, const Scop& scop) : kernel_(kernel), scop_(scop), names_(declaredNames(kernel)) {
    addVariables(kernel.body);
  }

  LoopNode visit(const LoopNode& node) {
    if (isSum(node))
      return inScalar(node);
    LoopNode result = node;
    for (LoopNode& child : result.children)
      child = visit(child);
    return result;
  }

private:
  void addVariables(const LoopNode& node) {
    names_.insert(node.variable);
    for (const LoopNode& child : node.children)
      addVariables(child);
  }

  const KernelStatement& statementOf(const StatementCall& call) const {
    return kernel_.statements[static_cast<std::size_t>(call.statement)];
  }

  bool isSum(const LoopNode& node) const {
    if (node.kind != LoopNode::Kind::For || node.attributes.parallel || node.attributes.vectorWidth > 0 ||
        node.attributes.unroll == kUnrollFull || node.children[0].kind != LoopNode::Kind::Call || isShort(node))
      return false;
    const StatementCall& call = node.children[0].call;
    const int source = statementOf(call).source;
    return source >= 0 && isReduction(scop_.statements[static_cast<std::size_t>(source)]) &&
           reductionOf(kernel_, call) && staysSame(call.subscripts[0], node.variable);
  }

  static bool isShort(const LoopNode& node) {
    const LinearForm first(node.first);
    return std::ranges::any_of(partsOf(node.last, IndexExpr::Op::Min), [&](const LinearForm& last) {
      const LinearForm span = last.plus(first, -1);
      return span.isConstant() && span.constant() < kFewIterations;
    });
  }

  static bool staysSame(const std::vector<IndexExpr>& cell, const std::string& variable) {
    return std::ranges::none_of(cell, [&](const IndexExpr& subscript) { return mentions(subscript, variable); });
  }

  LoopNode inScalar(const LoopNode& node) {
    const StatementCall& call = node.children[0].call;
    const KernelReduction reduction = *reductionOf(kernel_, call);
    const int cell = statementOf(call).arrays[0];
    const std::vector<IndexExpr>& place = call.subscripts[0];
    const int scalar = addScalar(cell);
    const ExprPtr neutral = neutralValue(reduction);
    LoopNode all{.kind = LoopNode::Kind::Block, .privateArrays = {scalar}};
    all.children.push_back(neutral ? move("start", {scalar}, neutral, {{}})
                                   : move("start", {scalar, cell}, makeRead(1, reduction.element), {{}, place}));
    LoopNode loop = node;
    loop.children[0].call = redirected(call, scalar);
    all.children.push_back(std::move(loop));
    all.children.push_back(move("out", {cell, cell, scalar}, combination(reduction, 1, 2), {place, place, {}}));
    return all;
  }

  int addScalar(int cell) {
    const KernelArray& summed = kernel_.arrays[static_cast<std::size_t>(cell)];
    KernelArray array{.name = summed.name + "_s", .element = summed.element, .extents = {}, .isLocal = true, .isGenerated = true};
    while (!names_.insert(array.name).second)
      array.name += "_";
    kernel_.arrays.push_back(std::move(array));
    return static_cast<int>(kernel_.arrays.size()) - 1;
  }

  StatementCall redirected(const StatementCall& call, int scalar) {
    StatementCall result = call;
    KernelStatement statement = statementOf(call);
    const auto isEqual = [](const IndexExpr& a, const IndexExpr& b) { return LinearForm(a) == LinearForm(b); };
    for (std::size_t a = 0; a < call.subscripts.size(); ++a) {
      if (statementOf(call).arrays[a] != statementOf(call).arrays[0] ||
          !std::ranges::equal(call.subscripts[a], call.subscripts[0], isEqual))
        continue;
      statement.arrays[a] = scalar;
      result.subscripts[a].clear();
    }
    return added(std::move(statement), std::move(result));
  }

  LoopNode move(const char* what, std::vector<int> arrays, const ExprPtr& value, std::vector<std::vector<IndexExpr>> subscripts) {
    KernelStatement statement{.name = what, .arrays = std::move(arrays), .value = value, .source = -1};
    StatementCall call{.statement = 0, .iterators = {}, .subscripts = std::move(subscripts), .affineValues = {}};
    return {.kind = LoopNode::Kind::Call, .call = added(std::move(statement), std::move(call))};
  }

  StatementCall added(KernelStatement statement, StatementCall call) {
    call.statement = static_cast<int>(kernel_.statements.size());
    kernel_.statements.push_back(std::move(statement));
    return call;
  }

  Kernel& kernel_;
  const Scop& scop_;
  std::set<std::string> names_;
};

} // namespace

Kernel withScalarSums(Kernel kernel, const Scop& scop) {
  const LoopNode body = std::move(kernel.body);
  kernel.body = SumPass(kernel, scop).visit(body);
  return kernel;
}

int scalarSumOf(const Kernel& kernel, const LoopNode& loop) {
  const LoopNode& body = loop.children.front();
  if (body.kind != LoopNode::Kind::Call || !reductionOf(kernel, body.call))
    return -1;
  const int written = kernel.statements[static_cast<std::size_t>(body.call.statement)].arrays[0];
  const KernelArray& array = kernel.arrays[static_cast<std::size_t>(written)];
  return array.isGenerated && array.extents.empty() ? written : -1;
}

} // namespace polyloom
