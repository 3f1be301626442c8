// Generated C, compiled by another compiler under sanitizers, computes what the original computes.
#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "core/codegen/scalar_sums.h"
#include "core/legality/legality.h"
#include "core/program/dependences.h"
#include "tests/support/child.h"
#include "tests/support/named_programs.h"
#include "core/generate/random_recipe.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <sstream>

namespace polyloom::test {

void PrintTo(const NamedProgram& program, std::ostream* out) { *out << program.name; }

namespace {

const char* const kGcc = "/usr/bin/gcc";
const char* const kClang = "/usr/bin/clang-19";

std::vector<std::string> compile(const std::string& source, const std::string& program,
                                 const std::string& openMp = "-fopenmp-simd") {
  return {kGcc, "-std=c11", "-O1", "-g", "-ffp-contract=off", openMp, "-fsanitize=address,undefined",
          "-fno-sanitize-recover=all", "-Wall", "-Werror", "-Wno-unknown-pragmas", "-Wno-unused-variable",
          "-Wno-uninitialized", "-Wno-maybe-uninitialized", source, "-o", program, "-lm"};
}

std::vector<std::string> compileByClang(const std::string& source, const std::string& program) {
  return {kClang, "-std=c11", "-O3", "-ffp-contract=off", "-fopenmp-simd", "-Wall", "-Werror", "-Wno-unknown-pragmas",
          "-Wno-unused-variable", "-Wno-pass-failed", source, "-o", program, "-lm"};
}

/// The file's function under another name, and the functions of its parts.
std::string renamed(std::string file, const std::string& name) {
  const std::string part = "kernel_part";
  for (std::size_t at = file.find(part); at != std::string::npos; at = file.find(part, at + name.size()))
    file.replace(at, part.size(), name + "_part");
  return "#define kernel " + name + "\n" + file + "#undef kernel\n";
}

std::string fileAfter(const Schedule& schedule, bool sumsInScalars = false) {
  Result<Kernel> kernel = makeKernel(schedule);
  EXPECT_TRUE(kernel);
  if (sumsInScalars)
    *kernel = withScalarSums(std::move(*kernel), schedule.program());
  return fileCode(schedule.program(), *kernel, {.openMp = true, .forCompilers = true}, "");
}

/// Declarations and a call of `name` over fresh arrays at these parameters; its results go to standard output.
std::string runOf(const Kernel& kernel, const std::vector<std::string>& arguments, const std::string& name) {
  std::string text = "{\n";
  for (const KernelParameter& parameter : kernel.parameters)
    text += fmt::format("const int {} = size;\n", parameter.name);
  std::string prints;
  for (const KernelArray& array : kernel.arrays) {
    if (array.isLocal)
      continue;
    text += fmt::format("double {}", array.name);
    for (std::size_t d = 0; d < array.extents.size(); ++d)
      text += "[size]";
    text += fmt::format(";\nfill((double*){0}, sizeof {0} / sizeof(double));\n", array.name);
    prints += fmt::format("show((double*){0}, sizeof {0} / sizeof(double));\n", array.name);
  }
  std::string call;
  for (const std::string& argument : arguments)
    call += (call.empty() ? "" : ", ") + argument;
  return text + fmt::format("puts(\"{0}\");\n{0}({1});\n{2}}}\n", name, call, prints);
}

const char* const kHelpers =
    "#include <stdio.h>\n"
    "static void fill(double* p, unsigned long n) { for (unsigned long i = 0; i < n; i++) p[i] = (double)(i * 7 % 11) / 8 + 1; }\n"
    "static void show(const double* p, unsigned long n) { for (unsigned long i = 0; i < n; i++) printf(\"%a\\n\", p[i]); }\n";

/// What each function printed, by its name.
std::map<std::string, std::string> resultsByName(const std::string& output) {
  std::map<std::string, std::string> results;
  std::string name;
  std::istringstream stream(output);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("kernel_"))
      name = line;
    else
      results[name] += line + "\n";
  }
  return results;
}

/// A program of the original and its schedules, in one file with a main function.
std::string harness(const NamedProgram& program, const ScopPtr& scop, const std::vector<Schedule>& schedules,
                    bool sumsInScalars = false) {
  const Result<Kernel> kernel = makeKernel(Schedule::original(scop));
  EXPECT_TRUE(kernel);
  std::string text = kHelpers + renamed(program.file, "kernel_original");
  std::string calls = runOf(*kernel, scop->arguments, "kernel_original");
  for (std::size_t s = 0; s < schedules.size(); ++s) {
    const std::string name = fmt::format("kernel_{}", s);
    text += renamed(fileAfter(schedules[s], sumsInScalars), name);
    calls += runOf(*kernel, scop->arguments, name);
  }
  return text + "int main(void) {\nfor (int size = 2; size < 12; size += 3) {\n" + calls + "}\nreturn 0;\n}\n";
}

bool isLegal(const Schedule& schedule, const Dependences& dependences) {
  return checkLegality(schedule, dependences).verdict == LegalityReport::Verdict::Legal;
}

/// Five legal schedules and up to five that are not.
std::vector<Schedule> drawSchedules(const ScopPtr& scop, const Dependences& dependences) {
  RandomRecipes recipes(99);
  std::vector<Schedule> schedules;
  int legal = 0;
  int illegal = 0;
  for (int attempt = 0; attempt < 1000 && legal < 5; ++attempt) {
    const Schedule schedule = recipes.draw(scop);
    int& count = isLegal(schedule, dependences) ? legal : illegal;
    if (++count <= 5)
      schedules.push_back(schedule);
  }
  EXPECT_EQ(legal, 5);
  return schedules;
}

class CompiledC : public ::testing::TestWithParam<NamedProgram> {};

TEST_P(CompiledC, ComputesWhatTheOriginalComputes) {
  const ScopPtr scop = named(GetParam().name);
  const Dependences dependences = computeDependences(*scop);
  const std::vector<Schedule> schedules = drawSchedules(scop, dependences);
  const TemporaryFolder folder;
  const std::string source = folder.write("all.c", harness(GetParam(), scop, schedules));
  const std::string program = (folder.path() / "all").string();
  const Finished compiled = runChild(compile(source, program));
  ASSERT_EQ(compiled.exitCode, 0) << compiled.errors;
  const Finished finished = runChild({program});
  ASSERT_EQ(finished.exitCode, 0) << finished.errors;
  auto results = resultsByName(finished.output);
  ASSERT_FALSE(results["kernel_original"].empty());
  for (std::size_t s = 0; s < schedules.size(); ++s) {
    if (!isLegal(schedules[s], dependences))
      continue; // it ran without a fault: its result may differ
    EXPECT_EQ(results[fmt::format("kernel_{}", s)], results["kernel_original"]) << recipeText(schedules[s]);
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, CompiledC, ::testing::ValuesIn(namedPrograms()), [](const auto& program) {
  std::string name = program.param.name;
  std::erase(name, '-');
  return name;
});

TEST(CompiledC, ShowsWhereAnIllegalOrderComputesSomethingElse) { // the comparison above can fail
  const ScopPtr scop = named("downward");
  const NamedProgram* downward = nullptr;
  for (const NamedProgram& candidate : namedPrograms())
    if (candidate.name == "downward")
      downward = &candidate;
  const TemporaryFolder folder;
  const std::string source = folder.write("all.c", harness(*downward, scop, {scheduled(scop, {"reverse i"})}));
  const std::string program = (folder.path() / "all").string();
  ASSERT_EQ(runChild(compile(source, program)).exitCode, 0);
  auto results = resultsByName(runChild({program}).output);
  EXPECT_NE(results["kernel_0"], results["kernel_original"]);
}

struct StorageCase {
  const char* program;
  std::vector<std::string> lines;
};

TEST(CompiledC, KeepsResultsWithOtherStorageOnThreads) {
  const StorageCase cases[] = {
      {"gemm", {"distribute j after S0", "distribute i after S0", "interchange j_2 k", "tile i_2 k j_2 by 4 4 4",
                "pack B at j_2t layout j/2 k j%2", "pack A at kt", "parallel i_2t"}},
      {"gemm", {"pack C at j", "pack A at i", "parallel i"}},
      {"gemm", {"parallel i", "pack B at i", "pack B_i at j"}},
      {"triangular", {"pack A at i"}},
      {"row-sum", {"expand s along i", "parallel i"}},
      {"row-sum", {"tile i by 4", "expand s along it", "parallel it"}},
      {"local-array", {"fuse i y", "contract tmp along i to 2"}},
      {"own-cells", {"contract t along i to 3", "unroll i by 2"}},
      {"gemm", {"jam j by 2", "jam i by 2"}},
      {"gemm", {"distribute j after S0", "distribute i after S0", "vectorize j_2 by 2", "jam i_2 by 3", "jam j_2t by 2",
                "parallel i_2t"}},
      {"row-sum", {"expand s along i", "jam i by 2"}},
  };
  const TemporaryFolder folder;
  for (const StorageCase& one : cases) {
    const ScopPtr scop = named(one.program);
    const Schedule schedule = scheduled(scop, one.lines);
    SCOPED_TRACE(recipeText(schedule));
    EXPECT_TRUE(isLegal(schedule, computeDependences(*scop)));
    const NamedProgram& program =
        *std::ranges::find(namedPrograms(), std::string(one.program), &NamedProgram::name);
    const std::string source = folder.write("all.c", harness(program, scop, {schedule}));
    const std::string binary = (folder.path() / "all").string();
    const Finished compiled = runChild(compile(source, binary, "-fopenmp"));
    ASSERT_EQ(compiled.exitCode, 0) << compiled.errors;
    const Finished finished = runChild({binary});
    ASSERT_EQ(finished.exitCode, 0) << finished.errors;
    auto results = resultsByName(finished.output);
    EXPECT_EQ(results["kernel_0"], results["kernel_original"]);
  }
}

// The inputs are multiples of 1/8, and small: no sum of them rounds, so any order gives the same bits.
TEST(CompiledC, KeepsResultsWhereReductionsChangeTheirOrder) {
  const StorageCase cases[] = {
      {"gemm", {"vectorize k by 4"}},
      {"gemm", {"vectorize k by 4", "unroll kt by 2"}},
      {"gemm", {"distribute j after S0", "interchange j_2 k", "vectorize k by 3"}},
      {"gemm", {"distribute j after S0", "jam j_2 by 2", "vectorize k by 2", "parallel i"}},
      {"two-reductions", {}},
      {"row-sum", {}},
  };
  const TemporaryFolder folder;
  for (const StorageCase& one : cases) {
    const ScopPtr scop = named(one.program);
    const Schedule schedule = scheduled(scop, one.lines);
    SCOPED_TRACE(std::string(one.program) + ": " + recipeText(schedule));
    EXPECT_EQ(checkLegality(schedule, computeDependences(*scop), {.reassociate = true}).verdict, LegalityReport::Verdict::Legal);
    const NamedProgram& program =
        *std::ranges::find(namedPrograms(), std::string(one.program), &NamedProgram::name);
    const std::string source = folder.write("all.c", harness(program, scop, {schedule}, true));
    const std::string binary = (folder.path() / "all").string();
    for (const std::vector<std::string>& command : {compile(source, binary), compileByClang(source, binary)}) {
      const Finished compiled = runChild(command);
      ASSERT_EQ(compiled.exitCode, 0) << compiled.errors;
      const Finished finished = runChild({binary});
      ASSERT_EQ(finished.exitCode, 0) << finished.errors;
      auto results = resultsByName(finished.output);
      EXPECT_EQ(results["kernel_0"], results["kernel_original"]);
    }
  }
}

TEST(StandaloneFunction, Compiles) {
  const TemporaryFolder folder;
  for (const NamedProgram& candidate : namedPrograms()) {
    const Result<Kernel> kernel = makeKernel(Schedule::original(named(candidate.name)));
    ASSERT_TRUE(kernel);
    const std::string source = folder.write("f.c", standaloneFunction(*kernel, {}, "entry"));
    const Finished compiled = runChild({kGcc, "-std=c11", "-Wall", "-Wno-unused-variable", "-Werror", "-fsyntax-only",
                                        source});
    EXPECT_EQ(compiled.exitCode, 0) << candidate.name << "\n" << compiled.errors;
  }
}

} // namespace
} // namespace polyloom::test
