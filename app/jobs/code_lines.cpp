#include "app/jobs/code_lines.h"

#include "core/codegen/c_text.h"
#include "core/codegen/isl_lines.h"
#include "core/openscop/write.h"
#include "jit/linked_code.h"

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

/// Lines of a text that tells nothing about loops and statements.
std::vector<CodeLine> plainLines(const std::string& text) {
  std::vector<CodeLine> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back({.text = text.substr(start, end - start), .loop = {}});
    start = end + 1;
  }
  return lines;
}

Result<std::vector<CodeLine>> compiledLines(const Kernel& kernel, CompiledForm form, const CompileOptions& options) {
  Result<std::vector<CompiledLine>> compiled = linkedCode(kernel, form, options);
  if (!compiled)
    return std::unexpected(compiled.error());
  std::vector<CodeLine> lines;
  for (CompiledLine& line : *compiled) {
    const int source = line.statement < 0 ? -1 : kernel.statements[static_cast<std::size_t>(line.statement)].source;
    lines.push_back({std::move(line.text), std::move(line.loop), source});
  }
  return lines;
}

Result<std::vector<CodeLine>> linesOf(const Kernel& kernel, TextKind kind, const CompileOptions& options) {
  switch (kind) {
  case TextKind::PlainLlvm: return compiledLines(kernel, CompiledForm::PlainLlvm, options);
  case TextKind::Llvm: return compiledLines(kernel, CompiledForm::Llvm, options);
  case TextKind::Assembly: return compiledLines(kernel, CompiledForm::Assembly, options);
  default: return regionCode(kernel, {.openMp = kind == TextKind::OpenMp});
  }
}

} // namespace

Result<std::vector<CodeLine>> codeLines(const JudgedSchedule& judged, TextKind kind) {
  if (kind == TextKind::Isl)
    return scheduleLines(judged.schedule);
  if (kind == TextKind::Ast)
    return astLines(judged.schedule);
  if (kind == TextKind::OpenScop) {
    const Result<std::string> text = writeOpenScop(judged.schedule);
    return text ? Result<std::vector<CodeLine>>(plainLines(*text)) : std::unexpected(text.error());
  }
  const Result<Kernel> kernel = kernelFor(judged, kind);
  if (!kernel)
    return std::unexpected(kernel.error());
  Result<std::vector<CodeLine>> lines = linesOf(*kernel, kind, {.reassociate = judged.reassociate});
  if (!lines)
    return lines;
  for (CodeLine& line : *lines) // copies are no statements of the source
    if (line.statement >= static_cast<int>(judged.schedule.source()->statements.size()))
      line.statement = -1;
  return lines;
}

nlohmann::json linesToJson(const std::vector<CodeLine>& lines) {
  nlohmann::json result = nlohmann::json::array();
  for (const CodeLine& line : lines) {
    nlohmann::json each = {{"text", line.text}};
    if (!line.loop.empty())
      each["loop"] = line.loop;
    if (line.statement >= 0)
      each["statement"] = line.statement;
    result.push_back(std::move(each));
  }
  return result;
}

} // namespace polyloom
