#include "core/schedule/steps/skew.h"

#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace polyloom {

namespace {

/// The sum of quotients of loop + factor · along, for the statements whose values are that.
std::map<std::string, std::vector<Quotient>> addQuotients(const TreeNode& loop, std::int64_t factor,
                                                          const TreeNode& along) {
  std::map<std::string, std::vector<Quotient>> sums;
  for (const auto& [statement, value] : loop.values) {
    std::vector<Quotient> sum = quotientsOf(loop, statement);
    const std::vector<Quotient> added = quotientsOf(along, statement);
    if (sum.empty() || added.empty())
      continue;
    for (const Quotient& quotient : added) {
      const auto same = std::ranges::find_if(sum, [&](const Quotient& q) { return isSameQuotient(q, quotient); });
      if (same == sum.end())
        sum.push_back({factor * quotient.factor, quotient.size, quotient.base});
      else
        same->factor += factor * quotient.factor;
    }
    std::erase_if(sum, [](const Quotient& quotient) { return quotient.factor == 0; });
    if (sum.empty())
      continue;
    sums.emplace(statement, std::move(sum));
  }
  return sums;
}

Result<ScheduleTree> applySkew(const Schedule& schedule, const Step& step) {
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const Result<std::vector<TreePtr>> alongPath = requireLoop(schedule.tree(), step.word("along"));
  if (!alongPath)
    return std::unexpected(alongPath.error());
  const TreeNode& loop = *path->back();
  const TreeNode& along = *alongPath->back();
  const bool encloses = &loop != &along && std::any_of(path->begin(), path->end(), [&](const TreePtr& node) {
    return node.get() == &along;
  });
  if (!encloses)
    return failure("not-enclosing", fmt::format("{} does not enclose {}; a loop is skewed along one around it",
                                                along.name, loop.name));
  const std::int64_t factor = step.integer("factor");
  TreeNode skewed = loop;
  skewed.values = addScaled(loop.values, factor, along.values);
  skewed.stride = std::gcd(loop.stride, factor * along.stride);
  skewed.sums = addQuotients(loop, factor, along);
  skewed.tileSize = 0;
  skewed.bases.clear();
  return replaceNode(schedule.tree(), &loop, std::make_shared<const TreeNode>(std::move(skewed)));
}

} // namespace

StepKind skewStep() {
  return {.name = "skew",
          .form = "skew {loop} by {factor} {along}",
          .summary = "A loop's values grow with an outer loop's.",
          .help = "`skew j by f i` sets j := j + f·i. Always legal by itself: it turns dependences that point backwards "
                  "along j into forward ones, so that the band can be tiled or interchanged afterwards.",
          .before = "for i\n  for j = 0 .. N-1\n    S(i, j)",
          .after = "for i\n  for j = f*i .. N-1+f*i\n    S(i, j - f*i)",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "the loop whose values change"},
                         {.name = "factor",
                          .kind = StepParameter::Kind::Integer,
                          .help = "how much it moves per value of the outer loop",
                          .minimum = -1000,
                          .maximum = 1000,
                          .initial = "1"},
                         {.name = "along", .kind = StepParameter::Kind::Loop, .help = "a loop around it"}},
          .apply = applySkew};
}

} // namespace polyloom
