#include "core/codegen/partial_results.h"

#include "core/codegen/index_expr.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;

/// Writes the code for one cell.
class PartsWriter {
public:
  PartsWriter(Kernel& kernel, const PartialResults& parts) : kernel_(kernel), parts_(parts) {}

  LoopNode fill(const ExprPtr& value, std::vector<int> arrays, std::vector<std::vector<IndexExpr>> subscripts) {
    const Range all{.copies = parts_.copies, .lanes = parts_.lanes};
    arrays.insert(arrays.begin(), parts_.array);
    subscripts.insert(subscripts.begin(), partOf(all, 0, 0));
    return over(all, makeCall("start", std::move(arrays), value, std::move(subscripts)));
  }

  LoopNode join(int cell, const std::vector<IndexExpr>& subscripts) {
    LoopNode all{.kind = LoopNode::Kind::Block};
    for (std::int64_t copies = parts_.copies; copies > 1;) {
      const std::int64_t kept = (copies + 1) / 2;
      const Range range{.copies = copies - kept, .lanes = parts_.lanes};
      all.children.push_back(over(range, combine(range, kept, 0)));
      copies = kept;
    }
    for (std::int64_t lanes = parts_.lanes; lanes > 1;) {
      const std::int64_t kept = (lanes + 1) / 2;
      const Range range{.copies = 1, .lanes = lanes - kept};
      all.children.push_back(over(range, combine(range, 0, kept)));
      lanes = kept;
    }
    all.children.push_back(makeCall("out", {cell, cell, parts_.array}, combination(parts_.reduction, 1, 2),
                                    {subscripts, subscripts, partOf({}, 0, 0)}));
    return all;
  }

private:
  /// How many parts loops run over.
  struct Range {
    std::int64_t copies = 1, lanes = 1;
  };

  std::string copyVariable() const { return parts_.variable + "_u"; }

  /// The part that is so much beyond the one of the loops' values; a loop that runs once is none.
  std::vector<IndexExpr> partOf(const Range& range, std::int64_t copy, std::int64_t lane) const {
    std::vector<IndexExpr> subscripts = parts_.place;
    if (parts_.copies > 1)
      subscripts.push_back(valueOf(copyVariable(), range.copies, copy));
    subscripts.push_back(valueOf(parts_.variable, range.lanes, lane));
    return subscripts;
  }

  static IndexExpr valueOf(const std::string& variable, std::int64_t count, std::int64_t offset) {
    const IndexExpr value{.op = Op::Variable, .name = variable};
    return count == 1 ? IndexExpr{.value = offset} : offset == 0 ? value : plus(value, offset);
  }

  /// Adds to the parts of the range those that are so much beyond.
  LoopNode combine(const Range& range, std::int64_t copy, std::int64_t lane) {
    const std::vector<IndexExpr> kept = partOf(range, 0, 0);
    return makeCall("join", {parts_.array, parts_.array, parts_.array}, combination(parts_.reduction, 1, 2),
                    {kept, kept, partOf(range, copy, lane)});
  }

  LoopNode makeCall(const char* what, std::vector<int> arrays, const ExprPtr& value,
                    std::vector<std::vector<IndexExpr>> subscripts) {
    LoopNode node{.kind = LoopNode::Kind::Call, .call = {.statement = static_cast<int>(kernel_.statements.size())}};
    node.call.subscripts = std::move(subscripts);
    const std::string& name = kernel_.arrays[static_cast<std::size_t>(parts_.array)].name;
    kernel_.statements.push_back({.name = fmt::format("{}_{}", name, what), .arrays = std::move(arrays), .value = value, .source = -1});
    return node;
  }

  LoopNode over(const Range& range, LoopNode body) const {
    const LoopAttributes lanes{.vectorWidth = static_cast<int>(range.lanes)};
    return loopOver(copyVariable(), range.copies, {.unroll = kUnrollFull},
                    loopOver(parts_.variable, range.lanes, lanes, std::move(body)));
  }

  static LoopNode loopOver(const std::string& variable, std::int64_t count, LoopAttributes attributes, LoopNode body) {
    if (count == 1)
      return body;
    LoopNode loop{.kind = LoopNode::Kind::For, .variable = variable, .attributes = attributes};
    loop.last = {.value = count - 1};
    loop.children.push_back(std::move(body));
    return loop;
  }

  Kernel& kernel_;
  const PartialResults& parts_;
};

bool updatesMeet(const Kernel& kernel, const LoopNode& node, const std::string& variable) {
  if (node.kind == LoopNode::Kind::Call)
    return reductionOf(kernel, node.call) && mayMeet(node.call, variable);
  return std::ranges::any_of(node.children, [&](const LoopNode& child) { return updatesMeet(kernel, child, variable); });
}

void makeSequential(const Kernel& kernel, LoopNode& node) {
  if (node.attributes.vectorWidth > 0 && updatesMeet(kernel, node, node.variable))
    node.attributes.vectorWidth = 0;
  for (LoopNode& child : node.children)
    makeSequential(kernel, child);
}

} // namespace

LoopNode startParts(Kernel& kernel, const PartialResults& parts, int cell, const std::vector<IndexExpr>& subscripts) {
  if (const ExprPtr neutral = neutralValue(parts.reduction))
    return PartsWriter(kernel, parts).fill(neutral, {}, {});
  return PartsWriter(kernel, parts).fill(makeRead(1, parts.reduction.element), {cell}, {subscripts});
}

LoopNode clearParts(Kernel& kernel, const PartialResults& parts) {
  const ElementType element = parts.reduction.element;
  return PartsWriter(kernel, parts).fill(isFloating(element) ? makeFloating(0, element) : makeInteger(0, element), {}, {});
}

LoopNode joinParts(Kernel& kernel, const PartialResults& parts, int cell, const std::vector<IndexExpr>& subscripts) {
  return PartsWriter(kernel, parts).join(cell, subscripts);
}

Kernel withSequentialUpdates(Kernel kernel) {
  LoopNode body = std::move(kernel.body);
  makeSequential(kernel, body);
  kernel.body = std::move(body);
  return kernel;
}

} // namespace polyloom
