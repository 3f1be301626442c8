// Texts whose lines stand for statements and loops, joined to the selection.
#pragma once

#include "views/code_editor.h"
#include "views/selection.h"

namespace polyloom {

/// Hovering a line lights what it stands for everywhere, a click selects it; what is hovered or selected elsewhere shows in
/// the text. The selection outlives the editor.
void linkToSelection(CodeEditor& editor, Selection& selection);

/// The text and the places of these lines, as CodeEditor::setCode takes them.
struct LinkedText {
  QString text;
  std::vector<LineOrigin> origins;
};
LinkedText linkedText(const std::vector<CodeLine>& lines);

} // namespace polyloom
