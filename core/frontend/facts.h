// What a region does with each variable: the knowledge that must be there before anything is translated.
#pragma once

#include <clang/AST/Decl.h>
#include <clang/AST/Stmt.h>

#include <optional>
#include <set>
#include <vector>

namespace polyloom {

/// The variables of one region and their roles.
struct RegionFacts {
  using Variables = std::set<const clang::VarDecl*>;

  std::vector<const clang::VarDecl*> referenced; ///< in order of declaration
  Variables written;                             ///< scalars that a statement assigns, including by an initializer
  Variables iterators;                           ///< variables that a `for` counts with
  Variables declaredInside;                      ///< but not as a loop's iterator
  Variables namedElsewhere;                      ///< in the function, outside the region
  Variables indices;                             ///< integers that stand in a bound, guard, subscript or extent

  bool isParameter(const clang::VarDecl* variable) const {
    return indices.contains(variable) && !written.contains(variable) && !iterators.contains(variable);
  }

  /// A variable of the function that only the region names.
  bool isConfined(const clang::VarDecl* variable) const {
    return variable->hasLocalStorage() && !llvm::isa<clang::ParmVarDecl>(variable) &&
           !variable->getType()->isPointerType() && !declaredInside.contains(variable) &&
           !namedElsewhere.contains(variable);
  }
};

/// Collects the facts of the statements of a region in the body of a function.
RegionFacts collectFacts(const std::vector<const clang::Stmt*>& statements, const clang::Stmt* functionBody,
                         const clang::ASTContext& ast);

/// The variable that an expression names, looking through parentheses and casts; or null.
const clang::VarDecl* namedVariable(const clang::Expr* expr);

/// The variable that a `for` counts with, if its head has one of the usual forms.
const clang::VarDecl* iteratorOf(const clang::ForStmt* loop);

/// The type as declared: for an array parameter the array, not the pointer that C makes of it.
clang::QualType declaredType(const clang::VarDecl* variable);

/// The value of a `const` integer with a constant initializer.
std::optional<std::int64_t> constantOf(const clang::VarDecl* variable);

/// The value of an integer expression that is constant, also through `const` variables.
std::optional<std::int64_t> constantOf(const clang::Expr* expr, const clang::ASTContext& ast);

} // namespace polyloom
