// Lines of compiled code know where they come from.
#include "jit/linked_code.h"
#include "tests/support/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

namespace polyloom::test {

namespace {

std::vector<CompiledLine> linesOf(const Kernel& kernel, CompiledForm form) {
  auto lines = linkedCode(kernel, form);
  EXPECT_TRUE(lines) << lines.error().message;
  return lines.value_or(std::vector<CompiledLine>{});
}

/// S0: y[i] = x[i] * 0.5 in a loop i; S1: z[j] = z[j] / y[j] in a loop j; S2: z[k] = z[k] - x[k] in a loop k. Each
/// statement has an operation that no other has.
Kernel threeStatements(LoopAttributes attributes = {}) {
  Kernel kernel;
  kernel.function = "three";
  kernel.parameters = {{"N", 1000}};
  for (const char* name : {"x", "y", "z"})
    kernel.arrays.push_back(array(name, {variable("N")}));
  kernel.statements = {statement({1, 0}, binary(Operator::Multiply, read(1), makeFloating(0.5)), "S0"),
                       statement({2, 2, 1}, binary(Operator::Divide, read(1), read(2)), "S1"),
                       statement({2, 2, 0}, binary(Operator::Subtract, read(1), read(2)), "S2")};
  const auto nest = [&](const std::string& name, int number, std::size_t accesses) {
    LoopNode body = call(number, Subscripts(accesses, {variable(name)}));
    if (attributes.vectorWidth == 0)
      return loop(name, constant(0), variable("N") - 1, std::move(body), attributes);
    LoopNode lanes = loop("lane", variable("g"), minimum(variable("N") - 1, variable("g") + (attributes.vectorWidth - 1)),
                          call(number, Subscripts(accesses, {variable("lane")})), attributes);
    lanes.loop = name;
    return loop("g", constant(0), variable("N") - 1, std::move(lanes), {}, attributes.vectorWidth);
  };
  kernel.body = block({nest("i", 0, 2), nest("j", 1, 3), nest("k", 2, 3)});
  return kernel;
}

/// The places of all lines that match: statements as numbers, loops as names, "none".
std::set<std::string> placesOf(const std::vector<CompiledLine>& lines, const std::string& pattern) {
  const std::regex regex(pattern);
  std::set<std::string> places;
  for (const CompiledLine& line : lines)
    if (std::regex_search(line.text, regex))
      places.insert(line.statement >= 0 ? std::to_string(line.statement) : line.loop.empty() ? "none" : line.loop);
  return places;
}

using Places = std::set<std::string>;

std::string singleSpaced(const std::string& line) { return std::regex_replace(line, std::regex("[ \t]+"), " "); }

std::vector<std::string> instructions(const std::string& assembly) {
  std::vector<std::string> found;
  std::istringstream stream(assembly);
  for (std::string line; std::getline(stream, line);)
    if (line.size() > 1 && (line[0] == '\t' || line.starts_with("  ")) &&
        line[line.find_first_not_of(" \t")] != '.')
      found.push_back(singleSpaced(line.substr(line.find_first_not_of(" \t"))));
  return found;
}

std::string textOf(const std::vector<CompiledLine>& lines) {
  std::string text;
  for (const CompiledLine& line : lines)
    text += line.text + "\n";
  return text;
}

/// Ways to run the same three statements.
const LoopAttributes kWays[] = {{}, {.vectorWidth = 4}, {.unroll = 4}, {.parallel = true}};

} // namespace

class LinkedCode : public ::testing::TestWithParam<LoopAttributes> {};

TEST_P(LinkedCode, EveryOperationBelongsToItsStatement) {
  for (const CompiledForm form : {CompiledForm::PlainLlvm, CompiledForm::Llvm}) {
    const auto lines = linesOf(threeStatements(GetParam()), form);
    EXPECT_EQ(placesOf(lines, "\\bfmul "), Places{"0"});
    EXPECT_EQ(placesOf(lines, "\\bfdiv "), Places{"1"});
    EXPECT_EQ(placesOf(lines, "\\bfsub "), Places{"2"});
  }
  const auto assembly = linesOf(threeStatements(GetParam()), CompiledForm::Assembly);
#if defined(__x86_64__)
  EXPECT_EQ(placesOf(assembly, "^  v?mul[ps]d "), Places{"0"});
  EXPECT_EQ(placesOf(assembly, "^  v?div[ps]d "), Places{"1"});
  EXPECT_EQ(placesOf(assembly, "^  v?sub[ps]d "), Places{"2"});
#endif
}

TEST_P(LinkedCode, BranchesBelongToLoops) {
  const auto lines = linesOf(threeStatements(GetParam()), CompiledForm::PlainLlvm);
  const Places places = placesOf(lines, "^  br i1 .*label %loop");
  EXPECT_EQ(places, GetParam().vectorWidth > 0 ? Places{"g"} : (Places{"i", "j", "k"}));
}

TEST_P(LinkedCode, IsTheCodeThatRuns) {
  const Kernel kernel = threeStatements(GetParam());
  const auto plain = emitAssembly(kernel);
  ASSERT_TRUE(plain);
  EXPECT_EQ(instructions(textOf(linesOf(kernel, CompiledForm::Assembly))), instructions(*plain));
}

INSTANTIATE_TEST_SUITE_P(Ways, LinkedCode, ::testing::ValuesIn(kWays));

TEST(LinkedLines, AFusedOperationBelongsToItsStatement) {
  const auto lines = linesOf(gemm(64, "ikj"), CompiledForm::Llvm);
  EXPECT_EQ(placesOf(lines, "\\bfmul |\\bfadd |fmuladd"), Places{"0"});
#if defined(__x86_64__)
  EXPECT_EQ(placesOf(linesOf(gemm(64, "ikj"), CompiledForm::Assembly), "^  (vfmadd|v?mul[ps]d|v?add[ps]d)"), Places{"0"});
#endif
}

TEST(LinkedLines, AreFreeOfNoise) {
  const auto ir = textOf(linesOf(threeStatements({.parallel = true}), CompiledForm::Llvm));
  for (const char* noise : {"!dbg", "DILocation", "DICompileUnit", "ModuleID", "+avx", "\1"})
    EXPECT_EQ(ir.find(noise), std::string::npos) << noise;
  EXPECT_NE(ir.find("@body("), std::string::npos);
  const auto assembly = textOf(linesOf(threeStatements({.parallel = true}), CompiledForm::Assembly));
  for (const char* noise : {".loc", ".cfi", ".Ltmp", ".section", ".debug", ".file", ".p2align", "polyloom\""})
    EXPECT_EQ(assembly.find(noise), std::string::npos) << noise;
  EXPECT_NE(assembly.find("polyloom_kernel:"), std::string::npos);
}

TEST(LinkedLines, PlainIrStillHasItsLoops) {
  const auto lines = linesOf(gemm(64), CompiledForm::PlainLlvm);
  EXPECT_EQ(placesOf(lines, "= phi i64"), (Places{"i", "j", "k"}));
}

} // namespace polyloom::test
