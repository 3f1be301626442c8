#include "core/openscop/write.h"

#include "core/isl/extra.h"
#include "core/isl/sets.h"
#include "core/openscop/print.h"
#include "core/openscop/scattering.h"

#include <algorithm>

namespace polyloom {

namespace {

class BlockWriter {
public:
  explicit BlockWriter(const Schedule& schedule) : schedule_(&schedule), scop_(&schedule.program()) {}

  OpenScopBlock write() && {
    for (const Parameter& parameter : scop_->parameters)
      block_.parameters.push_back(parameter.name);
    block_.context = {"CONTEXT", constraintsOf(alignParameters(scop_->context, block_.parameters))};
    for (std::size_t a = 0; a < scop_->arrays.size(); ++a)
      block_.arrays[numberOf(static_cast<int>(a))] = scop_->arrays[a].name;
    const Scattering scattering = scatteringOf(*schedule_);
    block_.scatteringNames = scattering.names;
    for (const Statement& statement : scop_->statements)
      block_.statements.push_back(statementOf(statement, scattering.dates.at(statement.name)));
    addCoordinates();
    return std::move(block_);
  }

private:
  static int numberOf(int array) { return array + 1; }

  OpenScopStatement statementOf(const Statement& statement, const isl::map& date) const {
    OpenScopStatement result{.body = OpenScopBody{{}, statement.text + ";"}};
    for (const int loop : statement.loops)
      result.body->iterators.push_back(scop_->loops[static_cast<std::size_t>(loop)].iterator);
    result.relations.push_back({"DOMAIN", constraintsOf(alignParameters(statement.domain, block_.parameters))});
    result.relations.push_back(relationOf("SCATTERING", date, statement.domain.intersect_params(scop_->context)));
    for (const Access& access : statement.accesses)
      result.relations.push_back(relationOf(access.isWrite ? "WRITE" : "READ", numbered(access), statement.domain));
    return result;
  }

  /// { S0[i] -> [number, i + 1] } for { S0[i] -> A[i + 1] }.
  isl::map numbered(const Access& access) const {
    const isl::pw_multi_aff cell = access.relation.as_pw_multi_aff();
    isl::pw_aff_list outputs(scop_->ctx(), 1);
    outputs = outputs.add(constantAff(access.relation.space().domain(), numberOf(access.array)));
    for (unsigned d = 0; d < dimensionCount(access.relation.range()); ++d)
      outputs = outputs.add(cell.at(static_cast<int>(d)));
    return mapToVector(access.relation.domain(), outputs);
  }

  /// Without what is known of the instances already.
  OpenScopRelation relationOf(const char* kind, const isl::map& relation, const isl::set& domain) const {
    const isl::map brief = relation.gist_domain(domain);
    return {kind, constraintsOf(alignParameters(brief, block_.parameters))};
  }

  /// The lines between the pragmas, counted from 1, as Clan has them.
  void addCoordinates() {
    const RegionSource& source = scop_->source;
    if (source.language != SourceLanguage::C || source.end > source.text.size() || source.begin > source.end)
      return;
    const auto lineAt = [&](std::size_t offset) {
      return 1 + static_cast<int>(std::count(source.text.begin(), source.text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
    };
    block_.file = source.path;
    block_.firstLine = lineAt(source.begin);
    block_.lastLine = lineAt(source.end);
  }

  const Schedule* schedule_;
  const Scop* scop_;
  OpenScopBlock block_ = {};
};

} // namespace

Result<std::string> writeOpenScop(const Schedule& schedule) {
  if (!schedule.hasSourceStorage())
    return failure("changed-storage", "OpenScop carries the source's statements as text, which does not know arrays that "
                                      "a recipe has changed; leave out expand, contract and pack");
  try {
    return printOpenScop(BlockWriter(schedule).write());
  } catch (const isl::exception& problem) {
    return failure("too-large", std::string("the schedule cannot be written as OpenScop: ") + problem.what());
  }
}

} // namespace polyloom
