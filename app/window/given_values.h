// Values that the command line gives with --set.
#pragma once

#include "core/base/diagnostic.h"
#include "core/snapshot/snapshot.h"

#include <QJsonObject>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace polyloom {

/// NAME with the text of its value, or `preset` with a preset's name; the later one wins.
using SetTexts = std::vector<std::pair<std::string, std::string>>;

/// What `--set` says about one program.
struct GivenValues {
  std::map<std::string, std::int64_t> parameters;
  std::map<std::string, double> scalars;
};

/// Reads the values as the program's own scalars. Refuses a name that the program does not have, a parameter that is no
/// integer (or none of 32 bits), a data scalar that is no number, and a preset that is not there.
Result<GivenValues> readGivenValues(const ProgramSnapshot& program, const SetTexts& texts);

/// The same for drawing, from a program's text form, as far as it can be said before the program is read: names that it
/// does not have stay, a preset that is not there says nothing.
std::map<std::string, std::int64_t> drawnValues(const QJsonObject& program, const SetTexts& texts);

} // namespace polyloom
