// The code that a schedule becomes, in one of many forms.
#pragma once

#include "views/code_editor.h"
#include "views/selection.h"

#include <QWidget>

#include <memory>

class QComboBox;

namespace polyloom {

/// C with OpenMP arrives with each snapshot. The other texts are made on request, for a view that can be seen, and are stale
/// when the schedule changes.
class CodeView : public QWidget {
  Q_OBJECT

public:
  enum class Kind { C, PlainC, Llvm, PlainLlvm, Assembly, IslSchedule, IslSyntax, OpenScop };
  Q_ENUM(Kind)

  explicit CodeView(Selection& selection, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  std::shared_ptr<const ScheduleSnapshot> schedule() const { return schedule_; }
  /// The text of this kind for the current schedule; dropped where the view shows another kind by now.
  void setLines(Kind kind, const std::vector<CodeLine>& lines);
  /// What stands there in place of the text: that it is being made, or why it cannot be.
  void setNotice(Kind kind, const QString& notice);
  Kind kind() const { return kind_; }
  void setKind(Kind kind);
  CodeEditor* editor() const { return editor_; }
  /// The choice between the kinds, to be placed in the panel's title.
  QComboBox* kindCombo() const { return combo_; }

Q_SIGNALS:
  /// The text of this kind is wanted for the current schedule; answer with setLines or setNotice.
  void textRequested(polyloom::CodeView::Kind kind);

protected:
  void showEvent(QShowEvent* event) override;

private:
  void refresh();
  void showLines(const std::vector<CodeLine>& lines);

  std::shared_ptr<const ScheduleSnapshot> schedule_;
  Kind kind_ = Kind::C;
  bool isStale_ = false; ///< the shown text is not the current schedule's, and nobody has been asked for it
  QComboBox* combo_;
  CodeEditor* editor_;
};

} // namespace polyloom
