// The fields of a step's form: made, filled with names, kept in line with each other.
#include "views/elided_label.h"
#include "views/form_text.h"
#include "views/loop_proposal.h"
#include "views/step_form.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <tuple>

namespace polyloom {

namespace {

using Kind = StepFormInfo::Parameter::Kind;

int toSpin(std::int64_t value) {
  return static_cast<int>(
      std::clamp<std::int64_t>(value, std::numeric_limits<int>::min() / 2, std::numeric_limits<int>::max() / 2));
}

/// Of two fields with the same name, the one that may change takes the first other name.
void keepApart(QComboBox* fixed, QComboBox* other) {
  if (fixed->currentText() == other->currentText() && other->count() > 1)
    other->setCurrentText(other->itemText(other->itemText(0) == fixed->currentText() ? 1 : 0));
}

QLabel* makeRangeLabel(QWidget* parent) {
  auto* label = new ElidedLabel({}, parent);
  label->setObjectName(QStringLiteral("stepRange"));
  label->setAccessibleName(QObject::tr("Legal values"));
  label->setForegroundRole(QPalette::PlaceholderText);
  label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  return label;
}

} // namespace

void StepForm::buildFields() {
  const StepFormInfo* form = current();
  delete fieldBox_;
  editors_.clear();
  range_ = nullptr;
  openLine_.clear();
  fieldBox_ = new QWidget(this);
  fields_ = new QFormLayout(fieldBox_);
  fields_->setContentsMargins(0, 0, 0, 0);
  fields_->setVerticalSpacing(4);
  fieldsPlace_->insertWidget(1, fieldBox_); // after the summary
  for (const auto& parameter : form ? form->parameters : std::vector<StepFormInfo::Parameter>{}) {
    QWidget* field = makeField(parameter);
    const QString name = QString::fromStdString(parameter.name);
    field->setObjectName(QStringLiteral("field_") + name);
    field->setAccessibleName(name);
    field->setToolTip(QString::fromStdString(parameter.help));
    fields_->addRow(name, field);
    editors_.push_back(field);
    if (hasRange(parameter)) {
      range_ = makeRangeLabel(fieldBox_);
      fields_->addRow(QString(), range_);
    }
  }
  const auto text = [&](std::string StepFormInfo::*member) {
    return form ? QString::fromStdString(form->*member).trimmed() : QString();
  };
  summary_->setText(text(&StepFormInfo::summary));
  summary_->setToolTip(text(&StepFormInfo::help));
  before_->setText(text(&StepFormInfo::before));
  after_->setText(text(&StepFormInfo::after));
  for (QWidget* part : {static_cast<QWidget*>(before_), static_cast<QWidget*>(after_), static_cast<QWidget*>(arrow_)})
    part->setVisible(form && !form->before.empty());
  fillNames(true);
  applySelection();
  updatePreview();
}

QComboBox* StepForm::makeNameCombo(const QStringList& names, bool several) {
  auto* combo = new QComboBox(this);
  combo->setFont(codeFont());
  combo->setEditable(several);
  combo->addItems(names);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(4);
  connect(combo, &QComboBox::currentTextChanged, this, &StepForm::updatePreview);
  return combo;
}

QWidget* StepForm::makeField(const StepFormInfo::Parameter& parameter) {
  const QString initial = QString::fromStdString(parameter.initial);
  switch (parameter.kind) {
  case Kind::Loop: return makeNameCombo(isOptional(parameter) ? QStringList{QString()} + loops_ : loops_, false);
  case Kind::Loops: {
    // One click takes a loop; several are typed, or taken from the suggestion of a whole nest.
    QComboBox* combo = makeNameCombo(loops_, true);
    connect(combo, &QComboBox::currentTextChanged, this, &StepForm::fitNumbers);
    return combo;
  }
  case Kind::Statement:
    return makeNameCombo(statements_, true);
  case Kind::Array:
  case Kind::Accesses:
    return makeNameCombo(arrays_, true);
  case Kind::Choice: {
    QStringList choices;
    for (const std::string& choice : parameter.choices)
      choices << QString::fromStdString(choice);
    return makeNameCombo(choices, false);
  }
  case Kind::Integer: {
    auto* spin = new QSpinBox(this);
    spin->setRange(toSpin(parameter.minimum), toSpin(parameter.maximum));
    spin->setValue(initial.isEmpty() ? std::max(spin->minimum(), 1) : initial.toInt());
    connect(spin, &QSpinBox::textChanged, this, &StepForm::updatePreview);
    return spin;
  }
  default: {
    auto* edit = new QLineEdit(initial, this);
    edit->setFont(codeFont());
    edit->setPlaceholderText(QString::fromStdString(parameter.help));
    connect(edit, &QLineEdit::textChanged, this, &StepForm::updatePreview);
    connect(edit, &QLineEdit::returnPressed, this, &StepForm::apply);
    return edit;
  }
  }
}

void StepForm::fillNames(bool anew) {
  const StepFormInfo* form = current();
  bool isLoopGone = false;
  for (std::size_t k = 0; form && k < editors_.size(); ++k) {
    auto* combo = qobject_cast<QComboBox*>(editors_[k]);
    const Kind kind = form->parameters[k].kind;
    if (!combo || kind == Kind::Choice)
      continue;
    const QStringList& names = kind == Kind::Statement                               ? statements_
                               : kind == Kind::Array || kind == Kind::Accesses ? arrays_
                                                                               : loops_;
    const bool isUntouched = kind == Kind::Loops && combo->currentText() == proposed_;
    const QString old = anew || isUntouched ? QString() : combo->currentText();
    const QSignalBlocker blocker(combo);
    combo->clear();
    const bool mayStayEmpty = kind == Kind::Loop && isOptional(form->parameters[k]);
    if (mayStayEmpty)
      combo->addItem(QString());
    combo->addItems(names);
    const QStringList words = old.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const bool stillThere = !words.isEmpty() && std::all_of(words.begin(), words.end(),
                                                            [&](const QString& w) { return names.contains(w); });
    if (stillThere && (combo->isEditable() || words.size() == 1))
      combo->setCurrentText(old);
    else if (kind == Kind::Loops)
      combo->setCurrentText(proposed_ = proposedNest());
    isLoopGone |= kind == Kind::Loop && !stillThere;
  }
  fitNumbers();
  if (isLoopGone)
    pairLoops(false);
  if (const auto statements = form ? combosOf(Kind::Statement) : std::vector<QComboBox*>{}; statements.size() == 2)
    keepApart(statements[1], statements[0]); // a later statement can move before the first
}

QString StepForm::proposedNest() const {
  QStringList loops;
  for (const std::string& loop : proposeNest(tree_))
    loops << QString::fromStdString(loop);
  return loops.join(QLatin1Char(' '));
}

/// One number per loop of the nest: as long as all are the same, their count follows the loops.
void StepForm::fitNumbers() {
  const StepFormInfo* form = current();
  qsizetype loops = 0;
  for (std::size_t k = 0; form && k < editors_.size(); ++k) {
    if (form->parameters[k].kind == Kind::Loops)
      loops = valueOf(editors_[k]).split(QLatin1Char(' '), Qt::SkipEmptyParts).size();
    auto* edit = qobject_cast<QLineEdit*>(editors_[k]);
    if (!edit || form->parameters[k].kind != Kind::Integers || loops == 0)
      continue;
    const QStringList numbers = edit->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (!numbers.isEmpty() && numbers.count(numbers.front()) == numbers.size() && numbers.size() != loops)
      edit->setText(QStringList(loops, numbers.front()).join(QLatin1Char(' ')));
  }
}

/// Brings a step's second loop where it has to stand beside the first; unless the first is `fixed`, both move where
/// the first has no such loop.
void StepForm::pairLoops(bool fixed) {
  const auto& parameters = current()->parameters;
  const auto place = std::ranges::find_if(parameters, [](const auto& p) { return p.place != LoopPlace::Anywhere; });
  const std::vector<QComboBox*> combos = combosOf(Kind::Loop);
  if (place == parameters.end() || combos.size() < 2)
    return;
  std::string loop = combos[0]->currentText().toStdString(), partner = partnerOf(tree_, place->place, loop);
  if (partner.empty() && !fixed)
    std::tie(loop, partner) = proposePair(tree_, place->place);
  if (partner.empty()) {
    keepApart(combos[0], combos[1]);
    return;
  }
  combos[0]->setCurrentText(QString::fromStdString(loop));
  combos[1]->setCurrentText(QString::fromStdString(partner));
}

std::vector<QComboBox*> StepForm::combosOf(Kind kind) const {
  std::vector<QComboBox*> combos;
  for (std::size_t k = 0; k < editors_.size(); ++k)
    if (current()->parameters[k].kind == kind)
      combos.push_back(static_cast<QComboBox*>(editors_[k]));
  return combos;
}

void StepForm::applySelection() {
  if (!current())
    return;
  const std::vector<QComboBox*> loops = combosOf(Kind::Loop), statements = combosOf(Kind::Statement);
  const bool takesLoop = !loops.empty() && !loops.front()->itemText(0).isEmpty(); // an optional one starts empty
  if (takesLoop && loops_.contains(selection_.loop()) && loops.front()->currentText() != selection_.loop()) {
    loops.front()->setCurrentText(selection_.loop());
    pairLoops(true);
  }
  if (!statements.empty() && selection_.statement() >= 0 && selection_.statement() < statements_.size()) {
    statements.front()->setCurrentText(statements_[selection_.statement()]);
    if (statements.size() == 2)
      keepApart(statements[0], statements[1]);
  }
}

bool StepForm::isOptional(const StepFormInfo::Parameter& parameter) const {
  const StepFormInfo* form = current();
  const std::vector<FormPiece> pieces = parseForm(form ? form->form : std::string());
  return std::any_of(pieces.begin(), pieces.end(), [&](const FormPiece& piece) {
    return piece.isParameter && piece.group > 0 && piece.text == parameter.name;
  });
}

} // namespace polyloom
