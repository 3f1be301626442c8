// One line of the suite's table, and lines as CSV and JSON.
#pragma once

#include "core/base/diagnostic.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// One code of one kernel. A figure that is not known, or not wanted for this kind of code, is 0.
struct SuiteLine {
  std::string kernel;
  std::string sizes; ///< "LARGE", or what the command line has set
  std::string code;  ///< kOriginalOrder, a recipe's file, a peer, or one of the former with kEmittedSuffix
  std::string kind;  ///< kOriginal, kRecipe, kPeer, kEmitted
  std::string message; ///< why there is no time
  double threads = 0, runs = 0;
  double seconds = 0, low = 0, high = 0; ///< median and its 95 % interval
  double clangSeconds = 0; ///< in the same rounds, on one thread
  double overClang = 0;    ///< speed over clang: the median of the rounds' ratios, which share the machine's moods
  double overOwn = 0;      ///< of emitted C, likewise: time over that of our own machine code of the same order
  double operations = 0, bytes = 0; ///< Work::neededOperations and Work::bytes (core/codegen/work.h)
  double productRate = 0;   ///< operations per second of OpenBLAS's dgemm beside this kernel
  double readBandwidth = 0; ///< bytes per second beside this kernel
  double rooflineFraction = 0;
  double judging = 0, generating = 0, compiling = 0, starting = 0, linking = 0; ///< seconds from a recipe to ready code

  static constexpr const char* kOriginalOrder = "original order";
  static constexpr const char* kEmittedSuffix = " as C";
  static constexpr const char* kOriginal = "original";
  static constexpr const char* kRecipe = "recipe";
  static constexpr const char* kPeer = "peer";
  static constexpr const char* kEmitted = "emitted";

  bool isMeasured() const { return seconds > 0; }
  bool isOurs() const { return kind == kOriginal || kind == kRecipe; }
  /// The longer of computing at OpenBLAS's rate and moving the compulsory bytes; 0 where no rate is known.
  double floorSeconds() const;
  double timesFloor() const { return floorSeconds() > 0 ? seconds / floorSeconds() : 0; }
  /// From a schedule to code that is ready to run: all but the judging.
  double readySeconds() const { return generating + compiling + starting + linking; }
};

/// The names of all figures, separated by commas.
std::string csvHead();

/// One line of CSV with its end.
std::string toCsv(const SuiteLine& line);

/// The lines of a file that toCsv has written; a last line that is cut off is left out. Fails ("no-suite-file") where the
/// file is another one's.
Result<std::vector<SuiteLine>> linesFromCsv(const std::string& path);

/// One object per kernel: "file", "sizes", the work, the floor, "original_s", "original_over_clang", and "entrants" with
/// the other lines.
nlohmann::json suiteToJson(std::span<const SuiteLine> lines);

/// The lines kernel by kernel, in their order.
std::vector<std::span<const SuiteLine>> byKernel(std::span<const SuiteLine> lines);

} // namespace polyloom
