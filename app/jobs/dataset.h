// From files of labels to what networks read: each schedule's features beside its times.
#pragma once

#include "core/base/diagnostic.h"
#include "models/data/training_set.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>
#include <vector>

namespace polyloom {

struct DatasetCounts {
  std::size_t programs = 0, schedules = 0;
  std::size_t left = 0; ///< programs that have not been looked at
  std::size_t leftOut = 0; ///< schedules and programs that cannot be read any more
};

/// Writes the programs of files of labels in the form of models/data/data_file.h; programs without schedules are left out,
/// and of programs that are equal up to names the first one counts. `told` hears the counts so far now and then.
/// On `threads` threads; about ten milliseconds per schedule. `wanted` are the features that are written: LOOPer's are for
/// the yardstick only. Fails where a file cannot be read or written ("no-file"), or
/// is none of labels ("other-labels").
Result<DatasetCounts> writeDataset(const std::vector<std::string>& labels, const std::string& out, int threads, InputKinds wanted,
                                   const std::function<void(const DatasetCounts&)>& told = {});

} // namespace polyloom
