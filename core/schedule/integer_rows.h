// Small systems of linear equations over the integers.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace polyloom {

using IntegerRow = std::vector<std::int64_t>;

/// The integers x with Σ x[k]·rows[k] = target; nothing where there are none, or the rows are not independent.
std::optional<IntegerRow> combinationOf(const std::vector<IntegerRow>& rows, const IntegerRow& target);

/// Of a square matrix, by its first column; for small ones: the cost grows with the factorial.
std::int64_t determinant(const std::vector<IntegerRow>& matrix);

} // namespace polyloom
