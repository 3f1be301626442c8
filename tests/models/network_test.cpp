#include "models/networks/network.h"
#include "tests/models/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace polyloom::test {
namespace {

NetworkSpec smallTree() {
  NetworkSpec spec;
  spec.width = 16;
  spec.heads = 2;
  return spec;
}

NetworkSpec smallLooper() {
  NetworkSpec spec{.kind = NetworkKind::Looper};
  spec.computation = 4;
  spec.loop = 2;
  spec.sequence = 8;
  spec.layers = {24, 16, 12};
  return spec;
}

/// A network whose heads say something although it was not trained.
std::unique_ptr<CostNetwork> awake(const NetworkSpec& spec) {
  std::unique_ptr<CostNetwork> network = makeNetwork(spec, tinyTable(), 3).value();
  const at::NoGradGuard noGradients;
  for (const Parameters::Entry& entry : network->parameters().all())
    if (entry.name == "residual.weight" || entry.name == "correction.weight" || entry.name == "scale.weight") {
      at::Tensor tensor = entry.tensor;
      tensor.add_(at::arange(tensor.numel(), at::kFloat).sin().view(tensor.sizes()) * 0.5);
    }
  return network;
}

/// Schedules with one to three statements and paths of one to four loops, and the original of each.
struct Mixed {
  std::vector<ModelInput> schedules, originals;

  explicit Mixed(int count) {
    for (int i = 0; i < count; ++i) {
      schedules.push_back(inputOf(syntheticSchedule(static_cast<std::uint64_t>(i) + 100, i % 3 + 1, -8)));
      vary(schedules.back().looper, i);
      originals.push_back(inputOf(syntheticSchedule(static_cast<std::uint64_t>(i) + 900, i % 3 + 1, -8)));
    }
  }

  /// Several computations in a loop, several nests, a computation outside of all loops, none and many tokens and tags.
  static void vary(LooperFeatures& tree, int number) {
    LooperFeatures::Computation more = tree.computations[0];
    more.loop = number % 5 == 0 ? -1 : 0;
    more.tags.assign(static_cast<std::size_t>(number % 4), LooperFeatures::Tag{1, 2, static_cast<float>(number)});
    more.tokens.resize(number % 3 == 0 ? 0 : more.tokens.size());
    tree.computations.push_back(more);
    more.loop = static_cast<int>(tree.loops.size());
    tree.loops.push_back({.parent = -1, .vector = {3, 1}});
    tree.computations.push_back(more);
  }

  std::vector<InputPair> pairs() const {
    std::vector<InputPair> all;
    for (std::size_t i = 0; i < schedules.size(); ++i)
      all.push_back({&schedules[i], &originals[i]});
    return all;
  }
};

class Networks : public ::testing::TestWithParam<NetworkKind> {
protected:
  NetworkSpec spec() const { return GetParam() == NetworkKind::Looper ? smallLooper() : smallTree(); }
};

INSTANTIATE_TEST_SUITE_P(Kinds, Networks, ::testing::Values(NetworkKind::LoopTree, NetworkKind::Looper));

TEST_P(Networks, SayTheSameInABatchAsOneByOne) {
  const std::unique_ptr<CostNetwork> network = awake(spec());
  const Mixed mixed(24);
  const std::vector<InputPair> pairs = mixed.pairs();
  const NetworkOutput together = network->forward(pairs, false);
  const auto saidBy = [](const NetworkOutput& output) {
    return valuesOf(output.rawSpeedup.defined() ? output.rawSpeedup : output.logSpeedup);
  };
  const std::vector<float> logs = saidBy(together), scales = valuesOf(together.logScale);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const NetworkOutput alone = network->forward(std::span(&pairs[i], 1), false);
    EXPECT_NEAR(saidBy(alone)[0], logs[i], 2e-5) << i;
    EXPECT_NEAR(valuesOf(alone.logScale)[0], scales[i], 2e-5) << i;
  }
  EXPECT_GT(*std::ranges::max_element(logs) - *std::ranges::min_element(logs), 1e-5) << "schedules are told apart";
}

TEST_P(Networks, DoNotMixTheProgramsOfABatch) {
  const std::unique_ptr<CostNetwork> network = awake(spec());
  const Mixed mixed(12), others(30);
  std::vector<InputPair> pairs = mixed.pairs();
  const auto saidOf = [&](std::span<const InputPair> asked) {
    const NetworkOutput output = network->forward(asked, false);
    return valuesOf(output.rawSpeedup.defined() ? output.rawSpeedup : output.logSpeedup);
  };
  std::vector<float> before = saidOf(pairs);
  std::ranges::reverse(pairs);
  std::ranges::reverse(before);
  for (std::size_t i = 12; i < 30; ++i)
    pairs.push_back(others.pairs()[i]);
  const std::vector<float> after = saidOf(pairs);
  for (std::size_t i = 0; i < before.size(); ++i)
    EXPECT_NEAR(before[i], after[i], 2e-5) << i;
}

TEST_P(Networks, SendGradientsToEveryParameter) {
  const std::unique_ptr<CostNetwork> network = awake(spec());
  const Mixed mixed(24);
  const NetworkOutput output = network->forward(mixed.pairs(), true);
  at::Tensor sum = output.logSpeedup.square().sum();
  if (output.rawSpeedup.defined())
    sum = output.rawSpeedup.square().sum();
  if (output.logScale.requires_grad())
    sum = sum + output.logScale.square().sum() + output.logSeconds.square().sum();
  sum.backward();
  for (const Parameters::Entry& entry : network->parameters().all()) {
    if (!entry.isLearned)
      continue;
    ASSERT_TRUE(entry.tensor.grad().defined()) << entry.name;
    EXPECT_TRUE(std::isfinite(entry.tensor.grad().abs().sum().item<float>())) << entry.name;
    const bool isUnread = entry.name == "nests.empty"; // every tree has a loop
    if (!isUnread) {
      EXPECT_GT(entry.tensor.grad().abs().sum().item<float>(), 0) << entry.name;
    }
  }
}

TEST_P(Networks, RefuseInputsOfOtherLengths) {
  const std::unique_ptr<CostNetwork> network = awake(spec());
  ModelInput input = inputOf(syntheticSchedule(1, 2, -8));
  EXPECT_TRUE(network->accepts(input).has_value());
  input.tree.rows[1].push_back(0);
  input.looper.computations[0].vector.push_back(0);
  EXPECT_EQ(network->accepts(input).error().code, "bad-features");
  EXPECT_EQ(network->accepts(ModelInput()).error().code, "bad-features");
}

TEST(LoopTreeNetwork, SaysWhatTheFeaturesModelBeforeItIsTrained) {
  const std::unique_ptr<CostNetwork> network = makeNetwork(smallTree(), tinyTable(), 3).value();
  const ModelInput original = inputOf(syntheticSchedule(1, 2, -8)), schedule = inputOf(syntheticSchedule(2, 2, -6));
  const InputPair pair{&schedule, &original};
  const NetworkOutput output = network->forward(std::span(&pair, 1), false);
  EXPECT_NEAR(valuesOf(output.logSpeedup)[0], -2 * std::log(2.0), 1e-5);
  EXPECT_NEAR(valuesOf(output.logSeconds)[0], std::log(std::exp2(-6) + std::exp2(-5)), 1e-5);
}

TEST(LoopTreeNetwork, GivesTheOriginalASpeedupOfOneExactly) {
  const std::unique_ptr<CostNetwork> network = awake(smallTree());
  const Mixed mixed(9);
  std::vector<InputPair> pairs;
  for (const ModelInput& input : mixed.schedules)
    pairs.push_back({&input, &input});
  for (const float log : valuesOf(network->forward(pairs, false).logSpeedup))
    EXPECT_EQ(log, 0);
}

TEST(LoopTreeNetwork, SeesLoopsAccessesAndTheirPlaces) {
  const std::unique_ptr<CostNetwork> network = awake(smallTree());
  const SyntheticSchedule base = syntheticSchedule(12, 3, -8);
  const ModelInput original = inputOf(base);
  const auto saidOf = [&](const ScheduleFeatures& features) {
    const ModelInput input = inputOf({.features = features, .looper = {}, .seconds = 0});
    const InputPair pair{&input, &original};
    return valuesOf(network->forward(std::span(&pair, 1), false).logSpeedup)[0];
  };
  ScheduleFeatures loop = base.features, path = base.features, access = base.features;
  loop.loops[0].row[1] += 1;
  path.statements[2].loopRows[0][0] += 1;
  access.statements[1].accesses[0].row[0] += 1;
  for (const ScheduleFeatures* changed : {&loop, &path, &access})
    EXPECT_GT(std::abs(saidOf(*changed)), 1e-5);
}

TEST(LoopTreeNetwork, NeedsTheModelledTimes) {
  const FeatureTable table("other", {FeatureTable::Names{"a"}, {"b"}, {"c"}, {"d"}, {"e"}});
  EXPECT_EQ(makeNetwork(smallTree(), table, 1).error().code, "no-such-feature");
}

TEST(Networks, RefuseImpossibleSizes) {
  NetworkSpec spec = smallTree();
  spec.heads = 3;
  EXPECT_EQ(makeNetwork(spec, tinyTable(), 1).error().code, "bad-network");
  spec = smallLooper();
  spec.layers = {};
  EXPECT_EQ(makeNetwork(spec, tinyTable(), 1).error().code, "bad-network");
}

} // namespace
} // namespace polyloom::test
