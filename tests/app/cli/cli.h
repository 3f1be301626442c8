// Driving polyloom-cli.
#pragma once

#include "tests/support/child.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace polyloom::test {

/// Runs polyloom-cli with these arguments.
inline Finished cli(std::vector<std::string> arguments, const std::string& input = {}) {
  arguments.insert(arguments.begin(), POLYLOOM_CLI);
  return runChild(arguments, input);
}

inline std::string example(const std::string& name) { return std::string(POLYLOOM_SOURCE_DIR) + "/examples/" + name; }

/// Standard output as the one JSON object that --json promises.
inline nlohmann::json jsonOf(const Finished& finished) {
  const nlohmann::json json = nlohmann::json::parse(finished.output, nullptr, false);
  EXPECT_TRUE(json.is_object()) << finished.output << finished.errors;
  return json.is_object() ? json : nlohmann::json::object();
}

/// The object has all of these keys.
inline void expectKeys(const nlohmann::json& object, const std::vector<std::string>& keys) {
  for (const std::string& key : keys)
    EXPECT_TRUE(object.contains(key)) << key << " is missing in " << object.dump();
}

/// The failure is an `error` object with this code, a sentence, and exit code 3.
inline nlohmann::json expectError(const Finished& finished, const std::string& code) {
  EXPECT_EQ(finished.exitCode, 3) << finished.output;
  const nlohmann::json error = jsonOf(finished).value("error", nlohmann::json::object());
  expectKeys(error, {"code", "message", "file", "line", "column"});
  EXPECT_EQ(error.value("code", ""), code) << error.dump();
  EXPECT_FALSE(error.value("message", "").empty());
  EXPECT_FALSE(finished.errors.empty());
  return error;
}

} // namespace polyloom::test
