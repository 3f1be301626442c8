// One statement of a program text: its instances, its accesses, its value.
#pragma once

#include "core/assemble/dated.h"
#include "core/poly/affine.h"
#include "core/poly/document.h"

#include <isl/cpp.h>

#include <string>
#include <vector>

namespace polyloom {

/// What the statements of a program share.
struct PolyScope {
  isl::ctx ctx;
  const Scop& scop; ///< parameters, scalars and arrays
};

/// Reads what a statement writes, reads and computes. A line `is` alone says all of it; a statement without one has an
/// opaque value. A read under a condition on iterators and parameters is an access of the instances that meet it.
/// All functions throw BadPoly.
class PolyStatementReader {
public:
  PolyStatementReader(const PolyScope& scope, const PolyStatement& text);

  /// All but the date.
  DatedStatement read();

private:
  /// An access as isl's object, or throws.
  DatedAccess access(const PolySyntax& cell, bool isWrite) const;
  int addAccess(const PolySyntax& cell, bool isWrite);
  isl::set domain() const;
  void readAssignment(const PolyAssignment& assignment);
  void compareWithLists();

  ExprPtr value(const PolySyntax& syntax);
  ExprPtr name(const PolySyntax& syntax);
  ExprPtr call(const PolySyntax& syntax);
  ExprPtr extremum(const PolySyntax& syntax);
  ExprPtr unary(const PolySyntax& syntax);
  ExprPtr binary(const PolySyntax& syntax);
  ExprPtr lazy(const PolySyntax& syntax);
  ExprPtr select(const PolySyntax& syntax);
  ExprPtr valueWhere(const PolySyntax& syntax, const isl::set& condition);
  ExprPtr affineValue(const PolySyntax& syntax);
  /// The instances that meet a condition on iterators and parameters, or nothing where data decides.
  std::optional<isl::set> decided(const PolySyntax& condition) const;
  bool isLinear(const PolySyntax& syntax) const;

  const PolyScope& scope_;
  const PolyStatement& text_;
  std::vector<std::string> iterators_;
  PolyAffine affine_;
  isl::set reached_; ///< over parameters, the iterators among them: the instances that evaluate what is read now
  DatedStatement result_;
};

/// The usual arithmetic conversions of C on a value of each type.
ElementType commonType(ElementType a, ElementType b);

} // namespace polyloom
