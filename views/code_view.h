// The code that a schedule becomes: C with OpenMP, LLVM IR, assembly.
#pragma once

#include "views/code_editor.h"
#include "views/selection.h"

#include <QWidget>

#include <memory>

class QComboBox;

namespace polyloom {

/// C arrives with each snapshot. The other texts are made on request and are stale when the schedule changes.
class CodeView : public QWidget {
  Q_OBJECT

public:
  enum class Kind { C, Llvm, Assembly };
  Q_ENUM(Kind)

  explicit CodeView(Selection& selection, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  void setText(Kind kind, const QString& text);
  Kind kind() const { return kind_; }
  void setKind(Kind kind);
  CodeEditor* editor() const { return editor_; }
  /// The choice between the three, to be placed in the panel's title.
  QComboBox* kindCombo() const { return combo_; }

Q_SIGNALS:
  /// The text of this kind is wanted for the current schedule; answer with setText.
  void textRequested(polyloom::CodeView::Kind kind);

private:
  void showC();
  void applySelection();
  const LineOrigin* originAt(int line) const;

  Selection& selection_;
  std::shared_ptr<const ScheduleSnapshot> schedule_;
  Kind kind_ = Kind::C;
  QComboBox* combo_;
  CodeEditor* editor_;
};

} // namespace polyloom
