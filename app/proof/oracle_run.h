// Verdicts on random programs and recipes against brute force.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace polyloom {

struct OracleRunOptions {
  int pairs = 1000;         ///< at least that many, a program and a recipe each; a program that is left out is made up for
  std::uint64_t seed = 1;   ///< of the first program; the others count up
  int recipesPerProgram = 16;
  int threads = 1;
  int traceEvery = 10;      ///< the code of every so many pairs is executed and compared; 0: of none
  int bound = 5;            ///< of the parameters
  bool reassociate = false; ///< in all pairs; without it, in every fourth
  std::function<void(int done)> progress = {}; ///< pairs so far; called from the threads, one at a time
};

/// A pair to look at: its verdict or its code is wrong.
struct NotedPair {
  std::uint64_t seed = 0; ///< of the program
  std::string program;    ///< its text
  std::string recipe;     ///< one step a line
  bool reassociate = false;
  std::string sentence;
};

/// A verdict that took long.
struct SlowVerdict {
  double seconds = 0; ///< of CPU time
  std::uint64_t seed = 0;
  std::string recipe;
  bool reassociate = false;
};

struct OracleRunReport {
  int programs = 0, pairs = 0, legal = 0, illegal = 0, unknown = 0;
  int relaxed = 0; ///< pairs in which reductions were allowed to change their order
  int traced = 0;
  int unconfirmed = 0; ///< witnesses at values that are too large for brute force
  int tooCostly = 0;                   ///< programs left out: their dependences need more work than the run allows
  int idle = 0;                        ///< programs left out: they execute nothing, or nothing at small sizes
  std::map<std::string, int> withStep; ///< per kind of step, the pairs whose recipe has one
  std::map<std::string, int> tracedWithStep;
  std::vector<double> verdictSeconds;  ///< of CPU time; sorted
  std::vector<SlowVerdict> slowest;    ///< the five slowest, the slowest first
  std::map<std::string, double> phaseSeconds; ///< what CPU time went into
  std::vector<NotedPair> costlyCode; ///< pairs that were not traced: generating their code takes isl too long
  std::vector<NotedPair> disagreements;
};

/// Draws programs and for each of them recipes of two to six steps, judges every pair, and compares with brute force in
/// both directions: see Oracle::contradiction. Half of the recipes stay legal at small sizes up to their last step, so
/// that both verdicts are frequent. The same options give the same pairs, whatever the number of threads.
OracleRunReport runOracle(const OracleRunOptions& options);

} // namespace polyloom
