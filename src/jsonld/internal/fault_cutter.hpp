#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jsonld/internal/repair_log.hpp"
#include "jsonld/json.hpp"

namespace scenograph::jsonld {

/// Does work that refuses faulty values: what is faulty is left out, the smallest parts that will do, and told.
class FaultCutter {
 public:
  using Work = std::function<void(const Value&)>;

  /// Both must outlive this. @param path  where the value stands that is worked with
  FaultCutter(RepairLog& log, Path& path) : log_(log), path_(path) {}

  /// Does the work for a value, or else for what of it can be worked with. Takes as long as the work does; with faults,
  /// a small multiple of that, after which the rest is left out.
  /// @param field  the key of the value, for messages; may be empty
  /// @param work   may be done for many parts of the value, last for that which remains
  /// @return       false if nothing can be worked with
  [[nodiscard]] bool work(Value value, std::string_view field, const Work& work);

  /// Does something once. @return false if it throws BadData or Denied: `why` tells
  [[nodiscard]] bool attempt(const std::function<void()>& work);

  /// The fault last met.
  [[nodiscard]] const std::string& why() const { return why_; }

 private:
  using Check = std::function<bool(Value)>;  // takes a copy, which goes up through all that is around

  /// A part that was left out.
  struct Fault {
    std::vector<std::pair<std::optional<std::string>, std::size_t>> path;  // keys, or indexes
    std::string field;
    std::string found;
    std::string why;
  };

  void leave_out(std::string_view field, std::string found, std::size_t first);
  [[nodiscard]] bool shrink(Value& value, const Check& sound);
  [[nodiscard]] bool shrink_array(Value::Array& array, const Check& sound);
  [[nodiscard]] bool shrink_object(Value::Object& object, const Check& sound);

  RepairLog& log_;
  Path& path_;
  std::string why_;
  std::vector<Fault> faults_;
  std::size_t budget_ = 0;  // of values that may yet be tried
};

}  // namespace scenograph::jsonld
