// Sequences of different lengths as one vector each.
#pragma once

#include "models/networks/layers.h"

namespace polyloom {

/// Rows of many sequences, in any order, and which rows make which sequence.
struct Sequences {
  std::vector<std::vector<std::int64_t>> rows; ///< per sequence, in order; may be empty
};

/// The last hidden state of an LSTM (Hochreiter and Schmidhuber, Neural Computation 9(8), 1997); both directions' next to
/// each other where there are two. An empty sequence has a learned state.
class SequenceEncoder {
public:
  SequenceEncoder(Parameters& parameters, const std::string& name, std::int64_t in, std::int64_t hidden,
                  bool isBidirectional = false);

  /// [sequences, hidden or 2 · hidden]
  at::Tensor operator()(const at::Tensor& rows, const Sequences& sequences) const;

private:
  void addDirection(Parameters& parameters, const std::string& name, std::int64_t in);

  std::int64_t hidden_;
  bool isBidirectional_;
  std::vector<at::Tensor> weights_;
  at::Tensor empty_;
};

} // namespace polyloom
