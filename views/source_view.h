// The file, with the region's statements in their colors.
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
  /// A text that was refused at this line (from 1), until the next setProgram.
  void showRefused(const QString& text, int line);

private:
  std::shared_ptr<const ProgramSnapshot> program_;
};

} // namespace polyloom
