#include "core/snapshot/make_mathematics.h"

#include "core/codegen/access_text.h"
#include "core/codegen/isl_lines.h"
#include "core/isl/affine_view.h"
#include "core/isl/block_text.h"
#include "core/isl/constraints.h"
#include "core/isl/extra.h"
#include "core/isl/sets.h"
#include "core/legality/stage_dependences.h"
#include "core/schedule/schedule.h"
#include "core/snapshot/direction_vectors.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

using Names = std::vector<std::string>;

/// Writes the sets, functions and relations of one schedule.
class MathematicsWriter {
public:
  explicit MathematicsWriter(const Schedule& schedule) : schedule_(schedule), scop_(schedule.program()) {
    for (const Parameter& parameter : scop_.parameters)
      parameters_.push_back(parameter.name);
  }

  StatementMathematics statement(const Statement& statement) const {
    const Names iterators = iteratorsOf(statement);
    const isl::set domain = alignParameters(nameDimensions(statement.domain, iterators), parameters_);
    StatementMathematics result{.name = statement.name, .domain = brokenIntoLines(islText(domain))};
    for (const ConstraintSystem& system : constraintsOf(domain))
      result.constraints.push_back(table(system, {}, iterators));
    for (const Access& access : statement.accesses)
      result.accesses.push_back({(access.isWrite ? "writes " : "reads ") + cellText(scop_, statement, access),
                                 accessMatrix(access, iterators, [](const isl::pw_aff& value) { return value; })});
    for (const PlacedLeaf& leaf : leavesOf(schedule_.tree(), statement))
      result.places.push_back(place(leaf, statement));
    return result;
  }

  DependenceMathematics dependence(const Dependence& dependence) const {
    const Statement& from = scop_.statements[static_cast<std::size_t>(dependence.from)];
    const Statement& to = scop_.statements[static_cast<std::size_t>(dependence.to)];
    const Names sources = iteratorsOf(from);
    Names sinks = iteratorsOf(to);
    for (std::string& name : sinks)
      name += '\'';
    isl::map relation = alignParameters(nameInputs(dependence.relation, sources), parameters_);
    relation = nameInputs(relation.reverse(), sinks).reverse();
    DependenceMathematics result{.array = scop_.arrays[static_cast<std::size_t>(dependence.array)].name,
                                 .from = from.name, .to = to.name, .relation = brokenIntoLines(islText(relation))};
    result.kind = dependence.kind == DependenceKind::Flow   ? DependenceInfo::Kind::Flow
                  : dependence.kind == DependenceKind::Anti ? DependenceInfo::Kind::Anti
                                                            : DependenceInfo::Kind::Output;
    for (const ConstraintSystem& system : constraintsOf(relation))
      result.constraints.push_back(table(system, sources, sinks));
    result.reordered = directionVectors(schedule_.tree(), dependence, scop_);
    result.source = sourceVector(dependence);
    return result;
  }

private:
  Names iteratorsOf(const Statement& statement) const {
    Names names;
    for (const int loop : statement.loops)
      names.push_back(scop_.loops[static_cast<std::size_t>(loop)].name);
    return names;
  }

  Names columnsFor(const Names& iterators) const {
    Names columns = iterators;
    columns.insert(columns.end(), parameters_.begin(), parameters_.end());
    columns.emplace_back("1");
    return columns;
  }

  AffineMatrix::Row row(std::string name, const isl::pw_aff& value, const Names& iterators) const {
    AffineMatrix::Row result{.name = std::move(name), .coefficients = {}, .text = islText(nameInputs(value, iterators))};
    const std::optional<AffineView> view = viewOf(value);
    if (!view || !view->floors.empty())
      return result;
    result.coefficients = view->dimensions;
    for (const std::string& parameter : parameters_) {
      const auto found = view->parameters.find(parameter);
      result.coefficients.push_back(found == view->parameters.end() ? 0 : found->second);
    }
    result.coefficients.push_back(view->constant);
    return result;
  }

  /// `change` takes a subscript to the space of the iterators.
  template <typename Change>
  AffineMatrix accessMatrix(const Access& access, const Names& iterators, const Change& change) const {
    AffineMatrix matrix{.columns = columnsFor(iterators), .rows = {}};
    const Array& array = scop_.arrays[static_cast<std::size_t>(access.array)];
    for (const isl::pw_aff& subscript : subscriptsOf(access, array.extents.size()))
      matrix.rows.push_back(row(fmt::format("{}[{}]", array.name, matrix.rows.size()), change(subscript), iterators));
    return matrix;
  }

  StatementPlace place(const PlacedLeaf& leaf, const Statement& statement) const {
    const Names iterators = iteratorsOf(statement);
    StatementPlace result;
    result.order.columns = columnsFor(iterators);
    isl::pw_aff_list values(scop_.ctx(), static_cast<int>(leaf.loops.size()));
    for (const TreeNode* loop : leaf.loops) {
      const isl::pw_aff& value = loop->values.at(statement.name);
      result.loops.push_back(loop->name);
      result.order.rows.push_back(row(loop->name, value, iterators));
      values = values.add(value);
    }
    const isl::set domain =
        leaf.leaf->domain.extract_set(statement.domain.space()).intersect_params(scop_.context);
    const isl::map order = mapToVector(domain, values);
    const isl::pw_multi_aff instances = order.reverse().as_pw_multi_aff();
    const auto reorder = [&](const isl::pw_aff& subscript) {
      return subscript.pullback(instances).gist(order.range()).coalesce();
    };
    for (const Access& access : statement.accesses)
      result.accesses.push_back(accessMatrix(access, result.loops, reorder));
    return result;
  }

  /// Columns: the inputs', the outputs', auxiliary integers, parameters, 1.
  ConstraintTable table(const ConstraintSystem& system, const Names& inputs, const Names& outputs) const {
    ConstraintTable result{.columns = inputs, .rows = {}};
    result.columns.insert(result.columns.end(), outputs.begin(), outputs.end());
    for (unsigned local = 0; local < system.locals; ++local)
      result.columns.push_back(fmt::format("e{}", local));
    result.columns.insert(result.columns.end(), parameters_.begin(), parameters_.end());
    result.columns.emplace_back("1");
    for (const Constraint& constraint : system.constraints) {
      std::vector<std::int64_t> coefficients = constraint.coefficients; // isl has outputs first
      std::rotate(coefficients.begin(), coefficients.begin() + system.outputs,
                  coefficients.begin() + system.outputs + system.inputs);
      result.rows.push_back({constraint.isEquality, std::move(coefficients)});
    }
    return result;
  }

  std::optional<DirectionVector> sourceVector(const Dependence& dependence) const {
    const auto known = static_cast<int>(schedule_.source()->statements.size());
    if (dependence.from >= known || dependence.to >= known)
      return std::nullopt;
    const std::vector<DirectionVector> vectors = directionVectors(sourceTree_, dependence, *schedule_.source());
    return vectors.empty() ? std::nullopt : std::optional(vectors.front());
  }

  const Schedule& schedule_;
  const Scop& scop_;
  const ScheduleTree sourceTree_ = ScheduleTree::fromSource(*schedule_.source());
  Names parameters_;
};

} // namespace

MathematicsSnapshot makeMathematics(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe) {
  const Schedule schedule = replay(scop, recipe.steps).schedule;
  MathematicsSnapshot snapshot{.recipe = {}, .schedule = scheduleLines(schedule), .statements = {}, .dependences = {}};
  for (const Step& step : schedule.recipe())
    snapshot.recipe += toText(step) + "\n";
  const MathematicsWriter writer(schedule);
  for (const Statement& statement : schedule.program().statements)
    snapshot.statements.push_back(writer.statement(statement));
  const Dependences current = currentDependences(schedule, dependences);
  for (const Dependence& dependence : current.all())
    snapshot.dependences.push_back(writer.dependence(dependence));
  return snapshot;
}

} // namespace polyloom
