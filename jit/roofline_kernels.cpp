#include "jit/roofline_kernels.h"

#include <string>
#include <utility>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;

constexpr std::int64_t kLanes = 64;        ///< eight registers of the widest kind, or 32 of the narrowest
constexpr std::int64_t kGroups = 8;        ///< per row: the rows of one thread stay in the first level's cache
constexpr std::int64_t kRepeats = 20'000;
constexpr std::int64_t kChain = 32;        ///< operations between a load and a store, each waiting for the one before

IndexExpr number(std::int64_t value) { return {.op = Op::Constant, .value = value}; }
IndexExpr variable(std::string name) { return {.op = Op::Variable, .name = std::move(name)}; }
IndexExpr combined(Op op, IndexExpr left, IndexExpr right) {
  return {.op = op, .operands = {std::move(left), std::move(right)}};
}

/// for (name = first; name <= last; name += step) body
LoopNode loop(const std::string& name, IndexExpr first, IndexExpr last, LoopNode body, LoopAttributes attributes = {},
              std::int64_t step = 1) {
  LoopNode node{.kind = LoopNode::Kind::For, .variable = name, .loop = name, .attributes = attributes};
  node.first = std::move(first);
  node.last = std::move(last);
  node.step = step;
  node.children.push_back(std::move(body));
  return node;
}

/// for t, in parallel; for g in groups of lanes; the group's lanes i: call. `count` is a multiple of the lanes.
LoopNode lanes(std::int64_t count, LoopNode call) {
  LoopNode group = loop("i", variable("g"), combined(Op::Add, variable("g"), number(kLanes - 1)), std::move(call),
                        {.vectorWidth = static_cast<int>(kLanes)});
  return loop("g", number(0), number(count - kLanes), std::move(group), {}, kLanes);
}

LoopNode onEachThread(int threads, LoopNode body) {
  return loop("t", number(0), number(threads - 1), std::move(body), {.parallel = threads > 1});
}

/// One statement whose accesses are (array, subscripts after the thread's); the first one is the write.
struct Accessed {
  int array;
  IndexExpr subscript;
};
LoopNode callWith(const std::vector<Accessed>& accesses) {
  LoopNode node{.kind = LoopNode::Kind::Call};
  for (const Accessed& access : accesses)
    node.call.subscripts.push_back({variable("t"), access.subscript});
  return node;
}

Kernel kernelOf(std::string name, int threads, const std::vector<std::pair<std::string, std::int64_t>>& rows,
                const std::vector<int>& arrays, ExprPtr value) {
  Kernel kernel{.function = std::move(name)};
  for (const auto& [array, length] : rows) // locals: they start at zero, and nobody copies them
    kernel.arrays.push_back({.name = array, .extents = {number(threads), number(length)}, .isLocal = true});
  kernel.statements.push_back({.name = "S0", .arrays = arrays, .value = std::move(value)});
  return kernel;
}

ExprPtr binary(Operator op, ExprPtr left, ExprPtr right) {
  return makeBinary(op, ElementType::Float64, std::move(left), std::move(right));
}

ExprPtr cell(int access) { return makeRead(access, ElementType::Float64); }

/// Doubles per thread: whole groups.
std::int64_t lengthOf(int threads, std::uint64_t bytes) {
  const auto doubles = static_cast<std::int64_t>(bytes / sizeof(double)) / threads;
  return (doubles / kLanes + 1) * kLanes;
}

} // namespace

RooflineKernel peakKernel(int threads) {
  constexpr std::int64_t kLength = kLanes * kGroups;
  ExprPtr value = cell(1);
  for (std::int64_t link = 0; link < kChain; ++link)
    value = binary(Operator::Add, binary(Operator::Multiply, value, makeFloating(0.75)), makeFloating(0.125));
  Kernel kernel = kernelOf("peak", threads, {{"y", kLength}}, {0, 0}, std::move(value));
  LoopNode call = callWith({{0, variable("i")}, {0, variable("i")}});
  kernel.body = onEachThread(threads, loop("r", number(1), number(kRepeats), lanes(kLength, std::move(call))));
  return {std::move(kernel), 2.0 * static_cast<double>(threads * kRepeats * kLength * kChain), 0};
}

RooflineKernel readKernel(int threads, std::uint64_t bytes) {
  const std::int64_t length = lengthOf(threads, bytes);
  Kernel kernel = kernelOf("read", threads, {{"s", kLanes}, {"a", length}}, {0, 0, 1},
                           binary(Operator::Add, cell(1), cell(2)));
  const IndexExpr lane = combined(Op::Subtract, variable("i"), variable("g"));
  kernel.body = onEachThread(threads, lanes(length, callWith({{0, lane}, {0, lane}, {1, variable("i")}})));
  const auto cells = static_cast<double>(threads * length);
  return {std::move(kernel), cells, cells * sizeof(double)};
}

RooflineKernel triadKernel(int threads, std::uint64_t bytes) {
  const std::int64_t length = lengthOf(threads, bytes);
  Kernel kernel = kernelOf("triad", threads, {{"a", length}, {"b", length}, {"c", length}}, {0, 1, 2},
                           binary(Operator::Add, cell(1), binary(Operator::Multiply, makeFloating(3), cell(2))));
  kernel.body = onEachThread(threads,
                             lanes(length, callWith({{0, variable("i")}, {1, variable("i")}, {2, variable("i")}})));
  const auto cells = static_cast<double>(threads * length);
  return {std::move(kernel), 2 * cells, 3 * cells * sizeof(double)};
}

} // namespace polyloom
