// Two schedules side by side, as rows of text: what is equal stands on one line, what differs is marked.
#pragma once

#include "core/snapshot/snapshot.h"

#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace polyloom {

struct ComparisonSide {
  QString title;
  ScheduleSnapshotPtr schedule;
  QString predicted, measured; ///< speedups in words, or empty
  std::vector<std::pair<QString, QString>> caches; ///< what simulated caches see, by name
  QString cacheRemark;                             ///< of either side: how much was simulated, or why nothing was
};

struct ComparisonRow {
  enum class Kind { Heading, Same, Different };
  Kind kind = Kind::Same;
  QString what; ///< of a heading: its words
  QString a, b;
};

/// Verdict and times, recipe, simulated caches, dependences with the loops that carry them, code. Cost: of the longest texts' product where they differ in the
/// middle, up to a limit beyond which lines are only set side by side.
std::vector<ComparisonRow> compareSchedules(const ComparisonSide& a, const ComparisonSide& b);

/// Lines of `a` and `b` that belong together, in order: a pair with -1 stands on one side only. As many equal lines as possible meet.
std::vector<std::pair<int, int>> alignLines(const QStringList& a, const QStringList& b);

} // namespace polyloom
