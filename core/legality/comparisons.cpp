#include "core/legality/comparisons.h"

namespace polyloom {

const Comparison& Comparisons::of(const isl::pw_aff& source, const isl::pw_aff& sink) {
  const std::pair key(static_cast<const isl_pw_aff*>(source.get()), static_cast<const isl_pw_aff*>(sink.get()));
  const auto found = known_.find(key);
  if (found != known_.end())
    return found->second.comparison;
  constexpr std::size_t kMost = 4096; // some megabytes
  if (known_.size() == kMost)
    known_.clear();
  return known_.emplace(key, Known{source, sink, compare(source, sink)}).first->second.comparison;
}

} // namespace polyloom
