// Programs as child processes, with files of their own. Whoever links this has a data folder of its own, too.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace polyloom::test {

/// A new folder that is gone at the end.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& text) const;

private:
  std::filesystem::path path_;
};

std::string readFile(const std::filesystem::path& path);

/// What a finished program left.
struct Finished {
  int exitCode = -1; ///< -1: killed by a signal
  std::string output, errors;
};

/// Runs a program to its end, `input` on its standard input. Ends it after two minutes.
Finished runChild(const std::vector<std::string>& command, const std::string& input = {});

} // namespace polyloom::test
