// Running another program, such as a compiler, and a folder for what it needs.
#pragma once

#include "core/base/diagnostic.h"

#include <string>
#include <vector>

namespace polyloom {

/// A new folder for temporary files; it goes, with all that is in it, when this does.
class ScratchFolder {
public:
  /// Fails ("no-folder") where none can be made.
  static Result<ScratchFolder> make();
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  ScratchFolder& operator=(ScratchFolder&& other) noexcept {
    path_.swap(other.path_);
    return *this;
  }
  ~ScratchFolder();

  const std::string& path() const { return path_; }

private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// Runs a command found in PATH to its end, without input, both outputs in the file `output`. Returns its exit status;
/// 127 or -1 where it cannot be started, -1 where a signal ended it.
int runCommand(std::vector<std::string> command, const std::string& output);

} // namespace polyloom
