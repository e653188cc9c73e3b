#include "sparql/exec/operators/service.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "base/error.hpp"

namespace scenograph::sparql {

using store::TermId;

namespace {

using base::Code;
using base::Error;

class Service final : public Operator {
 public:
  Service(Context& context, ServiceCall call) : context_(context), call_(std::move(call)), charge_(*context.budget) {}

  bool next(Batch& batch) override {
    context_.budget->check();
    if (call_.pattern->silent) return next_held(batch);
    return next_row_by_row(batch);
  }

 private:
  bool next_row_by_row(Batch& batch) {
    batch.reset(call_.columns.size());
    try {
      if (!solutions_) ask();
      while (!batch.is_full() && solutions_->next(row_)) append_row(batch);
    } catch (const Error& error) {
      if (is_of_the_query(error)) throw;
      const Code code = error.code() == Code::BadData ? Code::Remote : error.code();  // not the data of who asks
      throw Error(code, fmt::format("SERVICE: {}", error.message()), error.where());
    }
    return batch.size > 0;
  }

  bool next_held(Batch& batch) {
    if (!is_held_) hold();
    batch.reset(call_.columns.size());
    if (held_.empty()) return false;
    batch = std::move(held_.front());
    held_.pop_front();
    return true;
  }

  /// Reads all solutions, or takes what stands for them.
  void hold() {
    is_held_ = true;
    try {
      for (Batch batch; next_row_by_row(batch); batch = Batch()) {
        charge_.add(batch.size * call_.columns.size() * sizeof(TermId));
        held_.push_back(std::move(batch));
      }
    } catch (const Error& error) {
      if (is_of_the_query(error)) throw;
      held_.assign(1, Batch());
      held_.front().reset(call_.columns.size());
      for (const auto& row : call_.rows) append_known(row, held_.front());
      if (call_.rows.empty()) append_known({}, held_.front());
    }
  }

  /// Whether the query as a whole may not go on.
  bool is_of_the_query(const Error& error) const {
    context_.budget->check();
    return error.code() == Code::OutOfMemory || error.code() == Code::Cancelled;
  }

  void append_known(const std::vector<TermId>& row, Batch& batch) {
    for (std::size_t i = 0; i < call_.columns.size(); ++i) {
      const auto at = std::find(call_.known.begin(), call_.known.end(), call_.columns[i]);
      const auto place = static_cast<std::size_t>(at - call_.known.begin());
      batch.columns[i].push_back(place < row.size() ? row[place] : TermId{});
    }
    ++batch.size;
  }

  void ask() {
    if (!context_.services) throw Error(Code::Denied, "no endpoint may be asked");
    const rdf::Term endpoint = call_.endpoint.is_undefined() ? rdf::Term{} : context_.terms.term(call_.endpoint);
    if (!endpoint.is_iri()) {
      throw Error(Code::BadArgument, "the endpoint is no IRI; bind its variable to one before");
    }
    solutions_ = context_.services->select(endpoint.value, query_text(), context_.budget);
  }

  std::string query_text() const {
    std::string out = call_.pattern->prologue + "SELECT";
    for (const std::string& name : call_.columns) out += " ?" + name;
    if (call_.columns.empty()) out += " *";
    out += " WHERE {\n";
    if (!call_.known.empty()) append_values(out);
    return out + call_.pattern->text + "\n}";
  }

  void append_values(std::string& out) const {
    out += "VALUES (";
    for (const std::string& name : call_.known) out += " ?" + name;
    out += " ) {\n";
    for (const auto& row : call_.rows) {
      out += '(';
      for (const TermId id : row) {
        out += ' ';
        rdf::append_ntriples(out, context_.terms.term(id));
      }
      out += " )\n";
    }
    out += "}\n";
  }

  void append_row(Batch& batch) {
    const auto& names = solutions_->variables();
    for (; numbered_ < names.size(); ++numbered_) {
      const auto at = std::find(call_.columns.begin(), call_.columns.end(), names[numbered_]);
      places_.push_back(at == call_.columns.end() ? -1 : at - call_.columns.begin());
    }
    for (auto& column : batch.columns) column.emplace_back();
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (!row_[i] || places_[i] < 0) continue;
      batch.columns[static_cast<std::size_t>(places_[i])].back() = id_of(*row_[i]);
    }
    ++batch.size;
  }

  TermId id_of(const rdf::Term& term) {
    if (!term.is_blank()) return context_.terms.intern(term);
    TermId& id = blanks_[term.value];
    if (id.is_undefined()) {
      id = context_.terms.fresh_blank();
      charge_.add(2 * sizeof(std::string) + term.value.size());
    }
    return id;
  }

  Context& context_;
  ServiceCall call_;
  base::Charge charge_;
  std::unique_ptr<RemoteSolutions> solutions_;
  SolutionRow row_;
  std::size_t numbered_ = 0;            ///< variables of the answer that have a place
  std::vector<std::ptrdiff_t> places_;  ///< their columns; -1: none
  std::unordered_map<std::string, TermId> blanks_;
  std::deque<Batch> held_;
  bool is_held_ = false;
};

}  // namespace

OperatorPtr make_service(Context& context, ServiceCall call) {
  return std::make_unique<Service>(context, std::move(call));
}

}  // namespace scenograph::sparql
