// Code of other compilers, to measure against.
#pragma once

#include "core/base/diagnostic.h"
#include "jit/command.h"

#include <string>
#include <vector>

namespace polyloom {

/// A shared object in a folder of its own; the folder goes when this does.
class PeerObject {
public:
  explicit PeerObject(ScratchFolder folder) : folder_(std::move(folder)) {}

  const std::string& folder() const { return folder_.path(); }
  /// For SharedObject::path.
  std::string path() const { return folder_.path() + "/peer.so"; }

private:
  ScratchFolder folder_;
};

/// Compiles C text to a shared object: `command` (by default clang -O3 for this processor) followed by
/// -shared -fPIC, the output, the source and -lm.
///
/// The text defines void polyloom_kernel(void** arrays, const int64_t* parameters, const double* scalars), as
/// described at kKernelSymbol. Fails ("peer-compiler") where the compiler is missing or refuses the text, with its
/// messages as notes.
Result<PeerObject> compilePeer(const std::string& source,
                               std::vector<std::string> command = {"clang-19", "-O3", "-march=native"});

} // namespace polyloom
