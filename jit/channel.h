// The socket between this process and a runner, carrying LLVM's remote executor protocol.
// Internal to jit: includes LLVM.
#pragma once

#include <llvm/ExecutionEngine/Orc/Shared/SimpleRemoteEPCUtils.h>

#include <atomic>
#include <mutex>
#include <thread>

namespace polyloom {

/// A transport that does not trust its other end: a lost peer is an error and not a signal, a message of absurd size or
/// kind ends the session, and a peer that says nothing at first is given up after a while.
class Channel : public llvm::orc::SimpleRemoteEPCTransport {
public:
  /// Owns the descriptor from now on. The signature is what SimpleRemoteEPC::Create calls.
  static llvm::Expected<std::unique_ptr<Channel>> Create(llvm::orc::SimpleRemoteEPCTransportClient& client,
                                                         int descriptor);
  Channel(llvm::orc::SimpleRemoteEPCTransportClient& client, int descriptor);
  ~Channel() override;

  llvm::Error start() override;
  llvm::Error sendMessage(llvm::orc::SimpleRemoteEPCOpcode opcode, std::uint64_t sequence,
                          llvm::orc::ExecutorAddr tag, llvm::ArrayRef<char> arguments) override;
  void disconnect() override;

private:
  void listen();
  bool receive(char* target, std::size_t size);
  bool send(const char* source, std::size_t size);
  /// Reads one message and passes it on. False when the session is over.
  bool handleOne(llvm::Error& error);

  llvm::orc::SimpleRemoteEPCTransportClient& client_;
  int descriptor_;
  std::mutex sendMutex_;
  std::atomic<bool> isClosed_ = false;
  std::thread listener_;
};

} // namespace polyloom
