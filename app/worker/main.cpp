// polyloom-worker: jobs as JSON lines on standard input, progress and results on standard output.
#include "app/worker/service.h"

#include <iostream>
#include <mutex>
#include <string>

int main() {
  std::mutex mutex;
  const auto send = [&](const nlohmann::json& message) {
    const std::lock_guard lock(mutex);
    // Source text may hold bytes that are not UTF-8: they are replaced, never a reason to fail.
    std::cout << message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n' << std::flush;
  };
  for (std::string line; std::getline(std::cin, line);) {
    const nlohmann::json request = nlohmann::json::parse(line, nullptr, false);
    if (!request.is_object())
      send({{"id", nullptr}, {"error", {{"code", "bad-request"}, {"message", "a request is one JSON object a line"}}}});
    else
      send(polyloom::serve(request, send));
  }
  return 0;
}
