#include "models/features/polyhedron.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kTolerance = 1e-7;

/// Seidel's incremental algorithm (Discrete & Computational Geometry, 1991), without shuffling: a constraint that the
/// optimum so far violates holds with equality at the new one, which is a problem of one dimension less.
class LinearProgram {
public:
  struct Problem {
    std::vector<LinearForm> rows;
    std::array<double, kMostDimensions> low{}, high{}, objective{};
    std::size_t dimensions = 0;
  };
  using Point = std::array<double, kMostDimensions>;

  /// Maximizes; false where there are no points.
  static bool solve(std::array<Problem, kMostDimensions + 2>& problems, std::size_t depth, Point& x) {
    const Problem& problem = problems[depth];
    if (problem.dimensions == 0)
      return std::ranges::all_of(problem.rows, [](const LinearForm& row) { return row.constant >= -kTolerance; });
    if (problem.dimensions == 1)
      return solveLine(problem, x);
    for (std::size_t d = 0; d < problem.dimensions; ++d)
      x[d] = problem.objective[d] > 0 ? problem.high[d] : problem.low[d];
    for (std::size_t r = 0; r < problem.rows.size(); ++r) {
      if (valueAt(problem.rows[r], x, problem.dimensions) >= -kTolerance)
        continue;
      if (!solveOn(problems, depth, r, x))
        return false;
    }
    return true;
  }

private:
  static double valueAt(const LinearForm& row, const Point& x, std::size_t dimensions) {
    double sum = row.constant;
    for (std::size_t d = 0; d < dimensions; ++d)
      sum += row.coefficients[d] * x[d];
    return sum;
  }

  static bool solveLine(const Problem& problem, Point& x) {
    double low = problem.low[0], high = problem.high[0];
    for (const LinearForm& row : problem.rows) {
      const double slope = row.coefficients[0];
      if (std::abs(slope) < 1e-12) {
        if (row.constant < -kTolerance)
          return false;
      } else if (slope > 0) {
        low = std::max(low, -row.constant / slope);
      } else {
        high = std::min(high, -row.constant / slope);
      }
    }
    if (low > high + kTolerance)
      return false;
    x[0] = problem.objective[0] > 0 ? high : low;
    return true;
  }

  /// `form` with a variable replaced and taken out.
  static LinearForm without(const LinearForm& form, std::size_t variable, const LinearForm& value, std::size_t dimensions) {
    LinearForm result{.coefficients = {}, .constant = form.constant + form.coefficients[variable] * value.constant};
    for (std::size_t d = 0, to = 0; d < dimensions; ++d)
      if (d != variable)
        result.coefficients[to++] = form.coefficients[d] + form.coefficients[variable] * value.coefficients[d];
    return result;
  }

  /// The optimum over the first rows among the points where row number `r` is 0.
  static bool solveOn(std::array<Problem, kMostDimensions + 2>& problems, std::size_t depth, std::size_t r, Point& x) {
    const Problem& problem = problems[depth];
    Problem& next = problems[depth + 1];
    const std::size_t n = problem.dimensions;
    const LinearForm& row = problem.rows[r];
    std::size_t p = 0;
    for (std::size_t d = 1; d < n; ++d)
      if (std::abs(row.coefficients[d]) > std::abs(row.coefficients[p]))
        p = d;
    if (std::abs(row.coefficients[p]) < 1e-12)
      return false;
    LinearForm value{.coefficients = {}, .constant = -row.constant / row.coefficients[p]};
    for (std::size_t d = 0; d < n; ++d)
      value.coefficients[d] = d == p ? 0 : -row.coefficients[d] / row.coefficients[p];
    next.rows.clear();
    for (std::size_t q = 0; q < r; ++q)
      next.rows.push_back(without(problem.rows[q], p, value, n));
    LinearForm above{.constant = -problem.low[p]}, below{.constant = problem.high[p]};
    above.coefficients[p] = 1;
    below.coefficients[p] = -1;
    next.rows.push_back(without(above, p, value, n));
    next.rows.push_back(without(below, p, value, n));
    LinearForm objective{.coefficients = problem.objective};
    next.objective = without(objective, p, value, n).coefficients;
    for (std::size_t d = 0, to = 0; d < n; ++d)
      if (d != p) {
        next.low[to] = problem.low[d];
        next.high[to++] = problem.high[d];
      }
    next.dimensions = n - 1;
    Point inner{};
    if (!solve(problems, depth + 1, inner))
      return false;
    x[p] = value.constant;
    for (std::size_t d = 0, from = 0; d < n; ++d)
      if (d != p) {
        x[d] = inner[from++];
        x[p] += value.coefficients[d] * x[d];
      }
    return true;
  }
};

} // namespace

Polyhedron::Polyhedron(std::size_t dimensions, double bound) : low_(dimensions, -bound), high_(dimensions, bound) {}

void Polyhedron::add(const LinearForm& form) { rows_.push_back(reduced(form)); }

LinearForm Polyhedron::reduced(LinearForm form) const {
  for (const Substitution& each : substitutions_) {
    const double factor = form.coefficients[each.variable];
    if (factor == 0)
      continue;
    form.coefficients[each.variable] = 0;
    for (std::size_t d = 0; d < low_.size(); ++d)
      form.coefficients[d] += factor * each.value.coefficients[d];
    form.constant += factor * each.value.constant;
  }
  return form;
}

void Polyhedron::fix(const LinearForm& form, double value) {
  const LinearForm row = reduced(form);
  std::size_t p = 0;
  for (std::size_t d = 1; d < low_.size(); ++d)
    if (std::abs(row.coefficients[d]) > std::abs(row.coefficients[p]))
      p = d;
  if (std::abs(row.coefficients[p]) < 1e-9)
    return; // it has a value already
  Substitution substitution{.variable = p, .value = {.coefficients = {}, .constant = (value - row.constant) / row.coefficients[p]}};
  for (std::size_t d = 0; d < low_.size(); ++d)
    substitution.value.coefficients[d] = d == p ? 0 : -row.coefficients[d] / row.coefficients[p];
  LinearForm above{.constant = -low_[p]}, below{.constant = high_[p]};
  above.coefficients[p] = 1;
  below.coefficients[p] = -1;
  rows_.push_back(above);
  rows_.push_back(below);
  substitutions_.push_back(substitution);
  for (LinearForm& each : rows_) {
    const double factor = std::exchange(each.coefficients[p], 0.0);
    if (factor == 0)
      continue;
    for (std::size_t d = 0; d < low_.size(); ++d)
      each.coefficients[d] += factor * substitution.value.coefficients[d];
    each.constant += factor * substitution.value.constant;
  }
  std::erase_if(rows_, [](const LinearForm& each) {
    return each.constant >= 0 && std::ranges::all_of(each.coefficients, [](double factor) { return factor == 0; });
  });
}

void Polyhedron::tighten() {
  for (std::size_t d = 0; d < low_.size(); ++d) {
    LinearForm variable;
    variable.coefficients[d] = 1;
    const std::optional<Range> tight = range(variable);
    if (!tight)
      return; // empty, as any question will find
    low_[d] = tight->first;
    high_[d] = tight->second;
  }
}

std::optional<Polyhedron::Range> Polyhedron::range(const LinearForm& form) const {
  thread_local std::array<LinearProgram::Problem, kMostDimensions + 2> problems; // keeps its memory
  const LinearForm wanted = reduced(form);
  LinearProgram::Problem& problem = problems[0];
  problem.dimensions = 0;
  std::array<std::size_t, kMostDimensions> variables{};
  for (std::size_t d = 0; d < low_.size(); ++d)
    if (std::ranges::none_of(substitutions_, [&](const Substitution& each) { return each.variable == d; }))
      variables[problem.dimensions++] = d;
  problem.rows.clear();
  for (const LinearForm& row : rows_) {
    LinearForm& packed = problem.rows.emplace_back(LinearForm{.constant = row.constant});
    for (std::size_t k = 0; k < problem.dimensions; ++k)
      packed.coefficients[k] = row.coefficients[variables[k]];
  }
  for (std::size_t k = 0; k < problem.dimensions; ++k) {
    problem.low[k] = low_[variables[k]];
    problem.high[k] = high_[variables[k]];
  }
  Range result{wanted.constant, wanted.constant};
  for (const bool isLargest : {false, true}) {
    for (std::size_t k = 0; k < problem.dimensions; ++k)
      problem.objective[k] = (isLargest ? 1 : -1) * wanted.coefficients[variables[k]];
    LinearProgram::Point x{};
    if (!LinearProgram::solve(problems, 0, x))
      return std::nullopt;
    double& bound = isLargest ? result.second : result.first;
    for (std::size_t k = 0; k < problem.dimensions; ++k)
      bound += wanted.coefficients[variables[k]] * x[k];
  }
  return result;
}

} // namespace polyloom
