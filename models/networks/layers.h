// The parts that networks are made of.
#pragma once

#include "models/networks/parameters.h"

#include <span>

namespace polyloom {

class Linear {
public:
  enum class Start { Random, Zero }; ///< zero: the layer says nothing until it has learned something

  Linear(Parameters& parameters, const std::string& name, std::int64_t in, std::int64_t out, Start start = Start::Random,
         float bias = 0);
  at::Tensor operator()(const at::Tensor& rows) const;

private:
  at::Tensor weight_, bias_;
};

/// (Ba, Kiros, Hinton: Layer normalization, arXiv 1607.06450)
class LayerNorm {
public:
  LayerNorm(Parameters& parameters, const std::string& name, std::int64_t width);
  at::Tensor operator()(const at::Tensor& rows) const;

private:
  at::Tensor weight_, bias_;
};

/// Mean and spread of each number of a row, over the training data.
class Normalizer {
public:
  /// Beyond so many standard deviations a number says "far", and no longer how far.
  static constexpr float kFar = 6;

  Normalizer(Parameters& parameters, const std::string& name, std::int64_t width);
  at::Tensor operator()(const at::Tensor& rows) const;

  /// Sets mean and spread; a number that never changes keeps its scale.
  void fit(const std::vector<double>& sums, const std::vector<double>& squares, double count);

private:
  at::Tensor mean_, scale_;
};

/// Sums over rows, for Normalizer::fit.
struct RowSums {
  std::vector<double> sums, squares;
  double count = 0;

  void add(std::span<const float> rows, std::size_t width);
  void fit(Normalizer& normalizer) const { normalizer.fit(sums, squares, count); }
};

/// Ragged groups of rows, laid on a padded grid where attention wants one. The first `groups` rows are the groups'
/// heads, in order; the others follow in any order.
struct RaggedGroups {
  std::int64_t groups = 0, width = 0; ///< width: the longest group's rows, its head among them
  at::Tensor places;                  ///< per row: group · width + place within it; a head's place is 0
  at::Tensor padding;                 ///< [groups, 1, 1, width]: 0 where a row lies, else a large negative number
};

/// Makes groups from each row's group and place (heads are added in front).
RaggedGroups raggedGroups(const std::vector<std::int64_t>& groupOf, std::int64_t groups);

/// One layer of a transformer over ragged groups (Vaswani et al., arXiv 1706.03762, with the normalization before the
/// layers: Xiong et al., arXiv 2002.04745).
class AttentionLayer {
public:
  AttentionLayer(Parameters& parameters, const std::string& name, std::int64_t width, std::int64_t heads);

  /// New rows for all, or for the groups' heads only (the last layer needs no more).
  at::Tensor operator()(const at::Tensor& rows, const RaggedGroups& groups, bool headsOnly, double dropout) const;

private:
  at::Tensor mix(const at::Tensor& rows, const RaggedGroups& groups, std::int64_t asking) const;

  std::int64_t width_, heads_;
  LayerNorm before_, between_;
  Linear query_, keyValue_, out_, up_, down_;
};

/// Means of rows by group, weighted by learned scores: exp of 4 tanh, whose bounds make a maximum unnecessary. Groups
/// without rows get zeros.
class PooledMean {
public:
  PooledMean(Parameters& parameters, const std::string& name, std::int64_t width);
  at::Tensor operator()(const at::Tensor& rows, const at::Tensor& groupOf, std::int64_t groups) const;

private:
  Linear score_;
};

} // namespace polyloom
