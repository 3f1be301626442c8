// Comma-separated values (RFC 4180).
#pragma once

#include "core/base/diagnostic.h"

#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

/// The text as one field: in quotes where it holds a comma, a quote or a line break.
std::string csvField(std::string_view text);

struct CsvRow {
  int line = 0; ///< where it begins, from 1
  std::vector<std::string> fields;
};

/// The rows of a text; a quoted field may hold line breaks. Lines end with a line feed, with or without a carriage
/// return before it; empty ones are passed over. Fails ("bad-csv") with the line of a quote that is not closed.
Result<std::vector<CsvRow>> csvRows(std::string_view text, const std::string& path = {});

} // namespace polyloom
