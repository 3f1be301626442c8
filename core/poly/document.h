// A program text taken apart.
#pragma once

#include "core/poly/syntax.h"
#include "core/program/types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

struct PolyParameter {
  PolyToken name;
  std::optional<std::int64_t> value = {};
};

struct PolyScalar {
  PolyToken name;
  ElementType type = ElementType::Float64;
  std::optional<double> value = {};
};

struct PolyArray {
  PolyToken name;
  std::vector<PolySyntax> extents = {};
  ElementType type = ElementType::Float64;
};

/// place = value, with the operator of the assignment ("=", "+=", …).
struct PolyAssignment {
  PolySyntax place;
  std::string op;
  PolySyntax value;
  std::string text; ///< as written, on one line
};

struct PolyStatement {
  PolyToken name;
  std::vector<PolyToken> iterators = {};
  std::optional<PolySyntax> condition = {}; ///< none: all points, which is bounded only without iterators
  std::vector<PolySyntax> writes = {}, reads = {};
  std::optional<PolyAssignment> assignment = {};
};

/// S0[t, i] -> [t, 0, i]
struct PolyDate {
  PolyToken statement;
  std::vector<PolyToken> iterators = {};
  std::vector<PolySyntax> date = {};
  SourceRange range = {};
};

struct PolyDocument {
  std::string name;
  std::vector<PolyParameter> parameters = {};
  std::vector<PolySyntax> assumptions = {};
  std::vector<PolyScalar> scalars = {};
  std::vector<PolyArray> arrays = {};
  std::vector<PolyStatement> statements = {};
  std::vector<PolyDate> order = {};
  bool hasOrder = false;
};

/// Where the first line that is neither blank nor a comment begins, if it begins with polyloom-program; or npos.
std::size_t findPolyHead(const std::string& text);

/// Checks the form only; the text has a head. Throws BadPoly.
PolyDocument parseDocument(const std::string& path, const std::string& text);

} // namespace polyloom
