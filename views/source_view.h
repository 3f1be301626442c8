// The C file, with the region's statements in their colors.
#pragma once

#include "views/code_editor.h"
#include "views/selection.h"

#include <memory>

namespace polyloom {

class SourceView : public CodeEditor {
  Q_OBJECT

public:
  explicit SourceView(Selection& selection, QWidget* parent = nullptr);

  void setProgram(std::shared_ptr<const ProgramSnapshot> program);

private:
  void applySelection();

  Selection& selection_;
  std::shared_ptr<const ProgramSnapshot> program_;
};

} // namespace polyloom
