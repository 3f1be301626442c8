#include "core/frontend/source_map.h"

#include <clang/Basic/SourceManager.h>
#include <clang/Lex/Lexer.h>

#include <cctype>

namespace polyloom {

clang::CharSourceRange SourceMap::written(clang::SourceRange where) const {
  const clang::SourceManager& manager = ast_->getSourceManager();
  const auto tokens = clang::CharSourceRange::getTokenRange(where);
  // An argument of a macro is written in the file itself; anything else of a macro stands where the macro is used.
  const clang::CharSourceRange direct = clang::Lexer::makeFileCharRange(tokens, manager, ast_->getLangOpts());
  if (direct.isValid())
    return direct;
  const clang::CharSourceRange first = manager.getExpansionRange(where.getBegin());
  const clang::CharSourceRange last = manager.getExpansionRange(where.getEnd());
  const clang::SourceLocation end = clang::Lexer::getLocForEndOfToken(last.getEnd(), 0, manager, ast_->getLangOpts());
  return clang::CharSourceRange::getCharRange(first.getBegin(), end.isValid() ? end : last.getEnd());
}

SourceRange SourceMap::range(clang::SourceRange where) const {
  if (where.isInvalid())
    return {.file = path_};
  const clang::SourceManager& manager = ast_->getSourceManager();
  const clang::CharSourceRange chars = written(where);
  const clang::SourceLocation begin = manager.getFileLoc(chars.getBegin());
  const clang::SourceLocation end = manager.getFileLoc(chars.getEnd());
  const bool isMain = manager.isInMainFile(begin);
  return {.file = isMain ? path_ : manager.getFilename(begin).str(),
          .line = static_cast<int>(manager.getSpellingLineNumber(begin)),
          .column = static_cast<int>(manager.getSpellingColumnNumber(begin)),
          .endLine = static_cast<int>(manager.getSpellingLineNumber(end)),
          .endColumn = static_cast<int>(manager.getSpellingColumnNumber(end))};
}

std::string SourceMap::text(clang::SourceRange where) const {
  if (where.isInvalid())
    return "";
  const llvm::StringRef text =
      clang::Lexer::getSourceText(written(where), ast_->getSourceManager(), ast_->getLangOpts());
  return onOneLine(text.str());
}

unsigned SourceMap::offset(clang::SourceLocation where) const {
  const clang::SourceManager& manager = ast_->getSourceManager();
  return manager.getFileOffset(manager.getExpansionLoc(where));
}

std::string onOneLine(const std::string& text) {
  std::string line;
  bool isPending = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const char c = text[k];
    const bool isContinued = c == '\\' && k + 1 < text.size() && (text[k + 1] == '\n' || text[k + 1] == '\r');
    if (std::isspace(static_cast<unsigned char>(c)) != 0 || isContinued) {
      isPending = !line.empty();
      continue;
    }
    if (isPending)
      line += ' ';
    isPending = false;
    line += c;
  }
  return line;
}

} // namespace polyloom
