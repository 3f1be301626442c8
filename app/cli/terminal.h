// Lines for people: times, and one line of progress.
#pragma once

#include <string>

namespace polyloom {

/// "3.100 s", "1.250 ms", "12.40 µs".
std::string readableDuration(double seconds);

/// "2 h 05 min", "3 min", "12 s": for what is to come, roughly.
std::string roughDuration(double seconds);

/// Shows a line in the place of the one that was shown before, where standard error is a terminal.
void showProgressLine(const std::string& line);

/// Whatever is on the line of the progress goes.
void endProgressLine();

} // namespace polyloom
