#include "app/jobs/jobs.h"

#include "core/codegen/c_function.h"
#include "core/codegen/c_text.h"
#include "core/codegen/isl_lines.h"
#include "core/codegen/make_kernel.h"
#include "core/codegen/scalar_sums.h"
#include "core/isl/extra.h"
#include "core/legality/legality.h"
#include "core/legality/witness.h"
#include "core/openscop/write.h"
#include "core/snapshot/make_snapshot.h"
#include "jit/compile.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

std::string commentLines(const JudgedSchedule& judged, const char* comment) {
  std::string text;
  if (!judged.isLegal)
    text += fmt::format("{} {}\n", comment, judged.sentence);
  text += fmt::format("{} schedule of {} by Polyloom:", comment, judged.schedule.program().function);
  if (judged.schedule.recipe().empty())
    text += " the original order";
  text += "\n";
  for (const Step& step : judged.schedule.recipe())
    text += fmt::format("{}   {}\n", comment, toText(step));
  return text;
}

Result<std::string> joined(const Result<std::vector<CodeLine>>& lines) {
  if (!lines)
    return std::unexpected(lines.error());
  std::string text;
  for (const CodeLine& line : *lines)
    text += line.text + "\n";
  return text;
}

Result<std::string> withHead(const std::string& head, Result<std::string> text) {
  if (text)
    *text = head + *text;
  return text;
}

} // namespace

std::optional<Diagnostic> whyNotExecutable(const Scop& scop) {
  const Statement* statement = findOpaque(scop);
  if (statement == nullptr)
    return std::nullopt;
  const bool isPoly = scop.source.language == SourceLanguage::Poly;
  return Diagnostic{"no-value",
                    fmt::format("{} cannot be executed: {}; it can be checked, transformed, drawn and emitted as isl or "
                                "openscop", statement->name,
                                isPoly ? "the text does not say what it computes"
                                       : "OpenScop has only the text of a statement, not its value"),
                    statement->range,
                    {isPoly ? fmt::format("give {} a line \"is\" with its assignment", statement->name)
                            : "open the C file that the program was made from, or write the statements as a .poly text"}};
}

Result<Recipe> recipeFor(const Scop& scop, const std::string& text, const std::string& path) {
  Result<Recipe> recipe = parseRecipe(text, path);
  if (recipe && !recipe->function.empty() && recipe->function != scop.function)
    return failure("wrong-function", fmt::format("this recipe is for {}, the region is in {}", recipe->function,
                                                 scop.function),
                   {.file = path, .line = recipe->functionLine, .column = 1});
  return recipe;
}

Result<JudgedSchedule> judgeRecipe(const ScopPtr& scop, const Dependences& dependences, const std::string& recipeText,
                                   const std::string& path, bool reassociate) {
  const Result<Recipe> recipe = recipeFor(*scop, recipeText, path);
  if (!recipe)
    return std::unexpected(recipe.error());
  Replay replayed = replay(scop, recipe->steps);
  if (replayed.refusal) {
    const std::size_t step = replayed.schedule.recipe().size();
    Diagnostic refusal = *replayed.refusal;
    refusal.message = fmt::format("\"{}\" is refused: {}", toText(recipe->steps[step]), refusal.message);
    refusal.range = {.file = path, .line = recipe->lines[step], .column = 1};
    return std::unexpected(std::move(refusal));
  }
  const LegalityReport report = checkLegality(replayed.schedule, dependences, {.reassociate = reassociate});
  return JudgedSchedule{std::move(replayed.schedule), report.verdict == LegalityReport::Verdict::Legal,
                        report.verdict == LegalityReport::Verdict::Unknown,
                        makeVerdict(report).sentence, reassociate};
}

Result<TextKind> textKindFromName(const std::string& name) {
  static const std::map<std::string, TextKind> kKinds = {{"c", TextKind::C},       {"openmp", TextKind::OpenMp},
                                                         {"isl", TextKind::Isl},   {"llvm", TextKind::Llvm},
                                                         {"ast", TextKind::Ast},   {"llvm-plain", TextKind::PlainLlvm},
                                                         {"asm", TextKind::Assembly}, {"openscop", TextKind::OpenScop}};
  const auto found = kKinds.find(name);
  if (found == kKinds.end())
    return failure("unknown-form", fmt::format("\"{}\" is not a form of output; there are c, openmp, isl, ast, openscop, llvm-plain, llvm and asm",
                                               name));
  return found->second;
}

Result<Kernel> kernelFor(const JudgedSchedule& judged, TextKind kind) {
  if (std::optional<Diagnostic> refusal = whyNotExecutable(judged.schedule.program()))
    return std::unexpected(std::move(*refusal));
  Result<Kernel> kernel = makeKernel(judged.schedule);
  if (kernel && kind == TextKind::OpenMp && judged.reassociate)
    *kernel = withScalarSums(std::move(*kernel), judged.schedule.program());
  return kernel;
}

Result<std::string> scheduleText(const JudgedSchedule& judged, TextKind kind) {
  if (kind == TextKind::Isl)
    return commentLines(judged, "#") + islText(judged.schedule.tree().toIsl()) + "\n";
  if (kind == TextKind::OpenScop)
    return withHead(commentLines(judged, "#"), writeOpenScop(judged.schedule));
  if (kind == TextKind::Ast)
    return withHead(commentLines(judged, "//"), joined(astLines(judged.schedule)));
  const Result<Kernel> kernel = kernelFor(judged, kind);
  if (!kernel)
    return std::unexpected(kernel.error());
  const CompileOptions compile{.reassociate = judged.reassociate};
  switch (kind) {
  case TextKind::PlainLlvm: return withHead(commentLines(judged, ";"), emitPlainLlvm(*kernel, compile));
  case TextKind::Llvm: return withHead(commentLines(judged, ";"), emitLlvm(*kernel, compile));
  case TextKind::Assembly: return withHead(commentLines(judged, "#"), emitAssembly(*kernel, compile));
  default: break;
  }
  const bool isOpenMp = kind == TextKind::OpenMp;
  const CodeOptions options{.openMp = isOpenMp, .forCompilers = isOpenMp};
  const Scop& scop = judged.schedule.program();
  const std::string head = commentLines(judged, "//");
  return scop.source.language == SourceLanguage::C ? fileCode(scop, *kernel, options, head)
                                                   : functionCode(scop, *kernel, options, head);
}

} // namespace polyloom
