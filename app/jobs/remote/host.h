// Machines that are reached over ssh.
#pragma once

#include "core/base/diagnostic.h"

#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// A machine as the user names it.
struct Host {
  std::string name;   ///< "user@host", or an alias of ssh's configuration
  std::string worker; ///< path of polyloom-worker there; empty: where the PATH there leads
};

/// Refuses ("bad-host") a name that ssh would take for an option or for two words, and a path with a line break.
Result<Host> makeHost(const std::string& name, const std::string& worker);

/// The command that starts the worker there: ssh, which asks for nothing and gives up where nobody answers.
std::vector<std::string> workerCommand(const Host& host);

/// Why there is no worker, or none any more (`wasThere`), from how ssh ended (a wait status; nothing: it was ended from here) and what it wrote to its
/// standard error: "no-ssh-connection" with ssh's own words, "worker-missing", "worker-crashed", each with a way out.
Diagnostic whyNoWorker(const Host& host, std::optional<int> status, const std::string& errors, bool wasThere = false);

} // namespace polyloom
