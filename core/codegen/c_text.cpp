#include "core/codegen/c_text.h"

#include "core/codegen/c_expr.h"
#include "core/codegen/c_lanes.h"
#include "core/codegen/c_storage.h"
#include "core/codegen/kernel_reduction.h"
#include "core/codegen/scalar_sums.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

namespace polyloom {

namespace {

class RegionWriter {
public:
  RegionWriter(const Kernel& kernel, const CodeOptions& options) : kernel_(kernel), options_(options) {}

  std::vector<CodeLine> write() {
    node(kernel_.body, 0, false);
    return std::move(lines_);
  }

private:
  void add(int depth, std::string text, const std::string& loop = {}, int statement = -1) {
    lines_.push_back({std::string(static_cast<std::size_t>(depth) * 2, ' ') + std::move(text), loop, statement});
  }

  void node(const LoopNode& node, int depth, bool insideParallel) {
    switch (node.kind) {
    case LoopNode::Kind::Block: block(node, depth, insideParallel); break;
    case LoopNode::Kind::For: loop(node, depth, insideParallel); break;
    case LoopNode::Kind::If: branch(node, depth, insideParallel); break;
    case LoopNode::Kind::Call: add(depth, toC(kernel_, node.call), {}, sourceOf(node.call)); break;
    }
  }

  int sourceOf(const StatementCall& call) const {
    return kernel_.statements[static_cast<std::size_t>(call.statement)].source;
  }

  /// Arrays of the block's own are declared where it starts: after the brace of the test around it.
  void block(const LoopNode& node, int depth, bool insideParallel) {
    for (const int array : node.privateArrays)
      add(depth, storageText(kernel_.arrays[static_cast<std::size_t>(array)]).declaration);
    for (const LoopNode& child : node.children)
      this->node(child, depth, insideParallel);
  }

  void loop(const LoopNode& node, int depth, bool insideParallel) {
    const bool startsTeam = node.attributes.parallel && !insideParallel;
    if (!startsTeam || node.privateArrays.empty()) {
      bareLoop(node, depth, insideParallel, startsTeam ? "#pragma omp parallel for" + sharing(node) : "");
      return;
    }
    if (options_.openMp)
      add(depth, "#pragma omp parallel", node.loop);
    add(depth, "{");
    for (const int array : node.privateArrays)
      add(depth + 1, storageText(kernel_.arrays[static_cast<std::size_t>(array)]).declaration);
    bareLoop(node, depth + 1, false, "#pragma omp for" + sharing(node));
    for (const int array : node.privateArrays)
      if (const std::string release = storageText(kernel_.arrays[static_cast<std::size_t>(array)]).release;
          !release.empty())
        add(depth + 1, release);
    add(depth, "}");
  }

  static std::string sharing(const LoopNode& node) { return node.isUneven ? " schedule(dynamic)" : ""; }

  /// `sharing`: the pragma that shares the iterations out among threads, or nothing.
  void bareLoop(const LoopNode& node, int depth, bool insideParallel, const std::string& sharing) {
    if (sharing.empty() && lanes(node, depth))
      return;
    if (options_.openMp)
      pragmas(node, depth, sharing);
    forLoop(node, depth, insideParallel || node.attributes.parallel);
  }

  void forLoop(const LoopNode& node, int depth, bool insideParallel) {
    const std::string step = node.step == 1 ? node.variable + "++" : fmt::format("{} += {}", node.variable, node.step);
    add(depth, fmt::format("for (long {0} = {1}; {0} <= {2}; {3}){4}", node.variable, toC(node.first),
                           toC(node.last), step, opening(node.children.front())), node.loop);
    this->node(node.children.front(), depth + 1, insideParallel);
    close(node.children.front(), depth);
  }

  /// A group of lanes on vectors where it is full, and lane by lane elsewhere; false where there is no such text.
  bool lanes(const LoopNode& node, int depth) {
    const std::optional<FullGroup> group = options_.forCompilers ? fullGroupOf(node) : std::nullopt;
    const auto statements = group ? laneStatements(kernel_, node) : std::nullopt;
    if (!statements)
      return false;
    const bool isTested = !group->bounds.empty();
    if (isTested) {
      std::vector<std::string> tests;
      for (const IndexExpr& bound : group->bounds)
        tests.push_back(toC(IndexExpr{.op = IndexExpr::Op::LessEqual, .operands = {group->last, bound}}));
      add(depth, fmt::format("if ({}) {{", fmt::join(tests, " && ")), node.loop);
    }
    for (const std::string& statement : *statements)
      add(depth + (isTested ? 1 : 0), statement, node.loop);
    if (!isTested)
      return true;
    add(depth, "} else {", node.loop);
    forLoop(node, depth + 1, true);
    add(depth, "}", node.loop);
    return true;
  }

  void pragmas(const LoopNode& node, int depth, const std::string& sharing) {
    const LoopAttributes& attributes = node.attributes;
    if (!sharing.empty())
      add(depth, sharing, node.loop);
    if (const int sum = scalarSumOf(kernel_, node); sum >= 0) {
      add(depth, reductionPragma(node, sum), node.loop);
      return; // compilers interleave it as they see fit
    }
    if (attributes.vectorWidth > 0)
      add(depth, fmt::format("#pragma omp simd simdlen({})", attributes.vectorWidth), node.loop);
    // OpenMP's `full` wants bounds whose distance the compiler can see.
    const bool isCounted = node.first.op == IndexExpr::Op::Constant && node.last.op == IndexExpr::Op::Constant;
    if (attributes.unroll == kUnrollFull)
      add(depth, isCounted ? "#pragma omp unroll full" : "#pragma omp unroll partial", node.loop);
    else if (attributes.unroll > 1)
      add(depth, fmt::format("#pragma omp unroll partial({})", attributes.unroll), node.loop);
  }

  std::string reductionPragma(const LoopNode& node, int sum) const {
    const char* op = "+";
    switch (reductionOf(kernel_, node.children.front().call)->op) {
    case ReductionOp::Sum: break;
    case ReductionOp::Product: op = "*"; break;
    case ReductionOp::Minimum: op = "min"; break;
    case ReductionOp::Maximum: op = "max"; break;
    }
    return fmt::format("#pragma omp simd reduction({}:{})", op, kernel_.arrays[static_cast<std::size_t>(sum)].name);
  }

  void branch(const LoopNode& node, int depth, bool insideParallel) {
    add(depth, fmt::format("if ({}) {{", toC(node.condition)));
    this->node(node.children.front(), depth + 1, insideParallel);
    if (node.children.size() > 1) {
      add(depth, "} else {");
      this->node(node.children[1], depth + 1, insideParallel);
    }
    add(depth, "}");
  }

  /// A single statement needs no braces.
  static bool needsBraces(const LoopNode& body) { return body.kind != LoopNode::Kind::Call; }
  static const char* opening(const LoopNode& body) { return needsBraces(body) ? " {" : ""; }
  void close(const LoopNode& body, int depth) {
    if (needsBraces(body))
      add(depth, "}");
  }

  const Kernel& kernel_;
  const CodeOptions& options_;
  std::vector<CodeLine> lines_;
};

std::string joined(const std::vector<CodeLine>& lines, const std::string& indent) {
  std::string text;
  for (const CodeLine& line : lines)
    text += (line.text.starts_with('#') ? "" : indent) + line.text + "\n";
  return text;
}

/// The blanks before the region's first line.
std::string indentOf(const RegionSource& source) {
  const std::size_t textStart = source.text.find_first_not_of(" \t\r\n", source.begin);
  if (textStart == std::string::npos || textStart == 0)
    return {};
  const std::size_t lineStart = source.text.rfind('\n', textStart - 1) + 1;
  return source.text.substr(lineStart, textStart - lineStart);
}

std::size_t offsetOf(const std::string& text, int line, int column) {
  std::size_t at = 0;
  for (int next = 1; next < line && at != std::string::npos; ++next)
    at = text.find('\n', at) == std::string::npos ? std::string::npos : text.find('\n', at) + 1;
  return at == std::string::npos ? at : at + static_cast<std::size_t>(column) - 1;
}

/// The text up to the region with `restrict` at the arrays among the function's arguments: A[restrict N][M], * restrict A.
/// What is declared in another way (through a macro, in a header) stays as it is.
std::string withRestrict(const Scop& scop) {
  std::string text = scop.source.text.substr(0, scop.source.begin);
  std::map<std::size_t, std::string> insertions;
  for (const Array& array : scop.arrays) {
    const bool isArgument = std::ranges::find(scop.arguments, array.name) != scop.arguments.end();
    const std::size_t at = offsetOf(text, array.range.line, array.range.column);
    if (!isArgument || array.range.file != scop.source.path || !array.range.isKnown() ||
        text.compare(at, array.name.size(), array.name) != 0)
      continue;
    const std::size_t behind = at + array.name.size();
    if (text.compare(behind, 1, "[") == 0)
      insertions[behind + 1] = text.compare(behind + 1, 1, "]") == 0 ? "restrict" : "restrict ";
    else if (const std::size_t before = text.find_last_not_of(' ', at - 1); before != std::string::npos && text[before] == '*')
      insertions[before + 1] = before + 1 == at ? " restrict " : " restrict";
  }
  for (auto insertion = insertions.rbegin(); insertion != insertions.rend(); ++insertion)
    text.insert(insertion->first, insertion->second);
  return text;
}

std::string pointerCast(const KernelArray& array, std::size_t index) {
  const std::string element{cName(array.element)};
  if (array.extents.empty())
    return fmt::format("{0}* restrict {1}_cell = arrays[{2}];\n#define {1} (*{1}_cell)\n", element, array.name, index);
  std::string inner;
  for (std::size_t d = 1; d < array.extents.size(); ++d)
    inner += fmt::format("[{}]", toC(array.extents[d]));
  if (inner.empty())
    return fmt::format("{}* restrict {} = arrays[{}];\n", element, array.name, index);
  return fmt::format("{0} (* restrict {1}){2} = ({0} (*){2})arrays[{3}];\n", element, array.name, inner, index);
}

} // namespace

std::vector<CodeLine> regionCode(const Kernel& kernel, const CodeOptions& options) {
  return RegionWriter(kernel, options).write();
}

std::string fileCode(const Scop& scop, const Kernel& kernel, const CodeOptions& options, const std::string& head) {
  const RegionSource& source = scop.source;
  const std::string indent = indentOf(source);
  const RegionStorage storage = regionStorage(kernel);
  std::string body;
  for (const std::string& line : storage.declarations)
    body += indent + line + "\n";
  body += joined(regionCode(kernel, options), indent);
  for (const std::string& line : storage.releases)
    body += indent + line + "\n";
  if (storage.hasGenerated)
    body = indent + "{\n" + body + indent + "}\n";
  const std::string include = body.find("aligned_alloc(") == std::string::npos ? "" : "#include <stdlib.h>\n";
  const std::string before = options.forCompilers ? withRestrict(scop) : source.text.substr(0, source.begin);
  return head + include + before + macroDefinitions(body) + laneDefinitions(body) + body + laneUndefinitions(body) +
         macroUndefinitions(body) + source.text.substr(source.end);
}

std::string standaloneFunction(const Kernel& kernel, const CodeOptions& options, const std::string& name) {
  std::string body;
  for (std::size_t p = 0; p < kernel.parameters.size(); ++p)
    body += fmt::format("const long {} = parameters[{}];\n", kernel.parameters[p].name, p);
  for (std::size_t s = 0; s < kernel.scalars.size(); ++s)
    body += fmt::format("const {0} {1} = ({0})scalars[{2}];\n", cName(kernel.scalars[s].type), kernel.scalars[s].name, s);
  const std::set<int> shared = sharedArrays(kernel);
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a)
    if (!kernel.arrays[a].isGenerated || shared.contains(static_cast<int>(a)))
      body += pointerCast(kernel.arrays[a], a);
  body += joined(regionCode(kernel, options), "  ");
  return "#include <math.h>\n#include <stdlib.h>\n" + macroDefinitions(body) + laneDefinitions(body) +
         fmt::format("void {}(void** arrays, const long* parameters, const double* scalars) {{\n{}}}\n", name, body);
}

} // namespace polyloom
