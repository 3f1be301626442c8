// Readable names that are unique in one region, and what may be a name.
#pragma once

#include <algorithm>
#include <set>
#include <string>

namespace polyloom {

/// Hands out names: the wanted one, or with _2, _3 … where it is taken.
class UniqueNames {
public:
  std::string take(const std::string& wanted) {
    std::string name = wanted;
    for (int suffix = 2; !taken_.insert(name).second; ++suffix)
      name = wanted + "_" + std::to_string(suffix);
    return name;
  }

private:
  std::set<std::string> taken_;
};

/// Whether isl's text form uses the word itself, so that nothing in a program may be called by it.
inline bool isReservedWord(const std::string& name) {
  static const std::set<std::string> words = {
      "exists", "and",   "or",     "not", "implies", "infty", "infinity", "NaN", "min", "max", "rat", "true",
      "false",  "ceild", "floord", "mod", "ceil",    "floor", "Exists",   "AND", "OR",  "NOT", "div", "Implies"};
  return words.contains(name);
}

/// Whether isl's text form can hold the name: C allows letters beyond ASCII, isl does not.
inline bool isPlainName(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

/// The name with everything replaced that C does not allow in one, and apart from isl's own words.
inline std::string plainName(std::string name) {
  for (char& c : name)
    if (!(c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
      c = '_';
  if (name.empty() || (name[0] >= '0' && name[0] <= '9'))
    name = "_" + name;
  return isReservedWord(name) ? name + "_" : name;
}

} // namespace polyloom
