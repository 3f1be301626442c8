#include "core/openscop/scattering.h"

#include "core/isl/extra.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

/// Walks down the tree with the dates so far.
class ScatteringBuilder {
public:
  explicit ScatteringBuilder(const Schedule& schedule) : schedule_(&schedule) {}

  Scattering build() && {
    visit(*schedule_->tree().root());
    for (const Statement& statement : schedule_->program().statements)
      finish(statement);
    return std::move(scattering_);
  }

private:
  /// A place in a sequence, or a loop.
  struct Step {
    int position = 0;
    const TreeNode* loop = nullptr;
  };
  struct Leaf {
    isl::set domain;
    std::vector<Step> path;
  };

  void visit(const TreeNode& node) {
    switch (node.kind) {
    case TreeNode::Kind::Leaf:
      alternate();
      name();
      node.domain.foreach_set([&](const isl::set& part) { leaves_[tupleName(part)].push_back({part, path_}); });
      break;
    case TreeNode::Kind::Loop: visitLoop(node); break;
    case TreeNode::Kind::Sequence:
      for (std::size_t child = 0; child < node.children.size(); ++child) {
        const std::vector<Step> outer = path_;
        path_.push_back({static_cast<int>(child), nullptr});
        visit(*node.children[child]);
        path_ = outer;
      }
    }
  }

  void visitLoop(const TreeNode& loop) {
    const std::vector<Step> outer = path_;
    alternate();
    path_.push_back({0, &loop});
    visit(*loop.children.front());
    path_ = outer;
  }

  /// A place stands before each loop and at the end.
  void alternate() {
    if (path_.empty() || path_.back().loop != nullptr)
      path_.push_back({});
  }

  void name() {
    for (std::size_t d = scattering_.names.size(); d < path_.size(); ++d)
      scattering_.names.push_back(path_[d].loop != nullptr ? path_[d].loop->name : fmt::format("b{}", d / 2));
  }

  static isl::map dateOf(const isl::set& domain, const std::string& statement, const std::vector<Step>& path) {
    isl::pw_aff_list date(domain.ctx(), static_cast<int>(path.size()));
    for (const Step& step : path)
      date = date.add(step.loop != nullptr ? step.loop->values.at(statement)
                                           : constantAff(domain.space(), step.position));
    return mapToVector(domain, date);
  }

  void finish(const Statement& statement) {
    const std::vector<Leaf>& leaves = leaves_.at(statement.name);
    std::size_t length = 0;
    for (const Leaf& leaf : leaves)
      length = std::max(length, leaf.path.size());
    isl::map all;
    for (const Leaf& leaf : leaves) {
      std::vector<Step> path = leaf.path;
      path.resize(length);
      const isl::map date = dateOf(leaf.domain, statement.name, path);
      all = all.is_null() ? date : all.unite(date);
    }
    scattering_.dates.emplace(statement.name, all);
  }

  const Schedule* schedule_;
  std::vector<Step> path_;
  std::map<std::string, std::vector<Leaf>> leaves_;
  Scattering scattering_;
};

} // namespace

Scattering scatteringOf(const Schedule& schedule) {
  return ScatteringBuilder(schedule).build();
}

} // namespace polyloom
