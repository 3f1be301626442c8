// Sweeps: which points are judged, merged, asked for and told.
#include "app/jobs/sweeping.h"

#include "app/jobs/open.h"
#include "core/isl/context.h"
#include "core/program/dependences.h"
#include "core/snapshot/make_sweep.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace polyloom::test {
namespace {

/// Knows some recipes at once, and the others when it is asked; counts who asks for what.
class FakeEvaluator : public SweepEvaluator {
public:
  std::string source() const override { return "predicted"; }
  Result<std::vector<std::optional<SweepFigure>>> known(std::span<const std::string> recipes) override {
    std::vector<std::optional<SweepFigure>> figures;
    for (const std::string& recipe : recipes)
      figures.push_back(recipe == knownRecipe ? std::optional(figure(7)) : std::nullopt);
    return figures;
  }
  Result<std::vector<SweepFigure>> evaluate(std::span<const std::string> recipes, const Progress& progress) override {
    if (!failure_.empty())
      return failure("no-model", failure_);
    batches.emplace_back(recipes.begin(), recipes.end());
    progress("guessing", 0.5);
    return std::vector<SweepFigure>(recipes.size(), figure(static_cast<double>(batches.size())));
  }
  std::size_t batchSize() const override { return 2; }

  static SweepFigure figure(double speedup) {
    return {.source = "predicted", .speedup = speedup, .low = speedup, .high = speedup};
  }
  std::string knownRecipe, failure_;
  std::vector<std::vector<std::string>> batches;
};

class Sweeping : public ::testing::Test {
protected:
  Sweeping() { open("gemm.c"); }
  void open(const std::string& name) {
    regions_ = openProgram(context_.get(), std::string(POLYLOOM_EXAMPLES) + "/" + name, {});
    dependences_ = *boundedDependences(*scop());
  }
  const ScopPtr& scop() const { return regions_->front(); }
  Result<std::vector<SweepPoint>> sweep(const std::string& recipe, const std::vector<SweepAxis>& axes,
                                        const SweepListener& listener = {}) {
    SweepEvaluator* const evaluators[] = {&evaluator_};
    return sweepRecipes(scop(), dependences_, *makeSweepPoints(*parseRecipe(recipe), axes), evaluators, false, listener);
  }

  IslContext context_;
  Result<std::vector<ScopPtr>> regions_;
  Dependences dependences_;
  FakeEvaluator evaluator_;
};

TEST_F(Sweeping, AsksInBatchesForLegalPointsThatAreNotKnown) {
  evaluator_.knownRecipe = "tile i j by 16 8";
  const auto points = sweep("tile i j by 8 8", {{{0, "sizes", 0}, {4, 8, 16, 32}}});
  ASSERT_TRUE(points) << toText(points.error());
  ASSERT_EQ(evaluator_.batches.size(), 2U);
  EXPECT_EQ(evaluator_.batches[0], (std::vector<std::string>{"tile i j by 4 8", "tile i j by 32 8"})) << "from all over the sweep";
  EXPECT_EQ(evaluator_.batches[1], std::vector<std::string>{"tile i j by 8 8"});
  EXPECT_EQ((*points)[2].figures.at(0).speedup, 7);
  EXPECT_EQ((*points)[1].figures.at(0).speedup, 2);
  for (const SweepPoint& point : *points)
    EXPECT_EQ(point.verdict, SweepVerdict::Legal);
}

TEST_F(Sweeping, ShowsIllegalAndRefusedPointsAsSuchAndAsksForNoneOfThem) {
  open("jacobi-1d.c");
  const auto shifts = sweep("shift S1 j by 1\nfuse i j", {{{0, "amount", 0}, {0, 1, 2}}});
  ASSERT_TRUE(shifts) << toText(shifts.error());
  EXPECT_EQ((*shifts)[0].verdict, SweepVerdict::Illegal);
  EXPECT_TRUE((*shifts)[0].message.starts_with("illegal: S1[")) << (*shifts)[0].message;
  EXPECT_TRUE((*shifts)[0].figures.empty());
  EXPECT_EQ((*shifts)[1].verdict, SweepVerdict::Legal);
  EXPECT_EQ((*shifts)[2].figures.size(), 1U);
  ASSERT_EQ(evaluator_.batches.size(), 1U);
  EXPECT_EQ(evaluator_.batches[0], (std::vector<std::string>{"shift S1 j by 1\nfuse i j", "shift S1 j by 2\nfuse i j"}));
  const auto refused = sweep("tile t by 4\nfuse t i", {{{0, "sizes", 0}, {4, 8}}});
  ASSERT_TRUE(refused);
  EXPECT_EQ((*refused)[0].verdict, SweepVerdict::Refused);
  EXPECT_NE((*refused)[0].message.find("\"fuse t i\" is refused: "), std::string::npos) << (*refused)[0].message;
}

TEST_F(Sweeping, MergesPointsWithTheSameCode) {
  // The factor of a loop that is unrolled again does not matter.
  const auto points = sweep("unroll k by 2\nunroll k by 8", {{{0, "factor", 0}, {2, 4, 16}}});
  ASSERT_TRUE(points);
  EXPECT_EQ((*points)[0].sameAs, -1);
  EXPECT_EQ((*points)[1].sameAs, 0);
  EXPECT_EQ((*points)[2].sameAs, 0);
  ASSERT_EQ(evaluator_.batches.size(), 1U);
  EXPECT_EQ(evaluator_.batches[0].size(), 1U);
  for (const SweepPoint& point : *points)
    EXPECT_EQ(point.figures.at(0).speedup, 1);
}

TEST_F(Sweeping, TellsEveryChangeAsItComes) {
  std::vector<std::size_t> judged;
  std::set<std::size_t> figured;
  std::vector<std::pair<std::size_t, std::size_t>> steps;
  const SweepListener listener{
      [&](std::span<const SweepPoint> points, std::span<const std::size_t> changed) {
        for (const std::size_t p : changed)
          points[p].figures.empty() ? judged.push_back(p) : void(figured.insert(p));
      },
      [&](const std::string&, std::size_t done, std::size_t of) { steps.emplace_back(done, of); }};
  ASSERT_TRUE(sweep("tile i j by 8 8", {{{0, "sizes", 0}, {4, 8}}, {{0, "sizes", 1}, {4, 8}}}, listener));
  EXPECT_EQ(judged, (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(figured.size(), 4U);
  EXPECT_EQ(steps[3], std::pair(std::size_t{4}, std::size_t{4})) << "all judged";
  EXPECT_EQ(steps.back(), std::pair(std::size_t{3}, std::size_t{4})) << "half of the last two";
}

TEST_F(Sweeping, FailsAsItsEvaluatorDoes) {
  evaluator_.failure_ = "there is no model";
  const auto points = sweep("tile i j by 8 8", {{{0, "sizes", 0}, {4, 8}}});
  ASSERT_FALSE(points);
  EXPECT_EQ(points.error().code, "no-model");
}

} // namespace
} // namespace polyloom::test
