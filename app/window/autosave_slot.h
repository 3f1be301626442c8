// Keeps two windows on one program from writing over each other's unsaved work.
#pragma once

#include <QLockFile>
#include <QString>

#include <memory>

namespace polyloom {

/// Owns one of the files "name.ext", "name-2.ext", … for as long as it lives. Another window, of this process or another one,
/// gets the next; a file left behind by a window that is gone is free again.
class AutosaveSlot {
public:
  /// The file to use in place of `path`: itself, unless another window has it.
  QString claim(const QString& path);

private:
  QString path_;  ///< what was asked for
  QString mine_;  ///< what was given
  std::unique_ptr<QLockFile> lock_;
};

} // namespace polyloom
