#include "core/schedule/step.h"

#include "core/base/check.h"
#include "core/schedule/affine_text.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/step_form.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

namespace polyloom {

bool Step::has(const std::string& parameter) const { return arguments.contains(parameter); }

const std::vector<std::string>& Step::words(const std::string& parameter) const {
  const auto found = arguments.find(parameter);
  POLYLOOM_CHECK(found != arguments.end());
  return found->second;
}

const std::string& Step::word(const std::string& parameter) const {
  POLYLOOM_CHECK(words(parameter).size() == 1);
  return words(parameter).front();
}

std::vector<std::int64_t> Step::integers(const std::string& parameter) const {
  std::vector<std::int64_t> values;
  for (const std::string& text : words(parameter)) {
    values.push_back(0);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), values.back());
    POLYLOOM_CHECK(error == std::errc() && end == text.data() + text.size());
  }
  return values;
}

std::int64_t Step::integer(const std::string& parameter) const {
  const std::vector<std::int64_t> values = integers(parameter);
  POLYLOOM_CHECK(values.size() == 1);
  return values.front();
}

std::vector<std::vector<std::int64_t>> Step::matrix(const std::string& parameter) const {
  std::vector<std::vector<std::int64_t>> rows(1);
  for (std::string word : words(parameter)) {
    const bool endsRow = word.back() == ';';
    if (endsRow)
      word.pop_back();
    rows.back().push_back(std::stoll(word));
    if (endsRow)
      rows.emplace_back();
  }
  return rows;
}

std::string Step::text(const std::string& parameter) const {
  const std::string& quoted = word(parameter);
  POLYLOOM_CHECK(quoted.size() >= 2);
  return quoted.substr(1, quoted.size() - 2);
}

std::string toText(const Step& step) {
  const StepKind* kind = findStepKind(step.kind);
  POLYLOOM_CHECK(kind != nullptr);
  std::vector<std::string> words;
  for (const FormItem& item : parseForm(*kind)) {
    if (item.isOptional && (item.parameter == nullptr ? !step.has(item.groupKey) : !step.has(item.text)))
      continue;
    if (item.parameter == nullptr)
      words.push_back(item.text);
    else
      for (const std::string& word : step.words(item.text))
        words.push_back(word);
  }
  return fmt::format("{}", fmt::join(words, " "));
}

} // namespace polyloom
