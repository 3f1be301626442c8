#include "app/window/parameter_bar.h"

#include "app/window/sheets.h"
#include "views/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QThread>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace polyloom {

namespace {

constexpr int kMostViewValue = 100000;
constexpr int kMostThreads = 1024;
constexpr int kMostButtonCharacters = 26;
constexpr int kFewestButtonCharacters = 10;

/// Shows a number as a person writes it.
class NumberBox : public QDoubleSpinBox {
public:
  using QDoubleSpinBox::QDoubleSpinBox;
  QString textFromValue(double value) const override { return QString::number(value, 'g', 10); }
};

void dress(QAbstractSpinBox* box, const QString& name, const QString& accessibleName) {
  box->setObjectName(name);
  box->setAccessibleName(accessibleName);
  box->setToolTip(accessibleName);
  box->setFont(codeFont(-0.5));
  box->setButtonSymbols(QAbstractSpinBox::NoButtons);
  box->setKeyboardTracking(false);
  box->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void fitWidth(QAbstractSpinBox* box, const QString& widest) {
  box->setFixedWidth(box->fontMetrics().horizontalAdvance(widest) + 14);
}

} // namespace

ParameterBar::ParameterBar(QWidget* parent)
    : QWidget(parent), layout_(new QHBoxLayout(this)), presetBox_(new QComboBox(this)), button_(new QToolButton(this)) {
  setObjectName(QStringLiteral("parameterBar"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  layout_->setContentsMargins(4, 0, 4, 0);
  layout_->setSpacing(8);
  presetBox_->setObjectName(QStringLiteral("presetBox"));
  presetBox_->setAccessibleName(tr("Preset"));
  presetBox_->setToolTip(tr("Sizes that the file names, for measuring"));
  presetBox_->setFont(codeFont(-0.5));
  presetBox_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  presetBox_->hide();
  connect(presetBox_, &QComboBox::activated, this, &ParameterBar::choosePreset);
  button_->setObjectName(QStringLiteral("parameterButton"));
  button_->setAccessibleName(tr("Values of parameters and scalars"));
  button_->setToolTip(tr("Values of parameters and scalars, for measuring and for drawing"));
  button_->setFont(codeFont(-0.5));
  button_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button_->hide();
  connect(button_, &QToolButton::clicked, this, &ParameterBar::showSheet);
  threads_ = makeSpin(QStringLiteral("threads"), tr("Threads for measuring"), std::max(1, QThread::idealThreadCount()),
                      kMostThreads);
  threads_->setMinimum(1);
  threads_->setPrefix(tr("threads "));
  layout_->addWidget(presetBox_);
  layout_->addWidget(button_);
  layout_->addWidget(threads_);
  layout_->addStretch(1);
  connect(threads_, &QSpinBox::valueChanged, this, &ParameterBar::threadsChanged);
}

QSpinBox* ParameterBar::makeSpin(const QString& name, const QString& accessibleName, std::int64_t value, int most) {
  auto* spin = new QSpinBox(this);
  dress(spin, name, accessibleName);
  spin->setRange(-most, most);
  spin->setValue(static_cast<int>(std::clamp<std::int64_t>(value, -most, most)));
  return spin;
}

void ParameterBar::addParameter(const ProgramSnapshot::Parameter& parameter) {
  const QString name = QString::fromStdString(parameter.name);
  Field field{.name = parameter.name};
  field.measure = makeSpin(QStringLiteral("measure_") + name, tr("%1 when measuring").arg(name), parameter.value,
                           std::numeric_limits<int>::max());
  field.measure->setPrefix(name + QStringLiteral(" = "));
  fitWidth(field.measure, field.measure->text() + QStringLiteral("00"));
  field.view =
      makeSpin(QStringLiteral("view_") + name, tr("%1 when drawing").arg(name), parameter.viewValue, kMostViewValue);
  field.view->setPrefix(tr("draw "));
  fitWidth(field.view, tr("draw ") + QStringLiteral("0000"));
  connect(field.measure, &QSpinBox::valueChanged, this, &ParameterBar::nameValues);
  connect(field.measure, &QSpinBox::valueChanged, this, &ParameterBar::measureValuesChanged);
  connect(field.view, &QSpinBox::valueChanged, this, &ParameterBar::viewValuesChanged);
  fields_.push_back(std::move(field));
  boxes_ += 2;
}

void ParameterBar::addScalar(const ProgramSnapshot::Scalar& scalar) {
  const QString name = QString::fromStdString(scalar.name);
  const bool isInteger = scalar.type == "int" || scalar.type == "long";
  Field field{.name = scalar.name};
  field.scalar = new NumberBox(this);
  dress(field.scalar, QStringLiteral("scalar_") + name, tr("%1 when measuring").arg(name));
  field.scalar->setDecimals(isInteger ? 0 : 12);
  const double most = isInteger ? std::numeric_limits<int>::max() : 1e12;
  field.scalar->setRange(-most, most);
  field.scalar->setPrefix(name + QStringLiteral(" = "));
  field.scalar->setValue(scalar.value);
  fitWidth(field.scalar, field.scalar->text() + QStringLiteral("00"));
  connect(field.scalar, &QDoubleSpinBox::valueChanged, this, &ParameterBar::nameValues);
  connect(field.scalar, &QDoubleSpinBox::valueChanged, this, &ParameterBar::measureValuesChanged);
  fields_.push_back(std::move(field));
  ++boxes_;
}

void ParameterBar::setProgram(const ProgramSnapshot& program) {
  for (const Field& field : fields_) {
    delete field.measure;
    delete field.view;
    delete field.scalar;
  }
  fields_.clear();
  boxes_ = 0;
  for (const auto& parameter : program.parameters)
    addParameter(parameter);
  for (const auto& scalar : program.scalars)
    addScalar(scalar);
  presets_ = program.presets;
  presetBox_->clear();
  presetBox_->addItem(tr("custom"));
  for (const Preset& preset : presets_)
    presetBox_->addItem(QString::fromStdString(preset.name));
  presetBox_->setVisible(!presets_.empty());
  isPlacing_ = true;
  place(boxes_ > kMostFieldsInRow);
  isPlacing_ = false;
  fold();
  nameValues();
  updateGeometry();
}

void ParameterBar::place(bool collapsed) {
  QWidget *oldRow = row_, *oldSheet = sheet_;
  row_ = new QWidget(this);
  sheet_ = new QFrame(this, Qt::Popup);
  sheet_->setObjectName(QStringLiteral("parameterSheet"));
  sheet_->setAccessibleName(tr("Values of parameters and scalars"));
  auto* row = new QHBoxLayout(row_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(5);
  auto* sheet = new QGridLayout(sheet_);
  sheet->addWidget(new QLabel(tr("measure at"), sheet_), 0, 0);
  sheet->addWidget(new QLabel(tr("draw at"), sheet_), 0, 1);
  int line = 1;
  rowWidth_ = 0;
  for (const Field& field : fields_) {
    int column = 0;
    for (QAbstractSpinBox* box : {static_cast<QAbstractSpinBox*>(field.measure),
                                  static_cast<QAbstractSpinBox*>(field.view),
                                  static_cast<QAbstractSpinBox*>(field.scalar)}) {
      if (!box)
        continue;
      rowWidth_ += box->minimumWidth() + row->spacing();
      if (collapsed)
        sheet->addWidget(box, line, column++);
      else
        row->addWidget(box);
    }
    ++line;
  }
  layout_->insertWidget(layout_->indexOf(button_), row_);
  delete oldRow;
  delete oldSheet;
  collapsed_ = collapsed;
  row_->setVisible(!collapsed && !fields_.empty());
  button_->setVisible(collapsed);
}

void ParameterBar::showSheet() {
  showBelow(*sheet_, *button_);
  if (!fields_.empty())
    (fields_.front().measure ? static_cast<QWidget*>(fields_.front().measure) : fields_.front().scalar)->setFocus();
}

void ParameterBar::nameValues() {
  QStringList values;
  for (const Field& field : fields_)
    values << (field.measure ? field.measure->text() : field.scalar->text());
  values_ = values.join(QStringLiteral(", "));
  fitButton();
  showPreset();
}

/// As much of the values as there is room for.
void ParameterBar::fitButton() {
  const int room = (width() - besideRow() - button_->sizeHint().width()) / button_->fontMetrics().averageCharWidth() +
                   static_cast<int>(button_->text().size());
  const int most = std::clamp(room, kFewestButtonCharacters, kMostButtonCharacters);
  button_->setText(values_.size() > most ? values_.left(most - 1) + QStringLiteral("…") : values_);
}

void ParameterBar::choosePreset(int index) {
  if (index > 0)
    for (const auto& [name, value] : presets_[static_cast<std::size_t>(index - 1)].values)
      setMeasureValue(name, value);
  showPreset();
}

void ParameterBar::showPreset() {
  const std::map<std::string, std::int64_t> values = measureValues();
  const auto holds = [&](const Preset& preset) {
    return std::ranges::all_of(preset.values, [&](const auto& value) { return values.at(value.first) == value.second; });
  };
  const auto found = std::ranges::find_if(presets_, holds);
  presetBox_->setCurrentIndex(found == presets_.end() ? 0 : static_cast<int>(found - presets_.begin()) + 1);
}

QSize ParameterBar::minimumSizeHint() const {
  const int few = kFewestButtonCharacters - static_cast<int>(button_->text().size());
  return {button_->sizeHint().width() + std::min(few, 0) * button_->fontMetrics().averageCharWidth() + besideRow(),
          sizeHint().height()};
}

/// The width of what stands beside the fields or their button.
int ParameterBar::besideRow() const {
  const int spacing = layout_->spacing();
  const int presets = presets_.empty() ? 0 : presetBox_->sizeHint().width() + spacing;
  return presets + threads_->sizeHint().width() + 2 * spacing;
}

void ParameterBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fold();
  fitButton();
}

bool ParameterBar::mayUnfold() const { return boxes_ > 0 && boxes_ <= kMostFieldsInRow; }

/// Puts the fields behind their button where there is no room for them, and back where there is.
void ParameterBar::fold() {
  const auto isTight = [&] { return width() < rowWidth_ + besideRow() + layout_->spacing(); };
  if (isPlacing_ || !mayUnfold() || isTight() == collapsed_)
    return;
  isPlacing_ = true; // what is shown or hidden resizes this widget, and would end here again
  place(!collapsed_);
  if (!collapsed_ && isTight())
    place(true); // the fields have taken their own room away
  isPlacing_ = false;
}

void ParameterBar::setMeasureValue(const std::string& name, std::int64_t value) {
  for (Field& field : fields_)
    if (field.name == name && field.measure)
      field.measure->setValue(static_cast<int>(value));
}

void ParameterBar::setScalarValue(const std::string& name, double value) {
  for (Field& field : fields_)
    if (field.name == name && field.scalar)
      field.scalar->setValue(value);
}

void ParameterBar::setDrawnValues(const std::vector<std::pair<std::string, std::int64_t>>& values) {
  for (const auto& [name, value] : values)
    for (Field& field : fields_)
      if (field.name == name && field.view && !field.view->hasFocus()) {
        const QSignalBlocker blocker(field.view);
        field.view->setValue(static_cast<int>(value));
      }
}

std::map<std::string, std::int64_t> ParameterBar::measureValues() const {
  std::map<std::string, std::int64_t> values;
  for (const Field& field : fields_)
    if (field.measure)
      values[field.name] = field.measure->value();
  return values;
}

std::map<std::string, double> ParameterBar::scalarValues() const {
  std::map<std::string, double> values;
  for (const Field& field : fields_)
    if (field.scalar)
      values[field.name] = field.scalar->value();
  return values;
}

std::map<std::string, std::int64_t> ParameterBar::viewValues() const {
  std::map<std::string, std::int64_t> values;
  for (const Field& field : fields_)
    if (field.view)
      values[field.name] = field.view->value();
  return values;
}

int ParameterBar::threads() const {
  return threads_->value();
}

void ParameterBar::setThreads(int threads) {
  threads_->setValue(threads);
}

} // namespace polyloom
