// The oracle of changed storage can say no, for each reason that there is.
#include "core/oracle/storage.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

/// T is alive for two iterations.
ScopPtr producer() {
  static const ScopPtr kProgram = program("int N, double A[N], double B[N]",
                                          "double T[N];\n"
                                          "for (int i = 0; i < N; i++) {\n"
                                          "  T[i] = A[i];\n"
                                          "  B[i] = T[i] + (i > 0 ? T[i - 1] : 1.0);\n"
                                          "}\n");
  return kProgram;
}

std::string faultOf(const ScopPtr& scop, const std::vector<std::string>& steps, const Values& values) {
  return StorageOracle(scop).storageFault(scheduled(scop, steps), values).value_or("");
}

TEST(StorageOracle, MissesValuesThatFewerCellsLose) {
  EXPECT_EQ(faultOf(producer(), {"contract T along i to 2"}, {4}), "");
  EXPECT_EQ(faultOf(producer(), {"contract T along i to 1"}, {4}), "stage 1: S1[1] reads another value");
  EXPECT_EQ(faultOf(producer(), {"contract T along i to 1"}, {1}), "") << "one iteration loses nothing";
}

TEST(StorageOracle, KnowsThatCellsUsedInTurnAreShared) {
  EXPECT_EQ(faultOf(producer(), {"distribute i after S0", "parallel i"}, {3}), "");
  EXPECT_EQ(faultOf(producer(), {"contract T along i to 2", "parallel i"}, {3}),
            "stage 1: S0[0] has to stay before S1[1]");
}

TEST(StorageOracle, FindsWhatAStageLeftOutOfOrder) {
  EXPECT_EQ(faultOf(producer(), {"reverse i", "contract T along i to 2"}, {3}),
            "stage 0: S0[0] has to stay before S1[1]");
}

/// B[j] is read by every i: a buffer of it is filled once per i.
ScopPtr product() {
  static const ScopPtr kProgram =
      program("int N, double A[N][N], double B[N]",
              "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    A[i][j] = A[i][j] * B[j];\n");
  return kProgram;
}

TEST(StorageOracle, GivesEachThreadABufferOfItsOwnUnlessAnotherLoopUsesIt) {
  EXPECT_EQ(faultOf(product(), {"pack B at i", "parallel i"}, {3}), "");
  // At N = 3 nothing is left for the second loop; at other values there is, and code allocates the buffer once.
  EXPECT_NE(faultOf(product(), {"pack B at i", "peel i first 4", "parallel i"}, {3}).find("has to stay before"),
            std::string::npos);
}

TEST(StorageOracle, DeniesFalseClaims) {
  StorageOracle oracle(producer());
  const Schedule tooFew = scheduled(producer(), {"contract T along i to 1"});
  EXPECT_EQ(oracle.deniedBecause(tooFew, {{0, {0}}, {1, {1}}, true}, {2}), "");
  EXPECT_EQ(oracle.deniedBecause(tooFew, {{0, {0}}, {1, {0}}, true}, {2}), "every value is found");
  EXPECT_EQ(oracle.deniedBecause(tooFew, {{0, {0}}, {1, {1}}, false}, {2}),
            "in no stage these two touch a cell and are out of order");
  const Schedule together = scheduled(producer(), {"contract T along i to 2", "parallel i"});
  EXPECT_EQ(oracle.deniedBecause(together, {{0, {0}}, {1, {1}}, false}, {2}), "");
  EXPECT_EQ(oracle.deniedBecause(together, {{0, {0}}, {1, {0}}, false}, {2}),
            "in no stage these two touch a cell and are out of order")
      << "one iteration keeps its order";
}

TEST(StorageOracle, ConfirmsAtSomeThousandInstancesAndGivesUpBeyond) {
  StorageOracle oracle(producer());
  const Schedule together = scheduled(producer(), {"contract T along i to 2", "parallel i"});
  const StorageClaim claim{{0, {0}}, {1, {1}}, false};
  EXPECT_EQ(oracle.deniedBecause(together, claim, {3'000}), "");
  EXPECT_EQ(oracle.deniedBecause(together, claim, {300'000}), std::nullopt);
}

TEST(StorageOracle, RunsThePresentOrderOnOneThread) {
  StorageOracle oracle(producer());
  EXPECT_EQ(oracle.valueFault(scheduled(producer(), {"contract T along i to 2"}), {4}), std::nullopt);
  EXPECT_EQ(oracle.valueFault(scheduled(producer(), {"contract T along i to 2", "reverse i"}), {4}),
            "S1[1] reads another value");
}

} // namespace
} // namespace polyloom::test
