#include "core/frontend/regions.h"

#include <clang/Basic/SourceManager.h>

#include <fmt/format.h>

namespace polyloom {

namespace {

struct Span {
  unsigned begin = 0, end = 0;
};

class RegionFinder {
public:
  RegionFinder(const SourceMap& source, const std::string& text) : source_(&source), text_(&text) {}

  Result<Region> find(const RegionPragma& begin, const RegionPragma& end);

private:
  Span spanOf(const clang::Stmt* statement) const {
    return {source_->offset(statement->getBeginLoc()), source_->offset(statement->getEndLoc())};
  }
  const clang::FunctionDecl* functionAround(unsigned offset) const;
  std::optional<Diagnostic> collect(const clang::Stmt* statement, Span wanted, Region& region) const;

  const SourceMap* source_;
  const std::string* text_;
};

const clang::FunctionDecl* RegionFinder::functionAround(unsigned offset) const {
  const clang::SourceManager& manager = source_->ast().getSourceManager();
  for (const clang::Decl* declaration : source_->ast().getTranslationUnitDecl()->decls()) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(declaration);
    if (function == nullptr || !function->doesThisDeclarationHaveABody() ||
        !manager.isInMainFile(manager.getExpansionLoc(function->getLocation())))
      continue;
    const Span span = spanOf(function->getBody());
    if (span.begin < offset && offset < span.end)
      return function;
  }
  return nullptr;
}

/// Takes the statements in the span from the innermost block that holds it whole.
std::optional<Diagnostic> RegionFinder::collect(const clang::Stmt* statement, Span wanted, Region& region) const {
  for (const clang::Stmt* child : statement->children()) {
    if (child == nullptr)
      continue;
    const Span span = spanOf(child);
    if (span.end < wanted.begin || span.begin > wanted.end)
      continue;
    if (span.begin >= wanted.begin && span.end <= wanted.end) {
      region.statements.push_back(child);
      continue;
    }
    if (span.begin < wanted.begin && span.end > wanted.end)
      return collect(child, wanted, region);
    return Diagnostic{"region-cuts-statement",
                      fmt::format("the region cuts the statement '{}' in two; wanted whole statements between "
                                  "'#pragma scop' and '#pragma endscop'",
                                  source_->text(child->getSourceRange()).substr(0, 60)),
                      region.range};
  }
  return std::nullopt;
}

Result<Region> RegionFinder::find(const RegionPragma& begin, const RegionPragma& end) {
  Region region;
  region.range = begin.range;
  region.function = functionAround(begin.offset);
  if (region.function == nullptr)
    return failure("no-region", "'#pragma scop' stands outside any function; wanted it in a function's body",
                   begin.range);
  if (functionAround(end.offset) != region.function)
    return failure("missing-endscop",
                   "'#pragma scop' without '#pragma endscop' in the same function; wanted both around the loops",
                   begin.range);
  const std::size_t line = text_->find('\n', begin.offset);
  region.begin = static_cast<unsigned>(line + 1);
  const std::size_t previous = text_->rfind('\n', end.offset);
  region.end = static_cast<unsigned>(previous + 1);
  if (std::optional<Diagnostic> problem = collect(region.function->getBody(), {begin.offset, end.offset}, region))
    return std::unexpected(std::move(*problem));
  return region;
}

} // namespace

Result<std::vector<Region>> findRegions(const SourceMap& source, const std::string& text,
                                        const std::vector<RegionPragma>& pragmas) {
  std::vector<Region> regions;
  RegionFinder finder(source, text);
  const RegionPragma* open = nullptr;
  for (const RegionPragma& pragma : pragmas) {
    if (pragma.isBegin && open != nullptr)
      break;
    if (!pragma.isBegin && open == nullptr)
      return failure("stray-endscop",
                     "'#pragma endscop' without '#pragma scop' before it; wanted both around the loops", pragma.range);
    if (pragma.isBegin) {
      open = &pragma;
      continue;
    }
    Result<Region> region = finder.find(*open, pragma);
    if (!region)
      return std::unexpected(std::move(region.error()));
    regions.push_back(*std::move(region));
    open = nullptr;
  }
  if (open != nullptr)
    return failure("missing-endscop", "'#pragma scop' without '#pragma endscop' after it; wanted both around the loops",
                   open->range);
  if (regions.empty())
    return failure("no-region", "the file has no region; wanted '#pragma scop' and '#pragma endscop' around the loops",
                   {.file = source.path(), .line = 1, .column = 1, .endLine = 1, .endColumn = 1});
  return regions;
}

} // namespace polyloom
