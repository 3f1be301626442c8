// What a training is asked for.
#pragma once

#include <QString>

namespace polyloom {

/// What to train, from what, and where the weights go.
struct TrainingWish {
  QString data;                                 ///< a file of features and labels
  QString network = QStringLiteral("loop-tree"); ///< or "looper"
  QString out;                                  ///< the file of weights
  int epochs = 40, members = 1;

  friend bool operator==(const TrainingWish&, const TrainingWish&) = default;
};

} // namespace polyloom
