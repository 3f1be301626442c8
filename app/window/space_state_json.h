// The reader's choices in the iteration space as JSON, for a session's file.
#pragma once

#include "views/space_view_state.h"

#include <QJsonObject>

namespace polyloom {

QJsonObject spaceStateToJson(const SpaceViewState& state);

/// What is missing, or not understood, stays as it is without a choice.
SpaceViewState spaceStateFromJson(const QJsonObject& object);

} // namespace polyloom
