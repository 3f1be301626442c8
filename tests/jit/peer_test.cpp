// Code of another compiler in a runner: it may be right, wrong, or try what it must not.
#include "jit/peer.h"

#include "jit/measure.h"
#include "tests/support/kernels.h"

#include <gtest/gtest.h>

namespace polyloom::test {

namespace {

constexpr const char* kHead = "#include <stdint.h>\n"
                              "#include <fcntl.h>\n"
                              "#include <stdlib.h>\n"
                              "#include <unistd.h>\n"
                              "#include <sys/socket.h>\n"
                              "#include <sys/mman.h>\n"
                              "void polyloom_kernel(void** arrays, const int64_t* parameters, const double* scalars) {\n"
                              "  double *y = arrays[0], *x = arrays[1];\n"
                              "  (void)x, (void)scalars;\n";
constexpr const char* kLoop = "  for (int64_t i = 0; i < parameters[0]; i++) y[i] = y[i] * 0.5 + x[i];\n}\n";

/// Measures axpy against C text that stands before its loop.
VariantReport measuredWith(const std::string& prologue, const std::string& rest = kLoop) {
  const auto object = compilePeer(kHead + prologue + rest, {"cc", "-O2"});
  if (!object) {
    ADD_FAILURE() << toText(object.error());
    return {};
  }
  MeasureOptions options;
  options.runs = 3;
  options.runLimit = std::chrono::milliseconds(500);
  const std::vector<Variant> variants = {{"peer", SharedObject{object->path()}}, {"lanes", axpyInLanes(500, 4)}};
  const auto report = measure(axpy(500), variants, options);
  EXPECT_TRUE(report) << (report ? "" : report.error().message);
  if (!report)
    return {};
  EXPECT_EQ(report->variants[1].outcome, Outcome::Measured) << "the other variant goes on";
  return report->variants[0];
}

void expectForbidden(const std::string& prologue) {
  const VariantReport report = measuredWith(prologue);
  EXPECT_EQ(report.outcome, Outcome::Crashed) << prologue;
  EXPECT_NE(report.message.find("not allowed"), std::string::npos) << report.message;
}

} // namespace

TEST(Peer, IsMeasuredInTheSameRounds) {
  const VariantReport report = measuredWith("");
  EXPECT_EQ(report.outcome, Outcome::Measured) << report.message;
  EXPECT_EQ(report.timing.samples.size(), 3U);
  EXPECT_NE(report.result, ResultCheck::Different);
}

TEST(Peer, WrongResultsAreFound) {
  const VariantReport report = measuredWith("  y[3] += 1e-3;\n");
  EXPECT_EQ(report.outcome, Outcome::WrongResult);
}

/// axpy that leaves x + 1 in an array of its own function.
Kernel axpyWithConfined() {
  Kernel kernel = axpy(500);
  KernelArray own = array("t", {variable("N")});
  own.isConfined = true;
  kernel.arrays.push_back(own);
  kernel.statements.push_back(statement({2, 1}, binary(Operator::Add, read(1), makeFloating(1.0))));
  kernel.body = block({kernel.body, loop("i", constant(0), variable("N") - 1,
                                         call(1, {{variable("i")}, {variable("i")}}))});
  return kernel;
}

TEST(Peer, WhatItsFunctionHasAsALocalIsNotCompared) {
  MeasureOptions options;
  options.runs = 3;
  const Kernel original = axpyWithConfined();
  for (const bool isWrong : {false, true}) {
    const auto object = compilePeer(kHead + std::string(isWrong ? "  y[3] += 1e-3;\n" : "") + kLoop, {"cc", "-O2"});
    ASSERT_TRUE(object);
    const auto report = measure(original, std::vector<Variant>{{"peer", SharedObject{object->path()}}}, options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->variants[0].outcome, isWrong ? Outcome::WrongResult : Outcome::Measured)
        << "t is the peer's own, y is compared all the same: " << report->variants[0].message;
  }
}

TEST(Peer, FilesAreForbidden) { expectForbidden("  (void)open(\"/etc/passwd\", O_RDONLY);\n"); }
TEST(Peer, SocketsAreForbidden) { expectForbidden("  (void)socket(AF_INET, SOCK_STREAM, 0);\n"); }
TEST(Peer, ProcessesAreForbidden) { expectForbidden("  (void)fork();\n"); }

TEST(Peer, TheWallsStandAroundPoolThreadsToo) {
  const auto object = compilePeer(std::string("extern int omp_get_thread_num(void);\n") + kHead +
                                      "#pragma omp parallel\n"
                                      "  { if (omp_get_thread_num() == 1) (void)open(\"/etc/passwd\", O_RDONLY); }\n" +
                                      kLoop,
                                  {"clang-19", "-O2", "-fopenmp"});
  if (!object)
    GTEST_SKIP() << toText(object.error());
  MeasureOptions options;
  options.runs = 3;
  options.threads = 2;
  const auto report = measure(axpy(500), std::vector<Variant>{{"peer", SharedObject{object->path()}}}, options);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->variants[0].outcome, Outcome::Crashed);
  EXPECT_NE(report->variants[0].message.find("SIGSYS"), std::string::npos) << report->variants[0].message;
}

TEST(Peer, SignalsAreNamed) {
  const VariantReport null = measuredWith("  *(volatile int*)0 = 1;\n");
  EXPECT_EQ(null.outcome, Outcome::Crashed);
  EXPECT_NE(null.message.find("SIG"), std::string::npos) << null.message;
  const VariantReport trap = measuredWith("  __builtin_trap();\n");
  EXPECT_NE(trap.message.find("SIGILL"), std::string::npos) << trap.message;
}

TEST(Peer, AnEndlessKernelIsStopped) {
  EXPECT_EQ(measuredWith("  for (;;) __asm__ volatile(\"\");\n").outcome, Outcome::TimedOut);
}

TEST(Peer, AKernelThatExitsIsReported) {
  const VariantReport report = measuredWith("  _exit(7);\n");
  EXPECT_EQ(report.outcome, Outcome::Crashed);
  EXPECT_NE(report.message.find("status 7"), std::string::npos) << report.message;
}

TEST(Peer, MemoryIsLimited) {
  // 64 GiB would be granted lazily without a limit
  const VariantReport report = measuredWith(
      "  void* p = mmap(0, 1ULL << 36, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);\n"
      "  if (p == MAP_FAILED) _exit(42);\n");
  EXPECT_NE(report.message.find("status 42"), std::string::npos) << report.message;
}

TEST(Peer, AnObjectWithoutTheFunctionIsRefused) {
  const auto object = compilePeer("int nothing;\n", {"cc"});
  ASSERT_TRUE(object);
  MeasureOptions options;
  options.runs = 3;
  const auto report = measure(axpy(10), std::vector<Variant>{{"peer", SharedObject{object->path()}},
                                                             {"missing", SharedObject{"/nowhere/peer.so"}}},
                              options);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->variants[0].outcome, Outcome::Refused);
  EXPECT_NE(report->variants[0].message.find("polyloom_kernel"), std::string::npos);
  EXPECT_EQ(report->variants[1].outcome, Outcome::Refused);
}

TEST(Peer, CompilerErrorsAreNotes) {
  const auto object = compilePeer("this is not C\n", {"cc"});
  ASSERT_FALSE(object);
  EXPECT_EQ(object.error().code, "peer-compiler");
  EXPECT_FALSE(object.error().notes.empty());
  EXPECT_EQ(compilePeer("", {"no-such-compiler"}).error().message, "the compiler no-such-compiler cannot be started");
}

} // namespace polyloom::test
