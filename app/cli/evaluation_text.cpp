#include "app/cli/evaluation_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

struct Column {
  const char* head;
  std::string (*cell)(const Metrics&);
};

const Column kColumns[] = {
    {"programs", [](const Metrics& m) { return fmt::format("{}", m.programs); }},
    {"schedules", [](const Metrics& m) { return fmt::format("{}", m.schedules); }},
    {"MAPE %", [](const Metrics& m) { return fmt::format("{:.1f}", m.mape); }},
    {"median %", [](const Metrics& m) { return fmt::format("{:.1f}", m.medianError); }},
    {"Spearman", [](const Metrics& m) { return fmt::format("{:.3f}", m.spearmanMean); }},
    {"its median", [](const Metrics& m) { return fmt::format("{:.3f}", m.spearmanMedian); }},
    {"nDCG@1", [](const Metrics& m) { return fmt::format("{:.3f}", m.ndcgTop); }},
    {"nDCG", [](const Metrics& m) { return fmt::format("{:.3f}", m.ndcg); }},
    {"false %", [](const Metrics& m) { return fmt::format("{:.1f}", m.falseSpeedups); }},
    {"within %", [](const Metrics& m) { return fmt::format("{:.1f}", m.coverage); }},
    {"width", [](const Metrics& m) { return fmt::format("{:.2f}", m.widthFactor); }},
};

constexpr const char* kLegend =
    "MAPE, median: of the speedups' relative errors; Spearman: mean rank correlation within a program; nDCG@1: measured\n"
    "speedup of the schedule predicted best, as a share of the best one's; false: predicted above 1.1, measured below 1;\n"
    "within: measured speedups in the 90 % interval; width: median of its upper end over its lower one\n";

std::size_t nameWidth(const Evaluation& evaluation) {
  std::size_t width = 0;
  for (const auto* part : {&evaluation.rows, &evaluation.slices})
    for (const NamedMetrics& row : *part)
      width = std::max(width, row.name.size());
  return width;
}

std::string headLine(std::size_t nameWidth) {
  std::string text = fmt::format("{:{}}", "", nameWidth);
  for (const Column& column : kColumns)
    text += fmt::format("  {}", column.head);
  return text + "\n";
}

std::string lineOf(const NamedMetrics& row, std::size_t nameWidth) {
  std::string text = fmt::format("{:{}}", row.name, nameWidth);
  for (const Column& column : kColumns)
    text += fmt::format("  {:>{}}", column.cell(row.metrics), std::string_view(column.head).size());
  return text + "\n";
}

} // namespace

std::string evaluationText(const Evaluation& evaluation) {
  const std::size_t width = nameWidth(evaluation);
  std::string text = headLine(width);
  for (const NamedMetrics& row : evaluation.rows)
    text += lineOf(row, width);
  text += "\nthe model on\n";
  for (const NamedMetrics& row : evaluation.slices)
    text += lineOf(row, width);
  return text + "\n" + kLegend;
}

} // namespace polyloom
