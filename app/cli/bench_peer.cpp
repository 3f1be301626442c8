#include "app/cli/bench_peer.h"

#include "core/program/live_in.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

namespace polyloom {

namespace {

/// Where one argument of the function comes from.
std::string argumentText(const Scop& scop, const std::string& name) {
  for (std::size_t p = 0; p < scop.parameters.size(); ++p)
    if (scop.parameters[p].name == name)
      return fmt::format("parameters[{}]", p);
  for (std::size_t s = 0; s < scop.scalars.size(); ++s)
    if (scop.scalars[s].name == name)
      return fmt::format("scalars[{}]", s);
  for (std::size_t a = 0; a < scop.arrays.size(); ++a)
    if (scop.arrays[a].name == name)
      return scop.arrays[a].extents.empty() ? fmt::format("*({}*)arrays[{}]", cName(scop.arrays[a].element), a)
                                            : fmt::format("arrays[{}]", a);
  return "0"; // the region does not use it
}

/// Why nobody could compare what the function computes, or start it from the same values.
std::optional<Diagnostic> obstacle(const Scop& scop) {
  if (scop.source.language != SourceLanguage::C)
    return Diagnostic{"no-c-file", fmt::format("{} is no C file: there is nothing that the peer could compile",
                                               scop.source.path)};
  for (std::size_t a = 0; a < scop.arrays.size(); ++a) {
    const Array& array = scop.arrays[a];
    if (array.isLocal || std::ranges::find(scop.arguments, array.name) != scop.arguments.end())
      continue;
    if (!array.isConfined)
      return Diagnostic{"global-array", fmt::format("{0} is not an argument of {1}, and not only the region names it",
                                                    array.name, scop.function)};
    if (!readsFromBefore(scop, static_cast<int>(a)).is_empty())
      return Diagnostic{"unset-local", fmt::format("{} of {} is read before the region has written it: every compiler "
                                                   "may find another value there", array.name, scop.function)};
  }
  return std::nullopt;
}

/// The JIT's function, which calls the region's: through a pointer that the compiler cannot see through, because inlined
/// into the wrapper the region is optimized for it, and syr2k's columns become gathers that no other caller would get.
std::string callText(const Scop& scop) {
  std::vector<std::string> arguments;
  for (const std::string& name : scop.arguments)
    arguments.push_back(argumentText(scop, name));
  return fmt::format("void polyloom_kernel(void** arrays, const long* parameters, const double* scalars) {{\n"
                     "  (void)parameters; (void)scalars;\n  __typeof__({0})* volatile region = {0};\n  region({1});\n}}\n",
                     scop.function, fmt::join(arguments, ", "));
}

constexpr const char* kOtherMain = "#define main polyloom_main_of_the_file\n";

/// The library's threads and their memory, before the walls close.
constexpr const char* kWarmUp =
    "#include <cblas.h>\n"
    "static double cells[3][256 * 256];\n"
    "void polyloom_warm_up(void) {\n"
    "  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, 256, 256, 256, 1.0, cells[0], 256, cells[1], 256, "
    "0.0, cells[2], 256);\n}\n";

constexpr std::int64_t kRows = 1000, kColumns = 1100, kDepth = 1200; ///< of the product

/// Emitted C allocates its buffers in each call. The JIT is handed its own, so that here malloc, too, keeps what it has:
/// otherwise symm with 24 MB of buffers pays a fifth of its time for pages that it has just given back.
constexpr const char* kKeptMemory =
    "#include <malloc.h>\n"
    "void polyloom_warm_up(void) { mallopt(M_MMAP_MAX, 0); mallopt(M_TRIM_THRESHOLD, -1); }\n";

std::string productCall(const std::vector<std::string>& arguments) {
  return fmt::format("{}void polyloom_kernel(void** arrays, const long* parameters, const double* scalars) {{\n"
                     "  (void)parameters; (void)scalars;\n"
                     "  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, {});\n}}\n",
                     kWarmUp, fmt::join(arguments, ", "));
}

KernelArray matrix(const char* name, std::int64_t rows, std::int64_t columns) {
  const auto number = [](std::int64_t value) { return IndexExpr{.op = IndexExpr::Op::Constant, .value = value}; };
  return {.name = name, .extents = {number(rows), number(columns)}};
}

} // namespace

std::optional<std::string> blasText(const Scop& scop) {
  std::vector<std::string> arguments;
  for (const char* name : {"NI", "NJ", "NK", "alpha", "A", "NK", "B", "NJ", "beta", "C", "NJ"}) // as cblas_dgemm has them
    arguments.push_back(argumentText(scop, name));
  const bool isProduct = std::filesystem::path(scop.source.path).stem() == "gemm";
  if (!isProduct || std::ranges::find(arguments, "0") != arguments.end())
    return std::nullopt;
  return productCall(arguments);
}

std::string productText() {
  const std::string rows = std::to_string(kRows), columns = std::to_string(kColumns), depth = std::to_string(kDepth);
  return productCall({rows, columns, depth, "1.0", "arrays[1]", depth, "arrays[2]", columns, "0.0", "arrays[0]", columns});
}

Kernel productLayout() {
  return {.function = "dgemm",
          .arrays = {matrix("C", kRows, kColumns), matrix("A", kRows, kDepth), matrix("B", kDepth, kColumns)}};
}

double productOperations() { return 2.0 * kRows * kColumns * kDepth; }

Result<std::string> peerWrapper(const Scop& scop) {
  if (std::optional<Diagnostic> refusal = obstacle(scop))
    return std::unexpected(std::move(*refusal));
  return fmt::format("{}#include \"{}\"\n{}", kOtherMain, std::filesystem::absolute(scop.source.path).string(),
                     callText(scop));
}

Result<std::string> peerWrapper(const Scop& scop, const std::string& fileText) {
  if (std::optional<Diagnostic> refusal = obstacle(scop))
    return std::unexpected(std::move(*refusal));
  return fmt::format("{}{}{}\n{}", kKeptMemory, kOtherMain, fileText, callText(scop));
}

} // namespace polyloom
