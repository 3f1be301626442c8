#include "core/schedule/step_form.h"

#include "core/base/check.h"

#include <sstream>

namespace polyloom {

std::vector<FormItem> parseForm(const StepKind& kind) {
  std::vector<FormItem> items;
  std::istringstream words{std::string(kind.form)};
  bool isOptional = false;
  for (std::string word; words >> word;) {
    if (word.front() == '[') {
      isOptional = true;
      word.erase(0, 1);
    }
    const bool endsGroup = word.back() == ']';
    if (endsGroup)
      word.pop_back();
    FormItem item{.text = word, .isOptional = isOptional};
    if (word.front() == '{') {
      item.text = word.substr(1, word.size() - 2);
      item.parameter = kind.parameter(item.text);
      POLYLOOM_CHECK(item.parameter != nullptr);
      if (isOptional)
        items.back().groupKey = item.text;
    }
    items.push_back(std::move(item));
    isOptional = isOptional && !endsGroup;
  }
  return items;
}

} // namespace polyloom
