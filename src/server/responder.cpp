#include "server/internal/responder.hpp"

#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "base/error.hpp"
#include "base/log.hpp"
#include "server/internal/content_coding.hpp"
#include "server/internal/errors.hpp"
#include "server/internal/refusal.hpp"
#include "syntax/compression.hpp"

namespace scenograph::server {

namespace {

constexpr std::size_t piece_size = std::size_t{16} << 10U;

/// Reads the bytes of one request that are all there, and writes to a non-blocking socket.
class RequestStream final : public httplib::Stream {
 public:
  RequestStream(const RawRequest& raw, std::chrono::milliseconds write_timeout)
      : raw_(raw), write_timeout_(write_timeout) {}

  bool is_readable() const override { return at_ < raw_.head_and_body.size(); }
  bool is_writable() const override { return !failed_; }

  ssize_t read(char* out, std::size_t size) override {
    const std::size_t count = std::min(size, raw_.head_and_body.size() - at_);
    std::copy_n(raw_.head_and_body.data() + at_, count, out);
    at_ += count;
    return static_cast<ssize_t>(count);
  }

  ssize_t write(const char* data, std::size_t size) override {
    std::size_t done = 0;
    while (done < size && !failed_) {
      const ssize_t sent = send(raw_.socket, data + done, size - done, MSG_NOSIGNAL);
      if (sent > 0) {
        done += static_cast<std::size_t>(sent);
      } else if (errno != EINTR && (errno != EAGAIN || !wait_for_room())) {
        failed_ = true;
      }
    }
    return failed_ ? -1 : static_cast<ssize_t>(size);
  }

  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip = raw_.peer;
    port = 0;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    ip.clear();
    port = 0;
  }

  /// Not the socket's number: the library refuses numbers above what select() takes, which is not used here.
  socket_t socket() const override { return 0; }

 private:
  bool wait_for_room() const {
    pollfd entry{raw_.socket, POLLOUT, 0};
    int ready = 0;
    do {
      ready = poll(&entry, 1, static_cast<int>(write_timeout_.count()));
    } while (ready < 0 && errno == EINTR);
    return ready > 0 && (entry.revents & (POLLERR | POLLHUP)) == 0;
  }

  const RawRequest& raw_;
  std::chrono::milliseconds write_timeout_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

/// Pieces joined to a size worth sending.
class PieceWriter {
 public:
  explicit PieceWriter(httplib::DataSink& sink) : sink_(sink) {}

  void write(std::string_view bytes) {
    if (pending_.empty() && bytes.size() >= piece_size) return send(bytes);
    pending_ += bytes;
    if (pending_.size() >= piece_size) flush();
  }

  void flush() {
    if (!pending_.empty()) send(pending_);
    pending_.clear();
  }

 private:
  void send(std::string_view bytes) {
    if (!sink_.write(bytes.data(), bytes.size())) {
      throw base::Error(base::Code::Cancelled, "the client hung up");
    }
  }

  httplib::DataSink& sink_;
  std::string pending_;
};

class HttplibResponder final : public Responder, private httplib::Server {
 public:
  HttplibResponder(scenograph::server::Handler handler, Responder::ErrorHandler on_error,
                   const Responder::Options& options)
      : handler_(std::move(handler)), on_error_(std::move(on_error)), options_(options) {
    svr_sock_ = 0;  // anything but "no socket", which would mean shutting down
    set_keep_alive_timeout(std::chrono::duration_cast<std::chrono::seconds>(options.idle_timeout).count());
    set_keep_alive_max_count(1'000'000);
    set_pre_routing_handler([this](const httplib::Request& in, httplib::Response& out) {
      respond(in, out);
      return HandlerResponse::Handled;
    });
    set_error_handler(httplib::Server::Handler([this](const httplib::Request& in, httplib::Response& out) {
      if (!out.body.empty() || out.has_header("Content-Type") || in.method == "HEAD" || out.status < 400) return;
      const int status = out.status;
      write_response(on_error_(request_of_head(raw_->head_and_body), status, unread(status)), out);
    }));
  }

  bool answer(const RawRequest& raw) override {
    raw_ = &raw;
    accept_encoding_.clear();
    RequestStream stream(raw, options_.write_timeout);
    bool closes = false;
    const bool done = process_request(stream, raw.is_streamed, closes, [this](httplib::Request& request) {
      accept_encoding_ = request.get_header_value("Accept-Encoding");
      request.headers.erase("Accept-Encoding");  // the library would pack by itself, and not all kinds
      request.headers.erase("Expect");           // answered by the front
      request.headers.erase("Range");
      request.ranges.clear();
    });
    raw_ = nullptr;
    return done && !closes && !raw.is_streamed;
  }

 private:
  void respond(const httplib::Request& in, httplib::Response& out) const {
    Response response;
    Request request = read_head(in);
    try {
      if (raw_->upload == nullptr) request.body = decoded_body(request.header("content-encoding"));
      response = handler_(request);
    } catch (const base::Error& error) {
      response = on_error_(request, status_of(error.code()), error);
    } catch (const std::exception& fault) {
      base::log(base::LogLevel::Error, "fault", {{"path", in.path}, {"what", std::string_view(fault.what())}});
      response = on_error_(request, 500, {base::Code::Io, "a fault of the program; its log says more"});
    }
    write_response(pack(std::move(response), accept_encoding_), out);
  }

  /// Why the library gave up on a request.
  static base::Error unread(int status) {
    return status == 414
               ? base::Error(base::Code::TooLarge, "the address is too long; send the query in a POST request")
               : base::Error(base::Code::BadSyntax, "the request could not be read");
  }

  Request read_head(const httplib::Request& in) const {
    Request out;
    out.method = in.method;
    out.path = in.path;
    out.target = in.target;
    out.parameters = Parameters(in.params.begin(), in.params.end());
    for (const auto& [name, value] : in.headers) {
      std::string lower(name);
      std::transform(lower.begin(), lower.end(), lower.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      std::string& joined = out.headers[lower];
      joined += joined.empty() ? value : ", " + value;
    }
    if (!accept_encoding_.empty()) out.headers["accept-encoding"] = accept_encoding_;
    out.peer = raw_->peer;
    out.client = raw_->client;
    out.upload = raw_->upload.get();
    return out;
  }

  std::string decoded_body(std::string_view encoding) const {
    if (encoding.empty() || encoding == "identity") return raw_->body;
    if (encoding != "gzip" && encoding != "zstd") {
      throw base::Error(base::Code::Unsupported,
                        "a body may be sent plain or compressed with gzip or zstd, not otherwise");
    }
    const auto plain = syntax::decompress(base::open_text(raw_->body), "the request");
    return base::read_all(*plain, options_.max_body_bytes, "the request", "--max-body");
  }

  static void write_response(Response&& response, httplib::Response& out) {
    out.status = response.status;
    for (const auto& [name, value] : response.headers) out.headers.emplace(name, value);
    if (response.stream) {
      out.set_chunked_content_provider(response.content_type,
                                       [stream = std::move(response.stream)](std::size_t, httplib::DataSink& sink) {
                                         return send_all(stream, sink);
                                       });
    } else if (!response.content_type.empty()) {
      out.body = std::move(response.body);
      out.headers.emplace("Content-Type", response.content_type);
    }
  }

  static bool send_all(const std::function<void(const base::ByteSink&)>& stream, httplib::DataSink& sink) {
    try {
      PieceWriter writer(sink);
      stream([&](std::string_view bytes) { writer.write(bytes); });
      writer.flush();
      sink.done();
      return true;
    } catch (const std::exception& error) {
      base::log(base::LogLevel::Warning, "answer-cut-off", {{"why", std::string_view(error.what())}});
      return false;
    }
  }

  scenograph::server::Handler handler_;
  Responder::ErrorHandler on_error_;
  Responder::Options options_;
  const RawRequest* raw_ = nullptr;
  std::string accept_encoding_;  // of the request
};

}  // namespace

std::unique_ptr<Responder> Responder::make(Handler handler, ErrorHandler on_error, const Options& options) {
  return std::make_unique<HttplibResponder>(std::move(handler), std::move(on_error), options);
}

}  // namespace scenograph::server
