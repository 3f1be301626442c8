#include "jit/peer.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace polyloom {

namespace {

std::string textOf(const std::string& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Runs a command found in PATH, its output in a file. Returns its exit status, or -1 where it cannot be started.
int runCommand(std::vector<std::string> command, const std::string& output) {
  std::vector<char*> arguments;
  for (std::string& argument : command)
    arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t id = -1;
  const int error = posix_spawnp(&id, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (error != 0 || waitpid(id, &status, 0) != id || !WIFEXITED(status))
    return -1;
  return WEXITSTATUS(status);
}

} // namespace

PeerObject::~PeerObject() {
  std::error_code ignored;
  if (!folder_.empty())
    std::filesystem::remove_all(folder_, ignored);
}

Result<PeerObject> compilePeer(const std::string& source, std::vector<std::string> command) {
  std::error_code error;
  std::string folder = std::filesystem::temp_directory_path(error).string() + "/polyloom-peer-XXXXXX";
  if (error || mkdtemp(folder.data()) == nullptr)
    return failure("peer-compiler", "there is no folder for temporary files");
  PeerObject object(folder);
  const std::string sourcePath = folder + "/peer.c";
  const std::string messages = folder + "/messages";
  std::ofstream(sourcePath) << source;
  const std::string compiler = command.at(0);
  for (const std::string& argument : {std::string("-shared"), std::string("-fPIC"), std::string("-o"), object.path(),
                                      sourcePath, std::string("-lm")})
    command.push_back(argument);
  const int status = runCommand(command, messages);
  if (status == 0)
    return object;
  if (status < 0 || status == 127)
    return failure("peer-compiler", "the compiler " + compiler + " cannot be started");
  return failure("peer-compiler", compiler + " refuses the kernel's C text", {}, {textOf(messages)});
}

} // namespace polyloom
