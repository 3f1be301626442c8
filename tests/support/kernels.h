// Small kernels built by hand, for tests of what executes them.
#pragma once

#include "core/codegen/kernel.h"

#include <string>
#include <utility>
#include <vector>

namespace polyloom::test {

using Op = IndexExpr::Op;

inline IndexExpr constant(std::int64_t value) { return {.op = Op::Constant, .value = value}; }
inline IndexExpr variable(std::string name) { return {.op = Op::Variable, .name = std::move(name)}; }
inline IndexExpr combine(Op op, std::vector<IndexExpr> operands) { return {.op = op, .operands = std::move(operands)}; }
inline IndexExpr operator+(IndexExpr a, IndexExpr b) { return combine(Op::Add, {std::move(a), std::move(b)}); }
inline IndexExpr operator-(IndexExpr a, IndexExpr b) { return combine(Op::Subtract, {std::move(a), std::move(b)}); }
inline IndexExpr operator*(IndexExpr a, IndexExpr b) { return combine(Op::Multiply, {std::move(a), std::move(b)}); }
inline IndexExpr operator+(IndexExpr a, std::int64_t b) { return std::move(a) + constant(b); }
inline IndexExpr operator-(IndexExpr a, std::int64_t b) { return std::move(a) - constant(b); }
inline IndexExpr operator*(std::int64_t a, IndexExpr b) { return constant(a) * std::move(b); }
inline IndexExpr minimum(IndexExpr a, IndexExpr b) { return combine(Op::Min, {std::move(a), std::move(b)}); }
inline IndexExpr maximum(IndexExpr a, IndexExpr b) { return combine(Op::Max, {std::move(a), std::move(b)}); }

inline LoopNode block(std::vector<LoopNode> children) {
  return {.kind = LoopNode::Kind::Block, .children = std::move(children)};
}

/// for (name = first; name <= last; name += step) body
inline LoopNode loop(std::string name, IndexExpr first, IndexExpr last, LoopNode body, LoopAttributes attributes = {},
                     std::int64_t step = 1) {
  LoopNode node = {.kind = LoopNode::Kind::For, .variable = name, .loop = name, .attributes = attributes};
  node.first = std::move(first);
  node.last = std::move(last);
  node.step = step;
  node.children = {std::move(body)};
  return node;
}

inline LoopNode guard(IndexExpr condition, std::vector<LoopNode> arms) {
  LoopNode node = {.kind = LoopNode::Kind::If};
  node.condition = std::move(condition);
  node.children = std::move(arms);
  return node;
}

using Subscripts = std::vector<std::vector<IndexExpr>>;

inline LoopNode call(int statement, Subscripts subscripts, std::vector<IndexExpr> affineValues = {}) {
  LoopNode node = {.kind = LoopNode::Kind::Call};
  node.call.statement = statement;
  node.call.subscripts = std::move(subscripts);
  node.call.affineValues = std::move(affineValues);
  return node;
}

inline KernelArray array(std::string name, std::vector<IndexExpr> extents, ElementType element = ElementType::Float64,
                         bool isLocal = false) {
  return {std::move(name), element, std::move(extents), isLocal};
}

inline KernelStatement statement(std::vector<int> arrays, ExprPtr value, std::string name = "S0") {
  return {std::move(name), std::move(arrays), std::move(value)};
}

inline ExprPtr read(int access, ElementType type = ElementType::Float64) { return makeRead(access, type); }
inline ExprPtr binary(Operator op, ExprPtr left, ExprPtr right) {
  const ElementType type = left->type;
  return makeBinary(op, type, std::move(left), std::move(right));
}

/// y[i] = y[i] * 0.5 + x[i]: for (i = 0; i <= N - 1; i++), with the body's loop as given.
inline Kernel axpy(LoopNode body, std::int64_t n) {
  Kernel kernel;
  kernel.function = "axpy";
  kernel.parameters = {{"N", n}};
  kernel.arrays = {array("y", {variable("N")}), array("x", {variable("N")})};
  kernel.statements = {statement({0, 0, 1}, binary(Operator::Add, binary(Operator::Multiply, read(1), makeFloating(0.5)),
                                                   read(2)))};
  kernel.body = std::move(body);
  return kernel;
}

inline LoopNode axpyCall(const std::string& i) { return call(0, {{variable(i)}, {variable(i)}, {variable(i)}}); }

inline Kernel axpy(std::int64_t n, LoopAttributes attributes = {}) {
  return axpy(loop("i", constant(0), variable("N") - 1, axpyCall("i"), attributes), n);
}

/// The same in groups of `width` lanes: for (g = 0; g <= N - 1; g += width) for (i = g; i <= min(N - 1, g + width - 1))
inline Kernel axpyInLanes(std::int64_t n, int width) {
  LoopNode lanes = loop("i", variable("g"), minimum(variable("N") - 1, variable("g") + (width - 1)), axpyCall("i"),
                        {.vectorWidth = width});
  return axpy(loop("g", constant(0), variable("N") - 1, std::move(lanes), {}, width), n);
}

/// C[i][j] += A[i][k] * B[k][j] over square matrices, loops in the order given ("ijk", "ikj", ...).
inline Kernel gemm(std::int64_t n, const std::string& order = "ijk", LoopAttributes outermost = {}) {
  const auto v = [](const char* name) { return variable(name); };
  Kernel kernel;
  kernel.function = "gemm";
  kernel.parameters = {{"N", n}};
  for (const char* name : {"C", "A", "B"})
    kernel.arrays.push_back(array(name, {v("N"), v("N")}));
  kernel.statements = {
      statement({0, 0, 1, 2}, binary(Operator::Add, read(1), binary(Operator::Multiply, read(2), read(3))))};
  LoopNode body = call(0, {{v("i"), v("j")}, {v("i"), v("j")}, {v("i"), v("k")}, {v("k"), v("j")}});
  for (std::size_t depth = order.size(); depth-- > 0;)
    body = loop(std::string(1, order[depth]), constant(0), v("N") - 1, std::move(body),
                depth == 0 ? outermost : LoopAttributes{});
  kernel.body = std::move(body);
  return kernel;
}

} // namespace polyloom::test
