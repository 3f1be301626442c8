// The thirty kernels of PolyBench/C 4.2.1: each opens, has the statements and loops of its definition and, at the size
// MINI, as many instances as its loops have by hand.
#include "core/isl/sets.h"
#include "core/program/dependences.h"
#include "tests/support/programs.h"

#include <filesystem>
#include <set>

namespace polyloom::testing {
namespace {

struct Kernel {
  const char* name;
  std::size_t statements, loops;
  long instances; ///< at MINI
};
void PrintTo(const Kernel& kernel, std::ostream* out) { *out << kernel.name; }

/// Pairs and triples of different numbers below n, in ascending order.
constexpr long pairs(long n) { return n * (n - 1) / 2; }
constexpr long triples(long n) { return n * (n - 1) * (n - 2) / 6; }

const Kernel kKernels[] = {
    {"correlation", 15, 9, 28 * (2 + 32) + 28 * (4 + 32) + 2 * 32 * 28 + 27 + pairs(28) * (2 + 32) + 1},
    {"covariance", 8, 7, 28 * (2 + 32) + 32 * 28 + pairs(29) * (3 + 32)},
    {"2mm", 4, 6, 16 * 18 * (1 + 22) + 16 * 24 * (1 + 18)},
    {"3mm", 6, 9, 16 * 18 * (1 + 20) + 18 * 22 * (1 + 24) + 16 * 22 * (1 + 18)},
    {"atax", 4, 4, 42 + 38 * (1 + 2 * 42)},
    {"bicg", 4, 3, 38 + 42 * (1 + 2 * 38)},
    {"doitgen", 3, 5, 10 * 8 * (12 * (1 + 12) + 12)},
    {"mvt", 2, 4, 2 * 40 * 40},
    {"gemm", 2, 4, 20 * (25 + 30 * 25)},
    {"gemver", 4, 7, 3 * 40 * 40 + 40},
    {"gesummv", 5, 2, 30 * (3 + 2 * 30)},
    {"symm", 4, 3, 20 * 30 * 2 + pairs(20) * 30 * 2},
    {"syr2k", 2, 4, pairs(31) * (1 + 20)},
    {"syrk", 2, 4, pairs(31) * (1 + 20)},
    {"trmm", 2, 3, 30 * (pairs(20) + 20)},
    {"cholesky", 4, 4, triples(40) + 2 * pairs(40) + 40},
    {"durbin", 10, 4, 3 + 39 * 4 + 3 * pairs(40)},
    {"gramschmidt", 7, 6, 30 * (2 + 2 * 20) + pairs(30) * (1 + 2 * 20)},
    {"lu", 3, 5, triples(40) + pairs(40) + triples(41)},
    {"ludcmp", 12, 9, triples(40) + 2 * pairs(40) + triples(41) + 2 * pairs(41) + 2 * (2 * 40 + pairs(40))},
    {"trisolv", 3, 2, 2 * 40 + pairs(40)},
    {"deriche", 47, 12, 13 + 2 * 64 * (3 + 4 * 64) + 2 * 64 * (4 + 5 * 64) + 2 * 64 * 64},
    {"floyd-warshall", 1, 3, 60 * 60 * 60},
    {"nussinov", 5, 3, 3 * pairs(60) + triples(60)},
    {"adi", 27, 7, 13 + 20 * 2 * 18 * (4 + 3 * 18)},
    {"fdtd-2d", 4, 8, 20 * (30 + 19 * 30 + 20 * 29 + 19 * 29)},
    {"heat-3d", 2, 7, 20 * 2 * 8 * 8 * 8},
    {"jacobi-1d", 2, 3, 20 * 2 * 28},
    {"jacobi-2d", 2, 5, 20 * 2 * 28 * 28},
    {"seidel-2d", 1, 3, 20 * 38 * 38},
};

std::string folder() { return std::string(POLYLOOM_EXAMPLES) + "/polybench"; }

class PolyBenchKernel : public ::testing::TestWithParam<Kernel> {};

TEST_P(PolyBenchKernel, IsThatOfItsDefinition) {
  const Kernel& expected = GetParam();
  const IslContext context;
  const auto scops = extractFile(context.get(), folder() + "/" + expected.name + ".c");
  ASSERT_TRUE(scops) << toText(scops.error());
  const Scop& scop = *scops->front();
  EXPECT_EQ(scop.statements.size(), expected.statements);
  EXPECT_EQ(scop.loops.size(), expected.loops);

  std::vector<std::string> names;
  for (const Preset& preset : scop.presets) {
    names.push_back(preset.name);
    EXPECT_EQ(preset.values.size(), scop.parameters.size()) << preset.name;
    EXPECT_FALSE(atParameters(scop.context, preset.values).is_empty()) << preset.name;
  }
  ASSERT_EQ(names, (std::vector<std::string>{"MINI", "SMALL", "MEDIUM", "LARGE", "EXTRALARGE"}));
  double instances = 0;
  for (const Statement& statement : scop.statements)
    instances += countPoints(atParameters(statement.domain, scop.presets.front().values));
  EXPECT_EQ(static_cast<long>(instances), expected.instances);

  const Result<Dependences> dependences = boundedDependences(scop);
  ASSERT_TRUE(dependences) << toText(dependences.error());
  EXPECT_FALSE(dependences->all().empty());
}

INSTANTIATE_TEST_SUITE_P(, PolyBenchKernel, ::testing::ValuesIn(kKernels), [](const auto& item) {
  std::string name = item.param.name;
  std::erase(name, '-');
  return name;
});

TEST(PolyBenchKernels, AreThirty) {
  std::set<std::string> listed, found;
  for (const Kernel& kernel : kKernels)
    listed.insert(kernel.name);
  for (const auto& entry : std::filesystem::directory_iterator(folder()))
    if (entry.path().extension() == ".c")
      found.insert(entry.path().stem().string());
  EXPECT_EQ(listed, found);
  EXPECT_EQ(found.size(), 30U);
}

} // namespace
} // namespace polyloom::testing
