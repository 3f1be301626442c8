#include "views/source_view.h"

#include "views/code_links.h"

#include <QStringList>

namespace polyloom {

namespace {

std::vector<LineOrigin> originsOf(const ProgramSnapshot& program, const QStringList& lines) {
  std::vector<LineOrigin> origins(static_cast<std::size_t>(lines.size()));
  for (std::size_t s = 0; s < program.statements.size(); ++s) {
    const SourceRange& range = program.statements[s].range;
    // A range that ends before its line's first character does not touch that line.
    const int last =
        range.endLine > range.line && range.endColumn <= 1 ? range.endLine - 1 : std::max(range.endLine, range.line);
    for (int line = range.line; line <= last && range.isKnown(); ++line)
      if (line <= static_cast<int>(origins.size()))
        origins[static_cast<std::size_t>(line - 1)].statement = static_cast<int>(s);
  }
  for (const ProgramSnapshot::Loop& loop : program.loops)
    if (loop.range.isKnown() && loop.range.line <= static_cast<int>(origins.size()))
      origins[static_cast<std::size_t>(loop.range.line - 1)].loop = QString::fromStdString(loop.name);
  for (int k = 0; k < lines.size(); ++k) {
    const QString line = lines[k].simplified();
    origins[static_cast<std::size_t>(k)].isRegionMark =
        line.startsWith(QLatin1String("#pragma scop")) || line.startsWith(QLatin1String("#pragma endscop"));
  }
  return origins;
}

} // namespace

SourceView::SourceView(Selection& selection, QWidget* parent) : CodeEditor(parent) {
  setObjectName(QStringLiteral("sourceView"));
  setAccessibleName(tr("Source"));
  linkToSelection(*this, selection);
}

void SourceView::setProgram(std::shared_ptr<const ProgramSnapshot> program) {
  program_ = std::move(program);
  const QString text = program_ ? QString::fromStdString(program_->source) : QString();
  setCode(text, program_ ? originsOf(*program_, text.split(QLatin1Char('\n'))) : std::vector<LineOrigin>{});
  for (std::size_t line = 0; line < origins().size(); ++line)
    if (origins()[line].isRegionMark) {
      setFirstVisibleLine(std::max(0, static_cast<int>(line) - 3));
      break;
    }
}

void SourceView::showRefused(const QString& text, int line) {
  std::vector<LineOrigin> origins(static_cast<std::size_t>(text.count(QLatin1Char('\n')) + 1));
  if (line >= 1 && static_cast<std::size_t>(line) <= origins.size())
    origins[static_cast<std::size_t>(line - 1)].isError = true;
  setCode(text, std::move(origins));
  setFirstVisibleLine(std::max(0, line - 4));
}

} // namespace polyloom
