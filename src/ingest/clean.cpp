#include "ingest/clean.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "mapping/functions/date_text.hpp"
#include "rdf/date_time.hpp"
#include "rdf/decimal.hpp"
#include "rdf/iri.hpp"
#include "rdf/vocab.hpp"

namespace scenograph::ingest {

namespace {

using rdf::Quad;
using rdf::Term;

constexpr std::string_view https_schema = "https://schema.org/";

std::string schema_iri(std::string_view name) { return std::string(rdf::schema::ns) + std::string(name); }

/// The local name of a schema.org term, or "".
std::string_view schema_name(const Term& term) {
  const std::string_view iri = term.value;
  return term.is_iri() && iri.starts_with(rdf::schema::ns) ? iri.substr(rdf::schema::ns.size()) : std::string_view();
}

template <std::size_t count>
bool one_of(std::string_view name, const std::array<std::string_view, count>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 12> date_properties = {
    "startDate",     "endDate",     "doorTime",     "previousStartDate",  "validFrom",        "validThrough",
    "datePublished", "dateCreated", "dateModified", "availabilityStarts", "availabilityEnds", "birthDate"};

constexpr std::array<std::string_view, 3> enumerated_properties = {"eventStatus", "eventAttendanceMode",
                                                                   "availability"};

constexpr std::array<std::string_view, 21> enumerated_values = {"EventScheduled",
                                                                "EventCancelled",
                                                                "EventPostponed",
                                                                "EventRescheduled",
                                                                "EventMovedOnline",
                                                                "OfflineEventAttendanceMode",
                                                                "OnlineEventAttendanceMode",
                                                                "MixedEventAttendanceMode",
                                                                "InStock",
                                                                "SoldOut",
                                                                "OutOfStock",
                                                                "PreOrder",
                                                                "PreSale",
                                                                "LimitedAvailability",
                                                                "Discontinued",
                                                                "InStoreOnly",
                                                                "OnlineOnly",
                                                                "BackOrder",
                                                                "MadeToOrder",
                                                                "Reserved",
                                                                "SoldOutForNow"};

// Those whose value is an address wherever it looks like one; contexts of pages often leave it a text.
constexpr std::array<std::string_view, 5> link_properties = {"additionalType", "image", "logo", "sameAs", "url"};

constexpr std::array<std::string_view, 3> price_properties = {"price", "lowPrice", "highPrice"};

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "20:30", "20:30-0500" and the like as "20:30:00", "20:30:00-05:00".
std::string clock_form(std::string_view text) {
  const std::size_t zone = std::min(text.find_first_of("Zz+-"), text.size());
  std::string clock(text.substr(0, zone));
  std::string offset(text.substr(zone));
  if (clock.size() == 5) clock += ":00";
  if (offset == "z") offset = "Z";
  if (offset.size() == 5 && offset.find(':') == std::string::npos) offset.insert(3, ":");
  if (offset.size() == 3) offset += ":00";
  return clock + offset;
}

/// "2025-12-12 20:30", "2025-12-12T20:30-0500" and the like as an xsd literal.
std::optional<Term> date_literal(std::string_view text) {
  std::string form(trimmed(text));
  if (rdf::parse_date(form)) return Term::literal(form, rdf::xsd::date);
  if (form.size() < 16) return std::nullopt;
  if (form[10] == ' ') form[10] = 'T';
  form = form.substr(0, 11) + clock_form(std::string_view(form).substr(11));
  if (!rdf::parse_date_time(form)) return std::nullopt;
  return Term::literal(form, rdf::xsd::dateTime);
}

/// "19:30", "19h30", "7:30 pm" and the like as an xsd literal; nothing that says more than a time of day.
std::optional<Term> time_literal(std::string_view text) {
  const std::string form(trimmed(text));
  if (const std::string standard = clock_form(form); rdf::parse_time(standard)) {
    return Term::literal(standard, rdf::xsd::time);
  }
  constexpr std::string_view of_times = "0123456789:.hHaApPmM \u00A0\u202F";
  const auto marks =
      std::count_if(form.begin(), form.end(), [](char c) { return c == 'h' || c == 'H' || c == 'm' || c == 'M'; });
  if (form.find_first_not_of(of_times) != std::string::npos || marks > 1) return std::nullopt;
  const auto said = mapping::functions::read_date_text(form);
  if (said.day || !said.clock) return std::nullopt;
  return Term::literal(mapping::functions::format(*said.clock), rdf::xsd::time);
}

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : trimmed(text)) {
    if (c == ' ' || c == '_' || c == '-') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

/// "cancelled", "EventCancelled", "schema:EventCancelled", "in stock": the schema.org IRI meant.
std::optional<Term> enumerated_term(std::string_view property, std::string_view text) {
  if (const std::size_t cut = text.find_last_of("/#:"); cut != std::string_view::npos) text.remove_prefix(cut + 1);
  const std::string wanted = folded(text);
  for (const std::string_view value : enumerated_values) {
    const std::string known = folded(value);
    const bool short_status = property == "eventStatus" && known == "event" + wanted;
    const bool short_mode = property == "eventAttendanceMode" && known == wanted + "eventattendancemode";
    if (known == wanted || short_status || short_mode) return Term::iri(schema_iri(value));
  }
  return std::nullopt;
}

/// The amounts in a text such as "20€, 16€, 12,50 €", ascending.
std::vector<rdf::Decimal> amounts(std::string_view text) {
  std::vector<rdf::Decimal> found;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    std::string number;
    while (i < text.size() && (is_digit(text[i]) || ((text[i] == '.' || text[i] == ',') && i + 1 < text.size() &&
                                                     is_digit(text[i + 1]) && number.find('.') == std::string::npos))) {
      number += text[i] == ',' ? '.' : text[i];
      ++i;
    }
    if (const auto amount = rdf::Decimal::parse(number)) found.push_back(*amount);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

class Cleaner {
 public:
  Cleaner(QuadTable& quads, const std::string& source, const base::DiagnosticSink& diagnostics, std::string_view base)
      : quads_(quads), source_(source), diagnostics_(diagnostics), folder_(base.substr(0, base.rfind('/') + 1)) {}

  void run() {
    std::vector<Row> rows = quads_.rows();
    normalise(rows);
    find_persons(rows);
    out_.reserve(rows.size());
    for (const Row& row : rows) {
      if (is_plain(row)) {
        out_.push_back(row);
      } else {
        mend(quads_.quad(row));
      }
    }
    quads_.set_rows(std::move(out_));
  }

 private:
  using Row = QuadTable::Row;
  using TermNumber = QuadTable::TermNumber;

  /// What is known of a term: whether a row that has it as its predicate, or as its object, may need mending.
  enum class Look : std::uint8_t { Unknown, Plain, Special };

  void normalise(std::vector<Row>& rows) {
    std::vector<TermNumber> now(quads_.term_count());
    for (TermNumber i = 0; i < now.size(); ++i) {
      Term term = quads_.term(i);
      if (term.is_iri()) clean_iri(term.value);
      clean_iri(term.datatype);
      now[i] = term == quads_.term(i) ? i : quads_.number(term);
    }
    for (Row& row : rows) {
      for (TermNumber* number : {&row.subject, &row.predicate, &row.object}) *number = now[*number];
    }
  }

  void find_persons(const std::vector<Row>& rows) {
    const auto type = quads_.find(Term::iri(rdf::rdf::type));
    const auto person = quads_.find(Term::iri(schema_iri("Person")));
    if (!type || !person) return;
    for (const Row& row : rows) {
      if (row.predicate == *type && row.object == *person) persons_.insert(quads_.term(row.subject).value);
    }
  }

  /// Whether `mend` would leave the row as it is; false if that is to be looked at.
  bool is_plain(const Row& row) {
    const auto look_at = [&](std::vector<Look>& looks, TermNumber number, auto is_special) {
      if (number >= looks.size()) looks.resize(std::max<std::size_t>(quads_.term_count(), number + 1), Look::Unknown);
      if (looks[number] == Look::Unknown) {
        looks[number] = is_special(quads_.term(number)) ? Look::Special : Look::Plain;
      }
      return looks[number] == Look::Plain;
    };
    return look_at(predicates_, row.predicate, is_special_predicate) &&
           look_at(objects_, row.object, is_special_object);
  }

  static bool is_special_predicate(const Term& term) {
    const std::string_view property = schema_name(term);
    return one_of(property, link_properties) || one_of(property, enumerated_properties) ||
           one_of(property, date_properties) || one_of(property, price_properties) || property == "email" ||
           property == "telephone";
  }

  static bool is_special_object(const Term& term) {
    return term.is_iri() && (schema_name(term) == "LocalBusiness" || term.value.find("&amp;") != std::string::npos ||
                             term.value.find("www.wikidata.org/") != std::string::npos);
  }

  void mend(Quad quad) {
    const std::string_view property = schema_name(quad.predicate);
    if (quad.object.is_literal() && one_of(property, link_properties)) mend_link(quad, property);
    if (quad.object.is_iri()) mend_iri(quad, property);
    if (one_of(property, enumerated_properties)) mend_enumerated(quad, property);
    if (quad.object.is_literal() && one_of(property, date_properties)) mend_date(quad, property);
    if (quad.object.is_literal() && one_of(property, price_properties) && mend_price(quad, property)) return;
    if ((property == "email" || property == "telephone") && persons_.contains(quad.subject.value)) {
      return report(property, quad.object.value, "",
                    {"personal contact data is not published; it was left out",
                     "les coordonnées personnelles ne sont pas publiées ; elles ont été laissées de côté"});
    }
    if (quad.predicate.value == rdf::rdf::type && schema_name(quad.object) == "LocalBusiness") {
      Quad place = quad;
      place.object = Term::iri(schema_iri("Place"));
      out_.push_back(quads_.row(place));
    }
    out_.push_back(quads_.row(quad));
  }

  void mend_link(Quad& quad, std::string_view property) {
    const std::string iri(trimmed(quad.object.value));
    if (!iri.starts_with("http://") && !iri.starts_with("https://")) return;
    if (rdf::why_not_iri(iri)) return;
    quad.object = Term::iri(iri);
    report(property, iri, "<" + iri + ">",
           {"the text is an address; it was made a link", "ce texte est une adresse ; il est devenu un lien"});
  }

  void mend_iri(Quad& quad, std::string_view property) {
    std::string& iri = quad.object.value;
    const std::string before = iri;
    for (std::size_t at = iri.find("&amp;"); at != std::string::npos; at = iri.find("&amp;", at + 1))
      iri.erase(at + 1, 4);
    for (const std::string_view page :
         {"https://www.wikidata.org/wiki/Q", "http://www.wikidata.org/wiki/Q", "https://www.wikidata.org/entity/Q"}) {
      if (iri.starts_with(page)) iri = "http://www.wikidata.org/entity/Q" + iri.substr(page.size());
    }
    if (iri != before) report(property, before, iri, {"the address was put right", "l’adresse a été corrigée"});
  }

  void mend_enumerated(Quad& quad, std::string_view property) {
    if (quad.object.is_blank() || one_of(schema_name(quad.object), enumerated_values)) return;
    const std::string before(as_written(quad.object));
    if (const auto term = enumerated_term(property, before)) {
      quad.object = *term;
      return report(property, before, term->value,
                    {"schema.org has an address for this value; it was used",
                     "schema.org a une adresse pour cette valeur ; elle a été employée"});
    }
    report(property, before, quad.object.value,
           {"schema.org does not know this value", "schema.org ne connaît pas cette valeur"});
  }

  /// A word that was taken for a relative IRI, without what it was resolved against.
  [[nodiscard]] std::string_view as_written(const Term& term) const {
    std::string_view text = term.value;
    if (term.is_iri() && !folder_.empty() && text.starts_with(folder_)) text.remove_prefix(folder_.size());
    return text;
  }

  void mend_date(Quad& quad, std::string_view property) {
    const std::string& datatype = quad.object.datatype;
    if (datatype == rdf::xsd::date || datatype == rdf::xsd::dateTime || datatype == rdf::xsd::gYear) return;
    const std::string before = quad.object.value;
    if (property == "doorTime") {
      if (const auto time = time_literal(before)) {
        quad.object = *time;
        return;
      }
    }
    const auto term = date_literal(before);
    if (!term) {
      quad.object = Term::literal(before);
      return report(property, before, before,
                    {"this is not a date such as 2025-12-12 or 2025-12-12T20:30",
                     "ce n’est pas une date comme 2025-12-12 ou 2025-12-12T20:30"});
    }
    quad.object = *term;
    if (term->value != before)
      report(property, before, term->value,
             {"the date was written the standard way", "la date a été écrite sous la forme normalisée"});
  }

  /// @return  whether the quad was replaced by others.
  bool mend_price(Quad& quad, std::string_view property) {
    const std::string before = quad.object.value;
    if (rdf::Decimal::parse(before)) return false;
    if (quad.object.datatype == rdf::xsd::double_ || quad.object.datatype == rdf::xsd::float_) return false;
    const std::vector<rdf::Decimal> found = amounts(before);
    if (found.empty()) {
      const std::string word = folded(before);
      if (word != "gratuit" && word != "free" && word != "entréelibre") {
        report(property, before, before, {"no amount was found in this price", "ce prix n’a pas de montant"});
        return false;
      }
      quad.object = Term::literal("0", rdf::xsd::decimal);
    } else if (found.size() == 1) {
      quad.object = Term::literal(found.front().to_string(), rdf::xsd::decimal);
    } else {
      add_amount(quad, "lowPrice", found.front());
      add_amount(quad, "highPrice", found.back());
      report(property, before, found.front().to_string() + " – " + found.back().to_string(),
             {"several prices in one text became the lowest and the highest",
              "plusieurs prix dans un même texte sont devenus le plus bas et le plus haut"});
      return true;
    }
    report(property, before, quad.object.value,
           {"the price was written as a number", "le prix a été écrit comme un nombre"});
    return false;
  }

  void add_amount(const Quad& quad, std::string_view property, const rdf::Decimal& amount) {
    Quad copy = quad;
    copy.predicate = Term::iri(schema_iri(property));
    copy.object = Term::literal(amount.to_string(), rdf::xsd::decimal);
    out_.push_back(quads_.row(copy));
  }

  void report(std::string_view property, std::string_view found, std::string_view made, base::PhraseView message) {
    if (!diagnostics_) return;
    base::Diagnostic diagnostic;
    diagnostic.where.source = source_;
    diagnostic.field = property;
    diagnostic.found = base::cut_utf8(found, 200);
    diagnostic.made = base::cut_utf8(made, 200);
    diagnostic.message = message;
    diagnostics_(diagnostic);
  }

  QuadTable& quads_;
  const std::string& source_;
  const base::DiagnosticSink& diagnostics_;
  std::string_view folder_;  // of the document
  std::unordered_set<std::string> persons_;
  std::vector<Look> predicates_;
  std::vector<Look> objects_;
  std::vector<Row> out_;
};

}  // namespace

void clean_iri(std::string& iri) {
  if (iri.starts_with(https_schema)) iri.erase(4, 1);
}

void clean(QuadTable& quads, const std::string& source, const base::DiagnosticSink& diagnostics,
           std::string_view base) {
  Cleaner(quads, source, diagnostics, base).run();
}

}  // namespace scenograph::ingest
