#include "app/cli/session.h"

#include "app/jobs/json.h"
#include "app/jobs/open.h"
#include "core/program/assumptions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace polyloom {

namespace {

template <typename T> std::optional<T> parseNumber(const std::string& text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

/// JSON text; bytes that are not UTF-8 (in names of files, in sources) are replaced.
std::string dump(const nlohmann::json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

Result<std::unique_ptr<Session>> Session::open(const std::string& file, const CommonOptions& options) {
  auto session = std::make_unique<Session>();
  const Result<std::vector<ScopPtr>> regions =
      openProgram(session->context_.get(), file, {options.includes, options.defines});
  if (!regions)
    return std::unexpected(regions.error());
  if (std::optional<Diagnostic> refusal = session->choose(*regions, options))
    return std::unexpected(std::move(*refusal));
  if (std::optional<Diagnostic> refusal = session->setValues(options.sets))
    return std::unexpected(std::move(*refusal));
  Result<Dependences> dependences = boundedDependences(*session->scop_);
  if (!dependences)
    return std::unexpected(std::move(dependences.error()));
  session->dependences_ = *std::move(dependences);
  return session;
}

Result<std::size_t> chooseRegion(const std::vector<ScopPtr>& regions, const CommonOptions& options) {
  const std::size_t index = static_cast<std::size_t>(std::max(options.scop, 1)) - 1;
  if (index >= regions.size())
    return failure("unknown-region", fmt::format("there is no region {}; the file has {}", index + 1, regions.size()));
  if (options.function.empty())
    return index;
  if (options.scop > 0)
    return failure("two-choices", "--scop and --function both choose a region; give one of them");
  std::vector<std::string> functions;
  for (const ScopPtr& region : regions)
    functions.push_back(region->function);
  const auto found = std::ranges::find(functions, options.function);
  if (found == functions.end())
    return failure("unknown-function", fmt::format("no region is in a function {}; the functions with regions are {}",
                                                   options.function, fmt::join(functions, ", ")));
  return static_cast<std::size_t>(found - functions.begin());
}

std::optional<Diagnostic> Session::choose(const std::vector<ScopPtr>& regions, const CommonOptions& options) {
  for (const ScopPtr& region : regions)
    functions_.push_back(region->function);
  const Result<std::size_t> index = chooseRegion(regions, options);
  if (!index)
    return index.error();
  scop_ = regions[*index];
  region_ = static_cast<int>(*index) + 1;
  return std::nullopt;
}

std::optional<Diagnostic> Session::setValues(const std::vector<std::string>& sets) {
  for (const std::string& text : sets)
    if (std::optional<Diagnostic> refusal = setValue(text))
      return refusal;
  return refuseBrokenAssumption(*scop_, parameters_);
}

std::optional<Diagnostic> Session::setValue(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
  if (findParameter(*scop_, name)) {
    const std::optional<std::int64_t> number = parseNumber<std::int64_t>(value);
    if (!number)
      return Diagnostic{"bad-value", fmt::format("--set {}: a parameter takes an integer, as in {}=1000", text, name)};
    parameters_[name] = *number;
    return std::nullopt;
  }
  if (std::ranges::find(scop_->scalars, name, &DataScalar::name) != scop_->scalars.end()) {
    const std::optional<double> number = parseNumber<double>(value);
    if (!number)
      return Diagnostic{"bad-value", fmt::format("--set {}: a number is needed, as in {}=1.5", text, name)};
    scalars_[name] = *number;
    return std::nullopt;
  }
  if (name == "preset")
    return setPreset(value);
  std::vector<std::string> names;
  for (const Parameter& parameter : scop_->parameters)
    names.push_back(parameter.name);
  for (const DataScalar& scalar : scop_->scalars)
    names.push_back(scalar.name);
  return Diagnostic{"unknown-name", fmt::format("{} has no scalar argument {}; there are {}", scop_->function, name,
                                                names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")))};
}

std::optional<Diagnostic> Session::setPreset(const std::string& name) {
  const Result<Preset> preset = findPreset(scop_->presets, name, scop_->function);
  if (!preset)
    return preset.error();
  for (const auto& [parameter, value] : preset->values)
    parameters_[parameter] = value;
  return std::nullopt;
}

Result<std::string> readRecipe(const std::string& file, const std::vector<std::string>& steps) {
  std::string text;
  if (file == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else if (!file.empty()) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file))
      return failure("no-file", fmt::format("the recipe {} cannot be read", file), {.file = file});
    text.assign(std::istreambuf_iterator<char>(stream), {});
  }
  if (!text.empty() && text.back() != '\n')
    text += '\n';
  for (const std::string& step : steps)
    text += step + "\n";
  return text;
}

Result<std::vector<std::string>> readRecipes(const std::vector<std::string>& files, const std::vector<std::string>& steps) {
  std::vector<std::string> texts;
  for (const std::string& file : files) {
    Result<std::string> text = readRecipe(file, steps);
    if (!text)
      return std::unexpected(text.error());
    texts.push_back(std::move(*text));
  }
  if (texts.empty() && !steps.empty())
    texts.push_back(*readRecipe({}, steps));
  return texts;
}

std::string recipeName(const std::string& file) { return file.empty() ? "--step" : file; }

int fail(const Diagnostic& diagnostic, const CommonOptions& options) {
  if (options.json)
    fmt::print("{}\n", dump({{"error", errorToJson(diagnostic)}}));
  fmt::print(stderr, "{}\n", toText(diagnostic));
  return kBadInput;
}

void answer(const nlohmann::json& json, const std::string& text, const CommonOptions& options) {
  if (options.json)
    fmt::print("{}\n", dump(json));
  else
    fmt::print("{}", text);
}

} // namespace polyloom
