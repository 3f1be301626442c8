// Runs a kernel once in a runner and hands back its arrays.
#pragma once

#include "jit/compile.h"
#include "jit/entrant.h"
#include "jit/inputs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace polyloom::test {

/// A kernel's arrays as they are before and after one run.
class Execution {
public:
  explicit Execution(const Kernel& kernel, const MeasureOptions& options = {}, const CompileOptions& compile = {}) {
    auto setting = makeSetting(kernel, options);
    const auto object = compileToObject(kernel, compile);
    if (!setting || !object || !makeInputs(kernel, *setting)) {
      error_ = !setting ? setting.error().message : !object ? object.error().message : "no inputs";
      return;
    }
    setting_ = std::move(*setting);
    shapes_ = *shapesOf(kernel, setting_.parameters);
    auto entrant = Entrant::start(setting_, kernel, *object);
    if (!entrant) {
      error_ = entrant.error().message;
      return;
    }
    entrant_ = std::move(*entrant);
    if (const auto ran = entrant_->runForResults(); !ran)
      error_ = ran.error().message;
  }

  /// Empty where the run went well.
  const std::string& error() const { return error_; }
  /// Only where the run went well.
  int processId() const { return entrant_->processId(); }

  template <typename T = double> std::vector<T> after(const std::string& name) const {
    const auto bytes = entrant_->results().at(name);
    std::vector<T> cells(bytes.size() / sizeof(T));
    std::memcpy(cells.data(), bytes.data(), bytes.size());
    return cells;
  }

  template <typename T = double> std::vector<T> before(const std::string& name) const {
    const auto shape = std::ranges::find(shapes_, name, &ArrayShape::name);
    std::vector<T> cells(shape->bytes / sizeof(T));
    fillInput(*shape, setting_.options.seed, std::as_writable_bytes(std::span(cells)));
    return cells;
  }

private:
  Setting setting_;
  std::vector<ArrayShape> shapes_;
  std::optional<Entrant> entrant_;
  std::string error_;
};

} // namespace polyloom::test
