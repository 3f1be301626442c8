#include "models/features/moves.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

/// Linear equations of which contradictions to earlier ones are left out.
class Equations {
public:
  explicit Equations(std::size_t dimensions) : dimensions_(dimensions) {}

  /// form · x = right
  void add(const LinearForm& form, double right) {
    LinearForm row = form;
    row.constant = right;
    for (const auto& [pivot, known] : rows_)
      subtract(row, known, row.coefficients[pivot]);
    std::size_t pivot = 0;
    for (std::size_t d = 1; d < dimensions_; ++d)
      if (std::abs(row.coefficients[d]) > std::abs(row.coefficients[pivot]))
        pivot = d;
    const double largest = row.coefficients[pivot];
    if (std::abs(largest) < 1e-9)
      return;
    for (double& factor : row.coefficients)
      factor /= largest;
    row.constant /= largest;
    for (auto& [other, known] : rows_)
      subtract(known, row, known.coefficients[pivot]);
    rows_.emplace_back(pivot, row);
  }

  std::vector<double> solution() const {
    std::vector<double> x(dimensions_, 0.0);
    for (const auto& [pivot, row] : rows_)
      x[pivot] = std::abs(row.constant) < 1e-9 ? 0 : row.constant;
    return x;
  }

private:
  void subtract(LinearForm& row, const LinearForm& other, double factor) const {
    if (factor == 0)
      return;
    for (std::size_t d = 0; d < dimensions_; ++d)
      row.coefficients[d] -= factor * other.coefficients[d];
    row.constant -= factor * other.constant;
  }

  std::size_t dimensions_;
  std::vector<std::pair<std::size_t, LinearForm>> rows_; ///< solved for the pivot
};

} // namespace

std::vector<double> moveAlong(std::span<const LoopForm> loops, std::size_t loop, std::size_t dimensions) {
  Equations equations(dimensions);
  equations.add(loops[loop].value, loops[loop].stride);
  const bool isTile = loops[loop].isRounded();
  for (std::size_t l = 0; l < loops.size(); ++l)
    if (l != loop && (isTile || !loops[l].isRounded()))
      equations.add(loops[l].value, 0);
  for (std::size_t l = 0; l < loops.size() && !isTile; ++l)
    if (loops[l].isRounded())
      equations.add(loops[l].value, 0);
  return equations.solution();
}

std::vector<double> originOf(std::span<const LoopForm> loops, std::size_t dimensions) {
  Equations equations(dimensions);
  for (const bool isRounded : {false, true})
    for (const LoopForm& loop : loops)
      if (loop.isRounded() == isRounded)
        equations.add(loop.value, -loop.value.constant);
  return equations.solution();
}

} // namespace polyloom
