// What statements compute.
#include "tests/support/programs.h"

namespace polyloom::testing {
namespace {

/// The expression in C's notation, with every cast; reads are r<access>, affine values a<number>, data scalars
/// s<number>.
std::string show(const Expr& expr) {
  const std::string type(cName(expr.type));
  switch (expr.kind) {
  case Expr::Kind::Integer:
    return std::to_string(expr.integer);
  case Expr::Kind::Floating:
    return fmt::format("{:.2f}{}", expr.floating, expr.type == ElementType::Float32 ? "f" : "");
  case Expr::Kind::Read:
    return fmt::format("r{}", expr.index);
  case Expr::Kind::Scalar:
    return fmt::format("s{}", expr.index);
  case Expr::Kind::Affine:
    return fmt::format("a{}", expr.index);
  case Expr::Kind::Unary:
    return fmt::format("{}{}", spelling(expr.op), show(*expr.operands[0]));
  case Expr::Kind::Binary:
    return fmt::format("({} {} {})", show(*expr.operands[0]), spelling(expr.op), show(*expr.operands[1]));
  case Expr::Kind::Select:
    return fmt::format("({} ? {} : {})", show(*expr.operands[0]), show(*expr.operands[1]), show(*expr.operands[2]));
  case Expr::Kind::Cast:
    return fmt::format("({}){}", type, show(*expr.operands[0]));
  case Expr::Kind::Opaque:
    return "opaque";
  case Expr::Kind::Call:
    break;
  }
  std::string call = expr.name + "(";
  for (const ExprPtr& operand : expr.operands)
    call += (call.back() == '(' ? "" : ", ") + show(*operand);
  return call + ")";
}

struct ValueCase {
  const char* name;
  const char* body;
  const char* value; ///< of the last statement
};

void PrintTo(const ValueCase& item, std::ostream* out) {
  *out << item.name;
}

class Values : public ::testing::TestWithParam<ValueCase> {};

TEST_P(Values, AreReadWithAllConversions) {
  const IslContext context;
  const std::string body = fmt::format("for (int i = 0; i < n; i++) {{ {} }}", GetParam().body);
  const ScopPtr scop = extractOne(
      context.get(), "#include <math.h>\n#include <stdlib.h>\n" +
                         inFunction("int n, int k, double x, float y, double A[n], float F[n], int I[n], short H[n], "
                                    "char C[n], long L[n]",
                                    body));
  ASSERT_NE(scop, nullptr);
  const Statement& statement = scop->statements.back();
  EXPECT_EQ(show(*statement.value), GetParam().value);
  EXPECT_EQ(statement.value->type, scop->arrays[static_cast<std::size_t>(statement.accesses[0].array)].element);
}

const ValueCase kValues[] = {
    {"Constant", "A[i] = 1;", "1.00"},
    {"FoldedConstant", "I[i] = 3 * 4 - (int)sizeof(double);", "4"},
    {"FloatConstant", "F[i] = 0.5;", "0.50f"},
    {"NegativeConstant", "A[i] = -2.5;", "-2.50"},
    {"DataScalars", "A[i] = x * y;", "(s0 * (double)s1)"},
    {"IntegerScalar", "I[i] = k;", "s0"},
    {"Iterator", "I[i] = i;", "a0"},
    {"LinearIsAffine", "I[i] = 2 * i - n + 3;", "a0"},
    {"AffineInFloatingPoint", "A[i] = (double)(i + n) / n;", "((double)a0 / (double)a1)"},
    {"ProductIsArithmetic", "I[i] = (i * i) % n;", "((a0 * a0) % a1)"},
    {"DivisionIsArithmetic", "I[i] = i / 2;", "(a0 / 2)"},
    {"Compound", "A[i] += x;", "(r1 + s0)"},
    {"CompoundComputesInTheWiderType", "I[i] *= x;", "(int)((double)r1 * s0)"},
    {"SmallIntegersArePromoted", "H[i] = H[i] + C[i];", "(short)((int)r1 + (int)r2)"},
    {"SmallIncrement", "H[i]++;", "(short)((int)r1 + 1)"},
    {"FloatDecrement", "--F[i];", "(r1 - 1.00f)"},
    {"FloatDivision", "F[i] = F[i] / 3;", "(r1 / 3.00f)"},
    {"Select", "A[i] = F[i] > y ? A[i] : 0;", "((r1 > s0) ? r2 : 0.00)"},
    {"SelectOnAffine", "A[i] = i == 2 ? 1.0 : 0.0;", "((a0 == 2) ? 1.00 : 0.00)"},
    {"SelectOnFloat", "A[i] = F[i] ? 1.0 : 0.0;", "((r1 != 0.00f) ? 1.00 : 0.00)"},
    {"Logic", "I[i] = A[i] > 0 && !I[i];", "((r1 > 0.00) && !r2)"},
    {"Calls", "A[i] = sqrt(fmax(A[i], x)) + abs(I[i]) + sinf(F[i]);",
     "((sqrt(fmax(r1, s0)) + (double)abs(r2)) + (double)sinf(r3))"},
    {"Bits", "L[i] = (L[i] << 2) ^ ~I[i];", "((r1 << (long)2) ^ (long)~r2)"},
    {"Initializer", "double t = A[i]; float u = t; A[i] = u;", "(double)r1"},
    {"CommaMakesTwoStatements", "I[i] = 1, A[i] = 2;", "2.00"},
    {"ChainReadsTheCellThatItsRightSideWrote", "A[i] = I[i] = x;", "(double)r1"},
    {"CompoundChain", "A[i] = F[i] += y;", "(double)r1"},
    {"LongIterator", "L[i] = i;", "a0"},
};
INSTANTIATE_TEST_SUITE_P(Table, Values, ::testing::ValuesIn(kValues), [](const auto& item) { return item.param.name; });

TEST(Values, AChainIsAStatementPerAssignmentRightmostFirst) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), inFunction("int n, double A[n], double x, double y", "x = y = A[0];"));
  ASSERT_NE(scop, nullptr);
  ASSERT_EQ(scop->statements.size(), 2U);
  const auto written = [&](std::size_t s) {
    return scop->arrays[static_cast<std::size_t>(scop->statements[s].accesses[0].array)].name;
  };
  EXPECT_EQ(written(0), "y");
  EXPECT_EQ(written(1), "x");
}

TEST(Values, AffinePartsAreOverTheDomain) {
  const IslContext context;
  const ScopPtr scop =
      extractOne(context.get(), inFunction("int n, int A[n]", "for (int i = 0; i < n; i++) A[i] = 2 * i - n;"));
  ASSERT_NE(scop, nullptr);
  ASSERT_EQ(scop->statements[0].affineValues.size(), 1U);
  EXPECT_TRUE(isValue(scop->statements[0].affineValues[0], "[n] -> { S0[i] -> [2 i - n] }"));
}

} // namespace
} // namespace polyloom::testing
