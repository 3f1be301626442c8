#include "app/jobs/remote/line_child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace polyloom {

namespace {

constexpr std::chrono::milliseconds kSlice(100); ///< after that a stop is looked at
constexpr std::chrono::milliseconds kEndLimit(2000);
constexpr std::size_t kErrorsKept = 8 << 10;
constexpr std::size_t kLongestLine = 256 << 20; ///< reports hold thousands of samples, not more

void closeEnd(int& descriptor) {
  if (descriptor >= 0)
    close(descriptor);
  descriptor = -1;
}

/// Descriptors that close themselves unless they are released.
struct Ends {
  std::array<int, 2> both = {-1, -1};
  ~Ends() {
    for (int& end : both)
      closeEnd(end);
  }
  int release(std::size_t end) { return std::exchange(both[end], -1); }
};

std::vector<std::string> ownEnvironment() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable)
    variables.emplace_back(*variable);
  return variables;
}

} // namespace

std::optional<LineChild> LineChild::start(const std::vector<std::string>& command) {
  Ends input, output, errors;
  // A socket, because writing to one whose other end is gone can be kept from raising a signal.
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.both.data()) != 0 ||
      pipe2(output.both.data(), O_CLOEXEC) != 0 || pipe2(errors.both.data(), O_CLOEXEC) != 0)
    return std::nullopt;
  std::optional<ChildProcess> process =
      ChildProcess::start(command.front(), {command.begin() + 1, command.end()}, ownEnvironment(),
                          {{input.both[1], STDIN_FILENO}, {output.both[1], STDOUT_FILENO}, {errors.both[1], STDERR_FILENO}});
  if (!process)
    return std::nullopt;
  for (const int end : {input.both[0], output.both[0], errors.both[0]})
    fcntl(end, F_SETFL, O_NONBLOCK);
  return LineChild(*std::move(process), input.release(0), output.release(0), errors.release(0));
}

LineChild::LineChild(LineChild&& other) noexcept
    : process_(std::move(other.process_)), input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)), errorOutput_(std::exchange(other.errorOutput_, -1)),
      unsent_(std::move(other.unsent_)), received_(std::move(other.received_)), errors_(std::move(other.errors_)),
      searched_(other.searched_) {}

LineChild::~LineChild() {
  for (int* end : {&input_, &output_, &errorOutput_})
    closeEnd(*end);
}

LineChild::Read LineChild::read(Clock::time_point until, const std::stop_token& stop) {
  while (true) {
    if (std::optional<std::string> line = takeLine())
      return {Read::Kind::Line, *std::move(line)};
    if (output_ < 0)
      return {Read::Kind::End};
    if (stop.stop_requested())
      return {Read::Kind::Canceled};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    if (left <= std::chrono::milliseconds(0))
      return {Read::Kind::Late};
    exchange(std::min(left, kSlice));
  }
}

std::optional<std::string> LineChild::takeLine() {
  const std::size_t end = received_.find('\n', searched_);
  searched_ = received_.size();
  if (end == std::string::npos && (output_ >= 0 || received_.empty()))
    return std::nullopt;
  std::string line = received_.substr(0, end);
  received_.erase(0, end == std::string::npos ? end : end + 1);
  searched_ = 0;
  return line;
}

/// Sends and receives what is possible now, and waits for it a little.
void LineChild::exchange(std::chrono::milliseconds wait) {
  std::array<pollfd, 3> ends = {{{unsent_.empty() ? -1 : input_, POLLOUT, 0}, {output_, POLLIN, 0}, {errorOutput_, POLLIN, 0}}};
  if (poll(ends.data(), ends.size(), static_cast<int>(wait.count())) <= 0)
    return;
  if (ends[0].revents != 0)
    sendInput();
  if (ends[1].revents != 0)
    receiveOutput();
  if (ends[2].revents != 0)
    receiveErrors();
}

void LineChild::sendInput() {
  const ssize_t sent = send(input_, unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
  if (sent > 0)
    unsent_.erase(0, static_cast<std::size_t>(sent));
  else if (errno != EAGAIN && errno != EINTR)
    unsent_.clear(); // it reads no more; its output's end says the rest
}

void LineChild::receiveOutput() {
  std::array<char, 1 << 16> block;
  const ssize_t size = ::read(output_, block.data(), block.size());
  if (size > 0)
    received_.append(block.data(), static_cast<std::size_t>(size));
  const bool hasEnded = size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
  if (hasEnded || received_.size() > kLongestLine)
    closeEnd(output_);
}

void LineChild::receiveErrors() {
  std::array<char, 4096> block;
  const ssize_t size = ::read(errorOutput_, block.data(), block.size());
  if (size > 0)
    errors_.append(block.data(), static_cast<std::size_t>(size));
  else if (size == 0 || (errno != EAGAIN && errno != EINTR))
    closeEnd(errorOutput_);
  if (errors_.size() > kErrorsKept)
    errors_.erase(0, errors_.size() - kErrorsKept);
}

std::optional<int> LineChild::finish() {
  closeEnd(input_);
  const std::optional<int> status = process_.waitFor(kEndLimit);
  // Something that outlives it, such as ssh's shared connection, may hold its standard error open: what has been written
  // is there, its end may never come.
  for (pollfd end = {errorOutput_, POLLIN, 0}; errorOutput_ >= 0 && poll(&end, 1, 0) > 0; end.fd = errorOutput_)
    receiveErrors();
  return status;
}

} // namespace polyloom
