#include "core/codegen/isl_lines.h"

#include "core/codegen/scan_schedule.h"
#include "core/isl/block_text.h"
#include "core/isl/context.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

namespace polyloom {

namespace {

constexpr unsigned long kOperations = 1'000'000;

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

bool isWordCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// The one statement of the source whose instances the line names, or -1. `open`: what follows the name.
int onlyStatement(const Scop& source, const std::string& line, char open) {
  int found = -1;
  for (std::size_t s = 0; s < source.statements.size(); ++s) {
    const std::string name = source.statements[s].name + open;
    const std::size_t at = line.find(name);
    if (at == std::string::npos || (at > 0 && isWordCharacter(line[at - 1])))
      continue;
    if (found >= 0)
      return -1;
    found = static_cast<int>(s);
  }
  return found;
}

std::string_view contentOf(const std::string& line) {
  const std::size_t start = line.find_first_not_of(" -");
  return start == std::string::npos ? std::string_view() : std::string_view(line).substr(start);
}

/// The loop that a mark's text is for: mark: "i parallel", or // i parallel
std::optional<std::string> markedLoop(std::string_view content) {
  for (const std::string_view opening : {std::string_view("mark: \""), std::string_view("// ")})
    if (content.starts_with(opening)) {
      std::string mark(content.substr(opening.size()));
      if (mark.ends_with('"'))
        mark.pop_back();
      return loopMarkFromText(mark).name;
    }
  return std::nullopt;
}

} // namespace

std::vector<CodeLine> scheduleLines(const Schedule& schedule) {
  std::vector<CodeLine> lines;
  std::string loop; // whose mark came last
  for (std::string& text : linesOf(blockText(schedule.tree().toIsl()))) {
    const std::string_view content = contentOf(text);
    CodeLine line;
    if (const std::optional<std::string> mark = markedLoop(content))
      line.loop = loop = *mark;
    else if (content.starts_with("schedule:"))
      line.loop = loop;
    else if (content.starts_with("filter:"))
      line.statement = onlyStatement(*schedule.source(), text, '[');
    line.text = std::move(text);
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<CodeLine>> astLines(const Schedule& schedule) {
  std::string text;
  try {
    const ScanSchedule scan(schedule);
    const IslPlainSampling plain(scan.order().ctx());
    const IslQuota quota(scan.order().ctx(), kOperations);
    text = isl::ast_build::from_context(schedule.program().context).node_from(scan.order()).to_C_str();
  } catch (const isl::exception_quota&) {
    return failure("too-complex", "code generation for this schedule needs more work than allowed");
  }
  std::vector<CodeLine> lines;
  std::string loop; // marked, and its head has not come
  for (std::string& each : linesOf(text)) {
    const std::string_view content = contentOf(each);
    CodeLine line;
    if (const std::optional<std::string> mark = markedLoop(content))
      line.loop = loop = *mark;
    else if (content.starts_with("for ("))
      line.loop = std::exchange(loop, {});
    else
      line.statement = onlyStatement(*schedule.source(), each, '(');
    line.text = std::move(each);
    lines.push_back(std::move(line));
  }
  return lines;
}

} // namespace polyloom
