#include "core/base/csv.h"

#include <utility>

namespace polyloom {

std::string csvField(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos)
    return std::string(text);
  std::string quoted = "\"";
  for (const char c : text)
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

Result<std::vector<CsvRow>> csvRows(std::string_view text, const std::string& path) {
  std::vector<CsvRow> rows;
  bool isRowOpen = false, isQuoted = false;
  int line = 1, quoteLine = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    line += c == '\n' ? 1 : 0;
    if (!isQuoted && c == '\n') {
      isRowOpen = false;
      continue;
    }
    if (!isQuoted && c == '\r' && text.substr(at + 1).starts_with('\n'))
      continue;
    if (!std::exchange(isRowOpen, true))
      rows.push_back({.line = line, .fields = {""}});
    if (c == '"' && isQuoted && text.substr(at + 1).starts_with('"')) {
      rows.back().fields.back() += text[at++];
    } else if (c == '"') {
      isQuoted = !isQuoted;
      quoteLine = line;
    } else if (c == ',' && !isQuoted) {
      rows.back().fields.emplace_back();
    } else {
      rows.back().fields.back() += c;
    }
  }
  if (isQuoted)
    return failure("bad-csv", "a quote is not closed", {.file = path, .line = quoteLine});
  return rows;
}

} // namespace polyloom
