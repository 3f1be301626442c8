// How a loop runs, beside its order.
#pragma once

namespace polyloom {

/// How a loop runs. An attribute is a promise that legality has checked before anything is executed.
struct LoopAttributes {
  bool parallel = false;
  int vectorWidth = 0; ///< > 0: a lane loop of at most that many iterations, all of them independent
  int unroll = 0;      ///< > 1: unroll by that factor; kUnrollFull: completely
  friend bool operator==(const LoopAttributes&, const LoopAttributes&) = default;
};
inline constexpr int kUnrollFull = -1;

} // namespace polyloom
