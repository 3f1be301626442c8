// Sets and functions of isl turned into plain numbers, for asking about one point after the other.
#pragma once

#include <isl/cpp.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// A sum over the variables of a point: its parameters, its dimensions, and the floors computed so far.
struct PlainSum {
  std::vector<std::int64_t> coefficients;
  std::int64_t constant = 0;
  std::int64_t denominator = 1;
};

/// What a point of one convex piece fulfills. Floors come in order: one may use those before it.
struct PlainPiece {
  std::vector<PlainSum> floors;
  std::vector<PlainSum> equalities;   ///< = 0
  std::vector<PlainSum> inequalities; ///< >= 0
};

/// A set to be asked for membership. A point is the values of `parameters`, then those of the dimensions.
/// Cost: microseconds to make, some ten nanoseconds per question; isl takes part in the making only.
class PointSet {
public:
  PointSet(const isl::set& set, const std::vector<std::string>& parameters);

  bool contains(std::span<const std::int64_t> point) const;

private:
  std::vector<PlainPiece> pieces_;
};

/// A quasi-affine function to be evaluated at points.
class PointFunction {
public:
  PointFunction(const isl::pw_aff& function, const std::vector<std::string>& parameters);

  /// Nothing outside the function's domain.
  std::optional<std::int64_t> at(std::span<const std::int64_t> point) const;

private:
  struct Piece {
    PointSet where;
    bool isEverywhere = false;
    std::vector<PlainSum> floors;
    PlainSum value;
  };
  std::vector<Piece> pieces_;
};

} // namespace polyloom
