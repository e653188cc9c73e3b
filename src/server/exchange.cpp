#include "server/internal/exchange.hpp"

namespace scenograph::server {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode_form(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[at + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out += text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

}  // namespace

void ClientWatch::cancel_when_gone(std::shared_ptr<base::Budget> budget) {
  const std::lock_guard lock(mutex_);
  if (gone_) budget->cancel();
  budget_ = std::move(budget);
}

void ClientWatch::gone() noexcept {
  const std::lock_guard lock(mutex_);
  gone_ = true;
  if (budget_) budget_->cancel();
}

std::string_view Request::header(std::string_view name) const {
  const auto at = headers.find(name);
  return at == headers.end() ? std::string_view() : std::string_view(at->second);
}

std::string_view Request::parameter(std::string_view name) const { return value_of(parameters, name); }

Parameters parse_form(std::string_view text) {
  Parameters out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    out.emplace(decode_form(pair.substr(0, equals)), decode_form(pair.substr(std::min(equals + 1, pair.size()))));
  }
  return out;
}

std::string_view value_of(const Parameters& parameters, std::string_view name) {
  const auto at = parameters.find(name);
  return at == parameters.end() ? std::string_view() : std::string_view(at->second);
}

}  // namespace scenograph::server
