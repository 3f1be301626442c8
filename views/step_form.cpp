#include "views/step_form.h"

#include "views/fitted_scroll_area.h"
#include "views/form_text.h"
#include "views/recipe_line_edit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace polyloom {

namespace {

using Kind = StepFormInfo::Parameter::Kind;

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
      apply_(new QPushButton(tr("Apply"), this)), sweep_(new QPushButton(tr("Sweep…"), this)), line_(new RecipeLineEdit(this)) {
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
  sweep_->setObjectName(QStringLiteral("sweepStep"));
  sweep_->setAccessibleName(tr("Sweep the step's numbers"));
  sweep_->setToolTip(tr("Apply the step, and measure it with other numbers"));
  line_->setObjectName(QStringLiteral("recipeLine"));

  auto* pictures = new QHBoxLayout;
  pictures->setSpacing(6);
  pictures->addWidget(before_, 1);
  pictures->addWidget(arrow_);
  pictures->addWidget(after_, 1);
  auto* last = new QHBoxLayout;
  last->addWidget(preview_, 1);
  last->addWidget(sweep_);
  last->addWidget(apply_);
  auto* middle = new QWidget(this);
  fieldsPlace_ = new QVBoxLayout(middle);
  fieldsPlace_->setContentsMargins(0, 0, 0, 0);
  fieldsPlace_->setSpacing(6);
  fieldsPlace_->addWidget(summary_);
  fieldsPlace_->addLayout(pictures);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(10, 8, 10, 8);
  layout->setSpacing(6);
  layout->addWidget(kind_);
  layout->addWidget(new FittedScrollArea(middle, 4, this));
  layout->addLayout(last);
  layout->addWidget(line_);
  layout->addStretch(1);
  rangeTimer_->setSingleShot(true);
  rangeTimer_->setInterval(250);
  connect(rangeTimer_, &QTimer::timeout, this, [this] { Q_EMIT rangeRequested(openLine_); });
  connect(kind_, &QComboBox::currentIndexChanged, this, &StepForm::buildFields);
  connect(apply_, &QPushButton::clicked, this, &StepForm::apply);
  connect(sweep_, &QPushButton::clicked, this, [this] { Q_EMIT sweepRequested(preview_->text()); });
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
  tree_ = schedule ? schedule->tree : std::vector<LoopTreeNode>{};
  fillNames(false);
  updatePreview();
  askRange(true);
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

QString StepForm::preview() const {
  return preview_->text();
}

void StepForm::updatePreview() {
  const StepFormInfo* form = current();
  preview_->setText(form ? QString::fromStdString(composeLine(form->form, values())) : QString());
  preview_->setToolTip(preview_->text());
  apply_->setEnabled(ready_ && form && isComplete(form->form, values()));
  sweep_->setEnabled(apply_->isEnabled());
  sweep_->setVisible(form && std::ranges::any_of(form->parameters, hasNumber));
  askRange(false);
}

bool StepForm::hasRange(const StepFormInfo::Parameter& parameter) {
  return parameter.kind == Kind::Affine || parameter.kind == Kind::Integers ||
         (parameter.kind == Kind::Integer && parameter.minimum < 0);
}

bool StepForm::hasNumber(const StepFormInfo::Parameter& parameter) {
  return parameter.kind == Kind::Integer || parameter.kind == Kind::Integers || parameter.kind == Kind::Factor;
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
  range_->setText(QString::fromStdString(range.text.empty() ? range.sentence : range.text));
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
