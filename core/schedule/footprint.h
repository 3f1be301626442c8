// Which cells of an array one iteration of a loop touches.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/access_form.h"
#include "core/schedule/buffer_layout.h"
#include "core/schedule/schedule.h"

#include <isl/cpp.h>

#include <map>
#include <string>
#include <vector>

namespace polyloom {

/// The cells that some of an array's accesses touch in the iterations of a loop. An iteration is the values of all loops around, from the
/// outside in, the loop itself last: { [it, kt] }.
struct Footprint {
  AccessForm form;                              ///< which accesses
  std::vector<TreePtr> loops;                   ///< the loops around; the last one is the one to pack at
  std::map<std::string, isl::map> iterations;   ///< per statement below that has such an access: { S0[i, j] -> [it, kt] }
  isl::set read, written;                       ///< { [it, kt, subscripts] }
  std::vector<isl::pw_aff> lowest;              ///< per dimension of the array: { [it, kt] -> [(lowest subscript)] }
  std::vector<PackedDimension> dimensions;      ///< the box from there on, and what its dimensions are called
};

/// Refuses what nothing below the loop uses, and statements with instances elsewhere, too.
Result<Footprint> footprintOf(const Schedule& schedule, const std::vector<TreePtr>& path, const AccessForm& form);

} // namespace polyloom
