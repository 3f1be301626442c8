#include "core/frontend/facts.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Expr.h>
#include <clang/Basic/SourceManager.h>

#include <algorithm>

namespace polyloom {

namespace {

/// Walks the region once. `isIndex` tells whether the expression decides which instances run or which cells they touch.
class FactsCollector {
public:
  explicit FactsCollector(const clang::ASTContext& ast) : ast_(&ast) {}

  void visit(const clang::Stmt* statement, bool isIndex);
  void visitElsewhere(const clang::Stmt* statement, const std::vector<const clang::Stmt*>& region);
  RegionFacts finish();

private:
  void visitChildren(const clang::Stmt* statement, bool isIndex);
  void visitFor(const clang::ForStmt* loop);
  void visitDeclaration(const clang::DeclStmt* statement);
  void visitReference(const clang::VarDecl* variable, bool isIndex);
  void visitType(clang::QualType type);
  void noteWrite(const clang::Expr* target);

  const clang::ASTContext* ast_;
  RegionFacts facts_;
  RegionFacts::Variables seen_;
};

void FactsCollector::visitChildren(const clang::Stmt* statement, bool isIndex) {
  for (const clang::Stmt* child : statement->children())
    visit(child, isIndex);
}

void FactsCollector::visit(const clang::Stmt* statement, bool isIndex) {
  if (statement == nullptr)
    return;
  if (const auto* loop = llvm::dyn_cast<clang::ForStmt>(statement))
    return visitFor(loop);
  if (const auto* declaration = llvm::dyn_cast<clang::DeclStmt>(statement))
    return visitDeclaration(declaration);
  if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(statement)) {
    visit(branch->getCond(), true);
    visit(branch->getThen(), false);
    visit(branch->getElse(), false);
    return;
  }
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(statement)) {
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl()))
      visitReference(variable, isIndex);
    return;
  }
  if (const auto* subscript = llvm::dyn_cast<clang::ArraySubscriptExpr>(statement)) {
    visit(subscript->getBase(), isIndex);
    visit(subscript->getIdx(), true);
    return;
  }
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(statement); binary && binary->isAssignmentOp())
    noteWrite(binary->getLHS());
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(statement)) {
    if (unary->isIncrementDecrementOp())
      noteWrite(unary->getSubExpr());
    isIndex = isIndex || unary->getOpcode() == clang::UO_Deref; // *(A + i) is A[i]
  }
  visitChildren(statement, isIndex);
}

void FactsCollector::visitFor(const clang::ForStmt* loop) {
  const clang::VarDecl* iterator = iteratorOf(loop);
  if (iterator == nullptr) { // the builder refuses it; until then its parts are ordinary statements
    visitChildren(loop, false);
    return;
  }
  facts_.iterators.insert(iterator);
  const auto* assignment = llvm::dyn_cast<clang::BinaryOperator>(loop->getInit());
  visit(assignment != nullptr ? assignment->getRHS() : iterator->getInit(), true);
  visit(loop->getCond(), true);
  visit(loop->getBody(), false);
}

void FactsCollector::visitDeclaration(const clang::DeclStmt* statement) {
  for (const clang::Decl* declaration : statement->decls()) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
    if (variable == nullptr)
      continue;
    facts_.declaredInside.insert(variable);
    visitType(variable->getType());
    if (variable->getInit() != nullptr && !constantOf(variable)) {
      facts_.written.insert(variable);
      visitReference(variable, false);
      visit(variable->getInit(), false);
    }
  }
}

void FactsCollector::visitReference(const clang::VarDecl* variable, bool isIndex) {
  if (isIndex && variable->getType()->isIntegerType())
    facts_.indices.insert(variable);
  if (!seen_.insert(variable).second)
    return;
  facts_.referenced.push_back(variable);
  visitType(declaredType(variable));
}

void FactsCollector::visitType(clang::QualType type) {
  while (true) {
    if (const clang::ArrayType* array = ast_->getAsArrayType(type)) {
      if (const auto* variable = llvm::dyn_cast<clang::VariableArrayType>(array))
        visit(variable->getSizeExpr(), true);
      type = array->getElementType();
    } else if (type->isPointerType()) {
      type = type->getPointeeType();
    } else {
      return;
    }
  }
}

/// Notes the variables that are named outside the region.
void FactsCollector::visitElsewhere(const clang::Stmt* statement, const std::vector<const clang::Stmt*>& region) {
  if (statement == nullptr || std::ranges::find(region, statement) != region.end())
    return;
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(statement))
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl()))
      facts_.namedElsewhere.insert(variable);
  for (const clang::Stmt* child : statement->children())
    visitElsewhere(child, region);
}

void FactsCollector::noteWrite(const clang::Expr* target) {
  if (const clang::VarDecl* variable = namedVariable(target))
    facts_.written.insert(variable);
}

RegionFacts FactsCollector::finish() {
  const clang::SourceManager& manager = ast_->getSourceManager();
  std::stable_sort(facts_.referenced.begin(), facts_.referenced.end(),
                   [&](const clang::VarDecl* left, const clang::VarDecl* right) {
                     return manager.isBeforeInTranslationUnit(left->getLocation(), right->getLocation());
                   });
  return std::move(facts_);
}

} // namespace

RegionFacts collectFacts(const std::vector<const clang::Stmt*>& statements, const clang::Stmt* functionBody,
                         const clang::ASTContext& ast) {
  FactsCollector collector(ast);
  for (const clang::Stmt* statement : statements)
    collector.visit(statement, false);
  collector.visitElsewhere(functionBody, statements);
  return collector.finish();
}

const clang::VarDecl* namedVariable(const clang::Expr* expr) {
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr->IgnoreParenCasts()))
    return llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  return nullptr;
}

const clang::VarDecl* iteratorOf(const clang::ForStmt* loop) {
  const clang::Stmt* init = loop->getInit();
  if (init == nullptr)
    return nullptr;
  if (const auto* declaration = llvm::dyn_cast<clang::DeclStmt>(init)) {
    if (!declaration->isSingleDecl())
      return nullptr;
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration->getSingleDecl());
    return variable != nullptr && variable->getInit() != nullptr ? variable : nullptr;
  }
  const auto* assignment = llvm::dyn_cast<clang::BinaryOperator>(init);
  if (assignment == nullptr || assignment->getOpcode() != clang::BO_Assign)
    return nullptr;
  return namedVariable(assignment->getLHS());
}

clang::QualType declaredType(const clang::VarDecl* variable) {
  if (const auto* parameter = llvm::dyn_cast<clang::ParmVarDecl>(variable))
    return parameter->getOriginalType();
  return variable->getType();
}

std::optional<std::int64_t> constantOf(const clang::VarDecl* variable) {
  const clang::Expr* init = variable->getInit();
  if (init == nullptr || !variable->getType().isConstQualified() || !variable->getType()->isIntegerType())
    return std::nullopt;
  return constantOf(init, variable->getASTContext());
}

std::optional<std::int64_t> constantOf(const clang::Expr* expr, const clang::ASTContext& ast) {
  if (!expr->getType()->isIntegerType() || expr->isValueDependent())
    return std::nullopt;
  if (const clang::VarDecl* variable = namedVariable(expr))
    return constantOf(variable);
  clang::Expr::EvalResult result;
  if (!expr->EvaluateAsInt(result, ast) || !result.Val.getInt().isRepresentableByInt64())
    return std::nullopt;
  return result.Val.getInt().getExtValue();
}

} // namespace polyloom
