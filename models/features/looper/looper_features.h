// What LOOPer's cost model sees of one schedule: vectors of computations and loops, and the tree that holds them.
//
// Places, kinds and lengths up to the marked lines are those of the published model (the authors' code:
// Tiramisu-Compiler/cost_model, utils/data_utils.py); what stands behind them says what our steps do and LOOPer's do not.
// Sizes, constants and coefficients stand as sign(x) · log2(1 + |x|), which leaves -1, 0 and 1 as they are: the published
// vectors hold them as they are, but sizes there are few powers of two. Flags are 0 or 1, "0" in a factor's place: none.
//
// An *iterator* of a computation is a loop of the source around it, the outermost first; its *loop* is the loop of the
// schedule that carries it, together with its tiles, strips and lanes (looper_nest.h).
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace polyloom {

inline constexpr std::size_t kLooperDepth = 5;   ///< iterators that have a place; further ones are left out
inline constexpr std::size_t kLooperReads = 15;  ///< reads that have a place; further ones are left out
inline constexpr std::size_t kLooperTokens = 66; ///< of an expression; of a longer one the last, which end with its root

/// Places in a computation's vector.
///
/// | place   | meaning                                                                        | range              |
/// |---------|--------------------------------------------------------------------------------|--------------------|
/// | 0       | whether it is a reduction: it reads the cell that it writes                    | flag               |
/// | 1..30   | per iterator: parallel, tiled, tile size (of the smallest tiles), fused, shifted, shift at the parameters | flags, sizes |
/// | 31, 32  | whether its innermost loop is unrolled, and by what (dissolved: all iterations) | flag, size        |
/// | 33..82  | A, where A·x <= b are its instances: per iterator a row of its lower and one of its upper bound, 5 numbers each | coefficients |
/// | 83..92  | b                                                                              | constants          |
/// | 93..142 | A·T^-1, where T makes loop values of instances: columns are loops, the outermost first | coefficients |
/// | 143     | the array that it writes: its number, from 1                                   | 1, 2, …            |
/// | 144..185| the access to it, 6 rows of 7: ones above and on the left, a row per dimension with its coefficients, constants on the right | coefficients |
/// | 186..845| per read: whether of the written cell, array, access (44 numbers)              | as above           |
/// | --------| ours                                                                           |                    |
/// | 846..875| per iterator: lanes, jammed iterations, size of the largest of several tiles, distributed, split, log2 of the source's step | sizes, flags |
/// | 876     | log2 of how many times fewer instances stand here than the statement has       | 0..                |
/// | 877     | whether it only moves a value from or to an array that a step made             | flag               |
/// | 878     | accesses to arrays that steps made                                             | 0, 1, …            |
/// | 879, 880| iterators and reads that have no place                                         | 0, 1, …            |
///
/// Loop values count up: of a loop that counts down they are negated.
struct LooperPlace {
  static constexpr std::size_t kReduction = 0, kIterators = 1, kPerIterator = 6;
  static constexpr std::size_t kUnrolled = kIterators + kPerIterator * kLooperDepth;
  static constexpr std::size_t kDomain = kUnrolled + 2, kDomainRow = kLooperDepth;
  static constexpr std::size_t kConstants = kDomain + 2 * kLooperDepth * kDomainRow;
  static constexpr std::size_t kTransformed = kConstants + 2 * kLooperDepth;
  static constexpr std::size_t kWrite = kTransformed + 2 * kLooperDepth * kDomainRow;
  static constexpr std::size_t kAccessRow = kLooperDepth + 2, kAccess = (kLooperDepth + 1) * kAccessRow;
  static constexpr std::size_t kReads = kWrite + 1 + kAccess, kPerRead = 2 + kAccess;
  static constexpr std::size_t kPublished = kReads + kLooperReads * kPerRead;
  static constexpr std::size_t kOwnIterators = kPublished;
  static constexpr std::size_t kOwn = kOwnIterators + kPerIterator * kLooperDepth;
};

/// Places in a loop's vector: parallel, tiled, tile size, fused, unrolled, factor, shifted, shift (the largest of its
/// statements); ours: lanes, jammed iterations, size of the largest of several tiles, distributed (some statement of the
/// source's loop runs elsewhere), split (a statement's other iterations run elsewhere), whether it counts tiles whose
/// points are no single loop, their size, and whether it is a sum of tile loops.
struct LooperLoopPlace {
  static constexpr std::size_t kParallel = 0, kTiled = 1, kTile = 2, kFused = 3, kUnrolled = 4, kFactor = 5, kShifted = 6,
                               kShift = 7, kPublished = 8, kLanes = 8, kJam = 9, kOuterTile = 10, kDistributed = 11,
                               kSplit = 12, kIsTile = 13, kTileSize = 14, kIsSum = 15;
};

/// Lengths of the vectors. A token is one of add, subtract, multiply, divide, root, minimum, maximum and anything else, and
/// one of integer, float and double, by the written array.
inline constexpr std::size_t kLooperComputation = LooperPlace::kOwn + 5, kLooperLoop = 16, kExpressionToken = 11,
                             kTransformationTag = 16;
static_assert(LooperPlace::kPublished == 846 && LooperLoopPlace::kPublished == 8);

/// The first number of a tag, which says what the others are. Loops are counted from 0, the outermost first; `place` counts
/// all loops around the computation from 1, tiles, strips and lanes among them; `loop` counts those of A·T^-1 from 1.
///
/// | kind                  | numbers                                                                      |
/// |-----------------------|------------------------------------------------------------------------------|
/// | Interchange           | [1], [2] the loops                                                           |
/// | Reverse               | [3] the loop                                                                 |
/// | Skew                  | [4], [5], [6] the loops, of two: [6] = 0; [7..10] or [7..15] their part of the matrix |
/// | ours: Row             | of more loops or one: [4] the loop, [7..15] its row of the matrix            |
/// | Tile                  | [1] place, [2] loop, [3] size                                                |
/// | Sum (of tile loops)   | [1] place, [3] size of the largest tiles, [4..8] its direction: coefficients over the largest |
/// | Jam, Lanes            | [1] place, [2] loop, [3] iterations                                          |
/// | Parallel              | [1] place, [2] loop                                                          |
/// | Unroll                | [1] place, [2] loop, [3] factor                                              |
enum class LooperTag { None, Interchange, Reverse, Skew, Row, Tile, Sum, Jam, Lanes, Parallel, Unroll };

struct LooperFeatures {
  using Token = std::array<float, kExpressionToken>;
  using Tag = std::array<float, kTransformationTag>;

  struct Computation {
    int loop = -1;             ///< index into `loops` of the innermost loop around it; -1: none
    std::vector<float> vector;
    std::vector<Token> tokens; ///< of its expression, in post-order; may be empty
    std::vector<Tag> tags;     ///< of its transformations, in the order in which they are applied; may be empty
  };
  struct Loop {
    int parent = -1; ///< index into `loops`; -1: none
    std::vector<float> vector;
  };

  std::vector<Computation> computations; ///< in textual order
  std::vector<Loop> loops;               ///< parents stand before their children, siblings in textual order
};

/// Identifies the vectors, tokens and tags above: weights made for others are refused.
std::string looperSchema();

} // namespace polyloom
