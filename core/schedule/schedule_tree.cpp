#include "core/schedule/schedule_tree.h"

#include "core/base/check.h"
#include "core/isl/extra.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <sstream>

namespace polyloom {

namespace {

/// Builds the tree of one source node. Empty when no statement lives below it.
class SourceTreeBuilder {
public:
  explicit SourceTreeBuilder(const Scop& scop) : scop_(scop) {}

  TreePtr build(const ProgramNode& node) const {
    switch (node.kind) {
    case ProgramNode::Kind::Statement: return leaf(node);
    case ProgramNode::Kind::Loop: return loop(node);
    case ProgramNode::Kind::Sequence: return sequenceOf(node);
    }
    return nullptr;
  }

private:
  TreePtr leaf(const ProgramNode& node) const {
    const Statement& statement = scop_.statements[static_cast<std::size_t>(node.index)];
    const isl::set domain = statement.domain.intersect_params(scop_.context);
    return std::make_shared<const TreeNode>(TreeNode{.domain = isl::union_set(domain)});
  }

  TreePtr loop(const ProgramNode& node) const {
    const TreePtr child = sequenceOf(node);
    if (child == nullptr)
      return nullptr;
    const SourceLoop& source = scop_.loops[static_cast<std::size_t>(node.index)];
    TreeNode result{.kind = TreeNode::Kind::Loop, .domain = child->domain, .children = {child}, .name = source.name};
    result.stride = std::abs(source.step);
    for (const Statement& statement : scop_.statements) {
      for (unsigned d = 0; d < statement.loops.size(); ++d) {
        if (statement.loops[d] != node.index)
          continue;
        const isl::pw_aff iterator = dimensionAff(statement.domain.space(), d);
        result.values.emplace(statement.name, source.step > 0 ? iterator : iterator.neg());
      }
    }
    return std::make_shared<const TreeNode>(std::move(result));
  }

  TreePtr sequenceOf(const ProgramNode& node) const {
    TreeNode result{.kind = TreeNode::Kind::Sequence, .domain = isl::union_set::empty(scop_.ctx())};
    for (const ProgramNode& childNode : node.children) {
      const TreePtr child = build(childNode);
      if (child == nullptr)
        continue;
      result.domain = result.domain.unite(child->domain);
      if (child->kind == TreeNode::Kind::Sequence)
        result.children.insert(result.children.end(), child->children.begin(), child->children.end());
      else
        result.children.push_back(child);
    }
    if (result.children.empty())
      return nullptr;
    if (result.children.size() == 1)
      return result.children.front();
    return std::make_shared<const TreeNode>(std::move(result));
  }

  const Scop& scop_;
};

/// Builds isl's schedule from the leaves up.
class IslScheduleBuilder {
public:
  IslScheduleBuilder(const ScheduleTree::DomainOf& domain, const ScheduleTree::ValueOf& value)
      : domain_(domain), value_(value) {}

  isl::schedule build(const TreeNode& node) const {
    switch (node.kind) {
    case TreeNode::Kind::Leaf: return isl::schedule::from_domain(domain_(node));
    case TreeNode::Kind::Loop: {
      const isl::schedule below = build(*node.children.front());
      return insertMark(insertPartialSchedule(below, bandOf(node)), toText(LoopMark{node.name, node.attributes}));
    }
    case TreeNode::Kind::Sequence: break;
    }
    isl::schedule all = build(*node.children.front());
    for (std::size_t c = 1; c < node.children.size(); ++c)
      all = sequence(all, build(*node.children[c]));
    return all;
  }

private:
  isl::multi_union_pw_aff bandOf(const TreeNode& loop) const {
    isl::union_pw_aff band = isl::union_pw_aff(value_(loop, loop.values.begin()->first));
    for (auto value = std::next(loop.values.begin()); value != loop.values.end(); ++value)
      band = band.union_add(isl::union_pw_aff(value_(loop, value->first)));
    return isl::multi_union_pw_aff(band);
  }

  const ScheduleTree::DomainOf& domain_;
  const ScheduleTree::ValueOf& value_;
};

} // namespace

ScheduleTree ScheduleTree::fromSource(const Scop& scop) {
  TreePtr root = SourceTreeBuilder(scop).build(scop.body);
  POLYLOOM_CHECK(root != nullptr);
  return ScheduleTree(std::move(root));
}

isl::schedule ScheduleTree::toIsl() const {
  return toIsl([](const TreeNode& leaf) { return leaf.domain; },
               [](const TreeNode& loop, const std::string& statement) { return loop.values.at(statement); });
}

isl::schedule ScheduleTree::toIsl(const DomainOf& domain, const ValueOf& value) const {
  return IslScheduleBuilder(domain, value).build(*root_);
}

std::vector<Quotient> quotientsOf(const TreeNode& loop, const std::string& statement) {
  if (const auto base = loop.bases.find(statement); loop.tileSize > 0 && base != loop.bases.end())
    return {{1, loop.tileSize, base->second}};
  const auto sum = loop.sums.find(statement);
  return sum == loop.sums.end() ? std::vector<Quotient>{{1, 1, loop.values.at(statement)}} : sum->second;
}

bool isSameQuotient(const Quotient& a, const Quotient& b) {
  return a.size == b.size && a.base.plain_is_equal(b.base);
}

std::string toText(const LoopMark& mark) {
  std::string text = mark.name;
  if (mark.attributes.parallel)
    text += " parallel";
  if (mark.attributes.vectorWidth > 0)
    text += fmt::format(" vector={}", mark.attributes.vectorWidth);
  if (mark.attributes.unroll == kUnrollFull)
    text += " unroll=full";
  else if (mark.attributes.unroll > 0)
    text += fmt::format(" unroll={}", mark.attributes.unroll);
  return text;
}

LoopMark loopMarkFromText(const std::string& text) {
  std::istringstream words(text);
  LoopMark mark;
  words >> mark.name;
  const auto number = [](std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  for (std::string word; words >> word;) {
    if (word == "parallel")
      mark.attributes.parallel = true;
    else if (word.starts_with("vector="))
      mark.attributes.vectorWidth = number(std::string_view(word).substr(7));
    else if (word == "unroll=full")
      mark.attributes.unroll = kUnrollFull;
    else if (word.starts_with("unroll="))
      mark.attributes.unroll = number(std::string_view(word).substr(7));
  }
  return mark;
}

} // namespace polyloom
