#include "app/cli/suite_line.h"

#include "core/base/csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <variant>

namespace polyloom {

namespace {

using nlohmann::json;

struct Column {
  const char* name;
  std::variant<std::string SuiteLine::*, double SuiteLine::*> member;
};

const Column kColumns[] = {
    {"kernel", &SuiteLine::kernel},
    {"sizes", &SuiteLine::sizes},
    {"code", &SuiteLine::code},
    {"kind", &SuiteLine::kind},
    {"threads", &SuiteLine::threads},
    {"runs", &SuiteLine::runs},
    {"median_s", &SuiteLine::seconds},
    {"low_s", &SuiteLine::low},
    {"high_s", &SuiteLine::high},
    {"clang_s", &SuiteLine::clangSeconds},
    {"over_clang", &SuiteLine::overClang},
    {"over_machine_code", &SuiteLine::overOwn},
    {"operations", &SuiteLine::operations},
    {"bytes", &SuiteLine::bytes},
    {"dgemm_flops", &SuiteLine::productRate},
    {"read_bytes_per_s", &SuiteLine::readBandwidth},
    {"roofline_fraction", &SuiteLine::rooflineFraction},
    {"judge_s", &SuiteLine::judging},
    {"generate_s", &SuiteLine::generating},
    {"llvm_s", &SuiteLine::compiling},
    {"start_s", &SuiteLine::starting},
    {"link_s", &SuiteLine::linking},
    {"message", &SuiteLine::message},
};

/// A field without line breaks: a line of the table is a line of the file.
std::string fieldOnOneLine(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return csvField(text);
}

std::string fieldText(const SuiteLine& line, const Column& column) {
  if (const auto* text = std::get_if<std::string SuiteLine::*>(&column.member))
    return fieldOnOneLine(line.*(*text));
  const double value = line.*std::get<double SuiteLine::*>(column.member);
  return value == 0 ? "" : fmt::format("{}", value);
}

std::optional<SuiteLine> lineFrom(const std::vector<std::string>& fields) {
  if (fields.size() != std::size(kColumns))
    return std::nullopt;
  SuiteLine line;
  for (std::size_t c = 0; c < fields.size(); ++c) {
    const std::string& field = fields[c];
    if (const auto* text = std::get_if<std::string SuiteLine::*>(&kColumns[c].member)) {
      line.*(*text) = field;
      continue;
    }
    double& value = line.*std::get<double SuiteLine::*>(kColumns[c].member);
    if (!field.empty() && std::from_chars(field.data(), field.data() + field.size(), value).ec != std::errc{})
      return std::nullopt;
  }
  return line;
}

json toJson(const SuiteLine& line) {
  json entrant{{"name", line.code}, {"kind", line.kind}, {"message", line.message}};
  if (line.isMeasured())
    entrant.update({{"median_s", line.seconds}, {"interval_s", {line.low, line.high}}, {"over_clang", line.overClang},
                    {"times_floor", line.timesFloor()}, {"roofline_fraction", line.rooflineFraction}});
  if (line.overOwn > 0)
    entrant["over_machine_code"] = line.overOwn;
  if (line.isOurs())
    entrant.update({{"judge_s", line.judging}, {"compile_s", line.readySeconds()},
                    {"compile_parts_s", {{"generate", line.generating}, {"llvm", line.compiling},
                                         {"start", line.starting}, {"link", line.linking}}}});
  return entrant;
}

} // namespace

double SuiteLine::floorSeconds() const {
  if (productRate <= 0 || readBandwidth <= 0)
    return 0;
  return std::max(operations / productRate, bytes / readBandwidth);
}

std::string csvHead() {
  std::vector<std::string> names;
  for (const Column& column : kColumns)
    names.emplace_back(column.name);
  return fmt::format("{}\n", fmt::join(names, ","));
}

std::string toCsv(const SuiteLine& line) {
  std::vector<std::string> fields;
  for (const Column& column : kColumns)
    fields.push_back(fieldText(line, column));
  return fmt::format("{}\n", fmt::join(fields, ","));
}

Result<std::vector<SuiteLine>> linesFromCsv(const std::string& path) {
  std::ifstream stream(path);
  const std::string all{std::istreambuf_iterator<char>(stream), {}};
  const std::string head = csvHead();
  if (!all.starts_with(head))
    return failure("no-suite-file", fmt::format("{} is no table of a suite with today's columns", path));
  std::vector<SuiteLine> lines;
  const std::string whole = all.substr(0, all.rfind('\n') + 1); // the last line may be cut off
  const Result<std::vector<CsvRow>> rows = csvRows(whole, path);
  if (!rows)
    return std::unexpected(rows.error());
  for (const CsvRow& row : std::span(*rows).subspan(1))
    if (std::optional<SuiteLine> line = lineFrom(row.fields))
      lines.push_back(std::move(*line));
    else
      return failure("no-suite-file", fmt::format("{}: {} is no line of a suite's table", path, fmt::join(row.fields, ",")));
  return lines;
}

std::vector<std::span<const SuiteLine>> byKernel(std::span<const SuiteLine> lines) {
  std::vector<std::span<const SuiteLine>> groups;
  for (std::size_t first = 0, next = 0; first < lines.size(); first = next) {
    while (next < lines.size() && lines[next].kernel == lines[first].kernel)
      ++next;
    groups.push_back(lines.subspan(first, next - first));
  }
  return groups;
}

json suiteToJson(std::span<const SuiteLine> lines) {
  json rows = json::array();
  for (const std::span<const SuiteLine> group : byKernel(lines)) {
    const SuiteLine& original = group.front();
    json row{{"file", original.kernel}, {"sizes", original.sizes}, {"threads", original.threads}, {"runs", original.runs},
             {"floating_operations", original.operations}, {"bytes", original.bytes},
             {"floor_s", original.floorSeconds()}, {"dgemm_flops", original.productRate},
             {"read_bytes_per_s", original.readBandwidth}, {"original_s", original.seconds},
             {"original_over_clang", original.overClang}, {"original", toJson(original)}};
    row["entrants"] = json::array();
    for (const SuiteLine& line : group.subspan(1))
      row["entrants"].push_back(toJson(line));
    rows.push_back(std::move(row));
  }
  return rows;
}

} // namespace polyloom
