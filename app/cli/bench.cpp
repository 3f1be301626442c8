#include "app/cli/bench_peer.h"
#include "app/cli/commands.h"
namespace polyloom { void addBench(CLI::App&, const CommonOptions&, int&) {} }
