// A worker on another machine, reached over ssh.
#pragma once

#include "app/jobs/place.h"
#include "app/jobs/remote/host.h"
#include "app/jobs/remote/job_child.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace polyloom {

/// What both ends must agree on; changes with the meaning of the jobs `hello` and `run`.
inline constexpr int kProtocolVersion = 1;

/// How long the other end may be silent.
struct Patience {
  std::chrono::milliseconds greeting{30'000}; ///< until the worker has answered at all
  std::chrono::milliseconds silence{30'000};  ///< later; it tells every few seconds that it lives
};

/// The worker's process there lives as long as this. Nothing is written there but what a measurement needs while it
/// runs, and no path of this machine is named: the program travels as text.
class RemotePlace : public Place {
public:
  /// Starts the worker and asks who it is. Fails where ssh is missing ("no-ssh"), there is no connection or no worker
  /// (see `whyNoWorker`), nobody answers in time ("worker-silent"), or it speaks another protocol ("worker-version").
  static Result<std::unique_ptr<RemotePlace>> connect(const Host& host, const Patience& patience = {});

  std::string name() const override { return host_.name; }
  Identity identity() const override { return identity_; }
  std::optional<Roofline> roofline(int threads) const override;
  std::uint64_t cacheBytes() const override { return cacheBytes_; }
  Result<MeasureReport> measure(const Plan& plan, const MeasureOptions& options) override;

private:
  RemotePlace(const Host& host, const Patience& patience, LineChild child)
      : host_(host), patience_(patience), child_(std::move(child)) {}
  Result<void> greet();
  Result<nlohmann::json> ask(nlohmann::json request, std::chrono::milliseconds patience, const MeasureOptions& options);
  Diagnostic whySilent(bool hasEnded);

  Host host_;
  Patience patience_;
  JobChild child_;
  Identity identity_;
  std::vector<Roofline> rooflines_;
  std::uint64_t cacheBytes_ = 0;
};

/// What a worker says of itself when it is greeted: protocol, version, machine, compiler, caches, rooflines.
nlohmann::json greetingAnswer();

} // namespace polyloom
