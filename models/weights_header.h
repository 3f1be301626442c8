// The header of a file of weights: read with suspicion.
#pragma once

#include "models/weights_file.h"

#include <cstddef>

namespace polyloom {

/// Where a tensor's bytes lie, counted from the end of the header.
struct TensorEntry {
  std::string name;
  std::vector<std::int64_t> shape;
  std::size_t begin = 0, end = 0;
};

struct WeightsHeader {
  std::map<std::string, std::string> metadata;
  std::vector<TensorEntry> tensors; ///< by their begins; they fill the data without gaps
};

/// Fails with "bad-weights" and the end of a sentence.
Result<WeightsHeader> parseHeader(const std::string& text, std::size_t dataBytes);

std::string headerText(const WeightsFile& weights);

} // namespace polyloom
