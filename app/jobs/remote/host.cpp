#include "app/jobs/remote/host.h"

#include <fmt/format.h>

#include <sys/wait.h>

#include <algorithm>
#include <cctype>
#include <csignal>

namespace polyloom {

namespace {

// As ssh and POSIX shells have them.
constexpr int kSshFailed = 255;
constexpr int kNotExecutable = 126;
constexpr int kNotFound = 127;

/// One word for the shell there; a leading ~/ still means the home folder.
std::string quoted(const std::string& path) {
  const bool isAtHome = path.starts_with("~/");
  std::string text = isAtHome ? "~/'" : "'";
  for (const char c : path.substr(isAtHome ? 2 : 0))
    text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

/// The last line that says something, without control characters.
std::string lastLine(const std::string& text) {
  std::string line, last;
  for (const char c : text + "\n") {
    if (c == '\n') {
      last = line.find_first_not_of(' ') == std::string::npos ? last : line;
      line.clear();
    } else if (std::iscntrl(static_cast<unsigned char>(c)) == 0) {
      line += c;
    }
  }
  return last;
}

/// What to do about it, by ssh's words.
std::string wayOut(const std::string& name, const std::string& words) {
  if (words.find("Could not resolve") != std::string::npos)
    return "check the name, or write an entry for it in ~/.ssh/config";
  if (words.find("Permission denied") != std::string::npos)
    return fmt::format("Polyloom asks for no password: set up a key with ssh-copy-id {}, and unlock it with ssh-add", name);
  if (words.find("Host key verification failed") != std::string::npos)
    return fmt::format("run ssh {} once in a terminal and confirm its key", name);
  return fmt::format("see whether ssh {} works in a terminal", name);
}

} // namespace

Result<Host> makeHost(const std::string& name, const std::string& worker) {
  const auto isOdd = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0 || std::iscntrl(static_cast<unsigned char>(c)) != 0; };
  if (name.empty() || name.starts_with('-') || std::ranges::any_of(name, isOdd))
    return failure("bad-host", fmt::format("\"{}\" is no host: user@host or an alias of ssh is wanted", name));
  if (std::ranges::any_of(worker, [](char c) { return std::iscntrl(static_cast<unsigned char>(c)) != 0; }))
    return failure("bad-host", "the path of polyloom-worker holds control characters");
  return Host{name, worker};
}

std::vector<std::string> workerCommand(const Host& host) {
  return {"ssh", "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=5", "-o",
          "ServerAliveCountMax=3", "--", host.name, host.worker.empty() ? "polyloom-worker" : quoted(host.worker)};
}

Diagnostic whyNoWorker(const Host& host, std::optional<int> status, const std::string& errors, bool wasThere) {
  const std::string words = lastLine(errors);
  const std::string said = words.empty() ? "" : fmt::format(" ({})", words);
  const int code = status && WIFEXITED(*status) ? WEXITSTATUS(*status) : -1;
  if (code == kSshFailed)
    return {"no-ssh-connection",
            fmt::format("{} {}{}: {}", wasThere ? "the connection to" : "there is no connection to", host.name,
                        wasThere ? " is lost" : "", words.empty() ? "ssh does not say why" : words),
            {},
            {wayOut(host.name, words)}};
  if (code == kNotFound || code == kNotExecutable)
    return {"worker-missing",
            host.worker.empty() ? fmt::format("{} has no polyloom-worker on its PATH{}", host.name, said)
                                : fmt::format("{} has no program {}{}", host.name, host.worker, said),
            {},
            {"install Polyloom there, and give the path of its polyloom-worker where the PATH of ssh's commands does not "
             "lead to it"}};
  if (status && WIFSIGNALED(*status))
    return {"worker-crashed", fmt::format("ssh to {} was ended by signal {}{}", host.name, WTERMSIG(*status), said), {}, {}};
  return {"worker-crashed",
          code >= 0 ? fmt::format("polyloom-worker on {} ended early, with exit code {}{}", host.name, code, said)
                    : fmt::format("polyloom-worker on {} ended early{}", host.name, said),
          {},
          {fmt::format("see what ssh {} {} says in a terminal", host.name,
                       host.worker.empty() ? "polyloom-worker" : host.worker)}};
}

} // namespace polyloom
