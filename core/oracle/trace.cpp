#include "core/oracle/trace.h"

#include "core/base/check.h"

#include <algorithm>
#include <map>
#include <string>

namespace polyloom {

namespace {

/// Walks a kernel's loops and writes down what they execute.
class Interpreter {
public:
  Interpreter(const Kernel& kernel, const Values& parameters) : kernel_(kernel) {
    for (std::size_t p = 0; p < parameters.size(); ++p)
      variables_[kernel.parameters[p].name] = parameters[p];
    visit(kernel.body);
  }

  std::vector<Instance> take() { return std::move(trace_); }

private:
  std::int64_t valueOf(const IndexExpr& expr) const {
    return evaluate(expr, [this](const std::string& name) { return variables_.at(name); });
  }

  void visit(const LoopNode& node) {
    switch (node.kind) {
    case LoopNode::Kind::Block:
      for (const LoopNode& child : node.children)
        visit(child);
      break;
    case LoopNode::Kind::For: loop(node); break;
    case LoopNode::Kind::If:
      if (valueOf(node.condition) != 0)
        visit(node.children.at(0));
      else if (node.children.size() > 1)
        visit(node.children.at(1));
      break;
    case LoopNode::Kind::Call: {
      const int source = kernel_.statements.at(static_cast<std::size_t>(node.call.statement)).source;
      if (source < 0)
        break; // a move between memory and registers
      if (std::ranges::any_of(node.call.membership, [&](const IndexExpr& test) { return valueOf(test) == 0; }))
        break; // computed in vain
      Instance instance{source, {}};
      for (const IndexExpr& iterator : node.call.iterators)
        instance.point.push_back(valueOf(iterator));
      trace_.push_back(std::move(instance));
      break;
    }
    }
  }

  void loop(const LoopNode& node) {
    const std::int64_t last = valueOf(node.last);
    POLYLOOM_CHECK(!variables_.contains(node.variable)); // it would hide another variable
    for (std::int64_t value = valueOf(node.first); value <= last; value += node.step) {
      variables_[node.variable] = value;
      visit(node.children.at(0));
    }
    variables_.erase(node.variable);
  }

  const Kernel& kernel_;
  std::map<std::string, std::int64_t> variables_;
  std::vector<Instance> trace_;
};

} // namespace

std::vector<Instance> traceOf(const Kernel& kernel, const Values& parameters) {
  return Interpreter(kernel, parameters).take();
}

} // namespace polyloom
