// Groups of lanes compute what the plain loop computes.
#include "tests/support/kernels.h"
#include "tests/support/run_kernel.h"

namespace polyloom::test {

namespace {

constexpr CompileOptions kStrict = {.contract = false};

/// Loops i (0 .. N-1) over `body`: plain, or in groups of `width` lanes.
LoopNode rows(LoopNode body, int width, std::int64_t step = 1) {
  const IndexExpr last = variable("N") - 1;
  if (width == 0)
    return loop("i", constant(0), last, std::move(body), {}, step);
  const std::int64_t span = width * step;
  LoopNode lanes = loop("i", variable("g"), minimum(last, variable("g") + (span - 1)), std::move(body),
                        {.vectorWidth = width}, step);
  return loop("g", constant(0), last, std::move(lanes), {}, span);
}

/// Runs `make(width)` for several widths and expects the results of the plain loop.
template <typename Make> void expectSameAsPlain(Make make) {
  const Execution plain(make(0), {}, kStrict);
  ASSERT_EQ(plain.error(), "");
  for (const int width : {2, 3, 4, 8, 16}) {
    const Execution lanes(make(width), {}, kStrict);
    ASSERT_EQ(lanes.error(), "") << "width " << width;
    EXPECT_EQ(lanes.after("y"), plain.after("y")) << "width " << width;
  }
}

/// y[target] = y[target] * 0.5 + x[source] over square matrices flattened to one dimension, or to two.
Kernel movement(std::vector<IndexExpr> target, std::vector<IndexExpr> source, int width, std::int64_t n = 29) {
  Kernel kernel = axpy(n);
  const std::vector<IndexExpr> extents(target.size(), 3 * variable("N"));
  kernel.arrays = {array("y", extents), array("x", std::vector<IndexExpr>(source.size(), 3 * variable("N")))};
  kernel.body = rows(call(0, {target, target, source}), width);
  return kernel;
}

} // namespace

TEST(Lanes, FullAndPartialGroups) {
  for (const std::int64_t n : {1, 7, 8, 9, 16, 31, 1000}) {
    const Execution plain(axpy(n), {}, kStrict), lanes(axpyInLanes(n, 8), {}, kStrict);
    ASSERT_EQ(plain.error() + lanes.error(), "");
    EXPECT_EQ(lanes.after("y"), plain.after("y")) << n << " cells";
  }
}

TEST(Lanes, GroupsNumberedFromAnUnalignedStart) {
  // for (c = floor(L / w); c <= floor((N - 1) / w); c++) for (i = max(L, w*c); i <= min(N - 1, w*c + w - 1))
  const IndexExpr n = variable("N");
  for (const std::int64_t low : {-9, -1, 0, 1, 5, 8, 12, 40})
    expectSameAsPlain([&](int width) {
      Kernel kernel = axpy(45);
      const LoopNode body = call(0, {{variable("i") + 9}, {variable("i") + 9}, {variable("i") + 9}});
      const IndexExpr last = n - 10;
      if (width == 0) {
        kernel.body = loop("i", constant(low), last, body);
        return kernel;
      }
      const auto floorOf = [&](const IndexExpr& value) { return combine(Op::DivideFloor, {value, constant(width)}); };
      const IndexExpr start = width * variable("c");
      const LoopNode lanes = loop("i", maximum(constant(low), start), minimum(last, start + (width - 1)), body,
                                  {.vectorWidth = width});
      kernel.body = loop("c", floorOf(constant(low)), floorOf(last), lanes);
      return kernel;
    });
}

TEST(Lanes, TriangularGroups) {
  // for (i) for (c) for (j = max(1, w*c); j <= min(i, w*c + w - 1)) y[j] += x[i]
  expectSameAsPlain([&](int width) {
    Kernel kernel = axpy(50);
    const LoopNode body = call(0, {{variable("j")}, {variable("j")}, {variable("i")}});
    const IndexExpr i = variable("i");
    LoopNode inner = loop("j", constant(1), i, body);
    if (width > 0) {
      const IndexExpr start = width * variable("c");
      inner = loop("c", constant(0), combine(Op::DivideFloor, {i, constant(width)}),
                   loop("j", maximum(constant(1), start), minimum(i, start + (width - 1)), body,
                        {.vectorWidth = width}));
    }
    kernel.body = loop("i", constant(0), variable("N") - 1, inner);
    return kernel;
  });
}

TEST(Lanes, ContiguousReversedStridedAndStill) {
  const IndexExpr i = variable("i"), n = variable("N");
  expectSameAsPlain([&](int width) { return movement({i + 3}, {i + 1}, width); });
  expectSameAsPlain([&](int width) { return movement({i}, {n - 1 - i}, width); });
  expectSameAsPlain([&](int width) { return movement({n - 1 - i}, {i}, width); });
  expectSameAsPlain([&](int width) { return movement({2 * i + 1}, {3 * i}, width); });
  expectSameAsPlain([&](int width) { return movement({i}, {n}, width); });
}

TEST(Lanes, ColumnsAndDiagonals) {
  const IndexExpr i = variable("i"), n = variable("N");
  expectSameAsPlain([&](int width) { return movement({i, constant(4)}, {i, constant(2)}, width); });
  expectSameAsPlain([&](int width) { return movement({i, i}, {n - i, i}, width); });
  expectSameAsPlain([&](int width) { return movement({constant(1), i}, {2 * i, i + 1}, width); });
}

TEST(Lanes, IrregularSubscriptsAreGathered) {
  const IndexExpr i = variable("i");
  const IndexExpr half = combine(Op::DivideFloor, {i, constant(2)});
  const IndexExpr clipped = minimum(i, constant(11));
  const IndexExpr scaled = i * variable("N");
  expectSameAsPlain([&](int width) { return movement({i}, {half}, width); });
  expectSameAsPlain([&](int width) { return movement({i, constant(0)}, {clipped, half}, width); });
  expectSameAsPlain([&](int width) { return movement({i}, {combine(Op::DivideExact, {scaled, variable("N")})}, width); });
}

TEST(Lanes, LoopsWithAStep) {
  expectSameAsPlain([&](int width) {
    Kernel kernel = axpy(101);
    kernel.body = rows(axpyCall("i"), width, 3);
    return kernel;
  });
}

TEST(Lanes, GuardsThatDifferFromLaneToLane) {
  expectSameAsPlain([&](int width) {
    Kernel kernel = axpy(61);
    const IndexExpr isEven =
        combine(Op::Equal, {combine(Op::ModuloPositive, {variable("i"), constant(2)}), constant(0)});
    const LoopNode other = call(0, {{variable("i")}, {variable("i")}, {constant(0)}});
    kernel.body = rows(guard(isEven, {axpyCall("i"), other}), width);
    return kernel;
  });
}

TEST(Lanes, GuardsThatHoldForAllLanesOrNone) {
  expectSameAsPlain([&](int width) {
    Kernel kernel = axpy(61);
    const IndexExpr isLarge = combine(Op::Greater, {variable("N"), constant(50)});
    const LoopNode other = call(0, {{variable("i")}, {variable("i")}, {constant(0)}});
    kernel.body = rows(block({guard(isLarge, {axpyCall("i"), other}), guard(isLarge, {other})}), width);
    return kernel;
  });
}

TEST(Lanes, SeveralStatementsInOneGroup) {
  expectSameAsPlain([&](int width) {
    Kernel kernel = axpy(45);
    kernel.statements.push_back(statement({0, 0}, binary(Operator::Multiply, read(1), read(1)), "S1"));
    kernel.body = rows(block({axpyCall("i"), call(1, {{variable("i")}, {variable("i")}})}), width);
    return kernel;
  });
}

TEST(Lanes, SelectsAndCallsInLanes) {
  expectSameAsPlain([&](int width) {
    Kernel kernel = axpy(45);
    const ExprPtr isLess = makeBinary(Operator::Less, ElementType::Int32, read(1), read(2));
    const ExprPtr sine = makeCall("sin", ElementType::Float64, {read(2)});
    const ExprPtr index = makeCast(ElementType::Float64, makeAffine(0, ElementType::Int64));
    kernel.statements = {statement({0, 0, 1}, binary(Operator::Add, makeSelect(isLess, sine, read(1)), index))};
    kernel.body = rows(call(0, {{variable("i")}, {variable("i")}, {variable("i")}}, {constant(7) - variable("i")}), width);
    return kernel;
  });
}

TEST(Lanes, ALoopAmongTheLanesRunsPlainly) {
  expectSameAsPlain([&](int width) {
    Kernel kernel = axpy(33);
    kernel.body = rows(loop("j", constant(0), variable("i"),
                            call(0, {{variable("i")}, {variable("i")}, {variable("j")}})),
                       width);
    return kernel;
  });
}

} // namespace polyloom::test
