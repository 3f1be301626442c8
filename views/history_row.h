// One schedule of the history, as the history's view shows it.
#pragma once

#include "core/snapshot/prediction.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace polyloom {

/// What is known about the order after a step. `NotSeen`: nobody has looked yet, or a step before it was refused.
enum class HistoryVerdict { NotSeen, Legal, Illegal, Unknown, Refused };

/// A node of the tree of schedules. Rows come with parents before their children.
struct HistoryRow {
  int id = 0;
  int parent = -1; ///< the schedule that the step was applied to; -1: this is the original order
  QString line;    ///< the step that led here
  QString recipe;  ///< all of them
  QString name;    ///< given by the user, or empty
  bool starred = false;
  bool found = false; ///< by a search, not by the user
  bool isCompared = false; ///< the A of a comparison
  HistoryVerdict verdict = HistoryVerdict::NotSeen;
  QString message;     ///< why it is illegal or refused
  QStringList expands; ///< the steps that the line stands for
  QString twin;        ///< an earlier schedule with the same order, in words; empty: none
  QString predicted, measured; ///< speedups in words, intervals last
  std::optional<PredictionVerdict> agreement; ///< where it is predicted and measured
  QString unpredicted;         ///< why the model has no prediction; empty: it has one, or was not asked
  bool measuredWell = true;    ///< false: `measured` says why there is no time
};

} // namespace polyloom
