#include "app/cli/bench_peer.h"

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

} // namespace

std::optional<std::string> blasText(const Scop& scop) {
  std::vector<std::string> arguments;
  for (const char* name : {"NI", "NJ", "NK", "alpha", "A", "NK", "B", "NJ", "beta", "C", "NJ"}) // as cblas_dgemm has them
    arguments.push_back(argumentText(scop, name));
  const bool isProduct = std::filesystem::path(scop.source.path).stem() == "gemm";
  if (!isProduct || std::ranges::find(arguments, "0") != arguments.end())
    return std::nullopt;
  return fmt::format("#include <cblas.h>\n"
                     "static double cells[3][256 * 256];\n"
                     "void polyloom_warm_up(void) {{ // its threads and their memory\n"
                     "  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, 256, 256, 256, 1.0, cells[0], 256, cells[1], 256, "
                     "0.0, cells[2], 256);\n}}\n"
                     "void polyloom_kernel(void** arrays, const long* parameters, const double* scalars) {{\n"
                     "  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, {});\n}}\n",
                     fmt::join(arguments, ", "));
}

Result<std::string> peerWrapper(const Scop& scop) {
  if (scop.source.language != SourceLanguage::C)
    return failure("no-c-file", fmt::format("{} is no C file: there is nothing that the peer could compile", scop.source.path));
  for (const Array& array : scop.arrays)
    if (!array.isLocal && std::ranges::find(scop.arguments, array.name) == scop.arguments.end())
      return failure("global-array", fmt::format("{} is not an argument of {}", array.name, scop.function));
  std::vector<std::string> arguments;
  for (const std::string& name : scop.arguments)
    arguments.push_back(argumentText(scop, name));
  return fmt::format("#define main polyloom_main_of_the_file\n#include \"{}\"\n"
                     "void polyloom_kernel(void** arrays, const long* parameters, const double* scalars) {{\n"
                     "  (void)parameters; (void)scalars;\n  {}({});\n}}\n",
                     std::filesystem::absolute(scop.source.path).string(), scop.function, fmt::join(arguments, ", "));
}

} // namespace polyloom
