// A place in a source file.
#pragma once

#include <string>

namespace polyloom {

/// A range of characters in a file. Lines and columns count from 1; 0 means "unknown".
/// The end is exclusive: `endColumn` is the column after the last character.
struct SourceRange {
  std::string file;
  int line = 0;
  int column = 0;
  int endLine = 0;
  int endColumn = 0;

  bool isKnown() const { return line > 0; }
  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

} // namespace polyloom
