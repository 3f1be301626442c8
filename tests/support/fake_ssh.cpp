#include "tests/support/fake_ssh.h"

#include <cstdlib>

namespace polyloom::test {

namespace {

constexpr const char* kScript = R"sh(#!/bin/sh
folder=FOLDER
printf '%s\n' "$*" >> "$folder/arguments"
printf '%s' $$ > "$folder/process"
while [ "$1" != -- ]; do shift; done
host=$2
shift 2
cd /
there() { env -i PATH=BIN:/usr/bin:/bin POLYLOOM_DATA="$folder/data" sh -c "$1"; }
case $host in
  tower) tee -a "$folder/sent" | there "$*" | sed -u 's/"cores":[0-9]*/"cores":4097/' ;;
  chatty) echo 'Welcome to chatty!'; echo '{"id": 1}'; echo; there "$*" ;;
  bare) exec env -i PATH=/usr/bin:/bin sh -c "$*" ;;
  nowhere) echo 'ssh: Could not resolve hostname nowhere: Name or service not known' >&2; exit 255 ;;
  locked) echo 'me@locked: Permission denied (publickey,password).' >&2; exit 255 ;;
  mortal) there "$*" | sed -u 3q; echo 'Connection to mortal closed by remote host.' >&2; exit 255 ;;
  newer) there "$*" | sed -u 's/"protocol":[0-9]*/"protocol":999/' ;;
  older) sed -u 's/"hello"/"ancient"/' | there "$*" ;;
  silent) exec sleep 1000 ;;
  stuck) read -r line; printf '%s\n' "$line" | there "$*"; exec sleep 1000 ;;
  *) there "$*" ;;
esac
)sh";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

} // namespace

FakeSsh::FakeSsh(const std::string& bin) : pathBefore_(std::getenv("PATH")) {
  const std::string script =
      folder_.write("ssh", replaced(replaced(kScript, "FOLDER", folder_.path().string()), "BIN", bin));
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  setenv("PATH", (folder_.path().string() + ":" + pathBefore_).c_str(), 1);
}

bool FakeSsh::isRunning() const {
  return !readFile("/proc/" + readFile(folder_.path() / "process") + "/cmdline").empty(); // nor does the dead have one
}

FakeSsh::~FakeSsh() { setenv("PATH", pathBefore_.c_str(), 1); }

} // namespace polyloom::test
