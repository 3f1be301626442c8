#include "core/frontend/parse.h"

#include "core/frontend/builder.h"
#include "core/frontend/presets.h"
#include "core/frontend/regions.h"

#include <clang/Basic/SourceManager.h>
#include <clang/Frontend/ASTUnit.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Lex/Pragma.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Tooling/Tooling.h>

#include <llvm/Support/VirtualFileSystem.h>

#include <algorithm>
#include <filesystem>
#include <functional>

namespace polyloom {

namespace {

/// Keeps the first error and drops everything else.
class FirstError : public clang::DiagnosticConsumer {
public:
  explicit FirstError(std::string path) : path_(std::move(path)) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& info) override {
    clang::DiagnosticConsumer::HandleDiagnostic(level, info);
    if (level < clang::DiagnosticsEngine::Error || error_)
      return;
    llvm::SmallString<256> sentence;
    info.FormatDiagnostic(sentence);
    error_ = Diagnostic{"syntax-error", sentence.str().str(), rangeOf(info), {}};
    if (error_->message.ends_with("file not found"))
      error_->notes.push_back("add the header's folder with -I");
    if (error_->message.starts_with("use of undeclared identifier"))
      error_->notes.push_back("declare it before the region; give a macro with -D, a header's folder with -I");
  }

  const std::optional<Diagnostic>& error() const { return error_; }

private:
  SourceRange rangeOf(const clang::Diagnostic& info) const {
    if (!info.hasSourceManager() || info.getLocation().isInvalid())
      return {.file = path_, .line = 1, .column = 1, .endLine = 1, .endColumn = 1};
    const clang::SourceManager& manager = info.getSourceManager();
    const clang::SourceLocation where = manager.getFileLoc(info.getLocation());
    const int line = static_cast<int>(manager.getSpellingLineNumber(where));
    const int column = static_cast<int>(manager.getSpellingColumnNumber(where));
    return {.file = manager.isInMainFile(where) ? path_ : manager.getFilename(where).str(),
            .line = line,
            .column = column,
            .endLine = line,
            .endColumn = column + 1};
  }

  std::string path_;
  std::optional<Diagnostic> error_;
};

/// Records where `#pragma scop` and `#pragma endscop` stand.
class RegionPragmaHandler : public clang::PragmaHandler {
public:
  RegionPragmaHandler(bool isBegin, std::string path, std::vector<RegionPragma>& found)
      : PragmaHandler(isBegin ? "scop" : "endscop"), isBegin_(isBegin), path_(std::move(path)), found_(&found) {}

  void HandlePragma(clang::Preprocessor& preprocessor, clang::PragmaIntroducer introducer,
                    clang::Token& name) override {
    const clang::SourceManager& manager = preprocessor.getSourceManager();
    const clang::SourceLocation where = manager.getExpansionLoc(introducer.Loc);
    if (!manager.isInMainFile(where))
      return;
    const clang::SourceLocation end = manager.getExpansionLoc(name.getEndLoc());
    found_->push_back({isBegin_,
                       manager.getFileOffset(where),
                       {.file = path_,
                        .line = static_cast<int>(manager.getSpellingLineNumber(where)),
                        .column = static_cast<int>(manager.getSpellingColumnNumber(where)),
                        .endLine = static_cast<int>(manager.getSpellingLineNumber(end)),
                        .endColumn = static_cast<int>(manager.getSpellingColumnNumber(end))}});
  }

private:
  bool isBegin_;
  std::string path_;
  std::vector<RegionPragma>* found_;
};

/// Collects the comments of the file itself.
class CommentCollector : public clang::CommentHandler {
public:
  CommentCollector(std::string path, const std::string& text) : path_(std::move(path)), text_(&text) {}

  bool HandleComment(clang::Preprocessor& preprocessor, clang::SourceRange where) override {
    const clang::SourceManager& manager = preprocessor.getSourceManager();
    if (!manager.isInMainFile(where.getBegin()))
      return false;
    const unsigned begin = manager.getFileOffset(where.getBegin()), end = manager.getFileOffset(where.getEnd());
    const int line = static_cast<int>(manager.getSpellingLineNumber(where.getBegin()));
    const int column = static_cast<int>(manager.getSpellingColumnNumber(where.getBegin()));
    comments_.push_back({text_->substr(begin, end - begin),
                         begin,
                         {.file = path_, .line = line, .column = column, .endLine = line, .endColumn = column}});
    return false; // no token stands in for the comment
  }

  const std::vector<Comment>& comments() const { return comments_; }

private:
  std::string path_;
  const std::string* text_;
  std::vector<Comment> comments_;
};

/// From the end of the previous function with a region to the end of this region's.
CommentSpan commentSpan(const SourceMap& source, const std::vector<Region>& regions, const Region& region) {
  const auto endOf = [&](const Region& each) { return source.offset(each.function->getEndLoc()); };
  CommentSpan span{.begin = 0, .end = endOf(region)};
  for (const Region& other : regions)
    if (endOf(other) < span.end)
      span.begin = std::max(span.begin, endOf(other));
  return span;
}

/// Hands the finished syntax tree to `use`.
class TreeConsumer : public clang::ASTConsumer {
public:
  explicit TreeConsumer(std::function<void(clang::ASTContext&)> use) : use_(std::move(use)) {}

  void HandleTranslationUnit(clang::ASTContext& ast) override { use_(ast); }

private:
  std::function<void(clang::ASTContext&)> use_;
};

/// Parses, then builds the regions while the tree is alive.
class ExtractAction : public clang::ASTFrontendAction {
public:
  ExtractAction(isl::ctx ctx, std::string path, const std::string& text, const FirstError& errors,
                Result<std::vector<ScopPtr>>& result)
      : ctx_(ctx), path_(std::move(path)), text_(&text), errors_(&errors), result_(&result), comments_(path_, text) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    clang::Preprocessor& preprocessor = compiler.getPreprocessor();
    preprocessor.AddPragmaHandler(new RegionPragmaHandler(true, path_, pragmas_)); // the preprocessor owns it
    preprocessor.AddPragmaHandler(new RegionPragmaHandler(false, path_, pragmas_));
    preprocessor.addCommentHandler(&comments_);
    return std::make_unique<TreeConsumer>([this](clang::ASTContext& ast) { build(ast); });
  }

private:
  void build(const clang::ASTContext& ast) {
    if (errors_->error())
      return;
    const SourceMap source(ast, path_);
    const Result<std::vector<Region>> regions = findRegions(source, *text_, pragmas_);
    if (!regions) {
      *result_ = std::unexpected(regions.error());
      return;
    }
    std::vector<ScopPtr> scops;
    for (const Region& region : *regions) {
      Result<ScopPtr> scop = buildScop(ctx_, source, *text_, region);
      if (scop)
        scop = withPresets(*std::move(scop), comments_.comments(), commentSpan(source, *regions, region));
      if (!scop) {
        *result_ = std::unexpected(std::move(scop.error()));
        return;
      }
      scops.push_back(*std::move(scop));
    }
    *result_ = std::move(scops);
  }

  isl::ctx ctx_;
  std::string path_;
  const std::string* text_;
  const FirstError* errors_;
  Result<std::vector<ScopPtr>>* result_;
  std::vector<RegionPragma> pragmas_;
  CommentCollector comments_;
};

std::vector<std::string> commandLine(const std::string& file, const PreprocessorOptions& options) {
  std::vector<std::string> arguments = {"clang",
                                        "-fsyntax-only",
                                        "-std=gnu17",
                                        "-w",
                                        "-fno-spell-checking",
                                        "-fno-caret-diagnostics", // or else Clang prints how many errors there were

                                        "-resource-dir",
                                        POLYLOOM_CLANG_RESOURCE_DIR};
  for (const std::string& folder : options.includes)
    arguments.push_back("-I" + folder);
  for (const std::string& definition : options.defines)
    arguments.push_back("-D" + definition);
  arguments.insert(arguments.end(), {"-x", "c", file});
  return arguments;
}

} // namespace

Result<std::vector<ScopPtr>> parseAndBuild(isl::ctx ctx, const std::string& path, const std::string& text,
                                           const PreprocessorOptions& options) {
  const std::string file = std::filesystem::absolute(path.empty() ? "input.c" : path).lexically_normal().string();
  const auto overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(llvm::vfs::getRealFileSystem());
  const auto memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  overlay->pushOverlay(memory);
  memory->addFile(file, 0, llvm::MemoryBuffer::getMemBuffer(text, file));
  const auto files = llvm::makeIntrusiveRefCnt<clang::FileManager>(clang::FileSystemOptions(), overlay);

  Result<std::vector<ScopPtr>> result = failure("syntax-error", "the file cannot be parsed as C", {.file = path});
  FirstError errors(path);
  clang::tooling::ToolInvocation invocation(
      commandLine(file, options), std::make_unique<ExtractAction>(ctx, path, text, errors, result), files.get());
  invocation.setDiagnosticConsumer(&errors);
  invocation.run();
  if (errors.error())
    return std::unexpected(*errors.error());
  return result;
}

} // namespace polyloom
