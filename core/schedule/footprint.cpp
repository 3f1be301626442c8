#include "core/schedule/footprint.h"

#include "core/isl/extra.h"
#include "core/isl/sets.h"
#include "core/schedule/storage_edit.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

/// Fills a footprint access by access, then bounds it.
class FootprintBuilder {
public:
  FootprintBuilder(const Schedule& schedule, const std::vector<TreePtr>& path, const AccessForm& form)
      : scop_(schedule.program()), array_(scop_.arrays[static_cast<std::size_t>(form.array)]), loop_(*path.back()) {
    result_.form = form;
    for (const TreePtr& node : path)
      if (node->isLoop())
        result_.loops.push_back(node);
    result_.dimensions.resize(array_.extents.size());
    const isl::space unit = isl::space::unit(scop_.ctx());
    const auto depth = static_cast<unsigned>(result_.loops.size());
    const auto rank = static_cast<unsigned>(array_.extents.size());
    result_.read = result_.written = isl::set::empty(unit.add_unnamed_tuple(depth + rank));
    const isl::set iterations = isl::set::universe(unit.add_unnamed_tuple(depth));
    const isl::set subscripts = isl::set::universe(unit.add_unnamed_tuple(1));
    cells_.assign(rank, isl::map::empty(allPairs(iterations, subscripts).space()));
  }

  Result<Footprint> build() {
    for (const Statement& statement : scop_.statements)
      if (hasSuchAccess(statement))
        if (const std::optional<Diagnostic> refusal = add(statement))
          return std::unexpected(*refusal);
    if (result_.iterations.empty())
      return failure("unused-below", result_.form.isWhole()
                                         ? fmt::format("nothing below {} uses {}", loop_.name, array_.name)
                                         : fmt::format("no access to {} below {} has these subscripts", array_.name, loop_.name));
    result_.read = result_.read.coalesce();
    result_.written = result_.written.coalesce();
    for (std::size_t d = 0; d < cells_.size(); ++d)
      bound(d);
    return std::move(result_);
  }

private:
  std::optional<Diagnostic> add(const Statement& statement) {
    const isl::set all = statement.domain.intersect_params(scop_.context);
    const isl::set below = loop_.domain.extract_set(all.space());
    if (below.is_empty())
      return std::nullopt;
    if (!all.is_subset(below))
      return Diagnostic{"used-outside",
                        fmt::format("some instances of {} run outside of {}: a step has given {} several places. Pack "
                                    "{} before that step", statement.name, loop_.name, statement.name, array_.name)};
    std::vector<isl::pw_aff> iteration;
    for (const TreePtr& loop : result_.loops)
      iteration.push_back(loop->values.at(statement.name));
    result_.iterations.emplace(statement.name, vectorOf(below, iteration));
    for (const Access& access : statement.accesses) {
      if (!hasForm(scop_, statement, access, result_.form))
        continue;
      const std::vector<isl::pw_aff> subscripts = subscriptsOf(scop_, access);
      std::vector<isl::pw_aff> both = iteration;
      both.insert(both.end(), subscripts.begin(), subscripts.end());
      const isl::set touched = vectorOf(access.relation.domain().intersect(below), both).range();
      isl::set& direction = access.isWrite ? result_.written : result_.read;
      direction = direction.unite(touched);
      for (std::size_t d = 0; d < subscripts.size(); ++d) {
        const isl::map moved = vectorOf(access.relation.domain().intersect(below), iteration).reverse();
        cells_[d] = cells_[d].unite(moved.apply_range(subscripts[d].as_map()));
        addNames(statement, subscripts[d], result_.dimensions[d].names);
      }
    }
    return std::nullopt;
  }

  bool hasSuchAccess(const Statement& statement) const {
    return std::ranges::any_of(statement.accesses, [&](const Access& access) {
      return hasForm(scop_, statement, access, result_.form);
    });
  }

  static isl::map vectorOf(const isl::set& domain, const std::vector<isl::pw_aff>& values) {
    isl::pw_aff_list list(domain.ctx(), static_cast<int>(values.size()));
    for (const isl::pw_aff& value : values)
      list = list.add(value);
    return mapToVector(domain, list);
  }

  /// The iterators that the subscript moves with.
  void addNames(const Statement& statement, const isl::pw_aff& subscript, std::vector<std::string>& names) const {
    const isl::pw_aff value = subscript.gist(subscript.domain()); // without what only bounds the instances
    for (unsigned d = 0; d < statement.loops.size(); ++d) {
      const std::string& name = scop_.loops[static_cast<std::size_t>(statement.loops[d])].iterator;
      if (involvesDimension(value, d) && std::ranges::find(names, name) == names.end())
        names.push_back(name);
    }
  }

  /// The lowest subscript of each iteration, and the greatest width: a number if isl finds a box of one size.
  void bound(std::size_t d) {
    const isl::map cells = cells_[d].coalesce();
    const isl::fixed_box box = cells.range_simple_fixed_box_hull();
    if (box.is_valid()) {
      result_.lowest.push_back(isl::pw_aff(box.offset().at(0)));
      result_.dimensions[d].extent = constantExtent(scop_.ctx(), box.size().at(0).num_si());
      return;
    }
    const isl::pw_aff lowest = cells.lexmin().as_pw_multi_aff().at(0);
    const isl::pw_aff highest = cells.lexmax().as_pw_multi_aff().at(0);
    const isl::set widths = highest.sub(lowest).as_map().range();
    const ValueRange range = rangeOf(widths);
    result_.lowest.push_back(lowest.gist(cells.domain()).coalesce());
    result_.dimensions[d].extent = ValueRange{range.high.sub(range.high), range.high}.count().gist(scop_.context);
  }

  const Scop& scop_;
  const Array& array_;
  const TreeNode& loop_;
  std::vector<isl::map> cells_; ///< per dimension: { [it, kt] -> [subscript] }
  Footprint result_;
};

} // namespace

Result<Footprint> footprintOf(const Schedule& schedule, const std::vector<TreePtr>& path, const AccessForm& form) {
  return FootprintBuilder(schedule, path, form).build();
}

} // namespace polyloom
