#include "core/legality/mend.h"

#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

namespace polyloom {

Mend insertion(const Breaking& breaking, const std::vector<Step>& inserted, std::size_t at, std::int64_t amount) {
  std::vector<Step> steps = breaking.steps;
  steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(at), inserted.begin(), inserted.end());
  std::vector<std::string> lines;
  for (const Step& step : inserted)
    lines.push_back(toText(step));
  std::string sentence = fmt::format("{} {} {}", joinWords(lines), at <= breaking.culprit ? "before" : "after",
                                     toText(breaking.step()));
  return {std::move(steps), std::move(sentence),
          {.changed = static_cast<int>(inserted.size()), .amount = amount}};
}

Mend replacement(const Breaking& breaking, std::size_t at, const Step& step, MendCost cost) {
  std::vector<Step> steps = breaking.steps;
  steps[at] = step;
  return {std::move(steps), fmt::format("{} instead of {}", toText(step), toText(breaking.steps[at])), cost};
}

Mend omission(const Breaking& breaking, std::size_t at) {
  std::vector<Step> steps = breaking.steps;
  steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(at));
  return {std::move(steps), fmt::format("leave out {}", toText(breaking.steps[at])),
          {.loss = MendCost::Loss::Step}};
}

} // namespace polyloom
