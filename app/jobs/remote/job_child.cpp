#include "app/jobs/remote/job_child.h"

#include <utility>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr std::size_t kNoiseShown = 200;

JobChild::Answer withoutLine(LineChild::Read::Kind kind) {
  using From = LineChild::Read::Kind;
  using To = JobChild::Answer::Kind;
  return {kind == From::End ? To::End : kind == From::Canceled ? To::Canceled : To::Late};
}

} // namespace

int JobChild::send(json request) {
  request["id"] = ++lastId_;
  child_.write(request.dump(-1, ' ', false, json::error_handler_t::replace));
  return lastId_;
}

JobChild::Answer JobChild::answerTo(int id, std::chrono::milliseconds patience, const std::stop_token& stop,
                                    const Progress& progress) {
  auto until = LineChild::Clock::now() + patience;
  while (true) {
    const LineChild::Read read = child_.read(until, stop);
    if (read.kind != LineChild::Read::Kind::Line)
      return withoutLine(read.kind);
    json message = json::parse(read.line, nullptr, false);
    if (!message.is_object() || message.value("id", json()) != id) {
      noise_ = read.line.substr(0, kNoiseShown);
      continue;
    }
    until = LineChild::Clock::now() + patience;
    if (message.contains("result"))
      return {Answer::Kind::Result, std::move(message["result"])};
    if (message.contains("error"))
      return {Answer::Kind::Error, std::move(message["error"])};
    if (progress && message.contains("progress"))
      progress(message["progress"]);
  }
}

} // namespace polyloom
