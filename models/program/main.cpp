// polyloom-model: jobs as JSON lines on standard input, progress and results on standard output (see ../PROTOCOL.md).
#include "models/program/service.h"

#include <nlohmann/json.hpp>

#include <condition_variable>
#include <deque>
#include <iostream>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace {

constexpr std::size_t kLongestCancel = 1000;

bool isCancelLine(const std::string& line) {
  const nlohmann::json request = nlohmann::json::parse(line, nullptr, false);
  return request.is_object() && request.contains("job") && request["job"] == "cancel";
}

/// Lines as they come. A {"job": "cancel"} and, unless told otherwise, the end of the input stop the job in progress at once:
/// so they are read while it runs.
class Lines {
public:
  explicit Lines(bool endCancels) : endCancels_(endCancels), reader_([this] { read(); }) { reader_.detach(); }

  /// The next line; none at the end.
  std::optional<std::string> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !lines_.empty() || isOver_; });
    if (lines_.empty())
      return std::nullopt;
    std::string line = std::move(lines_.front());
    lines_.pop_front();
    if (!isOver_ || !endCancels_)
      stop_ = std::stop_source(); // an older cancel was meant for an older job
    return line;
  }

  std::stop_token stopToken() {
    const std::lock_guard lock(mutex_);
    return stop_.get_token();
  }

private:
  void read() {
    for (std::string line; std::getline(std::cin, line);) {
      const bool isCancel = line.size() < kLongestCancel && isCancelLine(line);
      const std::lock_guard lock(mutex_);
      if (isCancel)
        stop_.request_stop();
      else
        lines_.push_back(std::move(line));
      changed_.notify_all();
    }
    const std::lock_guard lock(mutex_);
    isOver_ = true;
    if (endCancels_)
      stop_.request_stop();
    changed_.notify_all();
  }

  const bool endCancels_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> lines_;
  std::stop_source stop_;
  bool isOver_ = false;
  std::thread reader_;
};

} // namespace

int main(int count, char** arguments) {
  const bool finishes = count == 2 && std::string_view(arguments[1]) == "--finish";
  if (count > (finishes ? 2 : 1)) {
    std::cerr << "usage: polyloom-model [--finish] < requests\n"
                 "  --finish  the end of the requests does not cancel the one in progress\n";
    return 3;
  }
  static Lines lines(!finishes); // outlives main: its thread may be waiting for input
  const polyloom::Send send = [](const nlohmann::json& message) {
    std::cout << message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n' << std::flush;
    if (!std::cout)
      std::_Exit(0); // nobody listens any more
  };
  polyloom::ModelService service(polyloom::FeatureTable::current());
  while (const std::optional<std::string> line = lines.next())
    send(service.serve(nlohmann::json::parse(*line, nullptr, false), send, lines.stopToken()));
  std::cout << std::flush;
  std::_Exit(0); // without destructors: the reading thread may be waiting for input
}
