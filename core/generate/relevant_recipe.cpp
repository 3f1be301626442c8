#include "core/generate/relevant_recipe.h"

#include "core/generate/recipe_moves.h"

namespace polyloom {

namespace {

/// What a search tries first: rows in the innermost loops, threads outside, lanes inside, each with its own chance to be
/// left out.
void finishWell(RecipeMoves& moves, Random& random) {
  if (random.oneIn(3))
    moves.walkRows();
  if (!random.oneIn(4))
    moves.parallelizeOutermost();
  if (!random.oneIn(3))
    moves.vectorizeRows();
}

void changeInner(RecipeMoves& moves, Random& random) {
  if (random.oneIn(3))
    moves.jam();
  if (random.oneIn(3))
    moves.unroll();
}

void changeOrder(RecipeMoves& moves, Random& random) {
  using Move = bool (RecipeMoves::*)();
  static const std::vector<Move> kMoves = {&RecipeMoves::fuse, &RecipeMoves::fuse, &RecipeMoves::distribute,
                                           &RecipeMoves::distribute, &RecipeMoves::permute, &RecipeMoves::permute,
                                           &RecipeMoves::permute, &RecipeMoves::reverse, &RecipeMoves::split,
                                           &RecipeMoves::peel, &RecipeMoves::expand};
  for (int count = random.between(1, 3); count > 0; --count)
    (moves.*random.pick(kMoves))();
}

void spoil(RecipeMoves& moves, Random& random) {
  switch (random.below(5)) {
  case 0: moves.vectorizeAny(); break;
  case 1: moves.parallelizeInner(); break;
  case 2: moves.tile(true); break;
  case 3: moves.permute(); moves.permute(); break;
  default: moves.pack(); moves.vectorizeAny(); break;
  }
}

void follow(RecipeMoves& moves, Random& random) {
  const std::uint64_t plan = random.below(100);
  if (plan < 10) {
    moves.parallelizeOutermost();
    moves.vectorizeRows();
  } else if (plan < 20) {
    finishWell(moves, random);
    changeInner(moves, random);
  } else if (plan < 45) {
    if (random.oneIn(4)) // a time loop around two sweeps is no band
      moves.fuse();
    moves.tile(false);
    if (random.oneIn(4))
      moves.pack();
    finishWell(moves, random);
    changeInner(moves, random);
  } else if (plan < 65) {
    changeOrder(moves, random);
    finishWell(moves, random);
  } else if (plan < 78) {
    changeOrder(moves, random);
    moves.tile(false);
    finishWell(moves, random);
  } else if (plan < 85) {
    moves.tile(false);
    moves.permute();
  } else {
    spoil(moves, random);
    if (random.oneIn(2))
      moves.parallelizeOutermost();
  }
}

} // namespace

std::optional<Schedule> RelevantRecipes::draw(const Schedule& original, const IsLegal& isLegal) {
  constexpr int kTries = 4;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    RecipeMoves moves(original, random_, isLegal);
    follow(moves, random_);
    if (!moves.schedule().recipe().empty())
      return moves.schedule();
  }
  return std::nullopt;
}

} // namespace polyloom
