#include "jit/peer.h"

#include <fstream>
#include <iterator>

namespace polyloom {

namespace {

std::string textOf(const std::string& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

Result<PeerObject> compilePeer(const std::string& source, std::vector<std::string> command) {
  Result<ScratchFolder> folder = ScratchFolder::make();
  if (!folder)
    return std::unexpected(folder.error());
  PeerObject object(std::move(*folder));
  const std::string sourcePath = object.folder() + "/peer.c";
  const std::string messages = object.folder() + "/messages";
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
