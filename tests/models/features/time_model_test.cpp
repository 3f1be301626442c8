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

} // namespace

} // namespace polyloom
