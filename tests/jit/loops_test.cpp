// Loops, bounds and guards, against the same loops in C++.
#include "tests/support/kernels.h"
#include "tests/support/run_kernel.h"

namespace polyloom::test {

namespace {

/// out[k]: cells that a nest writes, with the loops' values, so that order and range show.
struct Trace {
  Kernel kernel;

  /// out[i] = out[i] * 3 + value, with `value` affine.
  explicit Trace(std::int64_t n) {
    kernel.function = "trace";
    kernel.parameters = {{"N", n}};
    kernel.arrays = {array("out", {variable("N")}, ElementType::Int64)};
    kernel.statements = {statement({0, 0}, binary(Operator::Add,
                                                  binary(Operator::Multiply, read(1, ElementType::Int64),
                                                         makeInteger(3, ElementType::Int64)),
                                                  makeAffine(0, ElementType::Int64)))};
  }

  static LoopNode at(IndexExpr cell, IndexExpr value) { return call(0, {{cell}, {cell}}, {std::move(value)}); }

  /// Runs it and compares with `expected`, which does the same to a vector.
  template <typename Expected> void expect(Expected expected) const {
    const Execution run(kernel);
    ASSERT_EQ(run.error(), "");
    auto cells = run.before<std::int64_t>("out");
    expected(cells);
    EXPECT_EQ(run.after<std::int64_t>("out"), cells);
  }
};

void visit(std::vector<std::int64_t>& cells, std::int64_t cell, std::int64_t value) {
  cells.at(static_cast<std::size_t>(cell)) = cells.at(static_cast<std::size_t>(cell)) * 3 + value;
}

} // namespace

TEST(Loops, StepsAndTriangularBounds) {
  Trace trace(20);
  trace.kernel.body = loop("i", constant(0), variable("N") - 1,
                           loop("j", variable("i"), variable("N") - 1, Trace::at(variable("j"), variable("i")), {}, 3));
  trace.expect([](auto& cells) {
    for (std::int64_t i = 0; i < 20; ++i)
      for (std::int64_t j = i; j < 20; j += 3)
        visit(cells, j, i);
  });
}

TEST(Loops, EmptyRangesRunNothing) {
  Trace trace(5);
  trace.kernel.body = loop("i", variable("N"), constant(3), Trace::at(constant(0), variable("i")));
  trace.expect([](auto&) {});
}

TEST(Loops, DescendingLoopsRunNegated) {
  // for (c = -(N - 1); c <= 0; c++) out[-c]
  Trace trace(9);
  const IndexExpr value = combine(Op::Negate, {variable("c")});
  trace.kernel.body = loop("c", constant(1) - variable("N"), constant(0),
                           block({Trace::at(value, value), Trace::at(constant(0), value)}));
  trace.expect([](auto& cells) {
    for (std::int64_t i = 8; i >= 0; --i) {
      visit(cells, i, i);
      visit(cells, 0, i);
    }
  });
}

TEST(Loops, MinimaMaximaAndFloorDivisionsInBounds) {
  Trace trace(30);
  const IndexExpr low = maximum(constant(0), combine(Op::DivideFloor, {variable("i") - 15, constant(4)}));
  const IndexExpr high = minimum(variable("N") - 1, combine(Op::DivideFloor, {3 * variable("i"), constant(7)}));
  trace.kernel.body = loop("i", constant(-5), constant(40),
                           loop("j", low, high, Trace::at(variable("j"), variable("i"))));
  trace.expect([](auto& cells) {
    const auto floorDivide = [](std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((-a + b - 1) / b); };
    for (std::int64_t i = -5; i <= 40; ++i)
      for (std::int64_t j = std::max<std::int64_t>(0, floorDivide(i - 15, 4));
           j <= std::min<std::int64_t>(29, floorDivide(3 * i, 7)); ++j)
        visit(cells, j, i);
  });
}

TEST(Loops, DivisionsAndRemaindersInSubscripts) {
  Trace trace(16);
  const IndexExpr half = combine(Op::DividePositive, {variable("i"), constant(2)});
  const IndexExpr rest = combine(Op::ModuloPositive, {variable("i"), constant(5)});
  const IndexExpr exact = combine(Op::DivideExact, {4 * variable("i"), constant(4)});
  trace.kernel.body = loop("i", constant(0), variable("N") - 1,
                           block({Trace::at(half, rest), Trace::at(exact, half), Trace::at(rest, exact)}));
  trace.expect([](auto& cells) {
    for (std::int64_t i = 0; i < 16; ++i) {
      visit(cells, i / 2, i % 5);
      visit(cells, i, i / 2);
      visit(cells, i % 5, i);
    }
  });
}

TEST(Loops, GuardsWithAndWithoutElse) {
  Trace trace(12);
  const IndexExpr isEven = combine(Op::Equal, {combine(Op::ModuloZero, {variable("i"), constant(2)}), constant(0)});
  const IndexExpr inside = combine(Op::And, {combine(Op::Greater, {variable("i"), constant(2)}),
                                             combine(Op::LessEqual, {variable("i"), variable("N") - 3})});
  const IndexExpr either = combine(Op::Or, {isEven, inside});
  trace.kernel.body = loop(
      "i", constant(0), variable("N") - 1,
      block({guard(isEven, {Trace::at(variable("i"), constant(1)), Trace::at(variable("i"), constant(2))}),
             guard(inside, {Trace::at(constant(0), variable("i"))}),
             guard(either, {Trace::at(constant(1), combine(Op::Select, {isEven, variable("i"), constant(-1)}))})}));
  trace.expect([](auto& cells) {
    for (std::int64_t i = 0; i < 12; ++i) {
      visit(cells, i, i % 2 == 0 ? 1 : 2);
      if (i > 2 && i <= 9)
        visit(cells, 0, i);
      if (i % 2 == 0 || (i > 2 && i <= 9))
        visit(cells, 1, i % 2 == 0 ? i : -1);
    }
  });
}

TEST(Loops, UnrolledLoopsRunTheirRest) {
  for (const int factor : {2, 3, 7, kUnrollFull}) {
    Trace trace(20);
    trace.kernel.body = loop("i", constant(0), variable("N") - 1,
                             loop("j", constant(0), variable("i"), Trace::at(variable("j"), variable("i")),
                                  {.unroll = factor}));
    trace.expect([](auto& cells) {
      for (std::int64_t i = 0; i < 20; ++i)
        for (std::int64_t j = 0; j <= i; ++j)
          visit(cells, j, i);
    });
  }
}

TEST(Loops, LocalArraysStartAtZero) {
  // local[i] += in[i]; out[i] = local[i]
  Kernel kernel = axpy(8);
  kernel.arrays.push_back(array("local", {variable("N")}, ElementType::Float64, true));
  kernel.statements = {statement({2, 2, 1}, binary(Operator::Add, read(1), read(2))), statement({0, 2}, read(1))};
  const IndexExpr i = variable("i");
  kernel.body = loop("i", constant(0), variable("N") - 1, block({call(0, {{i}, {i}, {i}}), call(1, {{i}, {i}})}));
  const Execution run(kernel);
  ASSERT_EQ(run.error(), "");
  EXPECT_EQ(run.after("y"), run.before("x"));
}

TEST(Loops, JammedGroupsEndWhereTheirRangeDoes) {
  const auto resultOf = [](std::int64_t n, LoopAttributes attributes) {
    const LoopNode rows =
        loop("i", maximum(constant(1), 4 * variable("g")), minimum(variable("N") - 1, 4 * variable("g") + 3),
             call(0, {{variable("i")}, {variable("i")}, {variable("j")}}), attributes);
    const LoopNode columns = loop("j", constant(0), variable("N") - 1, rows);
    const Execution run(axpy(loop("g", constant(0), variable("N"), columns), n));
    EXPECT_EQ(run.error(), "");
    return run.error().empty() ? run.after("y") : std::vector<double>{};
  };
  for (const std::int64_t n : {1, 3, 4, 5, 8, 30})
    EXPECT_EQ(resultOf(n, {.unroll = kUnrollFull}), resultOf(n, {})) << n;
}

} // namespace polyloom::test
