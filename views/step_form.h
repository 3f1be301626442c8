// Forms for the steps, built from the catalogue, and a line to type a step.
#pragma once

#include "core/snapshot/snapshot.h"
#include "core/snapshot/step_form.h"
#include "views/selection.h"
#include "views/theme.h"

#include <QStringList>
#include <QWidget>

#include <map>
#include <memory>
#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace polyloom {

class RecipeLineEdit;

/// Shows one kind of step at a time; Apply emits the line that the preview shows.
class StepForm : public QWidget {
  Q_OBJECT

public:
  explicit StepForm(Selection& selection, QWidget* parent = nullptr);

  void setForms(std::vector<StepFormInfo> forms);
  /// Fills the choices of loops and statements.
  void setSchedule(std::shared_ptr<const ProgramSnapshot> program, std::shared_ptr<const ScheduleSnapshot> schedule);
  void setTheme(const Theme& theme);
  void showStep(const QString& name);
  QString shownStep() const;
  const std::vector<StepFormInfo>& forms() const { return forms_; }
  QStringList stepNames() const;
  QString preview() const;
  /// The answer to rangeRequested; one to another question than the last is ignored.
  void setRange(const polyloom::RangeInfo& range);
  void setReady(bool ready); ///< false while there is no program

Q_SIGNALS:
  /// A line of the recipe language.
  void stepRequested(const QString& line);
  /// The preview's line with other numbers: which of them pays?
  void sweepRequested(const QString& line);
  /// A line with "?" in a number's place: for which numbers would it be legal? Asked when the form has come to rest.
  void rangeRequested(const QString& line);

private:
  const StepFormInfo* current() const;
  void buildFields();
  QWidget* makeField(const StepFormInfo::Parameter& parameter);
  QComboBox* makeNameCombo(const QStringList& names, bool several);
  /// Fills the choices of names; the chosen ones stay where they still exist, unless the form starts anew.
  void fillNames(bool anew);
  QString proposedNest() const; ///< what a step on several loops starts with
  void fitNumbers();
  void pairLoops(bool fixed);
  /// The shown step's fields for names of this kind.
  std::vector<QComboBox*> combosOf(StepFormInfo::Parameter::Kind kind) const;
  void applySelection();
  /// Whether the form's line may leave it out.
  bool isOptional(const StepFormInfo::Parameter& parameter) const;
  void updatePreview();
  void askRange(bool again);
  /// Whether the numbers that leave the order legal can be asked for: amounts and sizes, not counts of lanes or copies.
  static bool hasRange(const StepFormInfo::Parameter& parameter);
  static bool hasNumber(const StepFormInfo::Parameter& parameter);
  void apply();
  std::map<std::string, std::string> values() const;
  static QString valueOf(const QWidget* field);

  Selection& selection_;
  std::vector<StepFormInfo> forms_;
  QStringList loops_, statements_, arrays_;
  std::vector<LoopTreeNode> tree_;
  Theme theme_ = Theme::make(Theme::Kind::Light);
  bool ready_ = false;
  QComboBox* kind_;
  QLabel* summary_;
  QVBoxLayout* fieldsPlace_ = nullptr; ///< summary, fields, pictures: what scrolls where there is no room
  QWidget* fieldBox_ = nullptr;
  QFormLayout* fields_ = nullptr;
  std::vector<QWidget*> editors_; ///< one per parameter of the shown step
  QLabel* before_;
  QLabel* after_;
  QLabel* arrow_;
  QLabel* range_ = nullptr; ///< beside the step's number, where it has one whose legal values can be asked for
  QString proposed_; ///< the last proposal of that kind
  QTimer* rangeTimer_;
  QString openLine_; ///< the question that `range_` answers or waits for
  QLabel* preview_;
  QPushButton* apply_;
  QPushButton* sweep_; ///< hidden where the step has no number
  RecipeLineEdit* line_;
};

} // namespace polyloom
