#include "core/generate/recipe_moves.h"

#include "core/generate/random_recipe.h"
#include "core/isl/affine_view.h"
#include "core/isl/sets.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

namespace polyloom {

namespace {

void visit(const TreeNode& node, const std::function<void(const TreeNode&)>& take) {
  take(node);
  for (const TreePtr& child : node.children)
    visit(*child, take);
}

std::vector<const TreeNode*> loopsBelow(const TreeNode& node) {
  std::vector<const TreeNode*> found;
  visit(node, [&](const TreeNode& each) {
    if (each.isLoop())
      found.push_back(&each);
  });
  return found;
}

/// The dimension that the loop's value is; nothing where it is something else.
std::optional<unsigned> dimensionOf(const isl::pw_aff& value) {
  const std::optional<AffineView> view = viewOf(value);
  if (!view || !view->floors.empty())
    return std::nullopt;
  std::optional<unsigned> found;
  for (unsigned d = 0; d < view->dimensions.size(); ++d) {
    if (view->dimensions[d] == 0)
      continue;
    if (found)
      return std::nullopt;
    found = d;
  }
  return found;
}

} // namespace

std::vector<std::string> directNest(const TreeNode& loop) {
  std::vector<std::string> names;
  for (const TreeNode* node = &loop; node->isLoop(); node = node->children.front().get())
    names.push_back(node->name);
  return names;
}

bool RecipeMoves::attempt(const Steps& steps) {
  Schedule next = schedule_;
  for (const std::string& text : steps) {
    const Result<Step> step = parseStep(text);
    if (!step)
      return false;
    Result<Schedule> applied = applyBounded(next, *step);
    if (!applied)
      return false;
    next = std::move(*applied);
  }
  if (!isLegal_(next))
    return false;
  schedule_ = std::move(next);
  return true;
}

std::vector<const TreeNode*> RecipeMoves::loops() const { return loopsBelow(*schedule_.tree().root()); }

std::vector<const TreeNode*> RecipeMoves::outermost() const {
  std::vector<const TreeNode*> found;
  const std::function<void(const TreeNode&)> look = [&](const TreeNode& node) {
    if (node.isLoop())
      return found.push_back(&node);
    for (const TreePtr& child : node.children)
      look(*child);
  };
  look(*schedule_.tree().root());
  return found;
}

std::vector<const TreeNode*> RecipeMoves::innermost() const {
  std::vector<const TreeNode*> found = loops();
  std::erase_if(found, [](const TreeNode* loop) { return loopsBelow(*loop).size() > 1; });
  return found;
}

const TreeNode* RecipeMoves::anyLoop() {
  const std::vector<const TreeNode*> all = loops();
  return all.empty() ? nullptr : random_.pick(all);
}

// Order

bool RecipeMoves::permute() {
  for (int tries = 0; tries < 4; ++tries) {
    const TreeNode* loop = anyLoop();
    const std::vector<std::string> names = loop != nullptr ? directNest(*loop) : std::vector<std::string>{};
    if (names.size() < 2)
      continue;
    const std::size_t other = 1 + random_.below(names.size() - 1);
    if (attempt(fmt::format("interchange {} {}", names[0], names[other])))
      return true;
  }
  return false;
}

int RecipeMoves::rowScore(const TreeNode& loop) const {
  int score = 0;
  for (const Statement& statement : schedule_.program().statements) {
    const auto value = loop.values.find(statement.name);
    const std::optional<unsigned> dimension = value != loop.values.end() ? dimensionOf(value->second) : std::nullopt;
    if (!dimension)
      continue;
    for (const Access& access : statement.accesses) {
      const std::size_t rank = schedule_.program().arrays[static_cast<std::size_t>(access.array)].extents.size();
      const std::vector<isl::pw_aff> subscripts = subscriptsOf(access, rank);
      for (std::size_t d = 0; d < rank; ++d)
        if (involvesDimension(subscripts[d], *dimension))
          score += d + 1 == rank ? 2 : -3;
    }
  }
  return score;
}

const TreeNode* RecipeMoves::rowLoop(const TreeNode& nest) const {
  const TreeNode* best = nullptr;
  int bestScore = 0;
  for (const TreeNode* loop : loopsBelow(nest))
    if (const int score = rowScore(*loop); score > bestScore) {
      best = loop;
      bestScore = score;
    }
  return best;
}

void RecipeMoves::walkRows() {
  for (std::size_t n = 0; n < outermost().size(); ++n) {
    const TreeNode* loop = rowLoop(*outermost()[n]);
    const std::vector<std::string> names = loop != nullptr ? directNest(*loop) : std::vector<std::string>{};
    if (names.size() > 1)
      attempt(fmt::format("interchange {} {}", names.front(), names.back()));
  }
}

bool RecipeMoves::fuse() {
  for (const TreeNode* first : loops()) {
    const auto path = pathToLoop(schedule_.tree(), first->name);
    if (path.size() < 2 || path[path.size() - 2]->isLoop())
      continue;
    const std::vector<TreePtr>& siblings = path[path.size() - 2]->children;
    const auto at = std::ranges::find_if(siblings, [&](const TreePtr& each) { return each.get() == first; });
    if (std::next(at) == siblings.end() || !(*std::next(at))->isLoop() || random_.oneIn(3))
      continue;
    const TreeNode second = **std::next(at);
    const std::string name = first->name;
    if (attempt(fmt::format("fuse {} {}", name, second.name)))
      return true;
    for (const int amount : {1, 2}) {
      Steps steps;
      for (const std::string& statement : statementsBelow(second, schedule_.program()))
        steps.push_back(fmt::format("shift {} {} by {}", statement, second.name, amount));
      steps.push_back(fmt::format("fuse {} {}", name, second.name));
      if (attempt(steps))
        return true;
    }
  }
  return false;
}

bool RecipeMoves::distribute() {
  for (const TreeNode* loop : loops()) {
    if (loop->children.front()->kind != TreeNode::Kind::Sequence || random_.oneIn(3))
      continue;
    const std::vector<std::string> statements = statementsBelow(*loop->children.front()->children.front(), schedule_.program());
    if (!statements.empty() && attempt(fmt::format("distribute {} after {}", loop->name, statements.front())))
      return true;
  }
  return false;
}

bool RecipeMoves::reverse() {
  const TreeNode* loop = anyLoop();
  return loop != nullptr && attempt("reverse " + loop->name);
}

bool RecipeMoves::split() {
  const TreeNode* loop = anyLoop();
  return loop != nullptr && attempt(fmt::format("split {} at {}", loop->name, 8 << random_.below(5)));
}

bool RecipeMoves::peel() {
  const TreeNode* loop = anyLoop();
  return loop != nullptr && attempt(fmt::format("peel {} {} {}", loop->name, random_.oneIn(2) ? "first" : "last", random_.between(1, 2)));
}

// Tiles

std::string RecipeMoves::sizesFor(std::size_t count, bool isTiny) {
  static const std::vector<int> kSizes = {4, 8, 8, 16, 16, 24, 32, 32, 32, 48, 64, 64, 64, 100, 128, 128, 256, 512, 1000};
  static const std::vector<int> kTiny = {2, 2, 3, 4};
  std::string text;
  for (std::size_t k = 0; k < count; ++k)
    text += fmt::format("{}{}", k == 0 ? "" : " ", random_.pick(isTiny ? kTiny : kSizes));
  return text;
}

bool RecipeMoves::tile(bool isTiny) {
  for (int tries = 0; tries < 4; ++tries) {
    const std::vector<const TreeNode*> tops = outermost();
    const TreeNode* loop = tops.empty() || random_.oneIn(3) ? anyLoop() : random_.pick(tops);
    if (loop == nullptr)
      return false;
    std::vector<std::string> names = directNest(*loop);
    if (names.size() > 3 || random_.oneIn(4))
      names.resize(1 + random_.below(std::min<std::size_t>(names.size(), 3)));
    const std::string sizes = sizesFor(names.size(), isTiny);
    if (attempt(fmt::format("tile {} by {}", fmt::join(names, " "), sizes)) || skewAndTile(names, sizes))
      return true;
  }
  return false;
}

bool RecipeMoves::skewAndTile(const std::vector<std::string>& names, const std::string& sizes) {
  if (names.size() < 2)
    return false;
  const std::string tile = fmt::format("tile {} by {}", fmt::join(names, " "), sizes);
  for (const int factor : {1, 2}) {
    Steps steps;
    for (std::size_t k = 1; k < names.size(); ++k)
      steps.push_back(fmt::format("skew {} by {} {}", names[k], factor, names[0]));
    if (names.size() > 2) // a sweep in place needs its loops skewed by each other, too
      steps.push_back(fmt::format("skew {} by 1 {}", names[2], names[1]));
    steps.push_back(tile);
    if (!attempt(steps))
      continue;
    std::vector<std::string> tiles;
    for (const std::string& name : names)
      tiles.push_back(name + "t");
    if (!random_.oneIn(3))
      runWavefront(tiles);
    return true;
  }
  return false;
}

void RecipeMoves::runWavefront(const std::vector<std::string>& tiles) {
  const std::string wavefront = fmt::format("wavefront {} {}", tiles[0], tiles[1]);
  for (const std::string& loop : {tiles[1], tiles[0]})
    if (attempt(Steps{wavefront, "parallel " + loop}))
      return;
}

// Threads and lanes

bool RecipeMoves::parallelizeAt(const TreeNode& node, int depth) {
  constexpr int kDeepest = 4;
  if (node.isLoop()) {
    if (node.attributes.parallel || attempt("parallel " + node.name))
      return true;
    if (++depth == kDeepest)
      return false;
  }
  bool isDone = false;
  for (const TreePtr& child : node.children)
    isDone = parallelizeAt(*child, depth) || isDone;
  return isDone;
}

void RecipeMoves::parallelizeOutermost() {
  const TreePtr root = schedule_.tree().root(); // stays while attempts replace the schedule's
  parallelizeAt(*root, 0);
}

bool RecipeMoves::parallelizeInner() {
  const std::vector<const TreeNode*> inner = innermost();
  return !inner.empty() && attempt("parallel " + random_.pick(inner)->name);
}

void RecipeMoves::vectorizeRows() {
  static const std::vector<int> kWidths = {4, 8, 8, 8, 16};
  const int width = random_.pick(kWidths);
  for (std::size_t n = 0; n < outermost().size(); ++n) {
    const TreeNode* loop = rowLoop(*outermost()[n]);
    if (loop != nullptr && loop->attributes.vectorWidth == 0 && !random_.oneIn(6))
      attempt(fmt::format("vectorize {} by {}", loop->name, width));
  }
}

bool RecipeMoves::vectorizeAny() {
  const TreeNode* loop = anyLoop();
  return loop != nullptr && attempt(fmt::format("vectorize {} by {}", loop->name, 2 << random_.below(4)));
}

bool RecipeMoves::unroll() {
  const std::vector<const TreeNode*> inner = innermost();
  return !inner.empty() && attempt(fmt::format("unroll {} by {}", random_.pick(inner)->name, 2 << random_.below(3)));
}

bool RecipeMoves::jam() {
  const TreeNode* loop = anyLoop();
  return loop != nullptr && attempt(fmt::format("jam {} by {}", loop->name, 2 << random_.below(3)));
}

// Storage

bool RecipeMoves::pack() {
  const TreeNode* loop = anyLoop();
  std::vector<std::string> arrays;
  for (const Array& array : schedule_.program().arrays)
    if (!array.extents.empty() && !array.isGenerated)
      arrays.push_back(array.name);
  return loop != nullptr && !arrays.empty() && attempt(fmt::format("pack {} at {}", random_.pick(arrays), loop->name));
}

bool RecipeMoves::expand() {
  std::vector<std::string> own;
  for (const Array& array : schedule_.program().arrays)
    if (array.isLocal)
      own.push_back(array.name);
  const TreeNode* loop = anyLoop();
  return loop != nullptr && !own.empty() && attempt(fmt::format("expand {} along {}", random_.pick(own), loop->name));
}

} // namespace polyloom
