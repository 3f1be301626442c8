// Names of processors, compilers, texts and moments.
#include "jit/store/digest.h"
#include "jit/store/machine.h"
#include "jit/store/measurement.h"
#include "jit/store/words.h"

#include <gtest/gtest.h>

#include <regex>

namespace polyloom::test {
namespace {

TEST(Machine, TheModelIsTheFirstProcessors) {
  EXPECT_EQ(cpuModelIn("processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel\t\t: 17\nmodel name\t: AMD EPYC 9R14\n"
                       "stepping\t: 1\n\nprocessor\t: 1\nmodel name\t: Other\n"),
            "AMD EPYC 9R14");
  EXPECT_EQ(cpuModelIn("model name\t: Intel(R) Xeon(R) CPU @ 2.20GHz"), "Intel(R) Xeon(R) CPU @ 2.20GHz");
}

TEST(Machine, ATextMayNameNoModel) {
  EXPECT_EQ(cpuModelIn("processor\t: 0\nBogoMIPS\t: 243.75\nCPU implementer\t: 0x41\n"), "");
  EXPECT_EQ(cpuModelIn("model name\t:\n"), "");
  EXPECT_EQ(cpuModelIn(""), "");
}

TEST(Machine, OfThisProgramHasAModelAndCores) {
  EXPECT_FALSE(thisMachine().cpu.empty());
  EXPECT_GE(thisMachine().cores, 1);
  EXPECT_EQ(thisMachine(), thisMachine());
}

TEST(Compiler, HasBothVersions) {
  EXPECT_TRUE(std::regex_match(compilerVersion(), std::regex(R"(Polyloom \d+\.\d+\.\d+, LLVM 19\.\d+\.\d+)")))
      << compilerVersion();
}

TEST(Digest, IsSha256) {
  EXPECT_EQ(digestOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Moment, IsWrittenInUtc) {
  EXPECT_TRUE(std::regex_match(nowInUtc(), std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"))) << nowInUtc();
  EXPECT_EQ(readableTime("2026-02-01T10:11:12Z"), "2026-02-01 10:11:12 UTC");
  EXPECT_EQ(readableTime("yesterday"), "yesterday");
}

TEST(Words, ReadBack) {
  for (const Outcome outcome :
       {Outcome::Measured, Outcome::WrongResult, Outcome::Crashed, Outcome::TimedOut, Outcome::Refused})
    EXPECT_EQ(outcomeFromWord(wordOf(outcome)), outcome);
  for (const ResultCheck result :
       {ResultCheck::NotCompared, ResultCheck::Equal, ResultCheck::WithinTolerance, ResultCheck::Different})
    EXPECT_EQ(resultFromWord(wordOf(result)), result);
  EXPECT_EQ(wordOf(Outcome::WrongResult), "wrong result");
  EXPECT_EQ(outcomeFromWord("faster"), std::nullopt);
}

} // namespace
} // namespace polyloom::test
