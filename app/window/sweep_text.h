// Sweeps as the worker writes them.
#pragma once

#include "core/snapshot/sweep.h"

#include <QJsonArray>
#include <QJsonObject>

#include <utility>
#include <vector>

namespace polyloom {

std::vector<SweepNumber> parseSweepNumbers(const QJsonArray& numbers);
QJsonArray sweepAxesToJson(const std::vector<SweepAxis>& axes);
/// Points with their places in the sweep.
std::vector<std::pair<std::size_t, SweepPoint>> parseSweepPoints(const QJsonArray& points);

} // namespace polyloom
