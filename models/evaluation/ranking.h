// How well predicted values order measured ones.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace polyloom {

/// Ranks from 1; equal values share the mean of their ranks.
std::vector<double> ranksOf(std::span<const double> values);

/// Spearman's rank correlation: Pearson's correlation of the ranks (Spearman, The American Journal of Psychology 15(1),
/// 1904). None for fewer than two values, or where all values of one side are equal.
std::optional<double> spearman(std::span<const double> predicted, std::span<const double> measured);

/// Normalized discounted cumulative gain of the first `top` places (Järvelin and Kekäläinen, ACM Transactions on
/// Information Systems 20(4), 2002): the gain is the measured value itself, place k counts 1 / log2(k + 1), and the
/// order by measurement is 1. Equal predictions share the mean of their gains (McSherry and Najork, ECIR 2008).
/// top 0: all places. None where nothing is measured. Measured values are positive.
std::optional<double> ndcg(std::span<const double> predicted, std::span<const double> measured, std::size_t top = 0);

} // namespace polyloom
