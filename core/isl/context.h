// The owner of an isl context: cancel from outside, and a bound on the work of one question.
#pragma once

#include <isl/cpp.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace polyloom {

/// Owns one `isl_ctx`. One thread uses it; only `abort` may be called from another.
/// Every isl object made from it must be gone before it is destroyed.
class IslContext {
public:
  IslContext();
  ~IslContext();
  IslContext(const IslContext&) = delete;
  IslContext& operator=(const IslContext&) = delete;

  isl::ctx get() const { return {ctx_}; }

  /// Makes the running isl operation, and all that follow until `resume`, fail. Callable from any thread.
  void abort();
  void resume();

private:
  isl_ctx* ctx_;
};

/// Bounds isl's operations while it lives, inside another one by the smaller bound; beyond it isl::exception_quota flies.
/// Parse no isl text under a quota: running out there surfaces as a syntax error.
class IslQuota {
public:
  IslQuota(isl::ctx ctx, unsigned long maxOperations);
  ~IslQuota();
  IslQuota(const IslQuota&) = delete;
  IslQuota& operator=(const IslQuota&) = delete;

private:
  isl_ctx* ctx_;
  unsigned long previous_;
};

/// Aborts isl's work when the time is up, for work that hardly counts operations; isl::exception_abort flies then.
/// Destroying it makes the context usable again. A cancel from outside at the same moment is lost.
class IslDeadline {
public:
  IslDeadline(isl::ctx ctx, std::chrono::milliseconds time);
  ~IslDeadline();
  IslDeadline(const IslDeadline&) = delete;
  IslDeadline& operator=(const IslDeadline&) = delete;

  bool isOver() const { return isOver_; }

private:
  isl_ctx* ctx_;
  std::atomic<bool> isOver_ = false;
  std::jthread watch_;
};

/// While it lives, isl looks for integer points by branching alone. Before branching, isl reduces a set's basis (Cook,
/// Rutherford, Scarf, Shallcross 1993), which may take minutes without counting as operations; branching without it may
/// take long as well, but a quota ends it. For questions that code generation asks.
class IslPlainSampling {
public:
  explicit IslPlainSampling(isl::ctx ctx);
  ~IslPlainSampling();
  IslPlainSampling(const IslPlainSampling&) = delete;
  IslPlainSampling& operator=(const IslPlainSampling&) = delete;

private:
  isl_ctx* ctx_;
};

} // namespace polyloom
