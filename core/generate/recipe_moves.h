// The moves that relevant recipes are made of.
#pragma once

#include "core/generate/relevant_recipe.h"
#include "core/schedule/schedule_tree.h"

#include <string>
#include <vector>

namespace polyloom {

/// Changes a schedule move by move; a move that is refused or illegal changes nothing and returns false.
class RecipeMoves {
public:
  RecipeMoves(Schedule schedule, Random& random, const RelevantRecipes::IsLegal& isLegal)
      : schedule_(std::move(schedule)), random_(random), isLegal_(isLegal) {}

  const Schedule& schedule() const { return schedule_; }

  bool permute();                  ///< two loops of a band trade places
  void walkRows();                 ///< in each nest, the loop of stride 1 goes innermost
  bool tile(bool isTiny);          ///< a band, skewed first where that is needed
  void parallelizeOutermost();     ///< in each nest, the outermost loop that allows it
  bool parallelizeInner();         ///< an innermost loop
  void vectorizeRows();            ///< in each nest, a loop of stride 1
  bool vectorizeAny();             ///< some loop, whatever its stride
  bool unroll();
  bool jam();
  bool fuse();
  bool distribute();
  bool reverse();
  bool split();
  bool peel();
  bool pack();
  bool expand();

private:
  using Steps = std::vector<std::string>;

  /// All steps, if they apply and what they lead to is legal.
  bool attempt(const Steps& steps);
  bool attempt(const std::string& step) { return attempt(Steps{step}); }
  std::vector<const TreeNode*> loops() const;
  std::vector<const TreeNode*> outermost() const; ///< loops without a loop around them
  std::vector<const TreeNode*> innermost() const; ///< loops without a loop below
  const TreeNode* anyLoop();
  bool parallelizeAt(const TreeNode& node, int depth);
  bool skewAndTile(const std::vector<std::string>& names, const std::string& sizes);
  void runWavefront(const std::vector<std::string>& tiles);
  std::string sizesFor(std::size_t count, bool isTiny);
  /// How many accesses below walk along rows with the loop, less those that jump.
  int rowScore(const TreeNode& loop) const;
  /// Below an outermost loop, the loop with the best score; null where none walks along rows.
  const TreeNode* rowLoop(const TreeNode& nest) const;

  Schedule schedule_;
  Random& random_;
  const RelevantRecipes::IsLegal& isLegal_;
};

/// The loops from this one inwards that are nested directly.
std::vector<std::string> directNest(const TreeNode& loop);

} // namespace polyloom
