#include "core/legality/at_once.h"

#include "core/legality/witness.h"
#include "core/schedule/integer_rows.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>

namespace polyloom {

namespace {

using Row = IntegerRow;
using Rows = std::vector<Row>;
using Verdict = LegalityReport::Verdict;

constexpr std::size_t kMaxLoops = 4;
constexpr int kMaxChecks = 40;

std::int64_t product(const Row& a, const Row& b) { return std::inner_product(a.begin(), a.end(), b.begin(), std::int64_t{0}); }

bool isZero(const Row& row) { return std::ranges::all_of(row, [](std::int64_t x) { return x == 0; }); }

Row primitive(Row row) {
  std::int64_t divisor = 0;
  for (const std::int64_t x : row)
    divisor = std::gcd(divisor, x);
  for (std::int64_t& x : row)
    x /= std::max<std::int64_t>(divisor, 1);
  return row;
}

/// Independent rows with the same span, in echelon form: fraction-free elimination, each row made primitive.
Rows spanOf(const Rows& rows) {
  Rows basis;
  for (Row row : rows) {
    for (const Row& known : basis) {
      const auto pivot = static_cast<std::size_t>(std::ranges::find_if(known, [](std::int64_t x) { return x != 0; }) -
                                                  known.begin());
      const std::int64_t factor = row[pivot];
      for (std::size_t k = 0; factor != 0 && k < row.size(); ++k)
        row[k] = row[k] * known[pivot] - factor * known[k];
      row = primitive(std::move(row));
    }
    if (!isZero(row))
      basis.push_back(primitive(std::move(row)));
  }
  return basis;
}

/// All primitive rows with small entries that are orthogonal to the span, the simplest first.
Rows orthogonalTo(const Rows& span, std::size_t size) {
  const std::int64_t most = size <= 3 ? 4 : 2;
  Rows found;
  Row row(size, -most);
  const auto next = [&] {
    for (std::int64_t& x : row) {
      if (++x <= most)
        return true;
      x = -most;
    }
    return false;
  };
  do {
    if (!isZero(row) && primitive(row) == row && std::ranges::all_of(span, [&](const Row& d) { return product(row, d) == 0; }))
      found.push_back(row);
  } while (next());
  std::ranges::sort(found, {}, [](const Row& r) {
    std::int64_t sum = 0, negatives = 0;
    for (const std::int64_t x : r) {
      sum += std::abs(x);
      negatives += x < 0;
    }
    Row outerFirst = r;
    for (std::int64_t& x : outerFirst)
      x = -x;
    return std::tuple(sum, negatives, outerFirst);
  });
  return found;
}

/// The rows with old loops, in their order, below: a unimodular matrix; nothing where old loops do not suffice.
std::optional<Rows> completed(const Rows& outer, std::size_t size) {
  if (size == 2 && outer.size() == 1 && outer[0][0] != 0 && outer[0][1] == 1)
    return Rows{outer[0], {1, 0}}; // what a skew and an interchange make
  std::vector<int> isKept(size, 0);
  std::fill(isKept.begin() + static_cast<std::ptrdiff_t>(outer.size()), isKept.end(), 1);
  do {
    Rows matrix = outer;
    for (std::size_t k = 0; k < size; ++k)
      if (isKept[k] != 0) {
        matrix.emplace_back(size, 0);
        matrix.back()[k] = 1;
      }
    if (std::abs(determinant(matrix)) == 1)
      return matrix;
  } while (std::ranges::next_permutation(isKept).found);
  return std::nullopt;
}

Step parsed(const std::string& line) { return *parseStep(line); }

/// The change of the nest in the words that people use: nothing, an interchange, the textbook's skew and interchange, or
/// else the matrix.
std::vector<Step> stepsFor(const Rows& matrix, const std::vector<std::string>& loops) {
  Rows identity(loops.size(), Row(loops.size(), 0));
  for (std::size_t k = 0; k < loops.size(); ++k)
    identity[k][k] = 1;
  if (matrix == identity)
    return {};
  if (loops.size() == 2 && matrix[0][1] == 1 && matrix[1] == Row{1, 0}) {
    const Step interchange = parsed(fmt::format("interchange {} {}", loops[0], loops[1]));
    if (matrix[0][0] == 0)
      return {interchange};
    return {parsed(fmt::format("skew {} by {} {}", loops[1], matrix[0][0], loops[0])), interchange};
  }
  std::vector<std::string> rows;
  for (const Row& row : matrix)
    rows.push_back(fmt::format("{}", fmt::join(row, " ")));
  return {parsed(fmt::format("unimodular {} by {}", fmt::join(loops, " "), fmt::join(rows, "; ")))};
}

/// "t + i", "2·t - j".
std::string sumText(const Row& row, const std::vector<std::string>& loops) {
  std::string text;
  for (std::size_t k = 0; k < row.size(); ++k) {
    if (row[k] == 0)
      continue;
    text += text.empty() ? (row[k] < 0 ? "-" : "") : (row[k] < 0 ? " - " : " + ");
    text += std::abs(row[k]) == 1 ? loops[k] : fmt::format("{}·{}", std::abs(row[k]), loops[k]);
  }
  return text;
}

/// The loops of the request's nest, the ones in between included, and the rows over them all.
struct Nest {
  std::vector<std::string> loops;
  Rows differences;
};

/// The rows' differences over some loops, 0 for those that were not asked for.
Rows differencesOver(const std::vector<std::string>& loops, const ChosenPlaces& chosen) {
  Rows differences;
  for (const Row& row : chosen.rows) {
    Row& difference = differences.emplace_back();
    for (const std::string& loop : loops) {
      const auto column = static_cast<std::size_t>(std::ranges::find(chosen.loops, loop) - chosen.loops.begin());
      difference.push_back(column < row.size() ? row[column] - chosen.rows.front()[column] : 0);
    }
  }
  return differences;
}

Result<Nest> nestOf(const Schedule& schedule, const ChosenPlaces& chosen) {
  const Result<std::vector<TreePtr>> inner = requireLoop(schedule.tree(), chosen.loops.back());
  if (!inner)
    return std::unexpected(inner.error());
  std::vector<std::string> loops;
  for (const TreePtr& node : *inner)
    if (node->isLoop() && (!loops.empty() || node->name == chosen.loops.front()))
      loops.push_back(node->name);
  if (loops.empty())
    return failure("not-nested", fmt::format("{} is not around {}", chosen.loops.front(), chosen.loops.back()));
  if (loops.size() > 1)
    if (const auto direct = requireDirectNest(schedule.tree(), loops, schedule.program()); !direct) {
      // Loops that all places have the same value of may stay where they are.
      const Rows differences = differencesOver(loops, chosen);
      const bool isSame = std::ranges::all_of(differences, [](const Row& row) { return row.front() == 0; });
      if (!isSame)
        return std::unexpected(direct.error());
      ChosenPlaces inside = chosen;
      inside.loops.erase(inside.loops.begin());
      for (Row& row : inside.rows)
        row.erase(row.begin());
      return nestOf(schedule, inside);
    }
  if (loops.size() > kMaxLoops)
    return failure("wrong-count", fmt::format("at most {} loops can be turned together; {} lie between {} and {}",
                                              kMaxLoops, loops.size(), loops.front(), loops.back()));
  return Nest{loops, differencesOver(loops, chosen)};
}

/// Tries nests until one is legal.
class Search {
public:
  Search(const Schedule& schedule, const Dependences& dependences, const LegalityOptions& options, const Nest& nest)
      : schedule_(schedule), dependences_(dependences), options_(options), nest_(nest), span_(spanOf(nest.differences)) {
  }

  Result<AtOnce> run() {
    const std::size_t size = nest_.loops.size(), outer = size - span_.size();
    const Rows candidates = orthogonalTo(span_, size);
    std::optional<AtOnce> found = outer == 0 ? tried({}) : std::nullopt;
    for (std::size_t a = 0; outer >= 1 && a < candidates.size() && !found && checks_ < kMaxChecks; ++a) {
      if (outer == 1)
        found = tried({candidates[a]});
      for (std::size_t b = 0; outer >= 2 && b < candidates.size() && !found && checks_ < kMaxChecks; ++b)
        found = tried(withRest({candidates[a], candidates[b]}, candidates, outer));
    }
    if (found)
      return *found;
    return failure("not-at-once", reason_.empty() ? "no whole-numbered order of these loops runs the chosen places at once"
                                                  : reason_);
  }

private:
  /// More orthogonal rows, independent of those before, up to `count`.
  static Rows withRest(Rows rows, const Rows& candidates, std::size_t count) {
    for (std::size_t c = 0; c < candidates.size() && rows.size() < count; ++c) {
      rows.push_back(candidates[c]);
      if (spanOf(rows).size() < rows.size())
        rows.pop_back();
    }
    return rows;
  }

  std::optional<AtOnce> tried(const Rows& outer) {
    if (spanOf(outer).size() < outer.size())
      return std::nullopt;
    const std::optional<Rows> matrix = completed(outer, nest_.loops.size());
    if (!matrix)
      return std::nullopt;
    AtOnce answer{.steps = stepsFor(*matrix, nest_.loops), .loop = {}, .sentence = {}};
    const Replay turned = replay(schedule_, answer.steps);
    if (turned.refusal) {
      remember(turned.refusal->message);
      return std::nullopt;
    }
    const std::vector<std::string> inner = innerLoops(turned.schedule, outer.size());
    answer.loop = inner.front();
    answer.steps.push_back(parsed(fmt::format("parallel {}", answer.loop)));
    const Result<Schedule> finished = apply(turned.schedule, answer.steps.back());
    if (!finished) {
      remember(finished.error().message);
      return std::nullopt;
    }
    ++checks_;
    const LegalityReport report = checkLegality(*finished, dependences_, options_);
    const auto carrying = std::ranges::find_if(inner, [&](const std::string& l) { return report.carryingLoops.contains(l); });
    if (report.verdict == Verdict::Legal && carrying == inner.end()) {
      answer.sentence = sentenceOf(*matrix, outer.size(), answer.loop);
      return answer;
    }
    remember(whyNot(report, outer, carrying == inner.end() ? "" : *carrying));
    return std::nullopt;
  }

  /// The new nest's loops from `depth` on.
  std::vector<std::string> innerLoops(const Schedule& turned, std::size_t depth) const {
    std::vector<std::string> deepest;
    for (const std::string& loop : nest_.loops) {
      std::vector<std::string> path;
      for (const TreePtr& node : pathToLoop(turned.tree(), loop))
        if (node->isLoop() && std::ranges::find(nest_.loops, node->name) != nest_.loops.end())
          path.push_back(node->name);
      if (path.size() > deepest.size())
        deepest = path;
    }
    deepest.erase(deepest.begin(), deepest.begin() + static_cast<std::ptrdiff_t>(depth));
    return deepest;
  }

  std::string sentenceOf(const Rows& matrix, std::size_t outer, const std::string& loop) const {
    if (outer == 0)
      return fmt::format("the chosen places run at once: no dependence is carried by {}", joinWords(nest_.loops));
    std::vector<std::string> sums;
    for (std::size_t r = 0; r < outer; ++r)
      sums.push_back(sumText(matrix[r], nest_.loops));
    return fmt::format("the chosen places have equal {}, which carries every dependence between them; {} runs in parallel",
                       joinWords(sums), loop);
  }

  std::string whyNot(const LegalityReport& report, const Rows& outer, const std::string& carrying) const {
    std::vector<std::string> sums;
    for (const Row& row : outer)
      sums.push_back(sumText(row, nest_.loops));
    const std::string order = sums.empty() ? "with all of them at once"
                                           : fmt::format("in the order of {}", joinWords(sums));
    if (report.verdict == Verdict::Unknown)
      return fmt::format("{}: unknown, {}", order, report.reason);
    if (report.violations.empty())
      return fmt::format("{}, {} still carries a dependence", order, carrying);
    return fmt::format("{}, {}", order, findWitnesses(report).front().sentence);
  }

  /// The simplest order's reason is the one to tell.
  void remember(const std::string& reason) {
    if (reason_.empty())
      reason_ = reason;
  }

  const Schedule& schedule_;
  const Dependences& dependences_;
  const LegalityOptions& options_;
  const Nest& nest_;
  Rows span_;
  int checks_ = 0;
  std::string reason_;
};

} // namespace

Result<AtOnce> runAtOnce(const ScopPtr& scop, const Dependences& dependences, const std::vector<Step>& recipe,
                         const ChosenPlaces& chosen, const LegalityOptions& options) {
  const std::set<Row> places(chosen.rows.begin(), chosen.rows.end());
  if (chosen.loops.empty() || places.size() < 2)
    return failure("one-place", "choose two places or more that should run at once");
  const Replay replayed = replay(scop, recipe);
  if (replayed.refusal)
    return std::unexpected(*replayed.refusal);
  const Result<Nest> nest = nestOf(replayed.schedule, chosen);
  if (!nest)
    return std::unexpected(nest.error());
  return Search(replayed.schedule, dependences, options, *nest).run();
}

} // namespace polyloom
