// A program called ssh that goes nowhere.
#pragma once

#include "tests/support/child.h"

#include <string>

namespace polyloom::test {

/// Puts a script `ssh` at the head of PATH, until it goes. It runs the command on this machine, in the root folder and
/// without this environment, with a data folder of its own; the name of the host says what happens:
///
/// | host | |
/// |---|---|
/// | `tower` | a machine with 4097 cores; all that is sent there is written to `sent()` |
/// | `chatty` | writes a greeting before anything else |
/// | `bare` | has no polyloom-worker on its PATH |
/// | `nowhere`, `locked` | ssh fails as it does for an unknown name and for a missing key |
/// | `mortal` | the connection ends in the middle of the first measurement |
/// | `newer`, `older` | its worker speaks another protocol, or does not know what is asked |
/// | `silent` | nobody answers |
/// | `stuck` | answers the greeting and nothing more |
class FakeSsh {
public:
  /// `bin` is the folder of polyloom-worker.
  explicit FakeSsh(const std::string& bin);
  ~FakeSsh();
  FakeSsh(const FakeSsh&) = delete;
  FakeSsh& operator=(const FakeSsh&) = delete;

  std::string arguments() const { return readFile(folder_.path() / "arguments"); } ///< of all calls, one a line
  std::filesystem::path data() const { return folder_.path() / "data"; } ///< the data folder there
  /// Whether the last call still runs.
  bool isRunning() const;
  std::string sent() const { return readFile(folder_.path() / "sent"); }

private:
  TemporaryFolder folder_;
  std::string pathBefore_;
};

} // namespace polyloom::test
