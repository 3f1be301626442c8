#include "core/base/csv.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

using Fields = std::vector<std::string>;

TEST(Csv, SplitsRowsAndFields) {
  const auto rows = csvRows("a,b,\r\n\n1,,3");
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->at(0).fields, (Fields{"a", "b", ""}));
  EXPECT_EQ(rows->at(1).fields, (Fields{"1", "", "3"}));
  EXPECT_EQ(rows->at(1).line, 3) << "the empty line counts";
}

TEST(Csv, KeepsWhatStandsInQuotes) {
  const auto rows = csvRows("\"x,\n\"\"y\"\"\",2\r\nz,3\n");
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->at(0).fields, (Fields{"x,\n\"y\"", "2"}));
  EXPECT_EQ(rows->at(1).line, 3) << "a row of two lines stands before";
}

TEST(Csv, GivesFieldsBack) {
  for (const std::string text : {"", "plain", "a,b", "say \"x\"", "tile i by 2\nparallel it\n", "a\r\nb", "\""}) {
    const auto rows = csvRows(csvField(text) + ",end\n");
    ASSERT_TRUE(rows) << text;
    ASSERT_EQ(rows->size(), 1U) << text;
    EXPECT_EQ(rows->at(0).fields, (Fields{text, "end"}));
  }
}

TEST(Csv, NamesTheLineOfAnOpenQuote) {
  const auto rows = csvRows("a\nb,\"c\nd\n", "x.csv");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, "bad-csv");
  EXPECT_EQ(rows.error().range.file, "x.csv");
  EXPECT_EQ(rows.error().range.line, 2);
}

} // namespace
} // namespace polyloom::test
