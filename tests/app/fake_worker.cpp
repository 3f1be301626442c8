// A worker for tests: echoes, reports progress, crashes, hangs or writes nonsense, as the request's "job" says.
#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <iostream>
#include <string>
#include <thread>

namespace {

void answer(const nlohmann::json& reply) {
  std::cout << reply.dump() << std::endl;
}

void serve(const nlohmann::json& request) {
  const int id = request.at("id");
  const std::string job = request.at("job");
  if (job == "echo") {
    answer({{"id", id}, {"result", {{"text", request.value("text", "")}}}});
  } else if (job == "steps") {
    for (int done = 1; done <= 3; ++done)
      answer({{"id", id}, {"progress", {{"done", done}, {"of", 3}, {"message", "step " + std::to_string(done)}}}});
    answer({{"id", id}, {"result", nlohmann::json::object()}});
  } else if (job == "refuse") {
    answer({{"id", id},
            {"error",
             {{"code", "not-affine"},
              {"message", "the bound i * j is not affine"},
              {"file", "/tmp/a.c"},
              {"line", 3},
              {"column", 7},
              {"notes", {"use a constant"}}}}});
  } else if (job == "nonsense") {
    std::cout << "this is not JSON" << std::endl;
    answer({{"id", id + 1000}, {"result", nlohmann::json::object()}});
    answer({{"id", id}, {"result", nlohmann::json::object()}});
  } else if (job == "crash") {
    std::raise(SIGKILL);
  } else if (job == "end") {
    std::exit(7);
  } else if (job == "hang") {
    std::this_thread::sleep_for(std::chrono::hours(1));
  }
}

} // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line))
    serve(nlohmann::json::parse(line));
}
