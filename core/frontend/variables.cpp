#include "core/frontend/variables.h"

#include "core/assemble/iteration.h"
#include "core/assemble/names.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Expr.h>

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

constexpr const char* kWantedTypes = "wanted char, short, int, long, float or double";
constexpr const char* kWantedSigned = "wanted a signed integer, which does not wrap around below 0";

/// The number that a variable is initialized with, if it is constant.
std::optional<double> initialValueOf(const clang::VarDecl* variable) {
  const clang::Expr* init = variable->getInit();
  if (init == nullptr || llvm::isa<clang::ParmVarDecl>(variable))
    return std::nullopt;
  clang::Expr::EvalResult result;
  if (!init->EvaluateAsRValue(result, variable->getASTContext()) || result.HasSideEffects)
    return std::nullopt;
  if (result.Val.isInt())
    return static_cast<double>(result.Val.getInt().getExtValue());
  if (!result.Val.isFloat())
    return std::nullopt;
  llvm::APFloat number = result.Val.getFloat();
  bool losesInfo = false;
  number.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  return number.convertToDouble();
}

class VariableDeclarer {
public:
  VariableDeclarer(const SourceMap& source, const RegionFacts& facts, AffineReader& affine)
      : source_(&source), facts_(&facts), affine_(&affine) {}

  Result<Variables> run();

private:
  using Outcome = std::optional<Diagnostic>;

  Outcome declare(const clang::VarDecl* variable);
  Outcome declareParameter(const clang::VarDecl* variable);
  Outcome declareScalar(const clang::VarDecl* variable);
  Outcome declareArray(const clang::VarDecl* variable);
  Result<isl::pw_aff> extentOf(const clang::ArrayType* array);
  Diagnostic unsupported(const clang::VarDecl* variable, const std::string& found,
                         const char* wanted = kWantedTypes) const;
  SourceRange rangeOf(const clang::VarDecl* variable) const { return source_->range(variable->getLocation()); }

  const SourceMap* source_;
  const RegionFacts* facts_;
  AffineReader* affine_;
  Variables result_;
  UniqueNames names_;
};

Result<Variables> VariableDeclarer::run() {
  for (const clang::VarDecl* variable : facts_->referenced)
    if (Outcome problem = declare(variable))
      return std::unexpected(std::move(*problem));
  return std::move(result_);
}

std::optional<Diagnostic> VariableDeclarer::declare(const clang::VarDecl* variable) {
  const clang::QualType type = declaredType(variable);
  if (!isPlainName(variable->getNameAsString()))
    return Diagnostic{"unreadable-name",
                      fmt::format("the name '{}' has letters that isl's notation cannot hold; wanted letters from a to "
                                  "z, digits and underscores",
                                  variable->getNameAsString()),
                      rangeOf(variable)};
  if (type.isVolatileQualified() || type->isAtomicType())
    return unsupported(variable, fmt::format("'{}' has type '{}'", variable->getNameAsString(), type.getAsString()),
                       "wanted a variable that is neither volatile nor atomic");
  if (facts_->iterators.contains(variable)) {
    if (!type->isSignedIntegerType())
      return unsupported(
          variable, fmt::format("the iterator '{}' has type '{}'", variable->getNameAsString(), type.getAsString()),
          kWantedSigned);
    return std::nullopt;
  }
  if (constantOf(variable) || floatingConstantOf(variable))
    return std::nullopt;
  const bool isInside = facts_->declaredInside.contains(variable);
  if (facts_->isParameter(variable) && !isInside)
    return declareParameter(variable);
  const bool isScalar = type->isArithmeticType() && !facts_->written.contains(variable) && !isInside;
  return isScalar ? declareScalar(variable) : declareArray(variable);
}

std::optional<Diagnostic> VariableDeclarer::declareParameter(const clang::VarDecl* variable) {
  const std::string name = variable->getNameAsString();
  const std::optional<ElementType> type = elementTypeOf(variable->getType());
  if (!type)
    return unsupported(variable,
                       fmt::format("the parameter '{}' has type '{}'", name, variable->getType().getAsString()),
                       kWantedSigned);
  if (isReservedWord(name))
    return Diagnostic{"reserved-name",
                      fmt::format("the parameter '{0}' has a name that isl's notation uses itself; wanted another, "
                                  "such as '{0}_'",
                                  name),
                      rangeOf(variable)};
  const auto isSame = [&](const Parameter& other) { return other.name == name; };
  if (std::any_of(result_.parameters.begin(), result_.parameters.end(), isSame))
    return Diagnostic{"ambiguous-name", fmt::format("two parameters are called '{}'; wanted different names", name),
                      rangeOf(variable)};
  result_.parameters.push_back({.name = name, .type = *type});
  return std::nullopt;
}

std::optional<Diagnostic> VariableDeclarer::declareScalar(const clang::VarDecl* variable) {
  const std::optional<ElementType> type = elementTypeOf(variable->getType());
  const std::string name = variable->getNameAsString();
  if (!type)
    return unsupported(variable, fmt::format("'{}' has type '{}'", name, variable->getType().getAsString()));
  result_.scalarOf[variable] = static_cast<int>(result_.scalars.size());
  const double usual = isFloating(*type) ? 1.5 : 1.0;
  result_.scalars.push_back({.name = name, .type = *type, .value = initialValueOf(variable).value_or(usual)});
  return std::nullopt;
}

std::optional<Diagnostic> VariableDeclarer::declareArray(const clang::VarDecl* variable) {
  const std::string name = variable->getNameAsString();
  clang::QualType type = declaredType(variable);
  std::vector<isl::pw_aff> extents;
  bool isInferred = false;
  if (type->isPointerType()) {
    type = type->getPointeeType();
    isInferred = true;
  }
  if (isInferred)
    extents.push_back(constantValue(affine_->ctx(), 0)); // until the accesses are known
  while (const clang::ArrayType* array = source_->ast().getAsArrayType(type)) {
    const bool isOpen = llvm::isa<clang::IncompleteArrayType>(array);
    if (isOpen && !extents.empty())
      return Diagnostic{"not-affine", fmt::format("an extent of '{}' is not declared", name), rangeOf(variable)};
    isInferred = isInferred || isOpen;
    Result<isl::pw_aff> extent = isOpen ? Result<isl::pw_aff>(constantValue(affine_->ctx(), 0)) : extentOf(array);
    if (!extent)
      return std::move(extent.error());
    extents.push_back(*std::move(extent));
    type = array->getElementType();
  }
  const std::optional<ElementType> element = elementTypeOf(type);
  if (!element)
    return unsupported(variable, extents.empty()
                                     ? fmt::format("'{}' has type '{}'", name, type.getAsString())
                                     : fmt::format("'{}' holds elements of type '{}'", name, type.getAsString()));
  const int index = static_cast<int>(result_.arrays.size());
  if (isInferred)
    result_.inferred.push_back(index);
  result_.arrayOf[variable] = index;
  result_.arrays.push_back({.name = names_.take(name),
                            .element = *element,
                            .extents = std::move(extents),
                            .isLocal = facts_->declaredInside.contains(variable),
                            .isConfined = facts_->isConfined(variable),
                            .range = rangeOf(variable)});
  return std::nullopt;
}

Result<isl::pw_aff> VariableDeclarer::extentOf(const clang::ArrayType* array) {
  if (const auto* constant = llvm::dyn_cast<clang::ConstantArrayType>(array)) {
    const auto size = static_cast<std::int64_t>(constant->getSize().getZExtValue());
    return constantValue(affine_->ctx(), size);
  }
  const auto* variable = llvm::dyn_cast<clang::VariableArrayType>(array);
  if (variable == nullptr || variable->getSizeExpr() == nullptr)
    return failure("not-affine", "an array's extent is not declared; wanted a number or an affine expression");
  return affine_->value(variable->getSizeExpr(), AffineUse::Extent);
}

Diagnostic VariableDeclarer::unsupported(const clang::VarDecl* variable, const std::string& found,
                                         const char* wanted) const {
  return {"unsupported-type", fmt::format("{}; {}", found, wanted), rangeOf(variable)};
}

} // namespace

Result<Variables> declareVariables(const SourceMap& source, const RegionFacts& facts, AffineReader& affine) {
  return VariableDeclarer(source, facts, affine).run();
}

std::optional<ElementType> elementTypeOf(clang::QualType type) {
  const auto* builtin = type.getCanonicalType()->getAs<clang::BuiltinType>();
  if (builtin == nullptr || type.isVolatileQualified())
    return std::nullopt;
  switch (builtin->getKind()) {
  case clang::BuiltinType::Char_S:
  case clang::BuiltinType::SChar:
    return ElementType::Int8;
  case clang::BuiltinType::Short:
    return ElementType::Int16;
  case clang::BuiltinType::Int:
    return ElementType::Int32;
  case clang::BuiltinType::Long:
  case clang::BuiltinType::LongLong:
    return ElementType::Int64;
  case clang::BuiltinType::Float:
    return ElementType::Float32;
  case clang::BuiltinType::Double:
    return ElementType::Float64;
  default:
    return std::nullopt;
  }
}

std::optional<double> floatingConstantOf(const clang::VarDecl* variable) {
  if (!variable->getType().isConstQualified() || !variable->getType()->isRealFloatingType())
    return std::nullopt;
  return initialValueOf(variable);
}

} // namespace polyloom
