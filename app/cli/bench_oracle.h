// bench --oracle: verdicts on random programs and recipes against brute force.
#pragma once

#include "app/cli/session.h"
#include "app/proof/oracle_run.h"

namespace polyloom {

/// Prints what the run found; kIllegal where a verdict or generated code is wrong.
int benchOracle(OracleRunOptions options, const CommonOptions& common);

} // namespace polyloom
