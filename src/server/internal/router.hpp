#pragma once

#include <string>
#include <vector>

#include "server/internal/exchange.hpp"

namespace scenograph::server {

/// Finds the handler of a request by path and method. HEAD is answered as GET; OPTIONS by what the route allows.
class Router {
 public:
  enum class Match { Exact, Prefix };
  enum class Cors { No, Yes };  ///< whether scripts of other sites may read the answers

  /// Routes are tried in the order they were added.
  void add(std::string path, Match match, std::vector<std::string> methods, Cors cors, Handler handler);

  /// @throws what handlers throw; Error(Code::NotFound) if no route has the path.
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

  std::vector<Route> routes_;
};

}  // namespace scenograph::server
