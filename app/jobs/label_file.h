// Files of labels: programs, recipes and how long they take, one program a line.
#pragma once

#include "core/base/diagnostic.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>
#include <unordered_set>

namespace polyloom {

/// Lines of JSON: the first is {version, kind "machine", …}, every other {version, kind "program", source, …}. Lines are
/// appended as a whole; one that a kill has cut is taken off when the file is opened again.
class LabelFile {
public:
  static constexpr int kVersion = 2;

  /// Opens a file to go on with, or makes a new one that begins with `machine`. Refuses a file of another version, of
  /// other conditions (threads, compiler, processor: labels would not compare), or of something else
  /// ("other-labels"), and what cannot be written ("no-file").
  static Result<LabelFile> open(const std::string& path, const nlohmann::json& machine);
  LabelFile(LabelFile&& other) noexcept;
  LabelFile& operator=(LabelFile&&) = delete;
  ~LabelFile();

  bool hasSource(const std::string& source) const { return sources_.contains(source); }
  /// Whether a program of this canonical hash is there.
  bool hasProgram(const std::string& canonical) const { return programs_.contains(canonical); }

  /// Appends a program. On the disk at the latest some programs later.
  Result<void> append(const nlohmann::json& program);

  std::size_t labels() const { return labels_; }
  std::size_t nearOne() const { return nearOne_; }
  static bool isNearOne(double speedup) { return speedup > 0.9 && speedup < 1.1; }

private:
  LabelFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  void count(const nlohmann::json& program);

  int descriptor_ = -1;
  std::string path_;
  std::unordered_set<std::string> sources_, programs_;
  std::size_t labels_ = 0, nearOne_ = 0;
  int unsynced_ = 0;
};

} // namespace polyloom
