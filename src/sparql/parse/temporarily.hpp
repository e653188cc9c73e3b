#pragma once

namespace scenograph::sparql::parse {

/// Gives a variable another value for as long as this lives.
template <typename T>
class Temporarily {
 public:
  Temporarily(T& place, T value) : place_(place), saved_(place) { place = value; }
  Temporarily(const Temporarily&) = delete;
  Temporarily& operator=(const Temporarily&) = delete;
  ~Temporarily() { place_ = saved_; }

 private:
  T& place_;
  T saved_;
};

}  // namespace scenograph::sparql::parse
