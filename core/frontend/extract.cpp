#include "core/frontend/extract.h"

#include "core/frontend/parse.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace polyloom {

namespace {

SourceRange startOf(const std::string& path) {
  return {.file = path, .line = 1, .column = 1, .endLine = 1, .endColumn = 1};
}

/// Where the first character stands that no C source has, if there is one.
std::optional<SourceRange> binaryByte(const std::string& path, const std::string& text) {
  SourceRange where = startOf(path);
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) // UTF-16
    return where;
  for (const char c : text) {
    const bool isSpace = c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
    if (static_cast<unsigned char>(c) < ' ' && !isSpace) {
      where.endLine = where.line;
      where.endColumn = where.column + 1;
      return where;
    }
    where.column = c == '\n' ? 1 : where.column + 1;
    where.line += c == '\n' ? 1 : 0;
  }
  return std::nullopt;
}

/// What isl's exceptions mean at an entry point.
Diagnostic explain(const isl::exception& problem, const std::string& path) {
  if (dynamic_cast<const isl::exception_abort*>(&problem) != nullptr)
    return {"cancelled", "reading the region was canceled", {.file = path}};
  if (dynamic_cast<const isl::exception_quota*>(&problem) != nullptr)
    return {"cancelled", "reading the region took too many operations of isl", {.file = path}};
  return {"internal-error", std::string("isl failed: ") + problem.what(), {.file = path}};
}

} // namespace

Result<std::vector<ScopPtr>> extractText(isl::ctx ctx, const std::string& path, const std::string& text,
                                         const PreprocessorOptions& options) {
  if (const std::optional<SourceRange> where = binaryByte(path, text))
    return failure("not-text", "the file is not text: it holds a control character; wanted C source", *where);
  try {
    return parseAndBuild(ctx, path, text, options);
  } catch (const isl::exception& problem) {
    return std::unexpected(explain(problem, path));
  }
}

Result<std::string> readSource(const std::string& path) {
  const std::string wanted = "; wanted a C file, a .poly text or OpenScop";
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return failure("unreadable-file", "'" + path + "' is a folder" + wanted, {.file = path});
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return failure("unreadable-file", "the file '" + path + "' cannot be read" + wanted, {.file = path});
  return std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Result<std::vector<ScopPtr>> extractFile(isl::ctx ctx, const std::string& path, const PreprocessorOptions& options) {
  const Result<std::string> text = readSource(path);
  if (!text)
    return std::unexpected(text.error());
  return extractText(ctx, path, *text, options);
}

} // namespace polyloom
