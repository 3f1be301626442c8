// Parameter values: one for measuring, one for drawing; and the number of threads.
#pragma once

#include "core/snapshot/snapshot.h"

#include <QWidget>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

class QHBoxLayout;
class QSpinBox;

namespace polyloom {

class ParameterBar : public QWidget {
  Q_OBJECT

public:
  explicit ParameterBar(QWidget* parent = nullptr);

  void setProgram(const ProgramSnapshot& program);
  void setMeasureValue(const std::string& name, std::int64_t value);
  /// Shows the values that the drawn space really has.
  void setDrawnValues(const std::vector<std::pair<std::string, std::int64_t>>& values);
  std::map<std::string, std::int64_t> measureValues() const;
  std::map<std::string, std::int64_t> viewValues() const;
  int threads() const;
  void setThreads(int threads);

Q_SIGNALS:
  void viewValuesChanged();
  void threadsChanged(int threads);

private:
  struct Field {
    std::string name;
    QSpinBox* measure = nullptr;
    QSpinBox* view = nullptr;
  };
  QSpinBox* makeSpin(const QString& name, const QString& accessibleName, std::int64_t value, int most);

  QHBoxLayout* layout_;
  QWidget* fieldBox_ = nullptr;
  std::vector<Field> fields_;
  QSpinBox* threads_;
};

} // namespace polyloom
