// Sources in the manner of PolyBench/C: array types and bounds behind macros, a header of their own.
#include "tests/support/programs.h"

#include <filesystem>
#include <fstream>

namespace polyloom::testing {
namespace {

constexpr const char* kHeader = R"(
#ifndef POLY_H
#define POLY_H
#include <stdlib.h>
#include <math.h>
#ifdef SMALL
# define NI 60
# define NJ 70
# define NK 80
#else
# define NI 1000
# define NJ 1100
# define NK 1200
#endif
#ifdef POLYBENCH_USE_SCALAR_LB
# define POLYBENCH_LOOP_BOUND(x, y) x
#else
# define POLYBENCH_LOOP_BOUND(x, y) y
#endif
#define _PB_NI POLYBENCH_LOOP_BOUND(NI, ni)
#define _PB_NJ POLYBENCH_LOOP_BOUND(NJ, nj)
#define _PB_NK POLYBENCH_LOOP_BOUND(NK, nk)
#define DATA_TYPE double
#define SCALAR_VAL(x) x
#define SQRT_FUN(x) sqrt(x)
#define POLYBENCH_2D(var, dim1, dim2, ddim1, ddim2) var[dim1][dim2]
#define POLYBENCH_1D(var, dim1, ddim1) var[dim1]
#endif
)";

constexpr const char* kSource = R"(
#include <stdio.h>
#include "poly.h"

static void init_array(int ni, DATA_TYPE POLYBENCH_2D(C, NI, NJ, ni, nj)) { printf("%f", C[0][ni]); }

static void kernel(int ni, int nj, int nk, DATA_TYPE alpha, DATA_TYPE POLYBENCH_2D(C, NI, NJ, ni, nj),
                   DATA_TYPE POLYBENCH_2D(A, NI, NK, ni, nk), DATA_TYPE POLYBENCH_1D(x, NK, nk))
{
  int i, j, k;
  DATA_TYPE eps = SCALAR_VAL(0.1);
#pragma scop
  for (i = 0; i < _PB_NI; i++) {
    for (j = 0; j < _PB_NJ; j++)
      C[i][j] = SCALAR_VAL(0.0);
    for (k = 0; k < _PB_NK; k++)
      for (j = 0; j < _PB_NJ - 1; j++)
        C[i][j] += alpha * SQRT_FUN(A[i][k]) + x[k] <= eps ? SCALAR_VAL(1.0) : x[k];
  }
#pragma endscop
}

int main(int argc, char** argv) { (void)argv; return argc; }
)";

class PolyBench : public ::testing::Test {
protected:
  void SetUp() override {
    const std::string pattern = (std::filesystem::temp_directory_path() / "polyloom-XXXXXX").string();
    std::vector<char> name(pattern.begin(), pattern.end());
    name.push_back('\0');
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name.data();
    std::filesystem::create_directory(folder_ / "include");
    std::ofstream(folder_ / "include" / "poly.h") << kHeader;
    std::ofstream(folder_ / "kernel.c") << kSource;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Result<std::vector<ScopPtr>> extract(const PreprocessorOptions& options) {
    return extractFile(context_.get(), (folder_ / "kernel.c").string(), options);
  }
  std::string include() const { return (folder_ / "include").string(); }

  IslContext context_;
  std::filesystem::path folder_;
};

TEST_F(PolyBench, OpensAsItComes) {
  const auto scops = extract({.includes = {include()}, .defines = {}});
  ASSERT_TRUE(scops) << toText(scops.error());
  const Scop& scop = *scops->front();
  EXPECT_EQ(scop.parameters.size(), 3U);
  EXPECT_TRUE(isSet(scop.context, "[ni, nj, nk] -> { : ni <= 1000 and nj <= 1100 and nk <= 1200 }"));
  EXPECT_EQ(scop.scalars.at(1).name, "eps");
  EXPECT_EQ(scop.scalars.at(1).value, 0.1);
  EXPECT_EQ(scop.statements[0].text, "C[i][j] = SCALAR_VAL(0.0)");
  EXPECT_TRUE(isSet(scop.statements[1].domain,
                    "[ni, nj, nk] -> { S1[i, k, j] : 0 <= i < ni and 0 <= k < nk and 0 <= j < nj - 1 }"));
}

TEST_F(PolyBench, DefinitionsChooseTheSizes) {
  const auto scops = extract({.includes = {include()}, .defines = {"SMALL", "POLYBENCH_USE_SCALAR_LB=1"}});
  ASSERT_TRUE(scops) << toText(scops.error());
  const Scop& scop = *scops->front();
  EXPECT_TRUE(scop.parameters.empty());
  EXPECT_TRUE(isSet(scop.statements[0].domain, "{ S0[i, j] : 0 <= i < 60 and 0 <= j < 70 }"));
}

TEST_F(PolyBench, AHeaderInTheFilesOwnFolderIsFound) {
  std::filesystem::rename(folder_ / "include" / "poly.h", folder_ / "poly.h");
  EXPECT_TRUE(extract({}));
}

TEST_F(PolyBench, AMissingHeaderIsNamed) {
  const auto scops = extract({});
  ASSERT_FALSE(scops);
  EXPECT_EQ(scops.error().code, "syntax-error");
  EXPECT_EQ(scops.error().message, "'poly.h' file not found");
  EXPECT_EQ(scops.error().range.line, 3);
  EXPECT_EQ(scops.error().notes, std::vector<std::string>{"add the header's folder with -I"});
}

} // namespace
} // namespace polyloom::testing
