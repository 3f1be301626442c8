// The project's sources as text, for rules about them.
#pragma once

#include <string>
#include <vector>

namespace polyloom::test {

/// A C++ file of ours.
struct SourceFile {
  std::string path; ///< from the top of the tree, with slashes
  std::vector<std::string> lines;

  bool isHeader() const { return path.ends_with(".h"); }
};

/// All .h and .cpp files below these folders of the source tree, by path.
std::vector<SourceFile> sourcesBelow(const std::vector<std::string>& folders);

/// What stands between the quotes or brackets of the #include lines.
std::vector<std::string> includesOf(const SourceFile& file);

/// A function's body that is longer than `limit` lines.
struct LongFunction {
  int line = 0; ///< of its first line, from 1
  int length = 0;
};

/// Functions (their heads included) longer than `limit` lines, found by their braces: what opens after a closing
/// parenthesis at the level of namespaces and classes is a function.
std::vector<LongFunction> longFunctions(const SourceFile& file, int limit);

/// A text as a source file, for fixtures.
SourceFile sourceOf(const std::string& path, const std::string& text);

} // namespace polyloom::test
