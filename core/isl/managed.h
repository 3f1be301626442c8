// Results of isl's C functions as C++ values. For this folder only.
#pragma once

#include <isl/cpp.h>

namespace polyloom {

/// Takes what a C function answered. Null means that a quota ran out or an abort came: that has to surface as isl's own
/// exception, where isl::manage would call it a wrong argument.
template <typename T> auto managed(isl::ctx ctx, T* object) {
  if (object == nullptr)
    isl::exception::throw_last_error(ctx);
  return isl::manage(object);
}

/// The same for the answer to a question.
inline bool managed(isl::ctx ctx, isl_bool answer) {
  if (answer == isl_bool_error)
    isl::exception::throw_last_error(ctx);
  return answer == isl_bool_true;
}

} // namespace polyloom
