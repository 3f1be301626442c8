#include "models/weights_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>

namespace polyloom::test {
namespace {

WeightsFile sample() {
  return {.metadata = {{"schema", "s1"}, {"note", "a \"quoted\" word"}},
          .tensors = {{"b.bias", {3}, {1, -2, 0.5}}, {"a.weight", {2, 2}, {1, 2, 3, 4}}, {"none", {0, 4}, {}}, {"one", {}, {7}}}};
}

std::string withHeader(const std::string& header, std::size_t dataBytes) {
  const std::uint64_t length = header.size();
  std::string bytes(8, '\0');
  std::memcpy(bytes.data(), &length, 8);
  return bytes + header + std::string(dataBytes, '\0');
}

std::string refusalOf(const std::string& bytes) {
  const Result<WeightsFile> read = parseWeights(bytes, "f");
  return read ? "" : read.error().message;
}

std::string entry(const std::string& shape, const std::string& offsets) {
  return R"({"dtype":"F32","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

TEST(Weights, ComeBackAsTheyWere) {
  const WeightsFile file = parseWeights(weightsBytes(sample()), "f").value();
  EXPECT_EQ(file.metadata, sample().metadata);
  ASSERT_EQ(file.tensors.size(), 4U);
  for (const NamedTensor& tensor : sample().tensors) {
    const NamedTensor* const read = file.find(tensor.name);
    ASSERT_NE(read, nullptr) << tensor.name;
    EXPECT_EQ(read->shape, tensor.shape);
    EXPECT_EQ(read->values, tensor.values);
  }
}

TEST(Weights, AreWrittenAsAWhole) {
  const std::string path = (std::filesystem::temp_directory_path() / ("weights" + std::to_string(getpid()))).string();
  ASSERT_TRUE(writeWeights(path, sample()).has_value());
  EXPECT_EQ(readWeights(path)->tensors.size(), 4U);
  EXPECT_FALSE(std::filesystem::exists(path + "." + std::to_string(getpid()))) << "no draft stays";
  EXPECT_EQ(readWeights(path, {.headerBytes = 1 << 20, .fileBytes = 64}).error().code, "bad-weights");
  std::filesystem::remove(path);
  EXPECT_EQ(readWeights(path).error().code, "no-file");
  EXPECT_EQ(writeWeights("/no/such/folder/w", sample()).error().code, "no-file");
}

struct Broken {
  const char* what;
  std::string bytes;
  const char* says;
};

class BrokenWeights : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenWeights, AreRefused) {
  EXPECT_EQ(refusalOf(GetParam().bytes), std::string("f is no file of weights: ") + GetParam().says) << GetParam().what;
}

const std::string kMeg(1 << 20, '[');

INSTANTIATE_TEST_SUITE_P(Files, BrokenWeights, ::testing::Values(
    Broken{"empty", "", "it is shorter than its first field"},
    Broken{"cut length", std::string(7, '\1'), "it is shorter than its first field"},
    Broken{"huge header", std::string(8, '\xff') + "{}", "its header claims 18446744073709551615 bytes"},
    Broken{"header beyond the end", std::string("\3\0\0\0\0\0\0\0{}", 10), "its header claims 3 bytes"},
    Broken{"no JSON", withHeader("{]", 0), "its header is no plain JSON object"},
    Broken{"a list", withHeader("[1]", 0), "its header is no plain JSON object"},
    Broken{"deep", withHeader(kMeg, 0), "its header is no plain JSON object"},
    Broken{"two values", withHeader("{}{}", 0), "its header is no plain JSON object"},
    Broken{"bad UTF-8", withHeader("{\"\xff\":1}", 0), "its header is no plain JSON object"},
    Broken{"a name twice", withHeader("{\"a\":" + entry("[1]", "[0,4]") + ",\"a\":" + entry("[1]", "[4,8]") + "}", 8),
           "its header is no plain JSON object"},
    Broken{"another type", withHeader(R"({"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})", 8),
           "a is not of 32-bit floating-point numbers"},
    Broken{"no shape", withHeader(R"({"a":{"dtype":"F32","data_offsets":[0,4]}})", 4),
           "a has not a dtype, a shape and data_offsets"},
    Broken{"a number for a tensor", withHeader(R"({"a":5})", 0), "a has not a dtype, a shape and data_offsets"},
    Broken{"beyond the end", withHeader("{\"a\":" + entry("[2]", "[0,8]") + "}", 4), "a lies outside of the file"},
    Broken{"backwards", withHeader("{\"a\":" + entry("[1]", "[4,0]") + "}", 4), "a lies outside of the file"},
    Broken{"negative", withHeader("{\"a\":" + entry("[1]", "[-4,0]") + "}", 4), "a lies outside of the file"},
    Broken{"fractions", withHeader("{\"a\":" + entry("[1]", "[0,4.0]") + "}", 4), "a lies outside of the file"},
    Broken{"absurd", withHeader("{\"a\":" + entry("[4294967296,4294967296]", "[0,4]") + "}", 4), "a is larger than the file"},
    Broken{"overflow", withHeader("{\"a\":" + entry("[4,4,4,4,4,4,4,4]", "[0,4]") + "}", 4), "a is larger than the file"},
    Broken{"many dimensions", withHeader("{\"a\":" + entry("[1,1,1,1,1,1,1,1,1]", "[0,4]") + "}", 4), "a has no shape"},
    Broken{"does not fit", withHeader("{\"a\":" + entry("[1]", "[0,8]") + "}", 8), "a has a shape that does not fit its bytes"},
    Broken{"overlap", withHeader("{\"a\":" + entry("[2]", "[0,8]") + ",\"b\":" + entry("[2]", "[4,12]") + "}", 12),
           "b overlaps with another tensor or leaves a gap"},
    Broken{"gap", withHeader("{\"a\":" + entry("[1]", "[0,4]") + ",\"b\":" + entry("[1]", "[8,12]") + "}", 12),
           "b overlaps with another tensor or leaves a gap"},
    Broken{"too long", withHeader("{\"a\":" + entry("[1]", "[0,4]") + "}", 5), "it is longer than its tensors"},
    Broken{"metadata of numbers", withHeader(R"({"__metadata__":{"a":1}})", 0), "its metadata holds something else than text"},
    Broken{"metadata a list", withHeader(R"({"__metadata__":[]})", 0), "its metadata is no object"}));

TEST(Weights, WithNumbersThatAreNoneAreRefused) {
  for (const float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
    EXPECT_EQ(refusalOf(weightsBytes({.metadata = {}, .tensors = {{"a", {1}, {value}}}})),
              "f is no file of weights: a holds a number that is not finite");
}

TEST(Weights, ThatAreCutAnywhereAreRefused) {
  const std::string bytes = weightsBytes(sample());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_NE(refusalOf(bytes.substr(0, length)), "") << length;
}

TEST(Weights, ThatAreMutatedAreReadSoundlyOrRefused) {
  std::mt19937_64 random(11);
  const std::string whole = weightsBytes(sample());
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = whole;
    for (std::uint64_t change = random() % 4; change < 4; ++change) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 4) {
      case 0: bytes[at] = static_cast<char>(random()); break;
      case 1: bytes.erase(at, random() % 9); break;
      case 2: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 20)); break;
      default: bytes[at] = "0123456789[]{},:\"-e."[random() % 20]; break;
      }
    }
    const Result<WeightsFile> read = parseWeights(bytes, "f");
    refused += read ? 0 : 1;
    if (!read)
      continue;
    std::size_t numbers = 0;
    for (const NamedTensor& tensor : read->tensors) {
      std::size_t count = 1;
      for (const std::int64_t extent : tensor.shape)
        count *= static_cast<std::size_t>(extent);
      EXPECT_EQ(count, tensor.values.size());
      numbers += count;
    }
    EXPECT_LE(numbers * sizeof(float), bytes.size());
  }
  EXPECT_GT(refused, 10000);
}

} // namespace
} // namespace polyloom::test
