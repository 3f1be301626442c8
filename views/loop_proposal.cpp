#include "views/loop_proposal.h"

#include <algorithm>

namespace polyloom {

namespace {

using Tree = std::vector<LoopTreeNode>;

bool isLoop(const Tree& tree, int node) {
  return node >= 0 && tree[static_cast<std::size_t>(node)].kind == LoopTreeNode::Kind::Loop;
}

int parentOf(const Tree& tree, int node) {
  return tree[static_cast<std::size_t>(node)].parent;
}

std::vector<int> childrenOf(const Tree& tree, int parent) {
  std::vector<int> children;
  for (int node = 0; node < static_cast<int>(tree.size()); ++node)
    if (parentOf(tree, node) == parent)
      children.push_back(node);
  return children;
}

int enclosingLoop(const Tree& tree, int node) {
  do
    node = parentOf(tree, node);
  while (node >= 0 && !isLoop(tree, node));
  return node;
}

int nextSibling(const Tree& tree, int node) {
  const std::vector<int> siblings = childrenOf(tree, parentOf(tree, node));
  const auto here = std::ranges::find(siblings, node);
  return std::next(here) == siblings.end() ? -1 : *std::next(here);
}

int onlyChild(const Tree& tree, int node) {
  const std::vector<int> children = childrenOf(tree, node);
  return children.size() == 1 ? children.front() : -1;
}

std::string partnerOf(const Tree& tree, LoopPlace place, int node) {
  const int partner = place == LoopPlace::Around   ? enclosingLoop(tree, node)
                      : place == LoopPlace::Inside ? onlyChild(tree, node)
                      : place == LoopPlace::After  ? nextSibling(tree, node)
                                                   : -1;
  return isLoop(tree, partner) ? tree[static_cast<std::size_t>(partner)].name : std::string();
}

} // namespace

std::string partnerOf(const Tree& tree, LoopPlace place, const std::string& loop) {
  for (int node = 0; node < static_cast<int>(tree.size()); ++node)
    if (isLoop(tree, node) && tree[static_cast<std::size_t>(node)].name == loop)
      return partnerOf(tree, place, node);
  return {};
}

std::pair<std::string, std::string> proposePair(const Tree& tree, LoopPlace place) {
  for (int node = 0; node < static_cast<int>(tree.size()); ++node)
    if (isLoop(tree, node))
      if (std::string partner = partnerOf(tree, place, node); !partner.empty())
        return {tree[static_cast<std::size_t>(node)].name, std::move(partner)};
  return {};
}

std::vector<std::string> proposeNest(const Tree& tree) {
  if (auto [outer, inner] = proposePair(tree, LoopPlace::Inside); !outer.empty())
    return {std::move(outer), std::move(inner)};
  const auto first = std::ranges::find(tree, LoopTreeNode::Kind::Loop, &LoopTreeNode::kind);
  return first == tree.end() ? std::vector<std::string>{} : std::vector<std::string>{first->name};
}

} // namespace polyloom
