#include "app/window/given_values.h"

#include <QJsonArray>
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
    } else if (name == "preset") {
      const Result<Preset> preset = findPreset(program.presets, text, program.function);
      if (!preset)
        return std::unexpected(preset.error());
      for (const auto& [parameter, value] : preset->values)
        values.parameters[parameter] = value;
    } else {
      return failure("unknown-name",
                     program.function + " has no scalar argument " + name + "; there are " + namesOf(program));
    }
  }
  return values;
}

std::map<std::string, std::int64_t> drawnValues(const QJsonObject& program, const SetTexts& texts) {
  std::map<std::string, std::int64_t> values;
  for (const auto& [name, text] : texts) {
    const QString written = QString::fromStdString(text);
    if (name != "preset")
      values[name] = written.toLongLong();
    for (const QJsonValue& preset : program[QStringLiteral("presets")].toArray())
      if (name == "preset" && preset[QStringLiteral("name")].toString() == written)
        for (const QJsonValue& value : preset[QStringLiteral("values")].toArray())
          values[value[QStringLiteral("name")].toString().toStdString()] = value[QStringLiteral("value")].toInteger();
  }
  return values;
}

} // namespace polyloom
