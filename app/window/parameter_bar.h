// The scalar arguments: values for measuring, for parameters also for drawing; and the number of threads.
#pragma once

#include "core/snapshot/snapshot.h"

#include <QWidget>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QSpinBox;
class QToolButton;

namespace polyloom {

/// Shows the fields in a row while they are few and there is room; otherwise behind one button that names their values.
/// Presets of the program stand in a box before them: choosing one sets the values for measuring.
class ParameterBar : public QWidget {
  Q_OBJECT

public:
  /// More fields than this always stand behind the button.
  static constexpr int kMostFieldsInRow = 4;

  explicit ParameterBar(QWidget* parent = nullptr);

  void setProgram(const ProgramSnapshot& program);
  void setMeasureValue(const std::string& name, std::int64_t value);
  void setScalarValue(const std::string& name, double value);
  /// Shows the values that the drawn space really has.
  void setDrawnValues(const std::vector<std::pair<std::string, std::int64_t>>& values);
  std::map<std::string, std::int64_t> measureValues() const;
  std::map<std::string, double> scalarValues() const;
  std::map<std::string, std::int64_t> viewValues() const;
  int threads() const;
  void setThreads(int threads);
  bool isCollapsed() const { return collapsed_; }

  QSize minimumSizeHint() const override;

Q_SIGNALS:
  void viewValuesChanged();
  void measureValuesChanged();
  void threadsChanged(int threads);

protected:
  void resizeEvent(QResizeEvent* event) override;

private:
  /// A parameter has `measure` and `view`, a data scalar has `scalar`.
  struct Field {
    std::string name;
    QSpinBox* measure = nullptr;
    QSpinBox* view = nullptr;
    QDoubleSpinBox* scalar = nullptr;
  };
  QSpinBox* makeSpin(const QString& name, const QString& accessibleName, std::int64_t value, int most);
  void addParameter(const ProgramSnapshot::Parameter& parameter);
  void addScalar(const ProgramSnapshot::Scalar& scalar);
  void choosePreset(int index);
  void showPreset();
  int besideRow() const;
  void place(bool collapsed);
  void showSheet();
  void nameValues();
  bool mayUnfold() const;
  void fold();
  void fitButton();

  std::vector<Preset> presets_;
  QHBoxLayout* layout_;
  QComboBox* presetBox_; ///< "custom", then the presets
  QWidget* row_ = nullptr;   ///< where the fields stand side by side
  QWidget* sheet_ = nullptr; ///< where they stand below each other, shown by the button
  QToolButton* button_;
  QString values_; ///< what the button shows as far as there is room
  std::vector<Field> fields_;
  QSpinBox* threads_;
  int boxes_ = 0;    ///< number of fields
  int rowWidth_ = 0; ///< what they need side by side
  bool collapsed_ = false;
  bool isPlacing_ = false;
};

} // namespace polyloom
