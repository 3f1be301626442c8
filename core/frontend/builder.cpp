#include "core/frontend/builder.h"

#include "core/assemble/finish.h"
#include "core/assemble/names.h"
#include "core/frontend/loops.h"
#include "core/frontend/values.h"
#include "core/isl/sets.h"

#include <clang/AST/ASTContext.h>

#include <fmt/format.h>

namespace polyloom {

namespace {

using Outcome = std::optional<Diagnostic>;

/// Dependences are a matter of pairs: beyond this many statements a verdict takes longer than anyone waits.
constexpr std::size_t kMaxStatements = 200;

/// Walks the statements of a region in textual order.
class ScopBuilder {
public:
  ScopBuilder(RegionState& state, PendingScop& pending) : state_(&state), pending_(&pending) {}

  Outcome read(const clang::Stmt* statement, ProgramNode& parent);

private:
  struct Frame {
    const clang::VarDecl* iterator = nullptr;
    std::string dimension; ///< what its dimension is called
  };

  Outcome readBlock(const clang::CompoundStmt* block, ProgramNode& parent);
  Outcome readFor(const clang::ForStmt* loop, ProgramNode& parent);
  Outcome readBody(const clang::ForStmt* loop, const LoopHead& head, ProgramNode& parent);
  Outcome readIf(const clang::IfStmt* branch, ProgramNode& parent);
  Outcome readWhere(const isl::set& condition, const clang::Stmt* statement, ProgramNode& parent);
  Outcome readDeclarations(const clang::DeclStmt* statement, ProgramNode& parent);
  Outcome readDeclaration(const clang::VarDecl* variable, clang::SourceRange where, ProgramNode& parent);
  Outcome readExpression(const clang::Expr* expr, ProgramNode& parent);
  Outcome refuse(const clang::Stmt* statement) const;
  void addStatement(PendingStatement&& values, clang::SourceRange where, ProgramNode& parent);
  std::string dimensionName(const clang::VarDecl* iterator, const std::string& loop) const;
  std::string takeLabel();

  RegionState* state_;
  PendingScop* pending_;
  isl::set path_ = allParameters(state_->ctx);
  std::vector<Frame> frames_;
  std::vector<int> loops_;
  UniqueNames loopNames_, statementNames_;
  std::string label_;
};

Outcome ScopBuilder::read(const clang::Stmt* statement, ProgramNode& parent) {
  if (statement == nullptr || llvm::isa<clang::NullStmt>(statement))
    return std::nullopt;
  if (const auto* label = llvm::dyn_cast<clang::LabelStmt>(statement)) {
    const std::string name = label->getName();
    label_ = isPlainName(name) ? name : ""; // a label is only a wish
    const Outcome problem = read(label->getSubStmt(), parent);
    label_.clear();
    return problem;
  }
  if (const auto* attributed = llvm::dyn_cast<clang::AttributedStmt>(statement))
    return read(attributed->getSubStmt(), parent);
  if (const auto* loop = llvm::dyn_cast<clang::ForStmt>(statement))
    return readFor(loop, parent);
  if (const auto* expr = llvm::dyn_cast<clang::Expr>(statement))
    return readExpression(expr, parent);
  label_.clear(); // of a block, a branch or a declaration: names nothing
  if (const auto* block = llvm::dyn_cast<clang::CompoundStmt>(statement))
    return readBlock(block, parent);
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(statement))
    return readIf(branch, parent);
  if (const auto* declarations = llvm::dyn_cast<clang::DeclStmt>(statement))
    return readDeclarations(declarations, parent);
  return refuse(statement);
}

std::string ScopBuilder::takeLabel() {
  return std::exchange(label_, {});
}

Outcome ScopBuilder::readBlock(const clang::CompoundStmt* block, ProgramNode& parent) {
  for (const clang::Stmt* child : block->body())
    if (Outcome problem = read(child, parent))
      return problem;
  return std::nullopt;
}

std::string ScopBuilder::dimensionName(const clang::VarDecl* iterator, const std::string& loop) const {
  const std::string name = iterator->getNameAsString();
  bool isTaken = isReservedWord(name) || findParameter(pending_->scop, name);
  for (const Frame& frame : frames_)
    isTaken = isTaken || frame.dimension == name;
  return isTaken ? loop + "_" : name;
}

Outcome ScopBuilder::readFor(const clang::ForStmt* loop, ProgramNode& parent) {
  const clang::SourceRange where(loop->getForLoc(), loop->getRParenLoc());
  const clang::VarDecl* iterator = iteratorOf(loop);
  const std::string label = takeLabel();
  const UniqueNames names = loopNames_;
  const std::string wanted = iterator != nullptr ? iterator->getNameAsString() : "";
  const std::string name = loopNames_.take(label.empty() ? wanted : label);
  const Result<LoopHead> head = enterLoop(loop, name + "'loop", *state_);
  if (!head)
    return head.error();
  const std::size_t count = pending_->scop.loops.size();
  pending_->scop.loops.push_back(
      {.name = name, .iterator = wanted, .step = head->step, .range = state_->source.range(where)});
  frames_.push_back({iterator, dimensionName(iterator, name)});
  loops_.push_back(static_cast<int>(count));
  ProgramNode node{ProgramNode::Kind::Loop, static_cast<int>(count), {}};
  Outcome problem = readBody(loop, *head, node);
  loops_.pop_back();
  frames_.pop_back();
  state_->affine.leaveLoop(iterator);
  if (node.children.empty()) { // nothing runs in it
    pending_->scop.loops.resize(count);
    loopNames_ = names;
  } else {
    parent.children.push_back(std::move(node));
  }
  return problem;
}

Outcome ScopBuilder::readBody(const clang::ForStmt* loop, const LoopHead& head, ProgramNode& parent) {
  const std::optional<Iterations> iterations = iterationsOf(head, path_, state_->iterators);
  const clang::SourceRange where(loop->getForLoc(), loop->getRParenLoc());
  if (!iterations)
    return Diagnostic{
        "unbounded-loop",
        fmt::format("the loop '{}' never ends; wanted a bound that its iterator reaches", state_->source.text(where)),
        state_->source.range(where)};
  if (iterations->terminates) {
    const isl::set endless = projectOut(path_.subtract(*iterations->terminates), state_->iterators);
    pending_->assumptions.add(avoid(endless, projectOut(path_, state_->iterators)),
                              fmt::format("the loop {} ends", state_->source.text(where)));
  }
  const isl::set outer = std::exchange(path_, iterations->values);
  state_->iterators.push_back(head.iterator);
  const Outcome problem = path_.is_empty() ? std::nullopt : read(loop->getBody(), parent);
  state_->iterators.pop_back();
  path_ = outer;
  return problem;
}

Outcome ScopBuilder::readWhere(const isl::set& condition, const clang::Stmt* statement, ProgramNode& parent) {
  const isl::set outer = std::exchange(path_, path_.intersect(condition).coalesce());
  const Outcome problem = path_.is_empty() ? std::nullopt : read(statement, parent);
  path_ = outer;
  return problem;
}

Outcome ScopBuilder::readIf(const clang::IfStmt* branch, ProgramNode& parent) {
  const Result<isl::set> condition = state_->affine.condition(branch->getCond(), AffineUse::Guard);
  if (!condition)
    return condition.error();
  if (Outcome problem = readWhere(*condition, branch->getThen(), parent))
    return problem;
  return readWhere(condition->complement(), branch->getElse(), parent);
}

Outcome ScopBuilder::readDeclarations(const clang::DeclStmt* statement, ProgramNode& parent) {
  clang::SourceLocation begin = statement->getBeginLoc();
  for (const clang::Decl* declaration : statement->decls()) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
    if (variable == nullptr)
      continue;
    if (Outcome problem = readDeclaration(variable, {begin, variable->getEndLoc()}, parent))
      return problem;
    if (const auto* next = declaration->getNextDeclInContext())
      begin = next->getLocation();
  }
  return std::nullopt;
}

Outcome ScopBuilder::readDeclaration(const clang::VarDecl* variable, clang::SourceRange where, ProgramNode& parent) {
  if (variable->getInit() == nullptr || constantOf(variable) || floatingConstantOf(variable))
    return std::nullopt;
  const std::string text = state_->source.text(where);
  if (!variable->getType()->isArithmeticType())
    return Diagnostic{"unsupported-initializer",
                      fmt::format("'{}' initializes more than a scalar; wanted a declaration without initializer, and "
                                  "assignments",
                                  text),
                      state_->source.range(where)};
  if (variable->isStaticLocal())
    return Diagnostic{"static-variable",
                      fmt::format("'{}' keeps its value between calls; wanted an automatic variable", text),
                      state_->source.range(where)};
  Result<PendingStatement> values = readInitializer(variable, path_, *state_);
  if (!values)
    return std::move(values.error());
  addStatement(*std::move(values), where, parent);
  return std::nullopt;
}

Outcome ScopBuilder::readExpression(const clang::Expr* expr, ProgramNode& parent) {
  const clang::Expr* inner = expr->IgnoreParens();
  if (pending_->scop.statements.size() >= kMaxStatements)
    return Diagnostic{"too-many-statements",
                      fmt::format("the region has more than {} statements; wanted a region around fewer of them",
                                  kMaxStatements),
                      state_->source.range(expr->getSourceRange())};
  if (const auto* comma = llvm::dyn_cast<clang::BinaryOperator>(inner);
      comma && comma->getOpcode() == clang::BO_Comma) {
    Outcome problem = readExpression(comma->getLHS(), parent);
    return problem ? problem : readExpression(comma->getRHS(), parent);
  }
  // a = b = c is b = c, then a = b.
  if (const clang::BinaryOperator* first = chainedAssignment(inner))
    if (Outcome problem = readExpression(first, parent))
      return problem;
  Result<PendingStatement> values = readAssignment(inner, path_, *state_);
  if (!values)
    return std::move(values.error());
  addStatement(*std::move(values), expr->getSourceRange(), parent);
  return std::nullopt;
}

void ScopBuilder::addStatement(PendingStatement&& values, clang::SourceRange where, ProgramNode& parent) {
  const std::size_t count = pending_->scop.statements.size();
  const std::string label = takeLabel();
  Statement statement;
  const std::string wanted = label.empty() ? "S" + std::to_string(count) : label;
  statement.name = statementNames_.take(isReservedWord(wanted) ? wanted + "_" : wanted);
  statement.domain = path_; // a placeholder until the region is finished: isl refuses to copy null objects
  statement.loops = loops_;
  statement.value = values.value;
  statement.text = state_->source.text(where);
  statement.range = state_->source.range(where);
  std::vector<std::string> dimensions;
  for (const Frame& frame : frames_)
    dimensions.push_back(frame.dimension);
  parent.children.push_back({ProgramNode::Kind::Statement, static_cast<int>(count), {}});
  pending_->scop.statements.push_back(std::move(statement));
  pending_->statements.push_back({std::move(values), path_, state_->iterators, std::move(dimensions)});
}

Outcome ScopBuilder::refuse(const clang::Stmt* statement) const {
  struct Refusal {
    clang::Stmt::StmtClass kind;
    const char *code, *found, *wanted;
  };
  static constexpr Refusal kRefusals[] = {
      {clang::Stmt::WhileStmtClass, "while-loop", "a while loop", "a for loop with affine bounds"},
      {clang::Stmt::DoStmtClass, "do-loop", "a do loop", "a for loop with affine bounds"},
      {clang::Stmt::GotoStmtClass, "goto", "a jump", "for loops and if statements only"},
      {clang::Stmt::IndirectGotoStmtClass, "goto", "a jump", "for loops and if statements only"},
      {clang::Stmt::BreakStmtClass, "break", "a jump out of its loop", "a loop that ends by its condition"},
      {clang::Stmt::ContinueStmtClass, "continue", "a jump to the next iteration", "an if statement around the rest"},
      {clang::Stmt::ReturnStmtClass, "return", "a jump out of the region", "a region that runs to its end"},
      {clang::Stmt::SwitchStmtClass, "switch", "a switch", "if statements with affine conditions"},
  };
  const std::string text = state_->source.text(statement->getSourceRange());
  const std::string shown = text.size() > 60 ? text.substr(0, 57) + "..." : text;
  const SourceRange range = state_->source.range(statement->getSourceRange());
  for (const Refusal& refusal : kRefusals)
    if (statement->getStmtClass() == refusal.kind)
      return Diagnostic{refusal.code, fmt::format("'{}' is {}; wanted {}", shown, refusal.found, refusal.wanted),
                        range};
  return Diagnostic{"unsupported-statement",
                    fmt::format("'{}' is no statement that a region can hold; wanted assignments, for loops and if "
                                "statements",
                                shown),
                    range};
}

} // namespace

Result<ScopPtr> buildScop(isl::ctx ctx, const SourceMap& source, const std::string& text, const Region& region) {
  const RegionFacts facts = collectFacts(region.statements, region.function->getBody(), source.ast());
  RegionState state{.ctx = ctx,
                    .source = source,
                    .facts = facts,
                    .affine = AffineReader(ctx, source, facts),
                    .variables = {},
                    .iterators = {}};
  Result<Variables> variables = declareVariables(source, facts, state.affine);
  if (!variables)
    return std::unexpected(std::move(variables.error()));
  state.variables = *std::move(variables);

  PendingScop pending(ctx);
  Scop& scop = pending.scop;
  scop.function = region.function->getNameAsString();
  for (const clang::ParmVarDecl* argument : region.function->parameters())
    scop.arguments.push_back(argument->getNameAsString());
  scop.parameters = state.variables.parameters;
  scop.scalars = state.variables.scalars;
  scop.source = {source.path(), text, region.begin, region.end};
  ScopBuilder builder(state, pending);
  for (const clang::Stmt* statement : region.statements)
    if (Outcome problem = builder.read(statement, scop.body))
      return std::unexpected(std::move(*problem));
  if (scop.statements.empty())
    return failure("empty-region", "the region has no statement that runs; wanted an assignment within it",
                   region.range);
  scop.arrays = std::move(state.variables.arrays);
  return finishScop(std::move(pending), state.variables.inferred);
}

} // namespace polyloom
