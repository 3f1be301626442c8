// What would become of a gesture if it were let go.
#pragma once

#include <string>

namespace polyloom {

/// The verdict on a recipe with some more lines.
struct DropInfo {
  enum class Verdict { Legal, Illegal, Unknown, Refused };
  std::string lines; ///< the question
  Verdict verdict = Verdict::Unknown;
  std::string sentence;
};

} // namespace polyloom
