// What Linux says about caches, and what no cache can be.
#include "core/cache/hierarchy.h"

#include "tests/support/child.h"

#include <gtest/gtest.h>

#include <fstream>

namespace polyloom::test {
namespace {

class MachineCaches : public ::testing::Test {
protected:
  void describe(int index, const std::string& level, const std::string& type, const std::string& size,
                const std::string& ways, const std::string& lineBytes = "64") {
    const std::filesystem::path folder = folder_.path() / ("index" + std::to_string(index));
    std::filesystem::create_directories(folder);
    for (const auto& [name, value] : {std::pair{"level", level}, {"type", type}, {"size", size},
                                      {"ways_of_associativity", ways}, {"coherency_line_size", lineBytes}})
      std::ofstream(folder / name) << value << "\n";
  }
  CacheHierarchy caches() const { return machineCaches(folder_.path()); }

private:
  TemporaryFolder folder_;
};

TEST_F(MachineCaches, AreReadWithoutThoseOfInstructions) {
  describe(0, "1", "Data", "48K", "12");
  describe(1, "1", "Instruction", "32K", "8");
  describe(2, "2", "Unified", "2M", "16");
  describe(3, "3", "Unified", "36864K", "12");
  EXPECT_TRUE(caches().isMachines);
  EXPECT_EQ(caches().levels, (std::vector<CacheLevel>{{1, 48 * 1024, 12, 64}, {2, 2 << 20, 16, 64}, {3, 36 << 20, 12, 64}}));
  EXPECT_EQ(caches().levels[2].sets(), 49152U);
}

TEST_F(MachineCaches, WithoutWaysHaveASingleSet) {
  describe(0, "1", "Data", "4K", "0");
  EXPECT_EQ(caches().levels, (std::vector<CacheLevel>{{1, 4096, 64, 64}}));
}

TEST_F(MachineCaches, AreAssumedWhereNothingIsDescribed) {
  EXPECT_FALSE(caches().isMachines);
  EXPECT_EQ(caches().levels, assumedCaches().levels);
}

TEST_F(MachineCaches, AreAssumedWhereTheDescriptionMakesNoSense) {
  describe(0, "1", "Data", "lots", "8");
  EXPECT_FALSE(caches().isMachines);
  describe(0, "1", "Data", "32K", "8", "48");
  EXPECT_FALSE(caches().isMachines);
  describe(0, "2", "Unified", "1M", "8"); // no first level
  EXPECT_FALSE(caches().isMachines);
}

TEST(ThisMachinesCaches, ArePossible) { EXPECT_FALSE(whyImpossible(machineCaches())); }

TEST(ImpossibleCaches, AreRefusedWithASentence) {
  const auto why = [](std::vector<CacheLevel> levels) {
    const std::optional<Diagnostic> refusal = whyImpossible({.levels = std::move(levels)});
    return refusal ? refusal->message : "";
  };
  EXPECT_EQ(why({}), "there is no cache");
  EXPECT_EQ(why({{1, 1000, 8, 64}}), "the 1000 bytes of L1 are no whole number of sets of 8 lines of 64 bytes");
  EXPECT_EQ(why({{1, 0, 8, 64}}), "the 0 bytes of L1 are no whole number of sets of 8 lines of 64 bytes");
  EXPECT_EQ(why({{1, 4096, 8, 64}, {2, 8192, 8, 32}}),
            "lines of L2 have 32 bytes; wanted is a power of two, no less than the level before has");
}

TEST(CacheText, IsReadable) {
  EXPECT_EQ(toText(CacheLevel{1, 32768, 8, 64}), "L1 32 KiB, 8 ways, 64-byte lines");
  EXPECT_EQ(byteText(100), "100 bytes");
  EXPECT_EQ(byteText(3 << 19), "1.5 MiB");
}

} // namespace
} // namespace polyloom::test
