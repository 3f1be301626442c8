// What polyloom-model does with a request (see ../PROTOCOL.md).
#pragma once

#include "models/networks/cost_model.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <stop_token>
#include <string>

namespace polyloom {

using Send = std::function<void(const nlohmann::json&)>;

/// Answers requests one after another. Keeps the model that was used last, with its file's time, in memory.
class ModelService {
public:
  explicit ModelService(FeatureTable table);
  ~ModelService();

  /// The answer; progress goes to `send` before. Never throws for what a request says: an answer may hold an "error".
  nlohmann::json serve(const nlohmann::json& request, const Send& send, const std::stop_token& stop = {});

private:
  Result<nlohmann::json> dispatch(const nlohmann::json& request, const Send& send, const std::stop_token& stop);
  Result<nlohmann::json> hello(const nlohmann::json& request);
  Result<nlohmann::json> predict(const nlohmann::json& request);
  Result<nlohmann::json> train(const nlohmann::json& request, const Send& send, const std::stop_token& stop);
  Result<nlohmann::json> evaluate(const nlohmann::json& request);
  Result<const CostModel*> modelAt(const std::string& path);

  FeatureTable table_;
  std::string path_, stamp_; ///< of the model in memory
  std::unique_ptr<CostModel> model_;
};

} // namespace polyloom
