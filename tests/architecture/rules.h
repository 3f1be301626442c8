// Who may include whom.
#pragma once

#include "tests/architecture/sources.h"

#include <string>
#include <vector>

namespace polyloom::test {

/// Sentences about the includes of a file that the project's layout forbids; empty where all are fine.
std::vector<std::string> forbiddenIncludes(const SourceFile& file);

} // namespace polyloom::test
