// Values that the command line gives with --set.
#pragma once

#include "core/base/diagnostic.h"
#include "core/snapshot/snapshot.h"

#include <cstdint>
#include <map>
#include <string>

namespace polyloom {

/// NAME to the text of its value.
using SetTexts = std::map<std::string, std::string>;

/// What `--set` says about one program.
struct GivenValues {
  std::map<std::string, std::int64_t> parameters;
  std::map<std::string, double> scalars;
};

/// Reads the values as the program's own scalars. Refuses a name that the program does not have, a parameter that is no
/// integer (or none of 32 bits) and a data scalar that is no number.
Result<GivenValues> readGivenValues(const ProgramSnapshot& program, const SetTexts& texts);

} // namespace polyloom
