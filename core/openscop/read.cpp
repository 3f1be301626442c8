#include "core/openscop/read.h"

#include "core/assemble/dated.h"
#include "core/assemble/names.h"
#include "core/isl/context.h"
#include "core/isl/extra.h"
#include "core/isl/sets.h"
#include "core/openscop/block_names.h"
#include "core/openscop/parse.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

namespace polyloom {

namespace {

constexpr unsigned long kReadOperations = 50'000'000;

/// Thrown in this file only, for a block that has OpenScop's form but is no program.
struct BadBlock {
  Diagnostic diagnostic;
};

class BlockReader {
public:
  BlockReader(isl::ctx ctx, const OpenScopBlock& block, const std::string& path, const std::string& text)
      : ctx_(ctx), block_(&block), path_(path), names_(namesOf(block)),
        program_{.scop = {}, .context = isl::set::universe(isl::space::unit(ctx)), .statements = {}} {
    program_.scop.context = program_.context; // isl refuses to copy null objects
    program_.scop.source = {path, text, 0, 0, SourceLanguage::OpenScop};
  }

  DatedProgram read(const std::string& function) && {
    program_.scop.function = function;
    if (block_->context.parts.empty())
      fail(block_->context.line, "the context is an empty union; wanted one matrix");
    if (block_->parameters.size() > block_->context.parts.front().parameters)
      fail(block_->context.line, fmt::format("{} parameters are named, the context has {}", block_->parameters.size(),
                                             block_->context.parts.front().parameters));
    readParameters();
    for (std::size_t s = 0; s < block_->statements.size(); ++s)
      addStatement(s);
    if (program_.statements.empty())
      fail(block_->line, "no statement runs; wanted at least one with instances");
    declareArrays();
    return std::move(program_);
  }

private:
  [[noreturn]] void fail(int line, const std::string& message, const std::string& code = "bad-openscop") const {
    throw BadBlock{{code, message, {.file = path_, .line = line, .column = 1}}};
  }

  void readParameters() {
    for (const std::string& name : names_.parameters)
      program_.scop.parameters.push_back({.name = name});
    program_.context = relation(block_->context, 0, 0, "", "").range().params();
    if (program_.context.is_empty())
      fail(block_->context.line, "no values of the parameters meet the context");
  }

  isl::map relation(const OpenScopRelation& text, unsigned inputs, unsigned outputs, const std::string& domain,
                    const std::string& range) const {
    for (const ConstraintSystem& part : text.parts)
      if (part.inputs != inputs || part.outputs != outputs || part.parameters != names_.parameters.size())
        fail(text.line, fmt::format("this {} relation has {} output and {} input dimensions and {} parameters; wanted {}, "
                                    "{} and {}", text.kind, part.outputs, part.inputs, part.parameters, outputs, inputs,
                                    names_.parameters.size()));
    return relationOf(ctx_, text.parts, names_.parameters, domain, range, inputs, outputs);
  }

  static unsigned outputsOf(const OpenScopRelation& text) {
    return text.parts.empty() ? 0U : text.parts.front().outputs;
  }

  const OpenScopRelation& only(const OpenScopStatement& statement, const std::string& name, const char* kind,
                               const char* meaning) const {
    const OpenScopRelation* found = nullptr;
    for (const OpenScopRelation& relation : statement.relations) {
      if (relation.kind == "MAY_WRITE" || relation.kind == "CONTEXT")
        fail(relation.line, fmt::format("{} has a {} relation; wanted DOMAIN, SCATTERING, READ and WRITE only: it has to be "
                                        "known which cells are written", name, relation.kind));
      if (relation.kind != kind)
        continue;
      if (found != nullptr)
        fail(relation.line, fmt::format("{} has a second {} relation; wanted one, as a union if need be", name, kind));
      found = &relation;
    }
    if (found == nullptr)
      fail(statement.line, fmt::format("{} has no {} relation: {}", name, kind, meaning));
    return *found;
  }

  void addStatement(std::size_t index) {
    const OpenScopStatement& text = block_->statements[index];
    const std::string name = fmt::format("S{}", index);
    const OpenScopRelation& domainText = only(text, name, "DOMAIN", "it is not known what runs");
    const isl::set domain = relation(domainText, 0, outputsOf(domainText), "", name).range().coalesce();
    const isl::set runs = domain.intersect_params(program_.context);
    if (runs.is_empty())
      return;
    if (!isBounded(domain))
      fail(domainText.line, fmt::format("the domain of {} has infinitely many points at fixed parameters; wanted bounds for "
                                        "every iterator", name), "unbounded-domain");
    const auto depth = outputsOf(domainText);
    const OpenScopRelation& dateText = only(text, name, "SCATTERING", "it is not known in which order it runs");
    const isl::map date = relation(dateText, depth, outputsOf(dateText), name, "");
    if (!runs.is_subset(date.domain()) || !date.intersect_domain(runs).is_single_valued())
      fail(dateText.line, fmt::format("the scattering of {} does not give each of its instances one date", name));
    DatedStatement statement{.name = name, .domain = domain, .date = date, .iterators = names_.iterators[index]};
    statement.value = makeOpaque(ElementType::Float64);
    statement.text = text.body && !text.body->text.empty() ? text.body->text : name;
    if (statement.text.ends_with(';'))
      statement.text.pop_back();
    statement.range = {.file = path_, .line = text.line, .column = 1};
    addAccesses(text, depth, statement);
    program_.statements.push_back(std::move(statement));
  }

  void addAccesses(const OpenScopStatement& text, unsigned depth, DatedStatement& statement) {
    for (const char* kind : {"WRITE", "READ"})
      for (const OpenScopRelation& access : text.relations)
        if (access.kind == kind)
          addAccess(access, depth, statement);
    if (statement.accesses.empty() || !statement.accesses.front().isWrite)
      fail(text.line, fmt::format("{} writes nothing; wanted a WRITE relation: without one its place in the order has no "
                                  "effect", statement.name), "no-write");
  }

  void addAccess(const OpenScopRelation& text, unsigned depth, DatedStatement& statement) {
    if (outputsOf(text) == 0)
      fail(text.line, "this access has no output dimension; wanted the array's number as the first");
    const isl::map access =
        relation(text, depth, outputsOf(text), statement.name, "").intersect_domain(statement.domain);
    if (access.is_empty())
      return;
    if (!access.is_single_valued())
      fail(text.line, fmt::format("an instance of {} accesses several cells here; wanted one cell", statement.name));
    const isl::pw_multi_aff cell = access.as_pw_multi_aff();
    const isl::pw_aff array = cell.at(0).coalesce();
    if (array.n_piece() != 1 || !isConstant(array))
      fail(text.line, "the number of the array is not constant; wanted an equality such as Arr = 4");
    const auto number = static_cast<int>(array.max_val().num_si());
    isl::pw_aff_list subscripts(ctx_, static_cast<int>(outputsOf(text)));
    for (unsigned d = 1; d < outputsOf(text); ++d)
      subscripts = subscripts.add(cell.at(static_cast<int>(d)));
    const auto [known, isNew] = dimensions_.emplace(number, subscripts.size());
    if (known->second != subscripts.size())
      fail(text.line, fmt::format("array {} has {} subscripts here and {} before", number, subscripts.size(), known->second));
    statement.accesses.push_back({.isWrite = text.kind == "WRITE",
                                  .array = number, // replaced by an index once all numbers are known
                                  .relation = mapToVector(access.domain(), subscripts),
                                  .range = {.file = path_, .line = text.line, .column = 1}});
  }

  void declareArrays() {
    std::map<int, int> indices;
    const isl::pw_aff unknown = constantAff(isl::space::unit(ctx_), 0);
    for (const auto& [number, dimensions] : dimensions_) {
      const auto index = static_cast<int>(program_.scop.arrays.size());
      indices[number] = index;
      program_.scop.arrays.push_back({.name = names_.array(number), .extents = {dimensions, unknown}});
      program_.scop.arguments.push_back(program_.scop.arrays.back().name);
      for (std::size_t d = 0; d < dimensions; ++d)
        program_.inferred.emplace_back(index, d);
    }
    for (DatedStatement& statement : program_.statements)
      for (DatedAccess& access : statement.accesses) {
        access.array = indices.at(access.array);
        access.text = program_.scop.arrays[static_cast<std::size_t>(access.array)].name;
      }
    program_.contextReason = "the conditions of the file's context hold";
    program_.dateNames = names_.dates;
  }

  isl::ctx ctx_;
  const OpenScopBlock* block_;
  std::string path_;
  BlockNames names_;
  DatedProgram program_;
  std::map<int, std::size_t> dimensions_; ///< of arrays, by number
};

std::string functionOf(const OpenScopBlock& block, const std::string& path) {
  return plainName(std::filesystem::path(block.file.empty() ? path : block.file).stem().string());
}

} // namespace

Result<std::vector<ScopPtr>> readOpenScop(isl::ctx ctx, const std::string& path, const std::string& text) {
  const Result<std::vector<OpenScopBlock>> blocks = parseOpenScop(text, path);
  if (!blocks)
    return std::unexpected(blocks.error());
  std::vector<ScopPtr> programs;
  UniqueNames functions;
  const IslQuota quota(ctx, kReadOperations);
  for (const OpenScopBlock& block : *blocks) {
    try {
      Result<ScopPtr> program = assembleProgram(
          BlockReader(ctx, block, path, text).read(functions.take(functionOf(block, path))));
      if (!program)
        return std::unexpected(std::move(program.error()));
      programs.push_back(std::move(*program));
    } catch (const BadBlock& problem) {
      return std::unexpected(problem.diagnostic);
    } catch (const isl::exception_abort&) {
      return failure("canceled", "reading the program was canceled", {.file = path});
    } catch (const isl::exception_quota&) {
      return failure("too-complex", "the program's sets need more work than allowed", {.file = path, .line = block.line, .column = 1});
    }
  }
  return programs;
}

} // namespace polyloom
