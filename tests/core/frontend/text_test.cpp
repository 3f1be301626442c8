// The text form of programs.
#include "core/program/text.h"
#include "tests/support/programs.h"

#include <nlohmann/json.hpp>

namespace polyloom::testing {
namespace {

using nlohmann::json;

std::string everything() {
  return "#include <math.h>\n" +
         inFunction("int n, long m, double alpha, int b, double A[n][m], float *p, char C[n], short h[4], double max",
                    R"(for (int i = n - 1; i >= 0; i -= 2) {
                         double t = alpha * i;
                         loop_j: for (int j = 0; j < m && j < 100; j++)
                           if (i % 2 == 0 || j > 3) S_x: A[i][j] += i > 0 ? A[i - 1][j] * pow(t, 2) : (double)(b & 3);
                           else A[i][j] = -p[j] > 0 && !C[i] ? 1e300 * 1e300 : h[j % 4];
                         max = t > max ? t : max;
                       })");
}

/// Equal but for how isl words one and the same set: its text of a set with divisions may change when read again.
bool isSame(isl::ctx ctx, const json& left, const json& right) {
  if (left == right)
    return true;
  if (left.type() != right.type() || left.size() != right.size())
    return false;
  if (left.is_string()) {
    const auto a = left.get<std::string>(), b = right.get<std::string>();
    if (a.find('{') == std::string::npos)
      return false;
    if (a.find("[(") != std::string::npos)
      return bool(isValue(isl::pw_aff(ctx, a), b));
    if (a.find("->", a.find('{')) != std::string::npos)
      return isl::map(ctx, a).is_equal(isl::map(ctx, b));
    return isl::set(ctx, a).is_equal(isl::set(ctx, b));
  }
  for (auto item = left.begin(), other = right.begin(); item != left.end(); ++item, ++other)
    if (!isSame(ctx, *item, *other))
      return false;
  return left.is_structured();
}

TEST(ProgramText, SurvivesARoundTrip) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), everything());
  ASSERT_NE(scop, nullptr);
  const json text = toJson(*scop);
  const IslContext other;
  const Result<ScopPtr> again = scopFromJson(other.get(), json::parse(text.dump()));
  ASSERT_TRUE(again) << toText(again.error());
  EXPECT_TRUE(isSame(other.get(), toJson(**again), text)) << toJson(**again).dump(1);
  EXPECT_EQ((*again)->statements.size(), scop->statements.size());
  for (std::size_t k = 0; k < scop->statements.size(); ++k)
    EXPECT_TRUE(isSet((*again)->statements[k].domain, text["statements"][k]["domain"].get<std::string>()));
}

TEST(ProgramText, OfEveryExampleSurvivesARoundTrip) {
  for (const char* name : {"gemm", "jacobi-1d", "seidel-2d", "lu", "blur", "2mm", "lcs", "trapezoid", "lstm", "polybench/adi"}) {
    const IslContext context;
    const auto scops = extractFile(context.get(), std::string(POLYLOOM_EXAMPLES) + "/" + name + ".c");
    ASSERT_TRUE(scops) << toText(scops.error());
    const json text = toJson(*scops->front());
    const Result<ScopPtr> again = scopFromJson(context.get(), text);
    ASSERT_TRUE(again) << name << ": " << toText(again.error());
    EXPECT_EQ(toJson(**again), text) << name;
  }
}

TEST(ProgramText, NamesItsFormatAndVersion) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), inFunction("int A[1]", "A[0] = 1;"));
  ASSERT_NE(scop, nullptr);
  const json text = toJson(*scop);
  EXPECT_EQ(text["format"], "polyloom-program");
  EXPECT_EQ(text["version"], 1);
  EXPECT_EQ(text["statements"][0]["domain"], "{ S0[] }");
  EXPECT_EQ(text["statements"][0]["value"], json::parse(R"(["integer", "i32", 1])"));
  EXPECT_EQ(text["body"], json::parse(R"({"sequence": [{"statement": 0}]})"));
}

/// What scopFromJson says of a program after `change`.
std::string refusal(const std::string& change) {
  const IslContext context;
  const ScopPtr scop =
      extractOne(context.get(), inFunction("int n, int A[n]", "for (int i = 0; i < n; i++) A[i] = 1;"));
  const json changed = toJson(*scop).patch(json::parse("[" + change + "]"));
  const Result<ScopPtr> again = scopFromJson(context.get(), changed);
  if (again)
    return "accepted";
  EXPECT_EQ(again.error().code, "bad-program");
  return again.error().message;
}

TEST(ProgramText, RefusesWhatIsNotAProgram) {
  const auto refuses = [](const std::string& change, const std::string& why) {
    EXPECT_NE(refusal(change).find(why), std::string::npos) << change << ": " << refusal(change);
  };
  refuses(R"({"op": "replace", "path": "/format", "value": "x"})", "it is not of format 'polyloom-program'");
  refuses(R"({"op": "replace", "path": "/version", "value": 2})", "it has version 2; wanted 1 or older");
  refuses(R"({"op": "replace", "path": "/statements/0/domain", "value": "{ S0[i : }"})", "isl says");
  refuses(R"({"op": "replace", "path": "/statements/0/accesses/0/array", "value": 7})", "index 7 is out of range");
  refuses(R"({"op": "replace", "path": "/statements/0/value", "value": ["binary", "i32", "add"]})", "0 operands");
  refuses(R"({"op": "replace", "path": "/arrays/0/element", "value": "u8"})", "unknown word 'u8'");
  refuses(R"({"op": "remove", "path": "/loops"})", "loops");
}

TEST(ProgramText, RefusesOtherJson) {
  const IslContext context;
  EXPECT_FALSE(scopFromJson(context.get(), json::parse("[1, 2]")));
  EXPECT_FALSE(scopFromJson(context.get(), json()));
}

} // namespace
} // namespace polyloom::testing
