#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "server/internal/exchange.hpp"

namespace scenograph::server {

/// Finds the handler of a request by path and method. HEAD is answered as GET; OPTIONS by what the route allows.
class Router {
 public:
  enum class Match { Exact, Prefix };
  enum class Cors { No, Yes };  ///< whether scripts of other sites may read the answers

  /// What an Error that ends a request is answered with.
  using ErrorHandler = std::function<Response(const Request&, int status, const base::Error&)>;

  explicit Router(ErrorHandler on_error) : on_error_(std::move(on_error)) {}

  /// Routes are tried in the order they were added.
  void add(std::string path, Match match, std::vector<std::string> methods, Cors cors, Handler handler);

  /// Never throws an Error: those of handlers, and that no route has the path, are answered.
  [[nodiscard]] Response route(const Request& request) const;

 private:
  struct Route {
    std::string path;
    Match match;
    std::vector<std::string> methods;
    Cors cors;
    Handler handler;
  };

  [[nodiscard]] const Route* find(const std::string& path) const;

  ErrorHandler on_error_;
  std::vector<Route> routes_;
};

}  // namespace scenograph::server
