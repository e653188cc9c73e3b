#include "server/internal/front.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include "base/error.hpp"
#include "base/log.hpp"
#include "server/internal/framing.hpp"
#include "server/internal/listener.hpp"
#include "server/internal/worker_pool.hpp"

namespace scenograph::server {

namespace {

using Clock = std::chrono::steady_clock;
using ConnectionId = std::uint64_t;

constexpr ConnectionId listener_id = 0;
constexpr ConnectionId wake_id = 1;
constexpr std::string_view upload_path = "/graphs";
constexpr std::size_t spare_descriptors = 256;  // for the store, its files and the log
constexpr std::chrono::milliseconds sweep_interval{100};
constexpr std::chrono::milliseconds drain_timeout{2'000};
constexpr std::size_t read_size = std::size_t{64} << 10U;

struct Connection {
  explicit Connection(Framing its_framing) : framing(std::move(its_framing)) {}

  enum class State { Reading, Working, Draining };

  ConnectionId id = 0;
  Descriptor socket;
  State state = State::Reading;
  std::string input;
  Framing framing;
  bool continued = false;  ///< "100 Continue" was sent for this request
  bool gone = false;       ///< the client hung up while a worker was busy
  Clock::time_point deadline;
  std::shared_ptr<ClientWatch> client;  ///< of the request a worker has
};

class EpollFront final : public Front {
 public:
  EpollFront(Descriptor listener, const ServerOptions& options, Answerer answerer, Refuser refuser)
      : options_(options),
        answerer_(std::move(answerer)),
        refuser_(std::move(refuser)),
        listener_(std::move(listener)),
        poller_(epoll_create1(EPOLL_CLOEXEC)),
        wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (poller_.get() < 0 || wake_.get() < 0) throw base::system_error(errno, "cannot watch connections");
    allow_descriptors(options_.max_connections + spare_descriptors);
    watch(EPOLL_CTL_ADD, listener_.get(), EPOLLIN, listener_id);
    watch(EPOLL_CTL_ADD, wake_.get(), EPOLLIN, wake_id);
  }

  ~EpollFront() override { stop(); }

  void start() override {
    workers_ = std::make_unique<WorkerPool>(options_.threads);
    thread_ = std::thread([this] { loop(); });
  }

  void stop() override {
    const std::lock_guard lock(stop_mutex_);
    stopping_ = true;
    wake();
    if (thread_.joinable()) thread_.join();
    workers_.reset();
    listener_.close();
  }

 private:
  void watch(int operation, int descriptor, std::uint32_t events, ConnectionId id) const {
    epoll_event event{};
    event.events = events;
    event.data.u64 = id;
    epoll_ctl(poller_.get(), operation, descriptor, &event);
  }

  void wake() const noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
  }

  void loop();
  void handle(const epoll_event& event);
  void accept_all();
  bool make_room();
  void receive(Connection& connection);
  void advance(Connection& connection);
  [[nodiscard]] BodyFraming body_framing(const Connection& connection) const;
  void dispatch(Connection& connection);
  void finish(ConnectionId id, bool keep);
  void take_finished();
  void refuse(Connection& connection, int status, std::string_view reason);
  void drain(Connection& connection);
  void close(ConnectionId id);
  void sweep(Clock::time_point now);
  bool wind_down(Clock::time_point now);

  void set_input(Connection& connection, std::size_t old_size) {
    buffered_ += connection.input.size();
    buffered_ -= old_size;
  }

  [[nodiscard]] Framing fresh_framing() const {
    return Framing({options_.max_header_bytes, options_.max_body_bytes, upload_path, options_.max_upload_bytes,
                    options_.bulk_from});
  }

  ServerOptions options_;
  Answerer answerer_;
  Refuser refuser_;
  Descriptor listener_;
  Descriptor poller_;
  Descriptor wake_;
  std::unique_ptr<WorkerPool> workers_;
  std::thread thread_;
  std::mutex stop_mutex_;
  std::atomic<bool> stopping_ = false;

  // Of the front's thread alone:
  std::unordered_map<ConnectionId, Connection> connections_;
  ConnectionId last_id_ = wake_id;
  std::size_t buffered_ = 0;
  std::optional<Clock::time_point> stop_deadline_;

  std::mutex finished_mutex_;
  std::vector<std::pair<ConnectionId, bool>> finished_;
};

void EpollFront::loop() {
  std::array<epoll_event, 256> events{};
  auto next_sweep = Clock::now() + sweep_interval;
  while (true) {
    const int count = epoll_wait(poller_.get(), events.data(), static_cast<int>(events.size()),
                                 static_cast<int>(sweep_interval.count()));
    for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)]);
    take_finished();
    const auto now = Clock::now();
    if (now >= next_sweep) {
      sweep(now);
      next_sweep = now + sweep_interval;
    }
    if (stopping_ && wind_down(now)) return;
  }
}

void EpollFront::handle(const epoll_event& event) {
  const ConnectionId id = event.data.u64;
  if (id == listener_id) return accept_all();
  if (id == wake_id) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto taken = ::read(wake_.get(), &count, sizeof count);
    return;
  }
  const auto at = connections_.find(id);
  if (at == connections_.end()) return;
  Connection& connection = at->second;
  if (connection.state == Connection::State::Working) {
    connection.gone = true;
    watch(EPOLL_CTL_DEL, connection.socket.get(), 0, id);
    connection.client->gone();
  } else {
    receive(connection);
  }
}

void EpollFront::accept_all() {
  constexpr int at_once = 64;
  for (int i = 0; i < at_once; ++i) {
    if (connections_.size() >= options_.max_connections && !make_room()) return;
    Descriptor socket(accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.get() < 0) {
      if ((errno == EMFILE || errno == ENFILE) && make_room()) continue;
      return;
    }
    const int on = 1;
    setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const ConnectionId id = ++last_id_;
    watch(EPOLL_CTL_ADD, socket.get(), EPOLLIN | EPOLLRDHUP, id);
    Connection& connection = connections_.emplace(id, Connection(fresh_framing())).first->second;
    connection.id = id;
    connection.socket = std::move(socket);
    connection.deadline = Clock::now() + options_.idle_timeout;
  }
}

/// Closes the connection that has waited longest, idle ones first. @return false if workers have all of them.
bool EpollFront::make_room() {
  const Connection* oldest = nullptr;
  for (const auto& [id, connection] : connections_) {
    if (connection.state == Connection::State::Working) continue;
    const auto rank = [](const Connection& c) { return std::pair(!c.input.empty(), c.deadline); };
    if (oldest == nullptr || rank(connection) < rank(*oldest)) oldest = &connection;
  }
  if (oldest == nullptr) return false;
  close(oldest->id);
  return true;
}

void EpollFront::receive(Connection& connection) {
  std::array<char, read_size> buffer;  // NOLINT: filled by recv
  const ssize_t count = recv(connection.socket.get(), buffer.data(), buffer.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) return close(connection.id);
  if (connection.state == Connection::State::Draining) return;
  const std::size_t before = connection.input.size();
  if (before == 0) connection.deadline = Clock::now() + options_.request_timeout;
  connection.input.append(buffer.data(), static_cast<std::size_t>(count));
  set_input(connection, before);
  if (buffered_ > options_.max_buffered_bytes) return refuse(connection, 503, "too many requests are arriving at once");
  advance(connection);
}

void EpollFront::advance(Connection& connection) {
  if (connection.input.starts_with("\r\n")) {  // RFC 9112, section 2.2: passed over before a request
    const std::size_t before = connection.input.size();
    connection.input.erase(0, 2);
    set_input(connection, before);
  }
  if (connection.input.empty()) return;
  switch (connection.framing.advance(connection.input)) {
    case Framing::Progress::Complete:
      return dispatch(connection);
    case Framing::Progress::Refused:
      return refuse(connection, connection.framing.status(), connection.framing.reason());
    case Framing::Progress::NeedMore:
      break;
  }
  if (connection.framing.wants_continue() && !connection.continued) {
    connection.continued = true;
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    [[maybe_unused]] const auto sent = send(connection.socket.get(), go_on.data(), go_on.size(), MSG_NOSIGNAL);
  }
}

BodyFraming EpollFront::body_framing(const Connection& connection) const {
  const Framing& framing = connection.framing;
  BodyFraming out;
  out.socket = connection.socket.get();
  out.arrived = framing.is_streamed() ? connection.input.substr(framing.size()) : framing.body(connection.input);
  if (!framing.is_chunked()) out.content_length = framing.content_length();
  out.wants_continue = framing.wants_continue() && !connection.continued;
  out.max_bytes = options_.max_upload_bytes;
  out.timeout = options_.request_timeout;
  return out;
}

void EpollFront::dispatch(Connection& connection) {
  auto raw = std::make_shared<RawRequest>();
  raw->socket = connection.socket.get();
  if (connection.framing.is_upload()) {
    raw->is_streamed = connection.framing.is_streamed();
    raw->upload = std::make_unique<BodySource>(body_framing(connection));
  } else {
    raw->body = connection.framing.body(connection.input);
  }
  raw->peer = peer_of(connection.socket.get());
  raw->client = std::make_shared<ClientWatch>();
  const std::size_t before = connection.input.size();
  const std::size_t size = raw->is_streamed ? before : connection.framing.size();
  if (before == size) {
    raw->head_and_body = std::exchange(connection.input, {});
  } else {
    raw->head_and_body = connection.input.substr(0, size);
    connection.input.erase(0, size);
  }
  set_input(connection, before);
  connection.state = Connection::State::Working;
  connection.client = raw->client;
  connection.framing = fresh_framing();
  connection.continued = false;
  watch(EPOLL_CTL_MOD, connection.socket.get(), EPOLLRDHUP, connection.id);
  workers_->add([this, raw = std::move(raw), id = connection.id](std::size_t worker) {
    const bool keep = answerer_(*raw, worker);
    {
      const std::lock_guard lock(finished_mutex_);
      finished_.emplace_back(id, keep);
    }
    wake();
  });
}

void EpollFront::take_finished() {
  std::vector<std::pair<ConnectionId, bool>> finished;
  {
    const std::lock_guard lock(finished_mutex_);
    finished.swap(finished_);
  }
  for (const auto& [id, keep] : finished) finish(id, keep);
}

void EpollFront::finish(ConnectionId id, bool keep) {
  Connection& connection = connections_.at(id);
  connection.client.reset();
  if (connection.gone) return close(id);
  if (!keep || stopping_) return drain(connection);
  connection.state = Connection::State::Reading;
  connection.deadline = Clock::now() + (connection.input.empty() ? options_.idle_timeout : options_.request_timeout);
  watch(EPOLL_CTL_MOD, connection.socket.get(), EPOLLIN | EPOLLRDHUP, id);
  advance(connection);
}

void EpollFront::refuse(Connection& connection, int status, std::string_view reason) {
  const std::string answer = refuser_(status, reason, connection.input);
  [[maybe_unused]] const auto sent = send(connection.socket.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
  drain(connection);
}

/// Says that nothing more comes and waits for the client to hang up first: closing with unread input would make the
/// kernel throw away what the client has not read yet.
void EpollFront::drain(Connection& connection) {
  const std::size_t before = connection.input.size();
  connection.input = {};
  set_input(connection, before);
  shutdown(connection.socket.get(), SHUT_WR);
  connection.state = Connection::State::Draining;
  connection.deadline = Clock::now() + drain_timeout;
  watch(EPOLL_CTL_MOD, connection.socket.get(), EPOLLIN | EPOLLRDHUP, connection.id);
}

void EpollFront::close(ConnectionId id) {
  const auto at = connections_.find(id);
  buffered_ -= at->second.input.size();
  connections_.erase(at);
}

void EpollFront::sweep(Clock::time_point now) {
  std::vector<ConnectionId> late;
  for (const auto& [id, connection] : connections_) {
    if (connection.state != Connection::State::Working && connection.deadline <= now) late.push_back(id);
  }
  for (const ConnectionId id : late) {
    Connection& connection = connections_.at(id);
    if (connection.state == Connection::State::Reading && !connection.input.empty()) {
      refuse(connection, 408, "the request took too long to arrive");
    } else {
      close(id);
    }
  }
}

/// @return  whether all connections are closed. Past the deadline, answers under way are cut off.
bool EpollFront::wind_down(Clock::time_point now) {
  if (!stop_deadline_) {
    stop_deadline_ = now + options_.stop_timeout;
    watch(EPOLL_CTL_DEL, listener_.get(), 0, listener_id);
    listener_.close();
  }
  std::erase_if(connections_, [](const auto& entry) { return entry.second.state == Connection::State::Reading; });
  if (now >= *stop_deadline_) {
    std::erase_if(connections_, [](const auto& entry) { return entry.second.state == Connection::State::Draining; });
    for (auto& [id, connection] : connections_) {
      connection.client->gone();
      shutdown(connection.socket.get(), SHUT_RDWR);
    }
  }
  return connections_.empty();
}

}  // namespace

std::unique_ptr<Front> Front::make(Descriptor listener, const ServerOptions& options, Answerer answerer,
                                   Refuser refuser) {
  return std::make_unique<EpollFront>(std::move(listener), options, std::move(answerer), std::move(refuser));
}

}  // namespace scenograph::server
