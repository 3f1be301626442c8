// Presets: sizes that comments of a file name.
#include "core/program/text.h"
#include "tests/support/programs.h"

#include <nlohmann/json.hpp>

namespace polyloom::testing {
namespace {

std::string listed(const Scop& scop) {
  std::string text;
  for (const Preset& preset : scop.presets) {
    text += preset.name + ":";
    for (const auto& [name, value] : preset.values)
      text += fmt::format(" {}={}", name, value);
    text += "\n";
  }
  return text;
}

constexpr const char* kFunction = R"(
void f(int n, int m, int unused, double alpha, double A[n][m])
{
#pragma scop
  for (int i = 0; i < n; i++) // preset INSIDE: n=7 m=8
    for (int j = 0; j < m; j++)
      A[i][j] = alpha;
#pragma endscop
}
)";

/// The presets of f below these lines, or what refuses them.
std::string presetsOf(const std::string& lines) {
  const IslContext context;
  const auto scops = extractText(context.get(), "test.c", lines + kFunction);
  if (!scops)
    return fmt::format("{}:{}:{} {}: {}", scops.error().range.file, scops.error().range.line,
                       scops.error().range.column, scops.error().code, scops.error().message);
  return listed(*scops->front());
}

TEST(Presets, AreReadFromAnyKindOfComment) {
  EXPECT_EQ(presetsOf("// preset LARGE: n=1000 m=1200\n"
                      "/* preset SMALL: m=12   n=10 */\r\n"
                      "/* A scaling.\n * preset X-2: n=-1\n */"),
            "LARGE: n=1000 m=1200\nSMALL: n=10 m=12\nX-2: n=-1\nINSIDE: n=7 m=8\n");
}

TEST(Presets, DropArgumentsThatTheRegionDoesNotUse) {
  EXPECT_EQ(presetsOf("// preset A: unused=3 n=4"), "A: n=4\nINSIDE: n=7 m=8\n");
}

TEST(Presets, AreNotMadeOfProse) {
  EXPECT_EQ(presetsOf("// preset values: see below\n// A preset B: n=1\n// presets: n=1\n"
                      "const char *text = \"// preset C: n=1\";\n#if 0\n// preset D: n=1\n#endif\n"),
            "INSIDE: n=7 m=8\n");
}

TEST(Presets, BelongToTheFunctionThatFollowsOrHoldsThem) {
  const auto function = [](const char* name) {
    return fmt::format("void {}(int N, double *A) {{\n  // preset IN_{}: N=2\n#pragma scop\n  for (int i = 0; i < N; "
                       "i++) A[i] = 0;\n#pragma endscop\n}}\n",
                       name, name);
  };
  const IslContext context;
  const auto scops =
      extractText(context.get(), "test.c", "// preset A: N=1\n" + function("f") + "// preset A: N=3\n" + function("g") +
                                               "// preset LAST: Q=4\n");
  ASSERT_TRUE(scops) << toText(scops.error());
  ASSERT_EQ(scops->size(), 2U);
  EXPECT_EQ(listed(*scops->front()), "A: N=1\nIN_f: N=2\n");
  EXPECT_EQ(listed(*scops->back()), "A: N=3\nIN_g: N=2\n");
}

struct Refusal {
  const char* name;
  const char* lines;
  const char* expected;
};
void PrintTo(const Refusal& item, std::ostream* out) { *out << item.name; }

class RefusedPreset : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusedPreset, WithPlaceAndSentence) { EXPECT_EQ(presetsOf(GetParam().lines), GetParam().expected); }

const Refusal kRefusals[] = {
    {"UnknownParameter", "\n  // preset A: n=3 k=4",
     "test.c:2:3 unknown-preset-parameter: the preset 'A' sets 'k', which is no parameter of f; there are n, m"},
    {"Scalar", "// preset A: alpha=4",
     "test.c:1:1 unknown-preset-parameter: the preset 'A' sets 'alpha', which is no parameter of f; there are n, m"},
    {"Array", "// preset A: A=4",
     "test.c:1:1 unknown-preset-parameter: the preset 'A' sets 'A', which is no parameter of f; there are n, m"},
    {"NoInteger", "/* Sizes.\n   preset A: n=1.5 */",
     "test.c:2:1 bad-preset: the preset 'A' says 'n=1.5'; wanted PARAMETER=INTEGER, as in N=1000, with spaces "
     "between"},
    {"Comma", "// preset A: n=1, m=2",
     "test.c:1:1 bad-preset: the preset 'A' says 'n=1,'; wanted PARAMETER=INTEGER, as in N=1000, with spaces between"},
    {"NoValue", "// preset A: n=1 m=",
     "test.c:1:1 bad-preset: the preset 'A' says 'm='; wanted PARAMETER=INTEGER, as in N=1000, with spaces between"},
    {"NoEquals", "// preset A: n=1 m",
     "test.c:1:1 bad-preset: the preset 'A' says 'm'; wanted PARAMETER=INTEGER, as in N=1000, with spaces between"},
    {"TooLarge", "// preset A: n=99999999999999999999",
     "test.c:1:1 bad-preset: the preset 'A' says 'n=99999999999999999999'; wanted PARAMETER=INTEGER, as in N=1000, "
     "with spaces between"},
    {"NameTwice", "// preset A: n=1\n// preset A: n=2",
     "test.c:2:1 duplicate-preset: the preset 'A' is given twice for f; wanted one line for each name"},
    {"ParameterTwice", "// preset A: n=1 n=2", "test.c:1:1 duplicate-preset: the preset 'A' sets 'n' twice"},
};

INSTANTIATE_TEST_SUITE_P(, RefusedPreset, ::testing::ValuesIn(kRefusals),
                         [](const auto& item) { return item.param.name; });

TEST(Presets, TravelInTheTextForm) {
  const IslContext context;
  const auto scops = extractText(context.get(), "test.c", kFunction);
  ASSERT_TRUE(scops) << toText(scops.error());
  nlohmann::json text = toJson(*scops->front());
  EXPECT_EQ(listed(**scopFromJson(context.get(), text)), "INSIDE: n=7 m=8\n");
  text["presets"][0]["values"][0]["name"] = "k";
  const auto refused = scopFromJson(context.get(), text);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "the program's text cannot be read: preset 'INSIDE' sets 'k', which is no parameter");
  text.erase("presets");
  EXPECT_EQ(listed(**scopFromJson(context.get(), text)), "");
}

} // namespace
} // namespace polyloom::testing
