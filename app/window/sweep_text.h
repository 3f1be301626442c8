// Sweeps as the worker writes them and as sessions keep them.
#pragma once

#include "core/base/diagnostic.h"
#include "core/snapshot/sweep.h"
#include "views/sweep_data.h"

#include <QJsonArray>
#include <QJsonObject>

#include <utility>
#include <vector>

namespace polyloom {

std::vector<SweepNumber> parseSweepNumbers(const QJsonArray& numbers);
QJsonArray sweepAxesToJson(const std::vector<SweepAxis>& axes);
/// Points with their places in the sweep.
std::vector<std::pair<std::size_t, SweepPoint>> parseSweepPoints(const QJsonArray& points);

/// For a session: {axes: numbers in the worker's words, each with its values, points: those that do not wait}; empty where nothing
/// has been swept.
QJsonObject sweepToJson(const SweepData& sweep);
/// An empty object is no sweep. Refuses axes without values, and more of them or of their choices than a sweep may have.
Result<SweepData> sweepFromJson(const QJsonObject& object);

} // namespace polyloom
