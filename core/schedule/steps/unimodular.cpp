#include "core/schedule/steps/unimodular.h"

#include "core/schedule/combine.h"
#include "core/schedule/integer_rows.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace polyloom {

namespace {

using Row = std::vector<std::int64_t>;
using Matrix = std::vector<Row>;

constexpr std::size_t kMaxLoops = 4;

/// The loop that a row only moves, reversed perhaps; nothing for a true sum.
std::optional<std::size_t> movedLoop(const Row& row) {
  const auto isUsed = [](std::int64_t factor) { return factor != 0; };
  const auto used = std::ranges::find_if(row, isUsed);
  if (std::ranges::count_if(row, isUsed) != 1 || std::abs(*used) != 1)
    return std::nullopt;
  return static_cast<std::size_t>(used - row.begin());
}

/// Per row, the old loop whose name and attributes it takes.
std::vector<std::size_t> heirs(const Matrix& matrix) {
  std::vector<bool> isTaken(matrix.size(), false);
  for (const Row& row : matrix)
    if (const std::optional<std::size_t> moved = movedLoop(row))
      isTaken[*moved] = true;
  std::vector<std::size_t> result;
  for (const Row& row : matrix) {
    if (const std::optional<std::size_t> moved = movedLoop(row)) {
      result.push_back(*moved);
      continue;
    }
    const auto next = std::ranges::find(isTaken, false);
    *next = true;
    result.push_back(static_cast<std::size_t>(next - isTaken.begin()));
  }
  return result;
}

Result<ScheduleTree> applyUnimodular(const Schedule& schedule, const Step& step) {
  const std::vector<std::string>& loops = step.words("loops");
  if (loops.size() < 2 || loops.size() > kMaxLoops)
    return failure("wrong-count", fmt::format("unimodular takes two to four loops, found {}", loops.size()));
  const Result<std::vector<TreePtr>> nest = requireDirectNest(schedule.tree(), loops, schedule.program());
  if (!nest)
    return std::unexpected(nest.error());
  if (const Result<void> plain = requireNoLanes(*nest); !plain)
    return std::unexpected(plain.error());
  const Matrix matrix = step.matrix("matrix");
  if (const std::int64_t found = determinant(matrix); std::abs(found) != 1)
    return failure("not-unimodular",
                   fmt::format("the matrix has the determinant {}; it has to be 1 or -1, so that the new loops run "
                               "through the same points without gaps or repetitions", found));
  const std::vector<std::size_t> heir = heirs(matrix);
  TreePtr rebuilt = nest->back()->children.front();
  for (std::size_t depth = nest->size(); depth-- > 0;) {
    std::vector<LoopTerm> terms;
    for (std::size_t k = 0; k < nest->size(); ++k)
      if (matrix[depth][k] != 0)
        terms.push_back({matrix[depth][k], (*nest)[k].get()});
    rebuilt = withChild(withCombination(*(*nest)[heir[depth]], terms), rebuilt);
  }
  return replaceNode(schedule.tree(), nest->front().get(), rebuilt);
}

} // namespace

StepKind unimodularStep() {
  return {.name = "unimodular",
          .form = "unimodular {loops} by {matrix}",
          .summary = "The loops of a nest become sums of each other.",
          .help = "Each row of the matrix makes one new loop, the outermost first: `1 1; 1 0` on i j runs through i + j "
                  "outside and i inside. The determinant has to be 1 or -1. A row that picks one loop keeps that "
                  "loop's name; the other rows take the remaining names in order. Interchange, reversal and skewing of "
                  "a nest in one step (Banerjee 1990; Wolf and Lam 1991).",
          .before = "for i\n  for j\n    S(i, j)",
          .after = "for j = i + j\n  for i\n    S(i, j - i)",
          .example = "unimodular i j by 1 0; 1 1",
          .peers = "LOOPer (as a product of searched moves), Clint in part (reshape)",
          .parameters = {{.name = "loops",
                          .kind = StepParameter::Kind::Loops,
                          .help = "two to four, nested directly, from the outside in"},
                         {.name = "matrix",
                          .kind = StepParameter::Kind::Matrix,
                          .help = "one row of factors per new loop, rows separated by semicolons",
                          .minimum = -1000,
                          .maximum = 1000,
                          .initial = "1 0; 1 1"}},
          .apply = applyUnimodular};
}

} // namespace polyloom
