// OpenScop's text taken apart.
#pragma once

#include "core/base/diagnostic.h"
#include "core/openscop/block.h"

#include <string>
#include <vector>

namespace polyloom {

/// Whether a text is OpenScop: a line is <OpenScop>, or a comment names the OpenScop Library as its author.
bool isOpenScop(const std::string& text);

/// The blocks of a text. Checks the layout: keywords, counts, and the sizes of all matrices. Extensions that say
/// nothing about the program's meaning are skipped; "irregular" control is refused, as is all that is out of place
/// ("bad-openscop", with line and column).
Result<std::vector<OpenScopBlock>> parseOpenScop(const std::string& text, const std::string& path);

} // namespace polyloom
