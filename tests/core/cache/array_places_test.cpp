// Arrays lie apart, as the runner places them.
#include "core/cache/array_places.h"

#include "tests/support/kernels.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

TEST(ArrayPlaces, EndWithAPageBetweenUnusedOnes) {
  const Result<ArrayPlaces> places = placeArrays(gemm(30), {{"N", 30}});
  ASSERT_TRUE(places);
  for (const ArrayPlace& place : places->arrays) {
    EXPECT_EQ(place.bytes, 7200U);
    EXPECT_EQ(place.base % 64, 0U);
    EXPECT_EQ((place.base + 7232) % 4096, 0U); // 7200 rounded up to 64
    EXPECT_EQ(place.strides, (std::vector<std::int64_t>{240, 8}));
  }
  EXPECT_EQ(places->arrays[0].base - places->arrays[1].base, 4 * 4096U); // two pages of data, two unused ones
  EXPECT_GT(places->end, places->arrays[0].base + 7200);
}

TEST(ArrayPlaces, LeaveLocalVariablesAndRegisterBlocksOut) {
  Kernel kernel = gemm(30);
  kernel.arrays.push_back(array("t", {}, ElementType::Float64, true));
  kernel.arrays.push_back(array("s", {}));
  kernel.arrays.push_back(array("C_r", {constant(2), constant(4)}, ElementType::Float64, true));
  kernel.body = block({kernel.body});
  kernel.body.privateArrays = {5};
  const Result<ArrayPlaces> places = placeArrays(kernel, {{"N", 30}});
  ASSERT_TRUE(places);
  std::vector<bool> isInMemory;
  for (const ArrayPlace& place : places->arrays)
    isInMemory.push_back(place.isInMemory);
  EXPECT_EQ(isInMemory, (std::vector<bool>{true, true, true, false, true, false}));
}

TEST(ArrayPlaces, RefuseWhatIsTooLarge) {
  for (const std::int64_t size : {std::int64_t{20'000}, std::int64_t{1} << 40}) {
    const Result<ArrayPlaces> places = placeArrays(gemm(30), {{"N", size}});
    ASSERT_FALSE(places);
    EXPECT_EQ(places.error().code, "array-too-large");
  }
  EXPECT_EQ(placeArrays(gemm(30), {}).error().code, "unknown-parameter");
}

} // namespace
} // namespace polyloom::test
