#include "jit/command.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace polyloom {

Result<ScratchFolder> ScratchFolder::make() {
  std::error_code error;
  std::string path = std::filesystem::temp_directory_path(error).string() + "/polyloom-XXXXXX";
  if (error || mkdtemp(path.data()) == nullptr)
    return failure("no-folder", "there is no folder for temporary files");
  return ScratchFolder(path);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty())
    std::filesystem::remove_all(path_, ignored);
}

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

} // namespace polyloom
