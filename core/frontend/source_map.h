// Clang's locations in the user's terms: file, line, column and text as written.
#pragma once

#include "core/base/diagnostic.h"

#include <clang/AST/ASTContext.h>

#include <string>

namespace polyloom {

/// Translates source locations of one translation unit. What a macro expands to is located where it is written.
class SourceMap {
public:
  SourceMap(const clang::ASTContext& ast, std::string path) : ast_(&ast), path_(std::move(path)) {}

  const clang::ASTContext& ast() const { return *ast_; }
  const std::string& path() const { return path_; }

  SourceRange range(clang::SourceRange where) const;
  SourceRange range(clang::SourceLocation where) const { return range(clang::SourceRange(where)); }

  /// The text as written in the file, on one line.
  std::string text(clang::SourceRange where) const;

  /// Offset in its file, of the outermost expansion where the location stems from a macro.
  unsigned offset(clang::SourceLocation where) const;

private:
  clang::CharSourceRange written(clang::SourceRange where) const;

  const clang::ASTContext* ast_;
  std::string path_;
};

/// Collapses every run of white space to one space.
std::string onOneLine(const std::string& text);

} // namespace polyloom
