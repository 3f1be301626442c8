// A schedule in the forms that can be printed, line by line, each with the loop or statement behind it.
#pragma once

#include "app/jobs/jobs.h"
#include "core/snapshot/snapshot.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace polyloom {

/// The region's lines in one of these forms; statements count as in the source (those that steps have added are none).
/// C is the region alone, LLVM's forms and assembly are for reading (see linkedCode).
Result<std::vector<CodeLine>> codeLines(const JudgedSchedule& judged, TextKind kind);

/// [{text, loop, statement}]: what a line does not have is left out.
nlohmann::json linesToJson(const std::vector<CodeLine>& lines);

} // namespace polyloom
