#include "core/schedule/integer_rows.h"

#include <cmath>
#include <cstddef>
#include <utility>

namespace polyloom {

namespace {

/// Brings an equation with a factor at `column` to row `row` and clears the column everywhere else.
bool eliminate(std::vector<std::vector<double>>& equations, std::size_t row, std::size_t column) {
  std::size_t pivot = row;
  for (std::size_t r = row; r < equations.size(); ++r)
    if (std::abs(equations[r][column]) > std::abs(equations[pivot][column]))
      pivot = r;
  if (row >= equations.size() || std::abs(equations[pivot][column]) < 1e-9)
    return false;
  std::swap(equations[row], equations[pivot]);
  for (std::size_t r = 0; r < equations.size(); ++r) {
    const double factor = r == row ? 0 : equations[r][column] / equations[row][column];
    for (std::size_t c = 0; factor != 0 && c < equations[r].size(); ++c)
      equations[r][c] -= factor * equations[row][c];
  }
  return true;
}

} // namespace

std::optional<IntegerRow> combinationOf(const std::vector<IntegerRow>& rows, const IntegerRow& target) {
  // One equation per component, one unknown per row; small numbers, so that rounding finds the integers.
  std::vector<std::vector<double>> equations(target.size(), std::vector<double>(rows.size() + 1));
  for (std::size_t c = 0; c < target.size(); ++c) {
    for (std::size_t k = 0; k < rows.size(); ++k)
      equations[c][k] = static_cast<double>(rows[k][c]);
    equations[c][rows.size()] = static_cast<double>(target[c]);
  }
  IntegerRow result(rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k)
    if (!eliminate(equations, k, k))
      return std::nullopt;
  for (std::size_t k = 0; k < rows.size(); ++k)
    result[k] = std::llround(equations[k].back() / equations[k][k]);
  // The answer counts only where it is exact.
  for (std::size_t c = 0; c < target.size(); ++c) {
    std::int64_t sum = 0;
    for (std::size_t k = 0; k < rows.size(); ++k)
      sum += result[k] * rows[k][c];
    if (sum != target[c])
      return std::nullopt;
  }
  return result;
}

std::int64_t determinant(const std::vector<IntegerRow>& matrix) {
  if (matrix.empty())
    return 1;
  std::int64_t sum = 0;
  for (std::size_t removed = 0; removed < matrix.size(); ++removed) {
    std::vector<IntegerRow> minor;
    for (std::size_t r = 0; r < matrix.size(); ++r)
      if (r != removed)
        minor.emplace_back(matrix[r].begin() + 1, matrix[r].end());
    sum += (removed % 2 == 0 ? 1 : -1) * matrix[removed].front() * determinant(minor);
  }
  return sum;
}

} // namespace polyloom
