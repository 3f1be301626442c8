#include "models/features/cache_model.h"

#include "core/cache/simulation.h"
#include "core/codegen/make_kernel.h"
#include "core/generate/random_recipe.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom {

namespace {

using test::program;
using test::scheduled;

/// Three small levels, so that small programs go beyond them.
CacheHierarchy smallCaches() {
  return {.levels = {{.level = 1, .bytes = 4096, .ways = 8}, {.level = 2, .bytes = 65536, .ways = 16}, {.level = 3, .bytes = 1 << 20, .ways = 16}}};
}

/// Lines through a level, as the model says and as the simulated cache counts.
struct Lines {
  double modelled = 0, simulated = 0;
};

std::vector<Lines> linesOf(const Schedule& schedule, const std::map<std::string, std::int64_t>& parameters) {
  const Result<Kernel> kernel = makeKernel(schedule);
  const Result<Simulation> simulation =
      kernel ? simulateCaches(*kernel, parameters, {.caches = smallCaches(), .withLoops = false, .withDistances = false})
             : std::unexpected(kernel.error());
  if (!simulation)
    throw std::runtime_error(simulation.error().message);
  OutlineReader reader(ParameterPoint(parameters.begin(), parameters.end()));
  MachineFacts machine = MachineFacts::of(smallCaches());
  machine.costs.warm = 1; // the simulated caches are empty at first
  const NestOutline outline = reader.read(schedule);
  const Traffic traffic = trafficOf(outline, machine, 1);
  std::vector<Lines> lines(2);
  for (std::size_t level = 0; level < lines.size(); ++level) {
    lines[level].simulated = static_cast<double>(simulation->levels[level].misses);
    for (const auto& statement : traffic.groups)
      for (const GroupTraffic& group : statement)
        lines[level].modelled += group.lines[level];
  }
  return lines;
}

void expectLines(const ScopPtr& scop, const std::vector<std::string>& recipe, const std::map<std::string, std::int64_t>& parameters,
                 double factor) {
  const Schedule schedule = scheduled(scop, recipe);
  SCOPED_TRACE(recipeText(schedule));
  for (const Lines& lines : linesOf(schedule, parameters)) {
    EXPECT_LE(lines.modelled, factor * lines.simulated);
    EXPECT_GE(lines.modelled * factor, lines.simulated);
  }
}

TEST(CacheModel, CountsMatrixProductsInAllOrders) {
  const ScopPtr scop = program("int N, double A[N][N], double B[N][N], double C[N][N]",
                               "for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) for (int k = 0; k < N; k++) "
                               "C[i][j] += A[i][k] * B[k][j];\n");
  for (const std::vector<std::string>& recipe : std::vector<std::vector<std::string>>{
           {}, {"interchange j k"}, {"interchange i j"}, {"interchange i k"}, {"tile i j k by 16 16 16"},
           {"tile j k by 24 24", "interchange i kt"}, {"tile j by 20", "interchange i jt"}})
    expectLines(scop, recipe, {{"N", 100}}, 2.5);
}

TEST(CacheModel, CountsStencilsAndTransposes) {
  const ScopPtr stencil = program("int N, int T, double A[N][N], double B[N][N]",
                                  "for (int t = 0; t < T; t++) {\n"
                                  "  for (int i = 1; i < N - 1; i++) for (int j = 1; j < N - 1; j++) "
                                  "B[i][j] = A[i-1][j] + A[i+1][j] + A[i][j-1] + A[i][j+1];\n"
                                  "  for (int i = 1; i < N - 1; i++) for (int j = 1; j < N - 1; j++) A[i][j] = B[i][j];\n}\n");
  for (const std::vector<std::string>& recipe : std::vector<std::vector<std::string>>{
           {}, {"interchange i j"}, {"tile i j by 8 8", "interchange i_2 j_2"}})
    expectLines(stencil, recipe, {{"N", 150}, {"T", 3}}, 2);
  const ScopPtr transposes = program("int N, double A[N][N], double B[N][N]",
                                     "for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) B[i][j] = A[j][i];\n");
  for (const std::vector<std::string>& recipe : std::vector<std::vector<std::string>>{{}, {"tile i j by 8 8"}, {"interchange i j"}})
    expectLines(transposes, recipe, {{"N", 300}}, 2);
}

TEST(CacheModel, CountsTriangles) {
  const ScopPtr scop = program("int N, double A[N][N], double x[N], double b[N]",
                               "for (int i = 0; i < N; i++) for (int j = 0; j < i; j++) b[i] -= A[i][j] * x[j];\n");
  for (const std::vector<std::string>& recipe : std::vector<std::vector<std::string>>{{}, {"interchange i j"}, {"tile i j by 16 16"}})
    expectLines(scop, recipe, {{"N", 300}}, 2);
}

TEST(CacheModel, FitsSmoothly) {
  EXPECT_GT(fitting(1000, 10'000), 0.99);
  EXPECT_LT(fitting(40'000, 10'000), 0.01);
  EXPECT_GT(fitting(8000, 10'000), fitting(9000, 10'000));
}

TEST(CacheModel, SeesThatJumpsByWholePagesMeetInFewSets) {
  // The second level has 64 sets of 16 ways: of a column in rows of 4096 bytes it holds 16 lines.
  const ScopPtr scop = program("int N, int M, double A[M][N], double B[N]",
                               "for (int j = 0; j < N; j++)\n  for (int i = 0; i < M; i++)\n    B[j] += A[i][j];\n");
  const auto secondLevel = [&](std::int64_t columns) { return linesOf(Schedule::original(scop), {{"N", columns}, {"M", 40}}).back(); };
  for (const std::int64_t columns : {512, 504}) {
    const Lines lines = secondLevel(columns);
    EXPECT_LE(lines.modelled, 2.5 * lines.simulated) << columns;
    EXPECT_GE(2.5 * lines.modelled, lines.simulated) << columns;
  }
  EXPECT_GT(secondLevel(512).simulated, 3 * secondLevel(504).simulated) << "or this compares nothing";
}

} // namespace

} // namespace polyloom
