#include "app/window/space_state_json.h"

#include <QJsonArray>
#include <QString>

#include <type_traits>

namespace polyloom {

namespace {

QJsonArray textsToJson(const std::set<std::string>& texts) {
  QJsonArray array;
  for (const std::string& text : texts)
    array.append(QString::fromStdString(text));
  return array;
}

std::set<std::string> textsFromJson(const QJsonValue& value) {
  std::set<std::string> texts;
  for (const QJsonValue& text : value.toArray())
    texts.insert(text.toString().toStdString());
  return texts;
}

QJsonArray flagsToJson(const std::array<bool, 3>& flags) {
  return {flags[0], flags[1], flags[2]};
}

void readFlags(const QJsonValue& value, std::array<bool, 3>& flags) {
  for (std::size_t k = 0; k < flags.size(); ++k)
    flags[k] = value.toArray().at(static_cast<qsizetype>(k)).toBool(flags[k]);
}

/// A number that is none of the choices leaves the choice alone.
template <typename Choice> void readChoice(const QJsonValue& value, Choice last, Choice& choice) {
  const int number = value.toInt(-1);
  if (number >= 0 && number <= static_cast<std::underlying_type_t<Choice>>(last))
    choice = static_cast<Choice>(number);
}

} // namespace

QJsonObject spaceStateToJson(const SpaceViewState& state) {
  QJsonArray axes;
  for (const SpaceAxesState& side : state.axes)
    axes.append(QJsonArray{QString::fromStdString(side.x), QString::fromStdString(side.y), QString::fromStdString(side.z)});
  return {{QStringLiteral("mode"), static_cast<int>(state.mode)},
          {QStringLiteral("colorBy"), static_cast<int>(state.colorBy)},
          {QStringLiteral("layout"), static_cast<int>(state.layout)},
          {QStringLiteral("kinds"), flagsToJson(state.kinds)},
          {QStringLiteral("states"), flagsToJson(state.states)},
          {QStringLiteral("hiddenArrays"), textsToJson(state.hiddenArrays)},
          {QStringLiteral("hiddenStatements"), textsToJson(state.hiddenStatements)},
          {QStringLiteral("tiles"), state.tiles},
          {QStringLiteral("hulls"), state.hulls},
          {QStringLiteral("legend"), state.legend},
          {QStringLiteral("axes"), axes},
          {QStringLiteral("azimuth"), state.azimuth},
          {QStringLiteral("elevation"), state.elevation}};
}

SpaceViewState spaceStateFromJson(const QJsonObject& object) {
  const auto value = [&](const char* key) { return object.value(QLatin1String(key)); };
  SpaceViewState state;
  readChoice(value("mode"), SpaceMode::Matrix, state.mode);
  readChoice(value("colorBy"), ColorBy::Lane, state.colorBy);
  readChoice(value("layout"), SpaceLayout::Stacked, state.layout);
  readFlags(value("kinds"), state.kinds);
  readFlags(value("states"), state.states);
  state.hiddenArrays = textsFromJson(value("hiddenArrays"));
  state.hiddenStatements = textsFromJson(value("hiddenStatements"));
  state.tiles = value("tiles").toBool(state.tiles);
  state.hulls = value("hulls").toBool(state.hulls);
  state.legend = value("legend").toBool(state.legend);
  for (std::size_t side = 0; side < state.axes.size(); ++side) {
    const QJsonArray names = value("axes").toArray().at(static_cast<qsizetype>(side)).toArray();
    const auto name = [&](qsizetype axis) { return names.at(axis).toString().toStdString(); };
    state.axes[side] = {name(0), name(1), name(2)};
  }
  state.azimuth = value("azimuth").toDouble(state.azimuth);
  state.elevation = value("elevation").toDouble(state.elevation);
  return state;
}

} // namespace polyloom
