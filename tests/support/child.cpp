#include "tests/support/child.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <sys/wait.h>

namespace polyloom::test {

namespace {

std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word)
    text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

/// Each test process, with the programs that it starts, has measurements of its own and not the user's.
struct OwnData {
  OwnData() { setenv("POLYLOOM_DATA", folder.path().c_str(), 1); }
  TemporaryFolder folder;
};
const OwnData kOwnData;

} // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "polyloom-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    throw std::runtime_error("no temporary folder can be made");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& text) const {
  const std::filesystem::path file = path_ / name;
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

std::string readFile(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Finished runChild(const std::vector<std::string>& command, const std::string& input) {
  const TemporaryFolder folder;
  std::string line = "timeout 120";
  for (const std::string& word : command)
    line += " " + quoted(word);
  line += " < " + quoted(folder.write("input", input));
  line += " > " + quoted((folder.path() / "output").string()) + " 2> " + quoted((folder.path() / "errors").string());
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, readFile(folder.path() / "output"),
          readFile(folder.path() / "errors")};
}

} // namespace polyloom::test
