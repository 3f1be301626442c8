#include "app/jobs/sweep_json.h"

namespace polyloom {

namespace {

using nlohmann::json;

json placeToJson(const SweepPlace& place) {
  return {{"step", place.step}, {"parameter", place.parameter}, {"place", place.place}};
}

json figureToJson(const SweepFigure& figure) {
  json result = {{"source", figure.source}, {"message", figure.message}, {"stored", figure.isStored},
                 {"speedup", nullptr},      {"speedup_interval", nullptr}, {"median_s", nullptr}};
  if (!figure.isKnown())
    return result;
  result["speedup"] = figure.speedup;
  result["speedup_interval"] = {figure.low, figure.high};
  if (figure.seconds > 0)
    result["median_s"] = figure.seconds;
  return result;
}

} // namespace

SweepAxis sweepAxisFrom(const json& wire) {
  return {{wire.at("step").get<int>(), wire.at("parameter").get<std::string>(), wire.value("place", 0)},
          wire.at("values").get<std::vector<std::int64_t>>()};
}

json sweepAxisToJson(const SweepAxis& axis) {
  json wire = placeToJson(axis.place);
  wire["values"] = axis.values;
  return wire;
}

json sweepNumberToJson(const SweepNumber& number) {
  json wire = placeToJson(number.place);
  wire.update({{"line", number.line},
               {"open", number.open},
               {"loop", number.loop},
               {"value", number.value},
               {"is_count", number.isCount},
               {"candidates", number.candidates},
               {"coarse", number.coarse}});
  return wire;
}

json sweepPointToJson(const SweepPoint& point, std::size_t index) {
  json figures = json::array();
  for (const SweepFigure& figure : point.figures)
    figures.push_back(figureToJson(figure));
  return {{"index", index},
          {"values", point.values},
          {"recipe", point.recipe},
          {"verdict", wordOf(point.verdict)},
          {"message", point.message},
          {"same_as", point.sameAs < 0 ? json(nullptr) : json(point.sameAs)},
          {"figures", std::move(figures)}};
}

const char* wordOf(SweepVerdict verdict) {
  switch (verdict) {
  case SweepVerdict::Waiting: return "waiting";
  case SweepVerdict::Legal: return "legal";
  case SweepVerdict::Illegal: return "illegal";
  case SweepVerdict::Unknown: return "unknown";
  case SweepVerdict::Refused: return "refused";
  }
  return "waiting";
}

} // namespace polyloom
