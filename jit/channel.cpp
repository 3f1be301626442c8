#include "jit/channel.h"

#include <llvm/Support/Endian.h>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace polyloom {

namespace {

using llvm::orc::SimpleRemoteEPCOpcode;

/// Four little-endian words: the message's size with this head, its kind, its number, its tag.
constexpr std::size_t kHeadBytes = 32;
using Head = std::array<char, kHeadBytes>;

/// Answers are addresses, numbers and sentences.
constexpr std::uint64_t kLargestMessage = 16 << 20;
constexpr int kFirstMessageMilliseconds = 10'000;

std::uint64_t word(const Head& head, std::size_t index) {
  return llvm::support::endian::read64le(head.data() + 8 * index);
}

llvm::Error broken(const char* message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

} // namespace

llvm::Expected<std::unique_ptr<Channel>> Channel::Create(llvm::orc::SimpleRemoteEPCTransportClient& client,
                                                         int descriptor) {
  return std::make_unique<Channel>(client, descriptor);
}

Channel::Channel(llvm::orc::SimpleRemoteEPCTransportClient& client, int descriptor)
    : client_(client), descriptor_(descriptor) {}

Channel::~Channel() {
  disconnect();
  if (listener_.joinable())
    listener_.join();
  close(descriptor_);
}

llvm::Error Channel::start() {
  listener_ = std::thread([this] { listen(); });
  return llvm::Error::success();
}

llvm::Error Channel::sendMessage(SimpleRemoteEPCOpcode opcode, std::uint64_t sequence, llvm::orc::ExecutorAddr tag,
                                 llvm::ArrayRef<char> arguments) {
  Head head;
  llvm::support::endian::write64le(head.data(), kHeadBytes + arguments.size());
  llvm::support::endian::write64le(head.data() + 8, static_cast<std::uint64_t>(opcode));
  llvm::support::endian::write64le(head.data() + 16, sequence);
  llvm::support::endian::write64le(head.data() + 24, tag.getValue());
  const std::lock_guard lock(sendMutex_);
  if (isClosed_ || !send(head.data(), head.size()) || !send(arguments.data(), arguments.size()))
    return broken("the runner does not listen");
  return llvm::Error::success();
}

void Channel::disconnect() {
  if (!isClosed_.exchange(true))
    shutdown(descriptor_, SHUT_RDWR);
}

bool Channel::send(const char* source, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(descriptor_, source, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR)
      continue;
    if (sent <= 0)
      return false;
    source += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

bool Channel::receive(char* target, std::size_t size) {
  while (size > 0) {
    const ssize_t received = ::recv(descriptor_, target, size, 0);
    if (received < 0 && errno == EINTR)
      continue;
    if (received <= 0)
      return false;
    target += received;
    size -= static_cast<std::size_t>(received);
  }
  return true;
}

bool Channel::handleOne(llvm::Error& error) {
  Head head;
  if (!receive(head.data(), head.size()))
    return false;
  const std::uint64_t size = word(head, 0);
  const std::uint64_t opcode = word(head, 1);
  if (size < kHeadBytes || size > kLargestMessage ||
      opcode > static_cast<std::uint64_t>(SimpleRemoteEPCOpcode::LastOpC)) {
    error = llvm::joinErrors(std::move(error), broken("the runner's answer makes no sense"));
    return false;
  }
  llvm::orc::SimpleRemoteEPCArgBytesVector arguments;
  arguments.resize(size - kHeadBytes);
  if (!receive(arguments.data(), arguments.size()))
    return false;
  auto action = client_.handleMessage(static_cast<SimpleRemoteEPCOpcode>(opcode), word(head, 2),
                                      llvm::orc::ExecutorAddr(word(head, 3)), std::move(arguments));
  if (!action)
    error = llvm::joinErrors(std::move(error), action.takeError());
  return !error && *action == llvm::orc::SimpleRemoteEPCTransportClient::ContinueSession;
}

void Channel::listen() {
  llvm::Error error = llvm::Error::success();
  pollfd waiting = {descriptor_, POLLIN, 0};
  const int ready = poll(&waiting, 1, kFirstMessageMilliseconds);
  bool isOpen = ready > 0;
  while (isOpen)
    isOpen = handleOne(error);
  const bool isExpected = isClosed_.exchange(true);
  shutdown(descriptor_, SHUT_RDWR);
  if (!isExpected)
    error = llvm::joinErrors(std::move(error), broken("the runner hung up"));
  client_.handleDisconnect(std::move(error));
}

} // namespace polyloom
