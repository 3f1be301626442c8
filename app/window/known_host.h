// A machine to measure on.
#pragma once

#include <QString>

namespace polyloom {

/// This machine, or one that is reached over ssh.
struct KnownHost {
  QString name;   ///< "user@host" or an alias of ssh; empty: this machine
  QString worker; ///< path of polyloom-worker there; empty: where its PATH leads
  friend bool operator==(const KnownHost&, const KnownHost&) = default;
};

} // namespace polyloom
