// Files of tensors that hold numbers and nothing that runs.
#pragma once

#include "core/base/diagnostic.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace polyloom {

struct NamedTensor {
  std::string name;
  std::vector<std::int64_t> shape; ///< empty: a single number
  std::vector<float> values;       ///< row by row
};

/// Tensors and words about them, as safetensors lays them out: eight bytes, little-endian, that give the header's length;
/// a JSON object {"__metadata__": {word: text}, name: {"dtype": "F32", "shape": […], "data_offsets": [begin, end]}};
/// then the numbers, little-endian, without gaps. Readers of safetensors can open it; of theirs we read those with F32
/// alone.
struct WeightsFile {
  std::map<std::string, std::string> metadata;
  std::vector<NamedTensor> tensors; ///< in the order of their numbers

  const NamedTensor* find(const std::string& name) const;
};

struct WeightsLimits {
  std::uint64_t headerBytes = std::uint64_t{8} << 20U;
  std::uint64_t fileBytes = std::uint64_t{1} << 30U;
};

/// Reads a whole file. Fails with "no-file" where it cannot be read, and with "bad-weights" where it is no such file,
/// is cut or longer than its header says, has tensors that overlap, leave gaps or lie outside, shapes that do not fit,
/// names twice, numbers that are not finite, or passes the limits. Nothing is allocated by what a header claims before
/// the claim has been compared with the file's size.
Result<WeightsFile> readWeights(const std::string& path, const WeightsLimits& limits = {});

/// As readWeights, of bytes in memory; `name` stands in the sentences.
Result<WeightsFile> parseWeights(const std::string& bytes, const std::string& name, const WeightsLimits& limits = {});

std::string weightsBytes(const WeightsFile& weights);

/// Writes a draft beside the file and renames it: whoever reads sees the old file or the new one, never a part.
Result<void> writeWeights(const std::string& path, const WeightsFile& weights);

} // namespace polyloom
