#include "tests/support/named_programs.h"

#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "core/frontend/extract.h"

#include <map>
#include <stdexcept>

namespace polyloom::test {

namespace {

template <typename T> T require(Result<T> result) {
  if (!result)
    throw std::runtime_error(toText(result.error()));
  return std::move(*result);
}

struct Text {
  const char* name;
  const char* arguments;
  const char* region;
  int bound;
};

const Text kTexts[] = {
    {"gemm", "int N, double C[N][N], double A[N][N], double B[N][N]",
     "for (int i = 0; i < N; i++)\n"
     "  for (int j = 0; j < N; j++) {\n"
     "    C[i][j] *= 0.5;\n"
     "    for (int k = 0; k < N; k++)\n"
     "      C[i][j] += A[i][k] * B[k][j];\n"
     "  }\n", 3},
    {"jacobi-1d", "int T, int N, double A[N], double B[N]",
     "for (int t = 0; t < T; t++) {\n"
     "  for (int i = 1; i < N - 1; i++)\n"
     "    B[i] = (A[i - 1] + A[i] + A[i + 1]) / 3.0;\n"
     "  for (int j = 1; j < N - 1; j++)\n"
     "    A[j] = (B[j - 1] + B[j] + B[j + 1]) / 3.0;\n"
     "}\n", 5},
    {"triangular", "int N, double A[N][N]",
     "for (int i = 0; i < N; i++)\n"
     "  for (int j = i; j < N; j++)\n"
     "    A[j][i] = A[i][j] + 1.0;\n", 5},
    {"blur", "int N, double in[N][N], double tmp[N][N], double out[N][N]",
     "for (int i = 1; i < N - 1; i++)\n"
     "  for (int j = 0; j < N; j++)\n"
     "    tmp[i][j] = in[i - 1][j] + in[i + 1][j];\n"
     "for (int y = 1; y < N - 1; y++)\n"
     "  for (int x = 1; x < N - 1; x++)\n"
     "    out[y][x] = tmp[y][x - 1] + tmp[y][x + 1];\n", 5},
    {"strided", "int N, double A[N], double B[N]",
     "for (int i = 1; i < N; i += 3) {\n"
     "  A[i] = B[i - 1];\n"
     "  B[i] = A[i] * 2.0;\n"
     "}\n", 12},
    {"downward", "int N, double A[N]",
     "for (int i = N - 2; i >= 0; i--)\n"
     "  A[i] = A[i + 1] + A[i];\n", 7},
    {"imperfect", "int N, double s[N], double A[N][N], double x[N]",
     "for (int i = 0; i < N; i++) {\n"
     "  s[i] = 0.0;\n"
     "  for (int j = 0; j < N; j++)\n"
     "    s[i] += A[i][j] * x[j];\n"
     "  x[i] = s[i];\n"
     "}\n", 4},
    {"scalar", "int N, double A[N], double B[N]",
     "for (int i = 0; i < N; i++) {\n"
     "  double t = A[i] * 2.0;\n"
     "  B[i] = t + 1.0;\n"
     "}\n", 5},
    {"guarded", "int N, double A[N][N]",
     "for (int i = 1; i < N; i++)\n"
     "  for (int j = 1; j < N; j++)\n"
     "    if (i + j < N && j % 2 == 1)\n"
     "      A[i][j] = A[i - 1][j] + 1.0;\n"
     "    else\n"
     "      A[i][j] = A[i][j - 1] * 0.5;\n", 5},
    {"stencil-2d", "int N, double A[N][N]",
     "for (int i = 1; i < N - 1; i++)\n"
     "  for (int j = 1; j < N - 1; j++)\n"
     "    A[i][j] = A[i - 1][j + 1] + A[i][j - 1];\n", 6},
    {"two-reductions", "int N, double s[N], double p[N], double A[N][N]",
     "for (int i = 0; i < N; i++)\n"
     "  for (int j = 0; j < N; j++) {\n"
     "    s[i] += A[i][j];\n"
     "    p[j] += s[i];\n"
     "  }\n", 4},
    {"row-sum", "int N, double A[N][N], double x[N]",
     "for (int i = 0; i < N; i++) {\n"
     "  double s = 0.0;\n"
     "  for (int j = 0; j < N; j++)\n"
     "    s += A[i][j];\n"
     "  x[i] = s;\n"
     "}\n", 4},
    {"local-array", "int N, double in[N], double out[N]",
     "double tmp[N];\n"
     "for (int i = 0; i < N; i++)\n"
     "  tmp[i] = in[i] * 2.0;\n"
     "for (int y = 1; y < N; y++)\n"
     "  out[y] = tmp[y] - tmp[y - 1];\n", 6},
    {"own-cells", "int N, double in[N], double out[N]",
     "double t[N];\n"
     "for (int i = 1; i < N; i++) {\n"
     "  t[i] = in[i] * 2.0;\n"
     "  if (i > 2)\n"
     "    out[i] = t[i] - t[i - 2];\n"
     "}\n", 7},
    {"strided-pair", "int N, double A[N], double B[N]",
     "for (int i = N - 1; i > 0; i -= 2)\n"
     "  A[i] = B[i - 1];\n"
     "for (int j = N - 1; j > 0; j -= 2)\n"
     "  B[j] = A[j] + 1.0;\n", 9},
};

std::vector<NamedProgram> makePrograms() {
  std::vector<NamedProgram> programs;
  for (const Text& text : kTexts)
    programs.push_back({text.name, fileOf(text.arguments, text.region), text.bound});
  return programs;
}

} // namespace

IslContext& context() {
  static IslContext* const kContext = new IslContext; // never destroyed: programs live in statics, too
  return *kContext;
}

ScopPtr programOf(const std::string& file) {
  const std::vector<ScopPtr> regions = require(extractText(context().get(), "kernel.c", file));
  if (regions.size() != 1)
    throw std::runtime_error("one region is wanted");
  return regions.front();
}

std::string fileOf(const std::string& arguments, const std::string& region) {
  return "#include <math.h>\nvoid kernel(" + arguments + ") {\n#pragma scop\n" + region + "#pragma endscop\n}\n";
}

ScopPtr program(const std::string& arguments, const std::string& region) {
  return programOf(fileOf(arguments, region));
}

const std::vector<NamedProgram>& namedPrograms() {
  static const std::vector<NamedProgram> kPrograms = makePrograms();
  return kPrograms;
}

ScopPtr named(const std::string& name) {
  static std::map<std::string, ScopPtr> made;
  ScopPtr& scop = made[name];
  for (const NamedProgram& candidate : namedPrograms())
    if (scop == nullptr && candidate.name == name)
      scop = programOf(candidate.file);
  if (scop == nullptr)
    throw std::runtime_error("no test program is called " + name);
  return scop;
}

Schedule scheduled(const ScopPtr& scop, const std::vector<std::string>& lines) {
  Schedule schedule = Schedule::original(scop);
  for (const std::string& line : lines)
    schedule = require(apply(schedule, require(parseStep(line))));
  return schedule;
}

Diagnostic refusal(const ScopPtr& scop, const std::vector<std::string>& lines) {
  const Schedule before = scheduled(scop, {lines.begin(), lines.end() - 1});
  const Result<Schedule> after = apply(before, require(parseStep(lines.back())));
  if (after)
    throw std::runtime_error("\"" + lines.back() + "\" is not refused");
  return after.error();
}

std::string code(const Schedule& schedule, bool openMp) {
  std::string text;
  for (const CodeLine& line : regionCode(require(makeKernel(schedule)), {.openMp = openMp}))
    text += line.text + "\n";
  return text;
}

std::string codeAfter(const ScopPtr& scop, const std::vector<std::string>& lines) {
  return "\n" + code(scheduled(scop, lines));
}

} // namespace polyloom::test
