#include "app/cli/bench_peer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>
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
  const std::vector<std::string> wanted = {"NI", "NJ", "NK", "alpha", "beta", "C", "A", "B"};
  std::vector<std::string> values;
  for (const std::string& name : wanted)
    values.push_back(argumentText(scop, name));
  const bool isProduct = std::filesystem::path(scop.source.path).stem() == "gemm";
  if (!isProduct || std::ranges::find(values, "0") != values.end())
    return std::nullopt;
  const auto& [ni, nj, nk, alpha, beta, c, a, b] = std::tie(values[0], values[1], values[2], values[3], values[4],
                                                            values[5], values[6], values[7]);
  return fmt::format("#include <cblas.h>\n"
                     "void polyloom_kernel(void** arrays, const long* parameters, const double* scalars) {{\n"
                     "  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, {0}, {1}, {2}, {3}, {6}, {2}, {7}, {1}, {4}, "
                     "{5}, {1});\n}}\n",
                     ni, nj, nk, alpha, beta, c, a, b);
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
