#include "app/window/parameter_bar.h"

#include "views/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QThread>

#include <algorithm>
#include <limits>

namespace polyloom {

namespace {

constexpr int kMostViewValue = 100000;
constexpr int kMostThreads = 1024;

} // namespace

ParameterBar::ParameterBar(QWidget* parent) : QWidget(parent), layout_(new QHBoxLayout(this)) {
  setObjectName(QStringLiteral("parameterBar"));
  layout_->setContentsMargins(4, 0, 0, 0);
  layout_->setSpacing(8);
  threads_ = makeSpin(QStringLiteral("threads"), tr("Threads for measuring"), std::max(1, QThread::idealThreadCount()),
                      kMostThreads);
  threads_->setMinimum(1);
  threads_->setPrefix(tr("threads "));
  layout_->addWidget(threads_);
  connect(threads_, &QSpinBox::valueChanged, this, &ParameterBar::threadsChanged);
}

QSpinBox* ParameterBar::makeSpin(const QString& name, const QString& accessibleName, std::int64_t value, int most) {
  auto* spin = new QSpinBox(this);
  spin->setObjectName(name);
  spin->setAccessibleName(accessibleName);
  spin->setToolTip(accessibleName);
  spin->setFont(codeFont(-0.5));
  spin->setRange(name == QLatin1String("threads") ? 1 : -most, most);
  spin->setValue(static_cast<int>(std::clamp<std::int64_t>(value, -most, most)));
  spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
  spin->setKeyboardTracking(false);
  spin->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  return spin;
}

void ParameterBar::setProgram(const ProgramSnapshot& program) {
  delete fieldBox_;
  fields_.clear();
  fieldBox_ = new QWidget(this);
  auto* row = new QHBoxLayout(fieldBox_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(5);
  for (const auto& parameter : program.parameters) {
    const QString name = QString::fromStdString(parameter.name);
    Field field{parameter.name, nullptr, nullptr};
    field.measure = makeSpin(QStringLiteral("measure_") + name, tr("%1 when measuring").arg(name), parameter.value,
                             std::numeric_limits<int>::max());
    field.measure->setPrefix(name + QStringLiteral(" = "));
    field.measure->setFixedWidth(
        field.measure->fontMetrics().horizontalAdvance(field.measure->text() + QStringLiteral("00")) + 14);
    field.view =
        makeSpin(QStringLiteral("view_") + name, tr("%1 when drawing").arg(name), parameter.viewValue, kMostViewValue);
    field.view->setPrefix(tr("draw "));
    field.view->setFixedWidth(field.view->fontMetrics().horizontalAdvance(QStringLiteral("draw 0000")) + 14);
    row->addWidget(field.measure);
    row->addWidget(field.view);
    row->addSpacing(6);
    connect(field.view, &QSpinBox::valueChanged, this, &ParameterBar::viewValuesChanged);
    fields_.push_back(std::move(field));
  }
  layout_->insertWidget(0, fieldBox_);
}

void ParameterBar::setMeasureValue(const std::string& name, std::int64_t value) {
  for (Field& field : fields_)
    if (field.name == name)
      field.measure->setValue(static_cast<int>(value));
}

void ParameterBar::setDrawnValues(const std::vector<std::pair<std::string, std::int64_t>>& values) {
  for (const auto& [name, value] : values)
    for (Field& field : fields_)
      if (field.name == name && !field.view->hasFocus()) {
        const QSignalBlocker blocker(field.view);
        field.view->setValue(static_cast<int>(value));
      }
}

std::map<std::string, std::int64_t> ParameterBar::measureValues() const {
  std::map<std::string, std::int64_t> values;
  for (const Field& field : fields_)
    values[field.name] = field.measure->value();
  return values;
}

std::map<std::string, std::int64_t> ParameterBar::viewValues() const {
  std::map<std::string, std::int64_t> values;
  for (const Field& field : fields_)
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
