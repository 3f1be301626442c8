#include "core/poly/read.h"

#include "core/assemble/dated.h"
#include "core/assemble/iteration.h"
#include "core/assemble/names.h"
#include "core/isl/context.h"
#include "core/poly/order.h"
#include "core/poly/statement.h"
#include "core/program/assumptions.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

constexpr unsigned long kReadOperations = 50'000'000;

class PolyReader {
public:
  PolyReader(isl::ctx ctx, const std::string& path, const std::string& text)
      : ctx_(ctx), document_(parseDocument(path, text)),
        program_{.scop = {}, .context = allParameters(ctx), .statements = {}} {
    program_.scop.context = program_.context; // isl refuses to copy null objects
    program_.scop.function = document_.name;
    program_.scop.source = {path, text, 0, 0, SourceLanguage::Poly};
    program_.contextReason = "what the text assumes holds";
  }

  Result<ScopPtr> read() && {
    declare();
    const PolyScope scope{ctx_, program_.scop};
    for (const PolyStatement& statement : document_.statements) {
      const SourceRange& range = statement.name.range;
      takeName(statement.name, statements_, "a statement");
      program_.statements.push_back(PolyStatementReader(scope, statement).read());
      if (program_.statements.back().domain.intersect_params(program_.context).is_empty())
        failPoly("empty-domain", range, fmt::format("the set of {} has no points", statement.name.text));
    }
    if (program_.statements.empty())
      failPoly("no-statement", {.file = program_.scop.source.path, .line = 1, .column = 1},
               "the program has no statement; wanted one such as S0: { [i] : 0 <= i < N } is A[i] = 0");
    addDates(document_, program_);
    Result<ScopPtr> finished = assembleProgram(std::move(program_));
    return finished ? withGivenValues(**finished) : finished;
  }

private:
  void takeName(const PolyToken& name, UniqueNames& taken, const char* what) {
    if (isReservedWord(name.text))
      failPoly("reserved-name", name.range,
               fmt::format("'{0}' is a word of the notation itself; wanted another name, such as '{0}_'", name.text));
    if (taken.take(name.text) != name.text)
      failPoly("name-taken", name.range, fmt::format("'{}' is the name of something else already; wanted another for {}",
                                                     name.text, what));
  }

  void declare() {
    Scop& scop = program_.scop;
    std::set<std::string> names;
    for (const PolyParameter& parameter : document_.parameters) {
      takeName(parameter.name, names_, "a parameter");
      names.insert(parameter.name.text);
      scop.parameters.push_back({.name = parameter.name.text});
      scop.arguments.push_back(parameter.name.text);
    }
    const PolyAffine affine(ctx_, names);
    for (const PolySyntax& assumption : document_.assumptions)
      program_.context = program_.context.intersect(affine.condition(assumption));
    if (program_.context.is_empty())
      failPoly("contradictory-bounds", document_.assumptions.front().range, "no values of the parameters meet what is assumed");
    for (const PolyScalar& scalar : document_.scalars) {
      takeName(scalar.name, names_, "a scalar");
      scop.scalars.push_back({scalar.name.text, scalar.type, scalar.value.value_or(isFloating(scalar.type) ? 1.5 : 1.0)});
      scop.arguments.push_back(scalar.name.text);
    }
    for (const PolyArray& array : document_.arrays) {
      takeName(array.name, names_, "an array");
      Array declared{.name = array.name.text, .element = array.type, .range = array.name.range};
      for (const PolySyntax& extent : array.extents)
        declared.extents.push_back(affine.value(extent));
      scop.arrays.push_back(std::move(declared));
      scop.arguments.push_back(array.name.text);
    }
  }

  /// The defaults that the text names, in the program whose other defaults are chosen.
  Result<ScopPtr> withGivenValues(const Scop& chosen) const {
    Scop scop = chosen;
    const PolyParameter* given = nullptr;
    for (std::size_t p = 0; p < scop.parameters.size(); ++p)
      if (document_.parameters[p].value) {
        given = &document_.parameters[p];
        scop.parameters[p].value = *given->value;
      }
    std::optional<Diagnostic> refusal = given != nullptr ? refuseBrokenAssumption(scop, {}) : std::nullopt;
    if (refusal) {
      refusal->range = given->name.range;
      return std::unexpected(*std::move(refusal));
    }
    return std::make_shared<const Scop>(std::move(scop));
  }

  isl::ctx ctx_;
  PolyDocument document_;
  DatedProgram program_;
  UniqueNames names_, statements_;
};

} // namespace

bool isPoly(const std::string& text) { return findPolyHead(text) != std::string::npos; }

Result<ScopPtr> readPoly(isl::ctx ctx, const std::string& path, const std::string& text) {
  try {
    const IslQuota quota(ctx, kReadOperations);
    return PolyReader(ctx, path, text).read();
  } catch (const BadPoly& problem) {
    return std::unexpected(problem.diagnostic);
  } catch (const isl::exception_abort&) {
    return failure("canceled", "reading the program was canceled", {.file = path});
  } catch (const isl::exception_quota&) {
    return failure("too-complex", "the program's sets need more work than allowed", {.file = path, .line = 1, .column = 1});
  }
}

} // namespace polyloom
