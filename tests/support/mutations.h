// Small damages to texts, for readers that have to survive them.
#pragma once

#include <random>
#include <string>

namespace polyloom::test {

/// Draws damages: characters, words and lines removed, doubled, exchanged, cut off. The same seed gives the same texts.
class Mutations {
public:
  explicit Mutations(unsigned seed) : engine_(seed) {}

  std::string damage(std::string text) {
    for (int count = between(1, 3); count > 0; --count)
      damageOnce(text);
    return text;
  }

private:
  void damageOnce(std::string& text) {
    static const std::string kCharacters = "0123456789-+*/%<>=[](){}:;,.#ijNAS_ \n";
    if (text.empty())
      return;
    const auto at = static_cast<std::size_t>(between(0, static_cast<int>(text.size()) - 1));
    const std::size_t line = text.rfind('\n', at) + 1;
    const std::size_t next = text.find('\n', at);
    const std::size_t length = next == std::string::npos ? std::string::npos : next + 1 - line;
    const char character = kCharacters[static_cast<std::size_t>(between(0, static_cast<int>(kCharacters.size()) - 1))];
    switch (between(0, 5)) {
    case 0: text.erase(at, static_cast<std::size_t>(between(1, 8))); break;
    case 1: text[at] = character; break;
    case 2: text.insert(at, 1, character); break;
    case 3: text.erase(line, length); break;
    case 4: text.insert(line, text.substr(line, length)); break;
    default: text.resize(between(0, 3) == 0 ? at : text.size()); break;
    }
  }

  int between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine_); }

  std::mt19937 engine_;
};

} // namespace polyloom::test
