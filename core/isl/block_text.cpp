#include "core/isl/block_text.h"

#include <isl/printer.h>
#include <isl/schedule.h>

#include <cstdlib>

namespace polyloom {

std::string blockText(const isl::schedule& schedule) {
  isl_printer* printer = isl_printer_to_str(schedule.ctx().get());
  printer = isl_printer_set_yaml_style(printer, ISL_YAML_STYLE_BLOCK);
  printer = isl_printer_print_schedule(printer, schedule.get());
  char* text = isl_printer_get_str(printer);
  isl_printer_free(printer);
  if (text == nullptr)
    isl::exception::throw_last_error(schedule.ctx());
  const std::string result(text);
  std::free(text);
  return result;
}

std::string brokenIntoLines(const std::string& islText) {
  std::string result;
  int depth = 0; // of parentheses and brackets: what they hold stays together
  for (std::size_t at = 0; at < islText.size(); ++at) {
    const char c = islText[at];
    depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    const auto follows = [&](const char* word) { return depth == 0 && islText.compare(at, std::char_traits<char>::length(word), word) == 0; };
    if (follows("{ ")) {
      result += "{\n  ";
      ++at;
    } else if (follows(" }")) {
      result += "\n}";
      ++at;
    } else if (follows("; ")) {
      result += ";\n  ";
      ++at;
    } else if (follows(" : ")) {
      result += " :\n    ";
      at += 2;
    } else if (follows(" and ") || follows(" or ")) {
      result += "\n    ";
    } else {
      result += c;
    }
  }
  return result;
}

} // namespace polyloom
