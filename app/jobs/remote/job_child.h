// A child process that answers requests in lines of JSON.
#pragma once

#include "app/jobs/remote/line_child.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

namespace polyloom {

/// Requests and answers, one after another: {"id", "job", …}, then none or more {"id", "progress"}, then {"id", "result"}
/// or {"id", "error"}. Lines that belong to no request, such as a login's greeting, are passed over.
class JobChild {
public:
  using Progress = std::function<void(const nlohmann::json& progress)>;

  explicit JobChild(LineChild child) : child_(std::move(child)) {}

  /// Sends a request, its id filled in; bytes that are not UTF-8 (in source text) are replaced. Returns the id.
  int send(nlohmann::json request);

  struct Answer {
    enum class Kind { Result, Error, End, Late, Canceled };
    Kind kind = Kind::Result;
    nlohmann::json value = {}; ///< the result, or the error as the child has put it
  };
  /// Waits for the answer to that request: until nothing of it has come for so long, or until the stop.
  Answer answerTo(int id, std::chrono::milliseconds patience, const std::stop_token& stop = {}, const Progress& progress = {});

  /// The beginning of the last line that was passed over.
  const std::string& noise() const { return noise_; }
  /// See LineChild.
  std::optional<int> finish() { return child_.finish(); }
  const std::string& errors() const { return child_.errors(); }

private:
  LineChild child_;
  int lastId_ = 0;
  std::string noise_;
};

} // namespace polyloom
