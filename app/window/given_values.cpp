#include "app/window/given_values.h"

#include <QString>

#include <algorithm>

namespace polyloom {

namespace {

std::string namesOf(const ProgramSnapshot& program) {
  std::string names;
  for (const auto& parameter : program.parameters)
    names += (names.empty() ? "" : ", ") + parameter.name;
  for (const auto& scalar : program.scalars)
    names += (names.empty() ? "" : ", ") + scalar.name;
  return names.empty() ? "none" : names;
}

} // namespace

Result<GivenValues> readGivenValues(const ProgramSnapshot& program, const SetTexts& texts) {
  GivenValues values;
  for (const auto& [name, text] : texts) {
    const QString written = QString::fromStdString(text);
    bool ok = false;
    if (std::ranges::find(program.parameters, name, &ProgramSnapshot::Parameter::name) != program.parameters.end()) {
      values.parameters[name] = written.toInt(&ok);
      if (!ok)
        return failure("bad-value", "--set " + name + "=" + text + ": a parameter takes an integer of 32 bits, as in " +
                                        name + "=1000");
    } else if (std::ranges::find(program.scalars, name, &ProgramSnapshot::Scalar::name) != program.scalars.end()) {
      values.scalars[name] = written.toDouble(&ok);
      if (!ok)
        return failure("bad-value", "--set " + name + "=" + text + ": a number is needed, as in " + name + "=1.5");
    } else {
      return failure("unknown-name",
                     program.function + " has no scalar argument " + name + "; there are " + namesOf(program));
    }
  }
  return values;
}

} // namespace polyloom
