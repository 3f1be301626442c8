#include "core/codegen/make_kernel.h"

#include "core/base/check.h"
#include "core/codegen/ast_options.h"
#include "core/codegen/computed_copies.h"
#include "core/codegen/index_expr.h"
#include "core/codegen/register_blocks.h"
#include "core/codegen/scan_schedule.h"
#include "core/codegen/uneven_loops.h"
#include "core/isl/ast.h"
#include "core/isl/context.h"
#include "core/isl/extra.h"
#include "core/schedule/private_storage.h"

#include <map>
#include <optional>
#include <set>

namespace polyloom {

namespace {

constexpr unsigned long kFirstOperations = 300'000;
constexpr unsigned long kOperations = 1'000'000;
constexpr std::chrono::seconds kLongest{5};

/// Turns isl's AST of one schedule into LoopNodes.
class KernelBuilder {
public:
  explicit KernelBuilder(const Schedule& schedule) : scop_(schedule.program()) {
    for (const Buffer& buffer : schedule.stage().buffers)
      if (const TreeNode* loop = privateLoopOf(schedule, buffer.array))
        privateArrays_[loop->name].push_back(buffer.array);
  }

  /// `order`: the scan's, with or without hints.
  Kernel build(const ScanSchedule& scan, const isl::schedule& order) {
    scan_ = &scan;
    calls_.clear();
    Kernel kernel = declarations();
    reserved_ = declaredNames(kernel);
    const isl::ast_build build =
        isl::ast_build::from_context(scop_.context)
            .set_at_each_domain([this](const isl::ast_node& node, const isl::ast_build& at) {
              calls_.push_back(makeCall(node, at));
              return annotate(node, static_cast<int>(calls_.size()) - 1);
            });
    const isl::ast_node root = build.node_from(order);
    kernel.body = convert(root, {}, std::nullopt);
    return withUnevenLoops(withRegisterBlocks(withComputedCopies(std::move(kernel))));
  }

private:
  using Bindings = std::map<std::string, IndexExpr>;

  Kernel declarations() const {
    Kernel kernel{.function = scop_.function};
    for (const Parameter& parameter : scop_.parameters)
      kernel.parameters.push_back({parameter.name, parameter.value});
    for (const DataScalar& scalar : scop_.scalars)
      kernel.scalars.push_back({scalar.name, scalar.type, scalar.value});
    const isl::ast_build build = isl::ast_build::from_context(scop_.context);
    for (const Array& array : scop_.arrays) {
      KernelArray result{.name = array.name, .element = array.element, .isLocal = array.isLocal,
                         .isConfined = array.isConfined, .isGenerated = array.isGenerated};
      for (const isl::pw_aff& extent : array.extents)
        result.extents.push_back(toIndexExpr(build.expr_from(extent)));
      kernel.arrays.push_back(std::move(result));
    }
    for (const Statement& statement : scop_.statements) {
      KernelStatement result{.name = statement.name, .value = statement.value,
                             .source = static_cast<int>(kernel.statements.size())};
      for (const Access& access : statement.accesses)
        result.arrays.push_back(access.array);
      kernel.statements.push_back(std::move(result));
    }
    return kernel;
  }

  /// The statement's accesses as functions of the loop variables, in isl's own names.
  StatementCall makeCall(const isl::ast_node& node, const isl::ast_build& build) const {
    const isl::map order = build.schedule().as_map();
    const std::optional<int> index = findStatement(scop_, tupleName(order.space().domain()));
    POLYLOOM_CHECK(index.has_value() && !node.is_null());
    const Statement& statement = scop_.statements[static_cast<std::size_t>(*index)];
    const isl::pw_multi_aff scanned = order.reverse().as_pw_multi_aff();
    const isl::pw_multi_aff instance = scan_->instanceOf(statement.name).pullback(scanned);
    const auto expression = [&](const isl::pw_aff& value) { return toIndexExpr(build.expr_from(value)); };

    StatementCall call{.statement = *index};
    for (unsigned d = 0; d < statement.loops.size(); ++d)
      call.iterators.push_back(expression(dimensionAff(statement.domain.space(), d).pullback(instance)));
    for (const Access& access : statement.accesses) {
      std::vector<IndexExpr> subscripts;
      // No instance in this place of the code evaluates a read whose condition never holds here: any cell will do.
      const isl::pw_multi_aff cell = access.relation.as_pw_multi_aff().pullback(instance);
      const bool isTouched = !cell.domain().intersect(order.range()).is_empty();
      const std::size_t rank = scop_.arrays[static_cast<std::size_t>(access.array)].extents.size();
      for (const isl::pw_aff& subscript : subscriptsOf(access, rank))
        subscripts.push_back(isTouched ? expression(subscript.pullback(instance)) : IndexExpr{});
      call.subscripts.push_back(std::move(subscripts));
    }
    for (const isl::pw_aff& value : statement.affineValues)
      call.affineValues.push_back(expression(value.pullback(instance)));
    return call;
  }

  LoopNode convert(const isl::ast_node& node, const Bindings& bindings, const std::optional<LoopMark>& mark) {
    if (node.isa<isl::ast_node_mark>()) {
      const isl::ast_node_mark markNode = node.as<isl::ast_node_mark>();
      return convert(markNode.node(), bindings, loopMarkFromText(markName(markNode)));
    }
    if (node.isa<isl::ast_node_for>())
      return convertFor(node.as<isl::ast_node_for>(), bindings, mark);
    if (node.isa<isl::ast_node_if>()) {
      const isl::ast_node_if branch = node.as<isl::ast_node_if>();
      LoopNode result{.kind = LoopNode::Kind::If, .condition = substitute(toIndexExpr(branch.cond()), bindings)};
      result.children.push_back(convert(branch.then_node(), bindings, mark));
      if (branch.has_else_node())
        result.children.push_back(convert(branch.else_node(), bindings, mark));
      return result;
    }
    if (node.isa<isl::ast_node_block>()) {
      LoopNode result{.kind = LoopNode::Kind::Block};
      const isl::ast_node_list list = node.as<isl::ast_node_block>().children();
      for (unsigned c = 0; c < list.size(); ++c)
        result.children.push_back(convert(list.at(static_cast<int>(c)), bindings, mark));
      return result;
    }
    POLYLOOM_CHECK(node.isa<isl::ast_node_user>());
    return convertCall(node, bindings);
  }

  LoopNode convertCall(const isl::ast_node& node, const Bindings& bindings) const {
    LoopNode result{.kind = LoopNode::Kind::Call, .call = calls_.at(static_cast<std::size_t>(annotationOf(node)))};
    const auto bind = [&](std::vector<IndexExpr>& exprs) {
      for (IndexExpr& expr : exprs)
        expr = substitute(expr, bindings);
    };
    bind(result.call.iterators);
    bind(result.call.affineValues);
    for (std::vector<IndexExpr>& subscripts : result.call.subscripts)
      bind(subscripts);
    return result;
  }

  LoopNode convertFor(const isl::ast_node_for& node, Bindings bindings, const std::optional<LoopMark>& mark) {
    const std::string islName = viewOf(node.iterator()).name;
    const IndexExpr first = substitute(toIndexExpr(node.init()), bindings);
    if (node.is_degenerate()) {
      bindings[islName] = first;
      return convert(node.body(), bindings, std::nullopt);
    }
    LoopNode result{.kind = LoopNode::Kind::For, .first = first};
    if (mark) {
      result.loop = mark->name;
      result.attributes = mark->attributes;
      if (const auto own = privateArrays_.find(mark->name); own != privateArrays_.end())
        result.privateArrays = own->second;
    }
    result.variable = freshVariable(mark ? mark->name : islName, bindings);
    const AstExprView condition = viewOf(node.cond());
    POLYLOOM_CHECK(condition.arguments.size() == 2);
    const IndexExpr bound = substitute(toIndexExpr(condition.arguments[1]), bindings);
    POLYLOOM_CHECK(condition.operation == isl_ast_expr_op_le || condition.operation == isl_ast_expr_op_lt);
    result.last = condition.operation == isl_ast_expr_op_le ? bound : plus(bound, -1);
    result.step = viewOf(node.inc()).value;
    POLYLOOM_CHECK(result.step > 0);
    bindings[islName] = {.op = IndexExpr::Op::Variable, .name = result.variable};
    result.children.push_back(convert(node.body(), bindings, std::nullopt));
    return result;
  }

  /// A readable name that hides nothing.
  std::string freshVariable(const std::string& wanted, const Bindings& bindings) const {
    const auto isTaken = [&](const std::string& name) {
      if (reserved_.contains(name))
        return true;
      for (const auto& [islName, value] : bindings)
        if (value.op == IndexExpr::Op::Variable && value.name == name)
          return true;
      return false;
    };
    std::string name = wanted;
    while (isTaken(name))
      name += "_";
    return name;
  }

  const Scop& scop_;
  std::set<std::string> reserved_;
  std::map<std::string, std::vector<int>> privateArrays_; ///< per parallel loop
  std::vector<StatementCall> calls_;
  const ScanSchedule* scan_ = nullptr;
};

/// The kernel, unless isl needs more operations than that, or more time than anyone waits.
std::optional<Kernel> buildWithin(unsigned long operations, KernelBuilder& builder, const ScanSchedule& scan,
                                  const isl::schedule& order) {
  const IslDeadline deadline(order.ctx(), kLongest);
  try {
    const IslQuota quota(order.ctx(), operations);
    return builder.build(scan, order);
  } catch (const isl::exception_quota&) {
    return std::nullopt;
  } catch (const isl::exception_abort&) {
    if (!deadline.isOver())
      throw; // canceled
    return std::nullopt;
  }
}

/// Neither of isl's ways to sample is always good. Tiles of skewed tiles keep basis reduction busy for minutes, and hardly
/// any operations are counted meanwhile; large tiles make branching alone slow, which the count ends at once. Both find
/// the same code. Hints can multiply the pieces: guards in the loops are slower, but mostly within reach.
std::optional<Kernel> buildAnyWay(KernelBuilder& builder, const ScanSchedule& scan) {
  const isl::ctx ctx = scan.order().ctx();
  const isl::schedule hinted = withAstOptions(scan.order());
  const auto buildPlainly = [&](unsigned long operations, const isl::schedule& order) {
    const IslPlainSampling plain(ctx);
    return buildWithin(operations, builder, scan, order);
  };
  const bool isSkewed = scan.hasSkewedTiles();
  std::optional<Kernel> kernel;
  if (isSkewed)
    kernel = buildPlainly(kFirstOperations, hinted);
  if (!kernel)
    kernel = buildWithin(kOperations, builder, scan, hinted);
  if (!kernel && !isSkewed)
    kernel = buildPlainly(kFirstOperations, hinted);
  if (!kernel)
    kernel = buildPlainly(kOperations, scan.order());
  return kernel;
}

} // namespace

Result<Kernel> makeKernel(const Schedule& schedule) {
  KernelBuilder builder(schedule);
  try {
    const ScanSchedule scan(schedule);
    if (std::optional<Kernel> kernel = buildAnyWay(builder, scan))
      return std::move(*kernel);
    return failure("too-complex", "code generation for this schedule needs more work than allowed");
  } catch (const isl::exception_abort&) {
    return failure("canceled", "code generation was canceled");
  } catch (const isl::exception_quota&) {
    return failure("too-complex", "code generation for this schedule needs more work than allowed");
  }
}

} // namespace polyloom
