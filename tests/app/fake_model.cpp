// A cost model for tests, which speaks the protocol of polyloom-model and misbehaves on request.
//
// It predicts (1 + steps) · threads, within 10 %, and nothing for recipes that reverse a loop. Its argument says what goes wrong:
// slow (every prediction takes 300 ms), die (at the first prediction, every time it is started), die-once (likewise, but
// not again where the file named by the second argument exists), refuse-model, refuse (every prediction), nonsense, other
// (another protocol), few (predictions are missing), backwards (an interval without its speedup), silent. With "log" each
// request becomes a line of the file named by the second argument: its job and the number of its recipes.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>

namespace {

using nlohmann::json;

std::string mode, file;

json predictionOf(const std::string& recipe, int threads) {
  if (recipe.find("reverse") != std::string::npos)
    return {{"error", {{"code", "too-odd"}, {"message", "the model has never seen a reversed loop"}}}};
  const double speedup = static_cast<double>(2 + std::ranges::count(recipe, '\n')) * threads;
  return {{"speedup", speedup}, {"low", mode == "backwards" ? 2 * speedup : 0.9 * speedup}, {"high", 1.1 * speedup}};
}

void dieIfTold() {
  if (mode == "die-once" && std::filesystem::exists(file))
    return;
  if (mode == "die-once")
    std::ofstream(file) << "died\n";
  if (mode == "die" || mode == "die-once")
    std::raise(SIGKILL);
}

json predict(const json& request) {
  dieIfTold();
  if (mode == "slow")
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
  json predictions = json::array();
  for (const json& recipe : request.at("recipes"))
    predictions.push_back(predictionOf(recipe, request.at("code_threads")));
  if (mode == "few")
    predictions.erase(predictions.begin());
  return {{"predictions", std::move(predictions)}};
}

json answer(const json& request) {
  json reply = {{"id", request.at("id")}};
  const bool isHello = request.at("job") == "hello";
  if ((isHello && mode == "refuse-model") || (!isHello && mode == "refuse"))
    reply["error"] = {{"code", "bad-weights"}, {"message", "the weights are for other features"}};
  else if (isHello)
    reply["result"] = {{"protocol", mode == "other" ? 2 : 1}, {"program", "fake"}};
  else
    reply["result"] = predict(request);
  return reply;
}

} // namespace

int main(int count, char** arguments) {
  mode = count > 1 ? arguments[1] : "";
  file = count > 2 ? arguments[2] : "";
  for (std::string line; std::getline(std::cin, line);) {
    const json request = json::parse(line);
    if (mode == "log")
      std::ofstream(file, std::ios::app) << request.at("job").get<std::string>() << " " << request.value("recipes", json::array()).size() << "\n";
    if (mode == "silent")
      continue;
    if (mode == "nonsense")
      std::cout << "loading weights ... done" << std::endl;
    else
      std::cout << answer(request).dump() << std::endl;
  }
}
