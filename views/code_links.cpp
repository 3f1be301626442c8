#include "views/code_links.h"

namespace polyloom {

namespace {

LineOrigin originAt(const CodeEditor& editor, int line) {
  const auto& origins = editor.origins();
  return line >= 0 && static_cast<std::size_t>(line) < origins.size() ? origins[static_cast<std::size_t>(line)]
                                                                      : LineOrigin{};
}

void select(const LineOrigin& origin, Selection& selection) {
  if (origin.statement >= 0)
    selection.selectStatement(origin.statement);
  else if (!origin.loop.isEmpty())
    selection.selectLoop(origin.loop);
  else
    selection.clear();
}

} // namespace

void linkToSelection(CodeEditor& editor, Selection& selection) {
  QObject::connect(&editor, &CodeEditor::lineHovered, &editor, [&](int line) {
    const LineOrigin origin = originAt(editor, line);
    selection.hoverLine(origin.statement, origin.loop);
  });
  QObject::connect(&editor, &CodeEditor::lineClicked, &editor,
                   [&](int line) { select(originAt(editor, line), selection); });
  QObject::connect(&selection, &Selection::changed, &editor,
                   [&] { editor.highlight(selection.statement(), selection.loop()); });
  QObject::connect(&selection, &Selection::hoverChanged, &editor, [&] {
    editor.light(selection.hover().statements, selection.hover().loop, selection.followsHover());
  });
}

LinkedText linkedText(const std::vector<CodeLine>& lines) {
  LinkedText result;
  for (const CodeLine& line : lines) {
    result.text += QString::fromStdString(line.text) + QLatin1Char('\n');
    result.origins.push_back({line.statement, QString::fromStdString(line.loop), false});
  }
  return result;
}

} // namespace polyloom
