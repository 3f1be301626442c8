#include "core/codegen/c_text.h"

#include "core/codegen/c_expr.h"
#include "core/codegen/c_lane_macros.h"
#include "core/codegen/c_lanes.h"
#include "core/codegen/c_parts.h"
#include "core/codegen/c_sharing.h"
#include "core/codegen/c_source.h"
#include "core/codegen/c_storage.h"
#include "core/codegen/kernel_reduction.h"
#include "core/codegen/linear.h"
#include "core/codegen/scalar_sums.h"
#include "core/codegen/whole_groups.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace polyloom {

namespace {

class RegionWriter {
public:
  RegionWriter(Kernel kernel, const CodeOptions& options)
      : kernel_(std::move(kernel)), options_(options), pointers_(options.pointers) {
    for (const KernelArray& array : kernel_.arrays)
      if (array.isGenerated && !storageText(array).release.empty())
        pointers_.insert(array.name);
      else if (array.isGenerated)
        pointers_.erase(array.name);
  }

  RegionText write() {
    node(kernel_.body, 0, false);
    return {std::move(lines_), std::move(parts_)};
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
    case LoopNode::Kind::Call: add(depth, callText(node.call), {}, sourceOf(node.call)); break;
    }
  }

  /// What stays in a block's registers is written so that it does.
  std::string callText(const StatementCall& call) const {
    const bool isHeld = std::ranges::any_of(kernel_.statements[static_cast<std::size_t>(call.statement)].arrays,
                                            [&](int array) {
                                              return registers_.contains(array) &&
                                                     !kernel_.arrays[static_cast<std::size_t>(array)].extents.empty();
                                            });
    const std::optional<std::string> held = options_.forCompilers && isHeld ? singleLaneText(kernel_, call) : std::nullopt;
    return held.value_or(toC(kernel_, call));
  }

  int sourceOf(const StatementCall& call) const {
    return kernel_.statements[static_cast<std::size_t>(call.statement)].source;
  }

  /// Arrays of the block's own are declared where it starts: after the brace of the test around it.
  void block(const LoopNode& node, int depth, bool insideParallel) {
    registers_.insert(node.privateArrays.begin(), node.privateArrays.end());
    for (const int array : node.privateArrays)
      add(depth, storageText(kernel_.arrays[static_cast<std::size_t>(array)]).declaration);
    for (const LoopNode& child : node.children)
      this->node(child, depth, insideParallel);
  }

  void loop(const LoopNode& node, int depth, bool insideParallel) {
    const bool startsTeam = node.attributes.parallel && !insideParallel;
    if (!startsTeam || node.privateArrays.empty()) {
      bareLoop(node, depth, insideParallel, startsTeam ? "#pragma omp parallel for" + sharing(node) + copies(node) : "");
      return;
    }
    if (options_.openMp)
      add(depth, "#pragma omp parallel" + copies(node), node.loop);
    add(depth, "{");
    for (const int array : node.privateArrays)
      add(depth + 1, storageText(kernel_.arrays[static_cast<std::size_t>(array)]).declaration);
    bareLoop(node, depth + 1, false, "#pragma omp for nowait" + sharing(node));
    for (const int array : node.privateArrays)
      if (const std::string release = storageText(kernel_.arrays[static_cast<std::size_t>(array)]).release;
          !release.empty())
        add(depth + 1, release);
    add(depth, "}");
  }

  static std::string sharing(const LoopNode& node) { return node.isUneven ? " schedule(dynamic)" : ""; }

  std::string copies(const LoopNode& node) const {
    return options_.forCompilers ? firstPrivate(kernel_, node, around_, pointers_) : "";
  }

  /// `sharing`: the pragma that shares the iterations out among threads, or nothing.
  void bareLoop(const LoopNode& node, int depth, bool insideParallel, const std::string& sharing) {
    if (sharing.empty() && lanes(node, depth))
      return;
    if (options_.openMp)
      pragmas(node, depth, sharing);
    forLoop(node, depth, insideParallel || node.attributes.parallel, !sharing.empty());
  }

  void forLoop(const LoopNode& node, int depth, bool insideParallel, bool startsTeam) {
    const std::string step = node.step == 1 ? node.variable + "++" : fmt::format("{} += {}", node.variable, node.step);
    const bool isNew = around_.insert(node.variable).second;
    const LoopNode& body = node.children.front();
    const std::optional<PartText> part = startsTeam ? partOf(node) : std::nullopt;
    add(depth, fmt::format("for (long {0} = {1}; {0} <= {2}; {3}){4}", node.variable, toC(node.first),
                           toC(node.last), step, part ? "" : opening(body)), node.loop);
    if (part) {
      add(depth + 1, part->call, node.loop);
      writePart(body, *part);
    } else {
      this->node(body, depth + 1, insideParallel);
      close(body, depth);
    }
    if (isNew)
      around_.erase(node.variable);
  }

  /// The function that the body of a team's loop becomes.
  std::optional<PartText> partOf(const LoopNode& node) const {
    if (options_.partName.empty())
      return std::nullopt;
    const std::string number = partCount_ == 0 ? "" : fmt::format("_{}", partCount_ + 1);
    return partText(kernel_, node, around_, pointers_, options_.partName + number);
  }

  void writePart(const LoopNode& body, const PartText& part) {
    ++partCount_;
    std::swap(lines_, parts_);
    add(0, part.signature + " {");
    node(body, 1, true);
    add(0, "}");
    std::swap(lines_, parts_);
  }

  /// A group of lanes on vectors; false where there is no such text.
  bool lanes(const LoopNode& node, int depth) {
    const auto code = options_.forCompilers ? laneCode(kernel_, node, registers_) : std::nullopt;
    if (!code)
      return false;
    for (const CodeLine& line : *code)
      add(depth, line.text, line.loop, line.statement);
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
    if (attributes.unroll == kUnrollFull)
      add(depth, "#pragma omp unroll " + fullUnrollText(node), node.loop);
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

  /// OpenMP's `full` wants constant bounds.
  static std::string fullUnrollText(const LoopNode& node) {
    const bool isConstant = node.first.op == IndexExpr::Op::Constant && node.last.op == IndexExpr::Op::Constant;
    const LinearForm span = LinearForm(node.last).plus(LinearForm(node.first), -1);
    if (isConstant || !span.isConstant())
      return isConstant ? "full" : "partial";
    return fmt::format("partial({})", span.constant() / node.step + 1);
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

  const Kernel kernel_;
  const CodeOptions& options_;
  std::set<std::string> pointers_; ///< arrays that are such
  std::set<std::string> around_;   ///< variables of the loops around
  std::set<int> registers_;        ///< arrays of the blocks so far
  std::vector<CodeLine> lines_;
  std::vector<CodeLine> parts_; ///< functions for bodies of parallel loops
  int partCount_ = 0;
};

std::string freshName(std::string name, const std::string& text) {
  while (text.find(name) != std::string::npos)
    name += "_";
  return name;
}

std::string joined(const std::vector<CodeLine>& lines, const std::string& indent) {
  std::string text;
  for (const CodeLine& line : lines)
    text += (line.text.starts_with('#') ? "" : indent) + line.text + "\n";
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

RegionText regionText(const Kernel& kernel, const CodeOptions& options) {
  return options.forCompilers ? RegionWriter(withWholeGroups(kernel), options).write() : RegionWriter(kernel, options).write();
}

std::vector<CodeLine> regionCode(const Kernel& kernel, const CodeOptions& options) { return regionText(kernel, options).lines; }

std::string fileCode(const Scop& scop, const Kernel& kernel, CodeOptions options, const std::string& head) {
  for (const Array& array : scop.arrays)
    if (!array.extents.empty() && std::ranges::find(scop.arguments, array.name) != scop.arguments.end())
      options.pointers.insert(array.name);
  const RegionSource& source = scop.source;
  const std::optional<std::size_t> start = functionStart(scop);
  options.partName = start && options.forCompilers ? freshName(scop.function + "_part", source.text) : "";
  const RegionText region = regionText(kernel, options);
  const std::string indent = indentOf(source);
  const RegionStorage storage = regionStorage(kernel);
  std::string body;
  for (const std::string& line : storage.declarations)
    body += indent + line + "\n";
  body += joined(region.lines, indent);
  for (const std::string& line : storage.releases)
    body += indent + line + "\n";
  if (storage.hasGenerated)
    body = indent + "{\n" + body + indent + "}\n";
  const std::string parts = joined(region.parts, "");
  const std::string all = parts + body;
  const std::string definitions = macroDefinitions(all) + laneDefinitions(all);
  const std::string include = all.find("aligned_alloc(") == std::string::npos ? "" : "#include <stdlib.h>\n";
  std::string before = options.forCompilers ? withRestrict(scop) : source.text.substr(0, source.begin);
  if (parts.empty())
    before += definitions;
  else
    before.insert(*start, definitions + parts + "\n"); // `restrict` was added behind it
  return head + include + before + body + laneUndefinitions(all) + macroUndefinitions(all) + source.text.substr(source.end);
}

std::string standaloneFunction(const Kernel& kernel, CodeOptions options, const std::string& name) {
  for (const KernelArray& array : kernel.arrays)
    if (!array.extents.empty())
      options.pointers.insert(array.name);
  std::string body;
  for (std::size_t p = 0; p < kernel.parameters.size(); ++p)
    body += fmt::format("const long {} = parameters[{}];\n", kernel.parameters[p].name, p);
  for (std::size_t s = 0; s < kernel.scalars.size(); ++s)
    body += fmt::format("const {0} {1} = ({0})scalars[{2}];\n", cName(kernel.scalars[s].type), kernel.scalars[s].name, s);
  const std::set<int> shared = sharedArrays(kernel);
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a)
    if (!kernel.arrays[a].isGenerated || shared.contains(static_cast<int>(a)))
      body += pointerCast(kernel.arrays[a], a);
  options.partName = options.forCompilers ? name + "_part" : "";
  const RegionText region = regionText(kernel, options);
  body += joined(region.lines, "  ");
  const std::string parts = joined(region.parts, "");
  return "#include <math.h>\n#include <stdlib.h>\n" + macroDefinitions(parts + body) + laneDefinitions(parts + body) + parts +
         fmt::format("void {}(void** arrays, const long* parameters, const double* scalars) {{\n{}}}\n", name, body);
}

} // namespace polyloom
