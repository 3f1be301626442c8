#include "core/schedule/affine_text.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <optional>

namespace polyloom {

namespace {

/// A factor of a term: an integer or a name.
struct Factor {
  std::optional<std::int64_t> number;
  std::string name;
};

class AmountParser {
public:
  explicit AmountParser(std::string_view text) : text_(text), rest_(text) {}

  Result<AffineAmount> parse() {
    AffineAmount amount;
    bool first = true;
    for (skipBlanks(); first || !rest_.empty(); skipBlanks(), first = false) {
      std::int64_t sign = 1;
      if (eat('-'))
        sign = -1;
      else if (!eat('+') && !first)
        return refuse();
      if (!term(amount, sign))
        return refuse();
    }
    return amount;
  }

private:
  void skipBlanks() {
    while (!rest_.empty() && rest_.front() == ' ')
      rest_.remove_prefix(1);
  }

  bool eat(char c) {
    skipBlanks();
    if (rest_.empty() || rest_.front() != c)
      return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<Factor> factor() {
    skipBlanks();
    if (rest_.empty())
      return std::nullopt;
    if (std::isdigit(static_cast<unsigned char>(rest_.front())) != 0) {
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
      if (error != std::errc() || value > kLargest) {
        tooLarge_ = true;
        return std::nullopt;
      }
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
      return Factor{value, {}};
    }
    std::size_t length = 0;
    while (length < rest_.size() &&
           (std::isalnum(static_cast<unsigned char>(rest_[length])) != 0 || rest_[length] == '_'))
      ++length;
    if (length == 0)
      return std::nullopt;
    Factor result{std::nullopt, std::string(rest_.substr(0, length))};
    rest_.remove_prefix(length);
    return result;
  }

  bool term(AffineAmount& amount, std::int64_t sign) {
    const std::optional<Factor> left = factor();
    if (!left)
      return false;
    if (!eat('*')) {
      (left->number ? amount.constant : amount.factors[left->name]) += sign * left->number.value_or(1);
      return true;
    }
    const std::optional<Factor> right = factor();
    if (!right || (!left->number && !right->number))
      return false;
    const std::int64_t product = left->number.value_or(1) * right->number.value_or(1);
    const std::string& name = left->number ? right->name : left->name;
    (name.empty() ? amount.constant : amount.factors[name]) += sign * product;
    return true;
  }

  Result<AffineAmount> refuse() const {
    if (tooLarge_)
      return failure("out-of-range", fmt::format("\"{}\" has a number beyond {}, which no loop reaches", text_, kLargest));
    return failure("not-affine", fmt::format("\"{}\" is not a sum of integers and parameters such as 2, N, N-1 or "
                                             "-2*N+3", text_));
  }

  static constexpr std::int64_t kLargest = 1'000'000'000;
  std::string_view text_;
  std::string_view rest_;
  bool tooLarge_ = false; ///< a number of the text is
};

} // namespace

std::string toText(const AffineAmount& amount) {
  std::string text;
  for (const auto& [name, factor] : amount.factors) {
    if (factor == 0)
      continue;
    text += factor < 0 ? "-" : text.empty() ? "" : "+";
    const std::int64_t magnitude = factor < 0 ? -factor : factor;
    text += magnitude == 1 ? name : fmt::format("{}*{}", magnitude, name);
  }
  if (amount.constant == 0)
    return text.empty() ? "0" : text;
  return text.empty() ? fmt::format("{}", amount.constant) : fmt::format("{}{:+}", text, amount.constant);
}

Result<AffineAmount> parseAffineAmount(std::string_view text) { return AmountParser(text).parse(); }

} // namespace polyloom
