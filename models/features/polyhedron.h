// Polyhedra of few dimensions in floating point, for the ranges of linear forms.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace polyloom {

inline constexpr std::size_t kMostDimensions = 12;

/// Σ coefficients·x + constant.
struct LinearForm {
  std::array<double, kMostDimensions> coefficients{};
  double constant = 0;
};

/// The points of a box at which some linear forms are at least 0. Rational: integers are the caller's.
class Polyhedron {
public:
  using Range = std::pair<double, double>;

  Polyhedron(std::size_t dimensions, double bound);

  std::size_t dimensions() const { return low_.size(); }

  /// Keeps the points where the form is at least 0.
  void add(const LinearForm& form);
  /// Keeps the points where the form has this value: one variable less.
  void fix(const LinearForm& form, double value);
  /// The box becomes the smallest one.
  void tighten();

  /// The smallest and the largest value of the form; nothing where there are no points.
  std::optional<Range> range(const LinearForm& form) const;

private:
  struct Substitution {
    std::size_t variable = 0;
    LinearForm value; ///< of the variables that are left then
  };

  LinearForm reduced(LinearForm form) const;

  std::vector<LinearForm> rows_;
  std::vector<double> low_, high_;
  std::vector<Substitution> substitutions_;
};

} // namespace polyloom
