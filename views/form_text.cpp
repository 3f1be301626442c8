#include "views/form_text.h"

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

bool hasValue(const std::map<std::string, std::string>& values, const std::string& name) {
  const auto found = values.find(name);
  return found != values.end() && found->second.find_first_not_of(' ') != std::string::npos;
}

bool isGroupFilled(const std::vector<FormPiece>& pieces, int group, const std::map<std::string, std::string>& values) {
  return std::all_of(pieces.begin(), pieces.end(), [&](const FormPiece& piece) {
    return piece.group != group || !piece.isParameter || hasValue(values, piece.text);
  });
}

} // namespace

std::vector<FormPiece> parseForm(std::string_view form) {
  std::vector<FormPiece> pieces;
  int group = 0, groups = 0;
  std::string word;
  const auto finish = [&] {
    if (!word.empty())
      pieces.push_back({false, std::exchange(word, {}), group});
  };
  for (std::size_t k = 0; k < form.size(); ++k) {
    const char c = form[k];
    if (c == '{') {
      finish();
      const std::size_t close = std::min(form.find('}', k), form.size());
      pieces.push_back({true, std::string(form.substr(k + 1, close - k - 1)), group});
      k = close;
    } else if (c == '[' || c == ']') {
      finish();
      group = c == '[' ? ++groups : 0;
    } else if (c == ' ') {
      finish();
    } else {
      word += c;
    }
  }
  finish();
  return pieces;
}

std::string composeLine(std::string_view form, const std::map<std::string, std::string>& values) {
  const auto pieces = parseForm(form);
  std::string line;
  for (const FormPiece& piece : pieces) {
    if (piece.group > 0 && !isGroupFilled(pieces, piece.group, values))
      continue;
    std::string word = piece.text;
    if (piece.isParameter)
      word = hasValue(values, piece.text) ? values.at(piece.text) : "…";
    line += (line.empty() ? "" : " ") + word;
  }
  return line;
}

bool isComplete(std::string_view form, const std::map<std::string, std::string>& values) {
  const auto pieces = parseForm(form);
  return std::all_of(pieces.begin(), pieces.end(), [&](const FormPiece& piece) {
    return piece.group > 0 || !piece.isParameter || hasValue(values, piece.text);
  });
}

} // namespace polyloom
