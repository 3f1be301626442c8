// Expected failures: what was found, what was wanted, where.
#pragma once

#include "core/base/source_range.h"

#include <expected>
#include <string>
#include <vector>

namespace polyloom {

/// A failure that the user can understand and act on.
///
/// `code` is a stable machine name in kebab case ("not-affine", "unknown-loop"); `message` is one sentence in the
/// user's words, lower-case start and no final period; `notes` say what would help.
struct Diagnostic {
  std::string code;
  std::string message;
  SourceRange range = {};
  std::vector<std::string> notes = {};
};

/// A value, or the reason why there is none. Only our own bugs throw (see check.h).
template <typename T> using Result = std::expected<T, Diagnostic>;

/// Shorthand for returning a failure from a function that returns a Result.
inline std::unexpected<Diagnostic> failure(std::string code, std::string message, SourceRange range = {},
                                           std::vector<std::string> notes = {}) {
  return std::unexpected(Diagnostic{std::move(code), std::move(message), std::move(range), std::move(notes)});
}

/// "file:line:column: message", followed by one indented line per note.
std::string toText(const Diagnostic& diagnostic);

} // namespace polyloom
