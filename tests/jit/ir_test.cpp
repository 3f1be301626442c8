// What the optimized code looks like.
#include "jit/compile.h"
#include "tests/support/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace polyloom::test {

namespace {

std::string irOf(const Kernel& kernel, const CompileOptions& options = {}) {
  const auto text = emitLlvm(kernel, options);
  EXPECT_TRUE(text) << text.error().message;
  return text.value_or("");
}

int countOf(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  return static_cast<int>(std::distance(std::sregex_iterator(text.begin(), text.end(), regex), {}));
}

/// The largest number of times that a pattern occurs between two branches.
int mostInABlock(const std::string& text, const std::string& pattern) {
  int most = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find("\n\n", start), text.size());
    most = std::max(most, countOf(text.substr(start, end - start), pattern));
    start = end + 2;
  }
  return most;
}

/// x[i] = x[i - 1] * 0.5 + x[i - 2]: nothing that could be vectorized.
Kernel recurrence(LoopAttributes attributes) {
  Kernel kernel = axpy(1000);
  kernel.statements[0] = statement(
      {0, 0, 0}, binary(Operator::Add, binary(Operator::Multiply, read(1), makeFloating(0.5)), read(2)));
  kernel.body = loop("i", constant(2), variable("N") - 1,
                     call(0, {{variable("i")}, {variable("i") - 1}, {variable("i") - 2}}), attributes);
  return kernel;
}

} // namespace

TEST(Code, LanesBecomeVectorsOfTheirWidth) {
  const std::string text = irOf(axpyInLanes(1000, 8));
  EXPECT_NE(text.find("load <8 x double>"), std::string::npos);
  EXPECT_NE(text.find("fmul contract <8 x double>"), std::string::npos);
  EXPECT_NE(text.find("store <8 x double>"), std::string::npos);
}

TEST(Code, LanesOfAnOddWidthAreVectorsToo) {
  EXPECT_NE(irOf(axpyInLanes(1000, 3)).find("<3 x double>"), std::string::npos);
}

TEST(Code, AFullGroupNeedsNoTestWhereItsBoundsSaySo) {
  const LoopNode lanes = loop("i", variable("g"), variable("g") + 3, axpyCall("i"), {.vectorWidth = 4});
  const std::string text = irOf(axpy(loop("g", constant(0), variable("N") - 4, lanes, {}, 4), 1000));
  EXPECT_NE(text.find("load <4 x double>"), std::string::npos);
  EXPECT_EQ(countOf(text, "load double"), 0);
}

TEST(Code, FullGroupsRunInALoopWithoutTests) {
  const std::string text = irOf(axpyInLanes(1000, 8));
  const std::size_t vector = text.find("store <8 x double>");
  ASSERT_NE(vector, std::string::npos);
  // the block of the main loop ends with its own back edge
  const std::size_t block = text.rfind("\n\n", vector);
  const std::size_t end = text.find("\n\n", vector);
  const std::string body = text.substr(block, end - block);
  EXPECT_GT(countOf(body, "store <8 x double>"), 0);
  EXPECT_EQ(countOf(body, "smin"), 0);
  EXPECT_EQ(countOf(body, "br "), 1);
}

TEST(Code, UnrollingRepeatsTheBody) {
  EXPECT_EQ(countOf(irOf(recurrence({.unroll = 5})), "fmul"), 5 + 1); // and one for the rest
}

TEST(Code, FullUnrollingLeavesNoLoop) {
  const Kernel kernel = axpy(loop("i", constant(0), constant(2), axpyCall("i"), {.unroll = kUnrollFull}), 1000);
  EXPECT_EQ(countOf(irOf(kernel), "br i1"), 0);
}

TEST(Code, ParallelLoopsCallTheOpenMPRuntime) {
  const std::string text = irOf(gemm(100, "ikj", {.parallel = true}));
  EXPECT_EQ(countOf(text, "call void .*@__kmpc_fork_call"), 1);
  EXPECT_EQ(countOf(text, "call void @__kmpc_for_static_init_8"), 1);
}

TEST(Code, OnlyTheOutermostParallelLoopForks) {
  Kernel kernel = gemm(100, "ikj", {.parallel = true});
  kernel.body.children[0].children[0].attributes.parallel = true;
  EXPECT_EQ(countOf(irOf(kernel), "call void .*@__kmpc_fork_call"), 1);
}

TEST(Code, ArraysAreDistinctInsideParallelBodiesToo) {
  const std::string text = irOf(gemm(100, "ikj", {.parallel = true}));
  std::smatch header;
  ASSERT_TRUE(std::regex_search(text, header, std::regex("define internal[^\n]*parallel\\.body[^\n]*")));
  EXPECT_EQ(countOf(header.str(), "noalias [^,]*align 64"), 3);
  EXPECT_NE(text.find("x double>"), std::string::npos); // the inner loop was vectorized
  EXPECT_EQ(text.find("memcheck"), std::string::npos);  // and without tests for overlap
}

TEST(Code, FunctionsAreCompiledForThisProcessor) {
  const std::string text = irOf(axpy(10));
  EXPECT_EQ(countOf(text, "attributes #[0-9]+ = [^\n]*\"target-cpu\"=[^\n]*\"target-features\"="),
            countOf(text, "attributes #[0-9]+ = [^\n]*mustprogress"));
}

TEST(Code, ContractionIsAnOption) {
  EXPECT_NE(irOf(axpy(10)).find(" contract "), std::string::npos);
  EXPECT_EQ(irOf(axpy(10), {.contract = false}).find(" contract "), std::string::npos);
}

TEST(Code, OnlyUpdatesOfOneCellAreReassociated) {
  EXPECT_EQ(irOf(axpy(10), {.reassociate = true}).find("reassoc"), std::string::npos); // y * 0.5 + x: no sum in y
  const std::string text = irOf(gemm(100), {.contract = false, .reassociate = true});
  EXPECT_GT(countOf(text, "fadd reassoc nsz"), 0);
  EXPECT_EQ(countOf(text, "fmul reassoc"), 0);
  EXPECT_EQ(countOf(text, " (nnan|ninf|fast) "), 0);
}

TEST(Code, ContractionGivesFusedInstructionsWhereTheProcessorHasThem) {
  const auto fused = emitAssembly(gemm(100, "ikj"));
  const auto separate = emitAssembly(gemm(100, "ikj"), {.contract = false});
  ASSERT_TRUE(fused && separate);
  EXPECT_EQ(separate->find("vfmadd"), std::string::npos);
  if (__builtin_cpu_supports("fma")) {
    EXPECT_NE(fused->find("vfmadd"), std::string::npos);
  }
}

TEST(Code, LocalScalarsLiveInRegisters) {
  // t = x[i]; y[i] = t * t
  Kernel kernel = axpy(100);
  kernel.arrays.push_back(array("t", {}, ElementType::Float64, true));
  kernel.statements = {statement({2, 1}, read(1)),
                       statement({0, 2}, binary(Operator::Multiply, read(1), read(1)), "S1")};
  kernel.body = loop("i", constant(0), variable("N") - 1,
                     block({call(0, {{}, {variable("i")}}), call(1, {{variable("i")}, {}})}));
  EXPECT_EQ(irOf(kernel).find("alloca"), std::string::npos);
}

TEST(Code, ReductionsKeepTheirOrderUnlessReassociated) {
  const auto vectorSum = [](const CompileOptions& options) {
    Kernel kernel = axpy(1000);
    kernel.statements = {statement({0, 0, 1}, binary(Operator::Add, read(1), read(2)))};
    kernel.body = loop("i", constant(0), variable("N") - 1,
                       call(0, {{constant(0)}, {constant(0)}, {variable("i")}}));
    return countOf(irOf(kernel, options), "fadd [^<\n]*<[0-9]+ x double>");
  };
  EXPECT_EQ(vectorSum({}), 0);
  EXPECT_GT(vectorSum({.reassociate = true}), 0);
}

TEST(Code, JammedIterationsStayScalars) {
  const LoopNode sum = call(0, {{variable("i")}, {variable("i")}, {variable("i"), variable("j")}});
  const LoopNode rows = loop("i", constant(0), constant(7), sum, {.unroll = kUnrollFull});
  Kernel kernel = axpy(loop("j", constant(0), variable("N") - 1, rows), 100);
  kernel.arrays[1] = array("x", {variable("N"), variable("N")});
  const std::string text = irOf(kernel);
  EXPECT_GE(countOf(text, "fmul contract double"), 8);
  EXPECT_EQ(countOf(text, "x double>"), 0);
}

TEST(Code, JammedIterationsRunWithoutTestsWhereTheirGroupIsFull) {
  const LoopNode rows =
      loop("i", maximum(constant(1), 4 * variable("g")), minimum(variable("N") - 1, 4 * variable("g") + 3),
           call(0, {{variable("j")}, {variable("i")}, {variable("i")}}), {.unroll = kUnrollFull});
  const std::string text =
      irOf(axpy(loop("g", constant(0), variable("N"), loop("j", constant(0), variable("N") - 1, rows)), 100));
  EXPECT_GE(mostInABlock(text, "fmul contract double"), 4);
}

} // namespace polyloom::test
