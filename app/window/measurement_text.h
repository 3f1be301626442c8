// Measurements as the worker writes them.
#pragma once

#include "core/snapshot/snapshot.h"

#include <QJsonObject>
#include <QStringList>

#include <vector>

namespace polyloom {

/// The original first, then each schedule. `label` of a schedule is its recipe's last step.
std::vector<MeasurementInfo> parseMeasurements(const QJsonObject& result);

/// The same object again, as far as the window knows it: what parseMeasurements and parseNotes read comes back.
QJsonObject measurementsToJson(const std::vector<MeasurementInfo>& measurements, const QStringList& notes);

/// What is said about all of them.
QStringList parseNotes(const QJsonObject& result);

/// Adds newer measurements to older ones; of the same recipe the newer one counts. Each recipe stands
/// after the one that it extends.
std::vector<MeasurementInfo> mergeMeasurements(std::vector<MeasurementInfo> older,
                                               const std::vector<MeasurementInfo>& newer);

} // namespace polyloom
