#include "views/step_form.h"

#include "views/form_text.h"
#include "views/recipe_line_edit.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace polyloom {

namespace {

using Kind = StepFormInfo::Parameter::Kind;

int toSpin(std::int64_t value) {
  return static_cast<int>(
      std::clamp<std::int64_t>(value, std::numeric_limits<int>::min() / 2, std::numeric_limits<int>::max() / 2));
}

/// Whether the numbers that leave the order legal can be asked for: amounts and sizes, not counts of lanes or copies.
bool hasRange(const StepFormInfo::Parameter& parameter) {
  return parameter.kind == Kind::Affine || parameter.kind == Kind::Integers ||
         (parameter.kind == Kind::Integer && parameter.minimum < 0);
}

QLabel* makeRangeLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(QStringLiteral("stepRange"));
  label->setAccessibleName(QObject::tr("Legal values"));
  label->setForegroundRole(QPalette::PlaceholderText);
  label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  return label;
}

QLabel* makePicture(const QString& name, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setObjectName(name);
  label->setFont(codeFont(-1.5));
  label->setMargin(6);
  label->setAutoFillBackground(true);
  label->setBackgroundRole(QPalette::AlternateBase);
  label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  label->setTextFormat(Qt::PlainText);
  return label;
}

} // namespace

StepForm::StepForm(Selection& selection, QWidget* parent)
    : QWidget(parent), selection_(selection), kind_(new QComboBox(this)), summary_(new QLabel(this)),
      before_(makePicture(QStringLiteral("pictureBefore"), this)),
      after_(makePicture(QStringLiteral("pictureAfter"), this)), arrow_(new QLabel(QStringLiteral("→"), this)),
      rangeTimer_(new QTimer(this)), preview_(new QLabel(this)),
      apply_(new QPushButton(tr("Apply"), this)), line_(new RecipeLineEdit(this)) {
  setObjectName(QStringLiteral("stepForm"));
  setAccessibleName(tr("Step form"));
  kind_->setObjectName(QStringLiteral("stepKind"));
  kind_->setAccessibleName(tr("Kind of step"));
  summary_->setWordWrap(true);
  preview_->setObjectName(QStringLiteral("stepPreview"));
  preview_->setAccessibleName(tr("Recipe line"));
  preview_->setFont(codeFont());
  preview_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  preview_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  apply_->setObjectName(QStringLiteral("applyStep"));
  apply_->setToolTip(tr("Apply the step (Ctrl+Return)"));
  apply_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
  line_->setObjectName(QStringLiteral("recipeLine"));

  auto* pictures = new QHBoxLayout;
  pictures->setSpacing(6);
  pictures->addWidget(before_, 1);
  pictures->addWidget(arrow_);
  pictures->addWidget(after_, 1);
  auto* last = new QHBoxLayout;
  last->addWidget(preview_, 1);
  last->addWidget(apply_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(10, 8, 10, 8);
  layout->setSpacing(6);
  layout->addWidget(kind_);
  layout->addWidget(summary_);
  layout->addSpacing(0); // the fields' place: see buildFields
  layout->addLayout(pictures);
  layout->addLayout(last);
  layout->addWidget(line_);
  layout->addStretch(1);
  rangeTimer_->setSingleShot(true);
  rangeTimer_->setInterval(250);
  connect(rangeTimer_, &QTimer::timeout, this, [this] { Q_EMIT rangeRequested(openLine_); });
  connect(kind_, &QComboBox::currentIndexChanged, this, &StepForm::buildFields);
  connect(apply_, &QPushButton::clicked, this, &StepForm::apply);
  connect(line_, &RecipeLineEdit::lineEntered, this, &StepForm::stepRequested);
  connect(&selection_, &Selection::changed, this, &StepForm::applySelection);
  setTheme(theme_);
}

void StepForm::setForms(std::vector<StepFormInfo> forms) {
  forms_ = std::move(forms);
  const QSignalBlocker blocker(kind_);
  kind_->clear();
  for (const StepFormInfo& form : forms_)
    kind_->addItem(QString::fromStdString(form.name));
  line_->setWords(stepNames(), loops_, statements_);
  buildFields();
}

QStringList StepForm::stepNames() const {
  QStringList names;
  for (const StepFormInfo& form : forms_)
    names << QString::fromStdString(form.name);
  return names;
}

const StepFormInfo* StepForm::current() const {
  const int row = kind_->currentIndex();
  return row >= 0 && row < static_cast<int>(forms_.size()) ? &forms_[static_cast<std::size_t>(row)] : nullptr;
}

void StepForm::showStep(const QString& name) {
  kind_->setCurrentIndex(kind_->findText(name));
}

QString StepForm::shownStep() const {
  return kind_->currentText();
}

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
  static_cast<QVBoxLayout*>(layout())->insertWidget(2, fieldBox_);
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
  case Kind::Loop: {
    // Steps on two loops start with two different ones.
    if (isOptional(parameter))
      return makeNameCombo(QStringList{QString()} + loops_, false);
    QComboBox* combo = makeNameCombo(loops_, false);
    combo->setCurrentIndex(std::min(loopFieldsBefore(editors_.size()), combo->count() - 1));
    return combo;
  }
  case Kind::Loops: {
    // One click takes a loop; several are typed, or taken from the suggestion of a whole nest.
    QComboBox* combo = makeNameCombo(loops_, true);
    if (loops_.size() > 1)
      combo->setCurrentText(loops_.mid(0, 2).join(QLatin1Char(' ')));
    return combo;
  }
  case Kind::Statement:
    return makeNameCombo(statements_, true);
  case Kind::Array:
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

void StepForm::setSchedule(std::shared_ptr<const ProgramSnapshot> program,
                           std::shared_ptr<const ScheduleSnapshot> schedule) {
  loops_.clear();
  statements_.clear();
  arrays_.clear();
  for (const LoopTreeNode& node : schedule ? schedule->tree : std::vector<LoopTreeNode>{})
    if (node.kind == LoopTreeNode::Kind::Loop && !loops_.contains(QString::fromStdString(node.name)))
      loops_ << QString::fromStdString(node.name);
  for (const auto& statement : program ? program->statements : std::vector<ProgramSnapshot::Statement>{})
    statements_ << QString::fromStdString(statement.name);
  for (const std::string& array : program ? program->arrays : std::vector<std::string>{})
    arrays_ << QString::fromStdString(array);
  line_->setWords(stepNames(), loops_, statements_);
  refillNames();
  updatePreview();
  askRange(true);
}

void StepForm::refillNames() {
  const StepFormInfo* form = current();
  for (std::size_t k = 0; form && k < editors_.size(); ++k) {
    auto* combo = qobject_cast<QComboBox*>(editors_[k]);
    const Kind kind = form->parameters[k].kind;
    if (!combo || kind == Kind::Choice)
      continue;
    const QStringList& names = kind == Kind::Statement ? statements_ : kind == Kind::Array ? arrays_ : loops_;
    const QString old = combo->currentText();
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
    else if (kind == Kind::Loop && !mayStayEmpty)
      combo->setCurrentIndex(std::min(loopFieldsBefore(k), combo->count() - 1));
    else if (kind == Kind::Loops && names.size() > 1)
      combo->setCurrentText(names.mid(0, 2).join(QLatin1Char(' ')));
  }
}

void StepForm::applySelection() {
  const StepFormInfo* form = current();
  bool first = true;
  for (std::size_t k = 0; form && k < editors_.size(); ++k) {
    auto* combo = qobject_cast<QComboBox*>(editors_[k]);
    const Kind kind = form->parameters[k].kind;
    if (combo && kind == Kind::Loop && !isOptional(form->parameters[k]) && first && loops_.contains(selection_.loop()))
      combo->setCurrentText(selection_.loop());
    if (combo && kind == Kind::Statement && first && selection_.statement() >= 0 &&
        selection_.statement() < statements_.size())
      combo->setCurrentText(statements_[selection_.statement()]);
    first = first && kind != Kind::Loop;
  }
}

QString StepForm::valueOf(const QWidget* field) {
  if (const auto* combo = qobject_cast<const QComboBox*>(field))
    return combo->currentText();
  if (const auto* spin = qobject_cast<const QSpinBox*>(field))
    return QString::number(spin->value());
  const auto* edit = qobject_cast<const QLineEdit*>(field);
  return edit ? edit->text() : QString();
}

std::map<std::string, std::string> StepForm::values() const {
  std::map<std::string, std::string> result;
  const StepFormInfo* form = current();
  for (std::size_t k = 0; form && k < editors_.size(); ++k) {
    QString value = valueOf(editors_[k]).simplified();
    const bool needsQuotes = form->parameters[k].kind == Kind::Text && !value.isEmpty();
    if (needsQuotes && !value.startsWith(QLatin1Char('"')))
      value = QLatin1Char('"') + value + QLatin1Char('"');
    result[form->parameters[k].name] = value.toStdString();
  }
  return result;
}

bool StepForm::isOptional(const StepFormInfo::Parameter& parameter) const {
  const StepFormInfo* form = current();
  const std::vector<FormPiece> pieces = parseForm(form ? form->form : std::string());
  return std::any_of(pieces.begin(), pieces.end(), [&](const FormPiece& piece) {
    return piece.isParameter && piece.group > 0 && piece.text == parameter.name;
  });
}

QString StepForm::preview() const {
  return preview_->text();
}

int StepForm::loopFieldsBefore(std::size_t field) const {
  const StepFormInfo* form = current();
  int count = 0;
  for (std::size_t k = 0; form && k < field; ++k)
    count += form->parameters[k].kind == Kind::Loop ? 1 : 0;
  return count;
}

void StepForm::updatePreview() {
  const StepFormInfo* form = current();
  preview_->setText(form ? QString::fromStdString(composeLine(form->form, values())) : QString());
  preview_->setToolTip(preview_->text());
  apply_->setEnabled(ready_ && form && isComplete(form->form, values()));
  askRange(false);
}

void StepForm::askRange(bool again) {
  const StepFormInfo* form = current();
  QString line;
  if (ready_ && form && range_) {
    std::map<std::string, std::string> open = values();
    const auto loops = open.find("loops");
    const auto number = std::ranges::find_if(form->parameters, hasRange);
    const auto count = loops == open.end() ? 1 : QString::fromStdString(loops->second).split(QLatin1Char(' ')).size();
    open[number->name] = QStringList(count, QStringLiteral("?")).join(QLatin1Char(' ')).toStdString();
    if (isComplete(form->form, open))
      line = QString::fromStdString(composeLine(form->form, open));
  }
  if (line == openLine_ && !again)
    return;
  openLine_ = line;
  if (range_)
    range_->clear();
  line.isEmpty() ? rangeTimer_->stop() : rangeTimer_->start();
}

void StepForm::setRange(const RangeInfo& range) {
  if (!range_ || QString::fromStdString(range.line) != openLine_)
    return;
  range_->setText(QString::fromStdString(range.text));
  range_->setToolTip(QString::fromStdString(range.sentence));
}

void StepForm::setReady(bool ready) {
  ready_ = ready;
  line_->setEnabled(ready);
  updatePreview();
}

void StepForm::apply() {
  if (apply_->isEnabled())
    Q_EMIT stepRequested(preview_->text());
}

void StepForm::setTheme(const Theme& theme) {
  theme_ = theme;
  const auto paint = [](QWidget* widget, const QColor& color) {
    QPalette palette = widget->palette();
    palette.setColor(QPalette::WindowText, color);
    widget->setPalette(palette);
  };
  paint(summary_, theme.mutedText);
  paint(arrow_, theme.mutedText);
  paint(preview_, theme.accent);
}

} // namespace polyloom
