// Code of other compilers, to measure against.
#pragma once

#include "core/base/diagnostic.h"

#include <string>
#include <vector>

namespace polyloom {

/// A shared object in a folder of its own; the folder goes when this does.
class PeerObject {
public:
  explicit PeerObject(std::string folder) : folder_(std::move(folder)) {}
  PeerObject(PeerObject&& other) noexcept : folder_(std::move(other.folder_)) { other.folder_.clear(); }
  PeerObject& operator=(PeerObject&& other) noexcept {
    folder_.swap(other.folder_);
    return *this;
  }
  ~PeerObject();

  /// For SharedObject::path.
  std::string path() const { return folder_ + "/peer.so"; }

private:
  std::string folder_;
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
