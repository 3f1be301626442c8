// What every reader computes from a cell of a buffer is computed where the cell is copied.
#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

const char* const kArguments = "int N, double f, float g, double C[N][N], double A[N][N], double B[N][N], float F[N][N]";

std::string codeOf(const std::string& statement, const std::string& pack) {
  return codeAfter(program(kArguments, "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    for (int k = 0; k < N; k++)\n      " +
                                           statement + ";\n"), {pack});
}

void expectCode(const std::string& statement, const std::string& pack, const std::string& copy, const std::string& use) {
  const std::string text = codeOf(statement, pack);
  EXPECT_NE(text.find(copy + ";\n"), std::string::npos) << text;
  EXPECT_NE(text.find(use + ";\n"), std::string::npos) << text;
}

TEST(ComputedCopies, MultiplyOnce) {
  expectCode("C[i][j] += f * A[i][k] * B[k][j]", "pack A at i", "A_i[0][k_2] = f * A[i][k_2]",
             "C[i][j] = C[i][j] + A_i[0][k] * B[k][j]");
  expectCode("C[i][j] += B[k][j] * -(A[i][k] / 3.0)", "pack A at i", "A_i[0][k_2] = -(A[i][k_2] / 3.0)",
             "C[i][j] = C[i][j] + B[k][j] * A_i[0][k]");
}

TEST(ComputedCopies, LeaveWhatIsRoundedElsewhere) {
  expectCode("C[i][j] += A[i][k] * B[k][j] * f", "pack A at i", "A_i[0][k_2] = A[i][k_2]",
             "C[i][j] = C[i][j] + A_i[0][k] * B[k][j] * f");
}

TEST(ComputedCopies, LeaveWhatIsNotOfTheBuffersType) {
  expectCode("C[i][j] += f * F[i][k]", "pack F at i", "F_i[0][k_2] = F[i][k_2]", "C[i][j] = C[i][j] + f * (double)F_i[0][k]");
  expectCode("C[i][j] += f * (g * F[i][k])", "pack F at i", "F_i[0][k_2] = g * F[i][k_2]",
             "C[i][j] = C[i][j] + f * (double)F_i[0][k]");
}

TEST(ComputedCopies, NeedAllReadersToAgree) {
  expectCode("C[i][j] += f * A[i][k] + A[i][k]", "pack A at i", "A_i[0][k_2] = A[i][k_2]",
             "C[i][j] = C[i][j] + (f * A_i[0][k] + A_i[0][k])");
  expectCode("C[i][j] += f * A[i][k] + 2.0 * A[i][k]", "pack A at i", "A_i[0][k_2] = A[i][k_2]",
             "C[i][j] = C[i][j] + (f * A_i[0][k] + 2.0 * A_i[0][k])");
}

TEST(ComputedCopies, LeaveABufferThatIsWrittenAndCopiedBack) {
  expectCode("A[i][k] += f * A[i][k]", "pack A at i", "A_i[0][k_2] = A[i][k_2]",
             "A_i[0][k] = A_i[0][k] + f * A_i[0][k]");
}

} // namespace
} // namespace polyloom::test
