#include "core/schedule/steps/reorder.h"

#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

#include <functional>

namespace polyloom::test {
namespace {

ScopPtr threeStatements() {
  return program("int N, double A[N], double B[N], double C[N]",
                 "for (int i = 0; i < N; i++) {\n  A[i] = 1.0;\n  B[i] = 2.0;\n  C[i] = 3.0;\n}\n");
}

/// The statements in the order of the tree.
std::string orderOf(const Schedule& schedule) {
  std::string order;
  const std::function<void(const TreeNode&)> visit = [&](const TreeNode& node) {
    if (node.kind == TreeNode::Kind::Leaf)
      order += (order.empty() ? "" : " ") + statementsBelow(node, schedule.program()).front();
    for (const TreePtr& child : node.children)
      visit(*child);
  };
  visit(*schedule.tree().root());
  return order;
}

TEST(Reorder, MovesTheFirstDirectlyBeforeTheSecond) {
  EXPECT_EQ(orderOf(scheduled(threeStatements(), {"reorder S2 S0"})), "S2 S0 S1");
  EXPECT_EQ(orderOf(scheduled(threeStatements(), {"reorder S1 S0"})), "S1 S0 S2");
  EXPECT_EQ(orderOf(scheduled(threeStatements(), {"reorder S0 S2"})), "S1 S0 S2");
}

TEST(Reorder, MovesWholeLoopsOfTheInnermostSharedBody) {
  EXPECT_EQ(codeAfter(named("imperfect"), {"reorder S2 S1"}), R"(
for (long i = 0; i <= N - 1; i++) {
  s[i] = 0.0;
  x[i] = s[i];
  for (long j = 0; j <= N - 1; j++)
    s[i] = s[i] + A[i][j] * x[j];
}
)");
  EXPECT_EQ(loopNames(scheduled(named("blur"), {"reorder S1 S0"}).tree()),
            (std::vector<std::string>{"y", "x", "i", "j"}));
}

TEST(Reorder, TakesTheCopiesInTheNamedLoop) {
  EXPECT_EQ(orderOf(scheduled(threeStatements(), {"split i at 2", "reorder S2 S0 in i_2"})), "S0 S1 S2 S2 S0 S1");
  EXPECT_EQ(orderOf(scheduled(threeStatements(), {"split i at 2", "reorder S2 S0 in i"})), "S2 S0 S1 S0 S1 S2");
}

TEST(Reorder, RefusesWhatIsInPlace) {
  expectRefused(threeStatements(), {"reorder S0 S1"}, "in-order", "S0 comes directly before S1 already");
  expectRefused(threeStatements(), {"reorder S0 S0"}, "repeated-statement", "S0 is named twice");
}

TEST(Reorder, RefusesCopiesWithoutALoop) {
  expectRefused(threeStatements(), {"split i at 2", "reorder S2 S0"}, "copies",
                "S2 has several copies; name a loop around the ones meant: in i or in i_2");
  expectRefused(threeStatements(), {"distribute i after S0", "split i_2 at 2", "reorder S1 S0"}, "copies",
                "S1 and S0 share no body in which each stands once: S1 has several copies");
}

TEST(Reorder, RefusesNamesThatAreNotThere) {
  expectRefused(threeStatements(), {"reorder S0 S9"}, "unknown-statement", "no statement is called S9; the statements are S0, S1 and S2");
  expectRefused(threeStatements(), {"reorder S0 S2 in z"}, "unknown-loop", "no loop is called z; the loops are i");
  expectRefused(threeStatements(), {"distribute i after S0", "reorder S1 S0 in i"}, "not-nested", "S1 is not inside i");
}

} // namespace
} // namespace polyloom::test
