#include "jit/linked_code.h"

#include "jit/unit.h"

#include <llvm/IR/AssemblyAnnotationWriter.h>
#include <llvm/IR/DebugInfo.h>
#include <llvm/Support/FormattedStream.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <unordered_map>

namespace polyloom {

namespace {

/// Stands alone on a line before an instruction, followed by its place.
constexpr char kPlaceMark = '\1';

/// Where instructions come from, by identity.
using PlacesOfInstructions = std::unordered_map<const llvm::Instruction*, unsigned>;

/// Has each instruction's place printed above it.
class PlacePrinter : public llvm::AssemblyAnnotationWriter {
public:
  explicit PlacePrinter(const PlacesOfInstructions& places) : places_(places) {}

  void emitInstructionAnnot(const llvm::Instruction* instruction, llvm::formatted_raw_ostream& stream) override {
    const auto found = places_.find(instruction);
    stream << kPlaceMark << (found == places_.end() ? 0U : found->second) << '\n';
  }

private:
  const PlacesOfInstructions& places_;
};

/// Takes the debug information out of a module.
PlacesOfInstructions takePlaces(llvm::Module& module) {
  PlacesOfInstructions places;
  for (const llvm::Function& function : module)
    for (const llvm::BasicBlock& block : function)
      for (const llvm::Instruction& instruction : block)
        if (const llvm::DebugLoc& from = instruction.getDebugLoc())
          places[&instruction] = from.getLine();
  llvm::StripDebugInfo(module);
  return places;
}

/// Says of each instruction without a place that it has none: the assembler would take it for a part of the one before.
void markUnplaced(llvm::Module& module) {
  for (llvm::Function& function : module)
    if (llvm::DISubprogram* source = function.getSubprogram())
      for (llvm::BasicBlock& block : function)
        for (llvm::Instruction& instruction : block)
          if (!instruction.getDebugLoc())
            instruction.setDebugLoc(llvm::DILocation::get(module.getContext(), 0, 0, source));
}

unsigned numberIn(std::string_view text) {
  unsigned number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Calls visit(line) for each line.
template <typename Visit> void forEachLine(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    visit(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

CompiledLine lineFrom(std::string text, const ir::Place& place) {
  return {std::move(text), place.statement, place.loop};
}

/// Lines of IR that only tools need.
bool isIrNoise(std::string_view line) {
  constexpr std::array<std::string_view, 5> kNoise = {"; ModuleID", "; Function Attrs", "source_filename",
                                                      "target datalayout", "target triple"};
  return std::ranges::any_of(kNoise, [&](std::string_view start) { return line.starts_with(start); });
}

/// The features of a processor fill a screen.
std::string withoutFeatures(std::string text) {
  constexpr std::string_view kFeatures = "\"target-features\"=\"";
  const std::size_t found = text.find(kFeatures);
  if (found == std::string::npos)
    return text;
  const std::size_t begin = found + kFeatures.size();
  return text.replace(begin, text.find('"', begin) - begin, "…");
}

std::vector<CompiledLine> irLines(Unit& unit) {
  const PlacesOfInstructions places = takePlaces(*unit.module);
  PlacePrinter printer(places);
  std::string text;
  llvm::raw_string_ostream stream(text);
  unit.module->print(stream, &printer);
  std::vector<CompiledLine> lines;
  ir::Place place;
  forEachLine(text, [&](std::string_view line) {
    if (line.starts_with(kPlaceMark)) {
      place = unit.places->at(numberIn(line.substr(1)));
      return;
    }
    if (!line.starts_with(' '))
      place = {}; // a label, the end of a function, or what is no code
    const bool isSecondBlank = line.empty() && (lines.empty() || lines.back().text.empty());
    if (!isIrNoise(line) && !isSecondBlank)
      lines.push_back(lineFrom(withoutFeatures(std::string(line)), place));
  });
  return lines;
}

/// Reads assembly as LLVM writes it.
class AssemblyReader {
public:
  explicit AssemblyReader(const ir::Places& places) : places_(places) {}

  std::vector<CompiledLine> read(std::string_view text) {
    forEachLine(text, [this](std::string_view line) { readLine(line); });
    return std::move(lines_);
  }

private:
  void readLine(std::string_view line) {
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos || line[start] == '#')
      return;
    const std::string_view content = line.substr(start);
    const std::string_view word = content.substr(0, content.find_first_of(" \t"));
    if (word == ".section" || word == ".text")
      isDebugSection_ = content.find(".debug") != std::string_view::npos;
    else if (word == ".loc")
      place_ = places_.at(placeOf(content));
    else if (isDebugSection_)
      return;
    else if (start == 0 && content.find(':') != std::string_view::npos)
      readLabel(content);
    else if (!content.starts_with('.') || isData(word))
      lines_.push_back(lineFrom(aligned(word, argumentsOf(content)), content.starts_with('.') ? ir::Place{} : place_));
  }

  /// .loc FILE LINE COLUMN …
  static unsigned placeOf(std::string_view directive) {
    const std::size_t file = directive.find_first_of("0123456789");
    const std::size_t line = file == std::string_view::npos ? file : directive.find(' ', file);
    return line == std::string_view::npos ? 0 : numberIn(directive.substr(line + 1));
  }

  void readLabel(std::string_view content) {
    constexpr std::array<std::string_view, 3> kNoise = {".Ltmp", ".Lfunc_", ".Lsec_"};
    if (std::ranges::any_of(kNoise, [&](std::string_view start) { return content.starts_with(start); }))
      return;
    if (!content.starts_with('.')) { // a function
      place_ = {};
      if (!lines_.empty())
        lines_.push_back({});
    }
    lines_.push_back(lineFrom(std::string(content.substr(0, content.find(':') + 1)), {}));
  }

  /// Directives that hold what the code reads.
  static bool isData(std::string_view word) {
    constexpr std::array<std::string_view, 9> kData = {".byte", ".short", ".long", ".quad", ".zero",
                                                       ".ascii", ".asciz", ".word", ".xword"};
    return std::ranges::find(kData, word) != kData.end();
  }

  static std::string_view argumentsOf(std::string_view content) {
    const std::size_t end = content.find_first_of(" \t");
    const std::size_t start = end == std::string_view::npos ? end : content.find_first_not_of(" \t", end);
    return start == std::string_view::npos ? std::string_view() : content.substr(start);
  }

  static std::string aligned(std::string_view word, std::string_view arguments) {
    constexpr std::size_t kWidth = 13;
    std::string line = "  " + std::string(word);
    if (!arguments.empty())
      line.resize(2 + std::max(kWidth, word.size() + 1), ' ');
    return line.append(arguments);
  }

  const ir::Places& places_;
  std::vector<CompiledLine> lines_;
  ir::Place place_;
  bool isDebugSection_ = false;
};

} // namespace

Result<std::vector<CompiledLine>> linkedCode(const Kernel& kernel, CompiledForm form, const CompileOptions& options) {
  auto unit = buildUnit(kernel, options, {.optimizes = form != CompiledForm::PlainLlvm, .hasPlaces = true});
  if (!unit)
    return std::unexpected(unit.error());
  if (form != CompiledForm::Assembly)
    return irLines(*unit);
  markUnplaced(*unit->module);
  const Result<std::string> text = generated(*unit, llvm::CodeGenFileType::AssemblyFile);
  if (!text)
    return std::unexpected(text.error());
  return AssemblyReader(*unit->places).read(*text);
}

} // namespace polyloom
