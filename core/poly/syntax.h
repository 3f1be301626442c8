// Expressions of a program text, before anything is known about their names.
#pragma once

#include "core/poly/token.h"

#include <string>
#include <vector>

namespace polyloom {

/// An expression as it is written: C's operators, with `and`, `or`, `not`, `mod` and `=` as other spellings, and chains
/// of comparisons (0 <= i < N), which mean that all of them hold.
struct PolySyntax {
  enum class Kind {
    Integer, Floating, Name,
    Cell, ///< text[operands…], written A[i][j] or A[i, j]
    Call, ///< text(operands…)
    Unary, Binary,
    Select,
  };
  Kind kind = Kind::Integer;
  std::string text; ///< the number, the name, or the operator in C's spelling
  std::vector<PolySyntax> operands = {};
  SourceRange range = {};
};

/// Reads an expression; stops before the first token that cannot belong to it. Throws BadPoly.
PolySyntax parseExpression(PolyTokens& tokens);

/// Reads a name with or without subscripts: A[i, j], s.
PolySyntax parseCell(PolyTokens& tokens);

/// The expression on one line, for messages and for the text of statements.
std::string toText(const PolySyntax& syntax);

} // namespace polyloom
