#include "core/snapshot/mathematics.h"

namespace polyloom {

std::string toText(const DirectionEntry& entry) {
  if (entry.isConstant())
    return std::to_string(*entry.least);
  // Bits: less, equal, greater.
  static constexpr const char* kSigns[] = {"?", ">", "=", ">=", "<", "<>", "<=", "*"};
  return kSigns[(entry.isLess ? 4 : 0) + (entry.isEqual ? 2 : 0) + (entry.isGreater ? 1 : 0)];
}

std::string toText(const DirectionVector& vector) {
  if (!vector.isKnown)
    return "?";
  std::string text;
  for (const DirectionEntry& entry : vector.entries)
    text += (text.empty() ? "" : ", ") + toText(entry);
  return "(" + text + ")";
}

std::string rangeText(const DirectionEntry& entry) {
  if (entry.isConstant())
    return std::to_string(*entry.least);
  const std::string least = entry.least ? std::to_string(*entry.least) + " " : "";
  return least + "…" + (entry.largest ? " " + std::to_string(*entry.largest) : "");
}

} // namespace polyloom
