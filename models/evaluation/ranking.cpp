#include "models/evaluation/ranking.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace polyloom {

namespace {

std::vector<std::size_t> orderOf(std::span<const double> values, bool isDescending) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return isDescending ? values[a] > values[b] : values[a] < values[b];
  });
  return order;
}

/// Calls with the bounds of each run of equal values along the order.
template <typename Each> void forEachTie(std::span<const double> values, const std::vector<std::size_t>& order, Each each) {
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]])
      ++end;
    each(begin, end);
  }
}

double discount(std::size_t place) { return 1 / std::log2(static_cast<double>(place) + 2); }

} // namespace

std::vector<double> ranksOf(std::span<const double> values) {
  const std::vector<std::size_t> order = orderOf(values, false);
  std::vector<double> ranks(values.size());
  forEachTie(values, order, [&](std::size_t begin, std::size_t end) {
    for (std::size_t place = begin; place < end; ++place)
      ranks[order[place]] = static_cast<double>(begin + end + 1) / 2;
  });
  return ranks;
}

std::optional<double> spearman(std::span<const double> predicted, std::span<const double> measured) {
  if (predicted.size() < 2)
    return std::nullopt;
  const std::vector<double> left = ranksOf(predicted), right = ranksOf(measured);
  const double mean = (static_cast<double>(left.size()) + 1) / 2;
  double both = 0, ofLeft = 0, ofRight = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    both += (left[i] - mean) * (right[i] - mean);
    ofLeft += (left[i] - mean) * (left[i] - mean);
    ofRight += (right[i] - mean) * (right[i] - mean);
  }
  if (ofLeft == 0 || ofRight == 0)
    return std::nullopt;
  return both / std::sqrt(ofLeft * ofRight);
}

std::optional<double> ndcg(std::span<const double> predicted, std::span<const double> measured, std::size_t top) {
  if (predicted.empty())
    return std::nullopt;
  const std::size_t places = top == 0 ? predicted.size() : std::min(top, predicted.size());
  const std::vector<std::size_t> order = orderOf(predicted, true);
  double gained = 0;
  forEachTie(predicted, order, [&](std::size_t begin, std::size_t end) {
    double sum = 0;
    for (std::size_t place = begin; place < end; ++place)
      sum += measured[order[place]];
    for (std::size_t place = begin; place < std::min(end, places); ++place)
      gained += sum / static_cast<double>(end - begin) * discount(place);
  });
  std::vector<double> best(measured.begin(), measured.end());
  std::ranges::sort(best, std::greater<>());
  double possible = 0;
  for (std::size_t place = 0; place < places; ++place)
    possible += best[place] * discount(place);
  return gained / possible;
}

} // namespace polyloom
