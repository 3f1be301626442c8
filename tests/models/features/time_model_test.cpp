#include "models/features/time_model.h"

#include "models/features/thread_exchange.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <numeric>

namespace polyloom {

namespace {

using test::program;
using test::scheduled;

/// The model's parts for one schedule.
struct Modelled {
  NestOutline outline;
  Traffic traffic;
  std::vector<InstanceCost> costs;
  ScheduleTime time;
};

class TimeModel : public ::testing::Test {
protected:
  Modelled model(const Schedule& schedule, std::int64_t size) {
    reader_ = std::make_unique<OutlineReader>(ParameterPoint{{"N", size}});
    Modelled result{.outline = reader_->read(schedule), .traffic = {}, .costs = {}, .time = {}};
    result.traffic = trafficOf(result.outline, machine_, 2);
    result.costs = instanceCosts(result.outline, result.traffic.moves, machine_);
    result.time = timeOf(result.outline, result.traffic, result.costs, machine_, 2);
    return result;
  }

  double exchanged(const Schedule& schedule) {
    const Modelled found = model(schedule, 100);
    const std::vector<double> lines = exchangedLines(found.outline, found.traffic, machine_, 2);
    return std::accumulate(lines.begin(), lines.end(), 0.0);
  }

  MachineFacts machine_;
  std::unique_ptr<OutlineReader> reader_;
};

TEST_F(TimeModel, ExpectsVectorsOnlyWhereCompilersMayMakeThem) {
  const auto lanesOf = [&](const std::string& body) {
    return model(Schedule::original(program("int N, double A[N], double B[N], int C[N], double s[1], int t[1]",
                                            "for (int i = 1; i < N; i++)\n  " + body + "\n")), 1000).costs[0].compilerLanes;
  };
  EXPECT_EQ(lanesOf("A[i] = 2.0 * B[i];"), 4);
  EXPECT_EQ(lanesOf("A[i] = A[i] + B[i - 1];"), 4);
  EXPECT_EQ(lanesOf("A[i] = A[i - 1] + B[i];"), 1); // needs the iteration before
  EXPECT_EQ(lanesOf("s[0] += B[i];"), 1);           // sums stay in order
  EXPECT_EQ(lanesOf("t[0] += C[i];"), 8);           // but integers'
  EXPECT_EQ(lanesOf("A[i] = exp(B[i]);"), 1);
}

TEST_F(TimeModel, WaitsForSumsUnlessChainsRunSideBySide) {
  const ScopPtr scop = program("int N, double A[N][N], double y[N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    y[i] += A[i][j];\n");
  const double alone = model(Schedule::original(scop), 500).costs[0].latency;
  EXPECT_GT(alone, 2);
  EXPECT_NEAR(model(scheduled(scop, {"jam i by 4"}), 500).costs[0].latency, alone / 4, 0.1);
  EXPECT_NEAR(model(scheduled(scop, {"vectorize i by 4"}), 500).costs[0].latency, alone / 4, 0.1);
  EXPECT_EQ(model(scheduled(scop, {"interchange i j"}), 500).costs[0].latency, 0);
}

TEST_F(TimeModel, ShiftedStatementsDoNotWaitForEachOther) {
  const ScopPtr scop = program("int N, double A[N], double B[N]",
                               "for (int i = 1; i < N - 1; i++)\n  B[i] = A[i - 1] + A[i + 1];\n"
                               "for (int i = 1; i < N - 1; i++)\n  A[i] = B[i];\n");
  for (const InstanceCost& cost : model(scheduled(scop, {"shift S1 i_2 by 1", "fuse i i_2"}), 1000).costs)
    EXPECT_FALSE(cost.carriesFlow && cost.carriesSum);
  EXPECT_FALSE(model(scheduled(scop, {"shift S1 i_2 by 1", "fuse i i_2"}), 1000).costs[0].carriesFlow); // A is overwritten later
  EXPECT_TRUE(model(scheduled(scop, {"shift S1 i_2 by 1", "fuse i i_2"}), 1000).costs[1].carriesFlow);  // B comes from the iteration before
}

TEST_F(TimeModel, WhatGoesOnFromStatementToStatementKeepsNeitherWaiting) {
  const ScopPtr scop = program("int N, double A[N], double B[N], double C[N]",
                               "for (int i = 1; i < N; i++) {\n  B[i] = A[i];\n  C[i] = B[i - 1] / 3.0;\n}\n");
  for (const InstanceCost& cost : model(Schedule::original(scop), 1000).costs)
    EXPECT_EQ(cost.latency, 0);
  const ScopPtr ring = program("int N, double A[N], double B[N], double C[N]",
                               "for (int i = 1; i < N; i++) {\n  B[i] = C[i - 1] / 3.0;\n  C[i] = B[i];\n}\n");
  EXPECT_GT(model(Schedule::original(ring), 1000).costs[0].latency, 10) << "a division an iteration";
}

TEST_F(TimeModel, ShortLoopsAreUnrolledAndTheLoopAroundBecomesVectors) {
  const ScopPtr scop = program("int N, double A[N + 4], double C[N], double w[5]",
                               "for (int i = 0; i < N; i++)\n  for (int r = 0; r < 5; r++)\n    C[i] += w[r] * A[i + r];\n");
  const Modelled original = model(Schedule::original(scop), 1000);
  EXPECT_TRUE(original.outline.loops[1].isShort);
  EXPECT_FALSE(original.outline.loops[0].isShort);
  EXPECT_EQ(original.costs[0].compilerLanes, 4);
  EXPECT_EQ(original.costs[0].latency, 0) << "each lane has a sum of its own";
  EXPECT_TRUE(model(scheduled(scop, {"tile r by 8"}), 1000).outline.loops[2].isShort) << "one tile holds it all";
  const Modelled tiled = model(scheduled(scop, {"tile i by 4"}), 1000);
  EXPECT_FALSE(tiled.outline.loops[1].isShort) << "the last tile may be cut";
  EXPECT_TRUE(tiled.outline.loops[2].isShort);
}

TEST_F(TimeModel, ReadsOfTheRowThatIsWrittenForbidVectors) {
  const auto lanesOf = [&](const std::string& first) {
    return model(Schedule::original(program("int N, double A[N][N]", "for (int k = 0; k < N; k++)\n  for (int i = " + first + "; i < N; i++)\n    for (int j = " +
                                            first + "; j < N; j++)\n      A[i][j] -= A[i][k] * A[k][j];\n")), 100).costs[0].compilerLanes;
  };
  EXPECT_EQ(lanesOf("0"), 1) << "j comes by k";
  EXPECT_EQ(lanesOf("k+1"), 4) << "the addresses of both are apart";
}

TEST_F(TimeModel, FewCellsOfABufferCostNothing) {
  const ScopPtr scop = program("int N, double A[N][N], double B[N][N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    B[i][j] = 2.0 * A[j][i];\n");
  const double alone = model(Schedule::original(scop), 400).time.total;
  EXPECT_NEAR(model(scheduled(scop, {"pack A at j"}), 400).time.total / alone, 1, 0.35);
}

TEST_F(TimeModel, ParallelRegionsCost) {
  const ScopPtr scop = program("int N, double A[N][N]", "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    A[i][j] = 1.0;\n");
  EXPECT_EQ(model(scheduled(scop, {"parallel i"}), 100).time.regions, 1);
  EXPECT_EQ(model(scheduled(scop, {"parallel j"}), 100).time.regions, 100);
  EXPECT_EQ(model(scheduled(scop, {"parallel j"}), 100).time.forks, 100 * machine_.forkNanoseconds);
}

TEST_F(TimeModel, ThreadsFindTheirOwnDataUnlessItIsSharedOutDifferently) {
  const ScopPtr scop = program("int N, double A[N][N], double B[N][N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    A[i][j] = 1.0;\n"
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    B[i][j] = A[i][j];\n");
  EXPECT_EQ(exchanged(scheduled(scop, {"parallel i", "parallel i_2"})), 0);
  EXPECT_GT(exchanged(scheduled(scop, {"reverse i_2", "parallel i", "parallel i_2"})), 0);
  EXPECT_GT(exchanged(scheduled(scop, {"interchange i_2 j_2", "parallel i", "parallel j_2"})), 0);
  EXPECT_EQ(exchanged(Schedule::original(scop)), 0);
}

TEST_F(TimeModel, PiecesOfUnevenLoopsMeetInLines) {
  const auto parallel = [&](const std::string& cell) {
    return exchanged(scheduled(program("int N, double A[N][N]", "for (int i = 0; i < N; i++)\n  for (int j = 0; j <= i; j++)\n    " + cell + " = 1.0;\n"), {"parallel i"}));
  };
  EXPECT_GT(parallel("A[j][i]"), 0) << "neighboring columns are other threads'";
  EXPECT_EQ(parallel("A[i][j]"), 0);
}

} // namespace

} // namespace polyloom
