#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "publish/json.hpp"
#include "publish/language.hpp"
#include "publish/pages.hpp"
#include "server/internal/exchange.hpp"
#include "server/internal/services.hpp"

namespace scenograph::server {

/// One snapshot and what of it anybody may read, for the length of a request.
struct Reading {
  /// Whether the scores of quality are among what is read.
  enum class Scores { No, Yes };

  explicit Reading(const Services& services, Scores scores = Scores::No)
      : snapshot(services.store.snapshot()),
        readable(scores == Scores::Yes ? services.readable(*snapshot) : services.shown(*snapshot)),
        source{*snapshot, readable},
        edition(services.edition) {}
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  store::Snapshot snapshot;
  store::GraphSet readable;
  publish::Source source;
  std::string_view edition;  ///< of the services
};

[[nodiscard]] publish::Language language_of(const Request& request);

[[nodiscard]] Response html(std::string page, publish::Language language, bool framed = false);

/// The page that says that no source speaks of the entity asked for.
[[nodiscard]] Response no_such_entity(const Services& services, const Request& request);

/// The error as a page for browsers, in the reader's language; else as text or JSON.
[[nodiscard]] Response answer_error(const Services& services, const Request& request, int status,
                                    const base::Error& error);

/// What to answer a write without the server's token with; nullopt if it has it.
[[nodiscard]] std::optional<Response> refuse_write(const Services& services, const Request& request);

/// What to answer somebody who may not see or stop what others ask with; nullopt if the request has the server's token.
[[nodiscard]] std::optional<Response> refuse_operation(const Services& services, const Request& request);

/// `{"commit":12,"inserted":3,"removed":1}`, the JSON object left open for more.
void write_commit(publish::JsonWriter& json, const store::CommitResult& result);

/// 303 See Other. `location` may be relative to the server's root.
[[nodiscard]] Response see_other(std::string location);

/// What `make` returns, with an ETag of the commit, the edition, the day and `variant`; or 304 without calling it, if
/// the client has that already. The tag is weak where the answer may be compressed on its way, else strong.
[[nodiscard]] Response with_etag(const Request& request, const Reading& reading, std::string_view variant,
                                 const std::function<Response()>& make);

}  // namespace scenograph::server
