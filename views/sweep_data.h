// A sweep as its panel shows it, and the words for its points.
#pragma once

#include "core/snapshot/sweep.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// One or two numbers of a recipe, their values, and what is known of each choice.
struct SweepData {
  std::vector<SweepNumber> numbers; ///< one per axis
  std::vector<SweepAxis> axes;      ///< none: nothing has been swept
  std::vector<SweepPoint> points;   ///< the first axis slowest

  /// All points waiting.
  static SweepData of(std::vector<SweepNumber> numbers, std::vector<SweepAxis> axes);

  bool isEmpty() const { return axes.empty(); }
  bool isMap() const { return axes.size() == 2; }
  /// Who has figures on any point, in the order of their appearance.
  std::vector<std::string> sources() const;
  /// The point with this recipe.
  std::optional<std::size_t> find(const QString& recipe) const;
};

/// What a reader has to know of a point beside its figure.
enum class SweepMark { None, Best, Tie };

/// The best of a source, or what cannot be told apart from it.
SweepMark markOf(const SweepData& data, std::size_t point, const std::string& source);

/// "tile i j by 64 32": the steps as the point has them; empty as long as its recipe is not known.
QString linesOf(const SweepData& data, std::size_t point);

/// "best", "not distinguishable from the best", "illegal: S1 …", "the same code as 64", "waiting"; a source's.
QString stateOf(const SweepData& data, std::size_t point, const std::string& source);

/// "1.52× [1.50 … 1.54]"; empty where there is no figure.
QString speedupText(const SweepFigure* figure);

/// "4.1 ms"; empty where there is none.
QString secondsText(const SweepFigure* figure);

/// All of it in one sentence, for tips and for who does not see the picture.
QString pointText(const SweepData& data, std::size_t point);

} // namespace polyloom
