#include "markup/internal/rdfa_attributes.hpp"

#include <array>

namespace scenograph::markup {

namespace {

struct Member {
  std::string_view name;
  RdfaAttributes::Value RdfaAttributes::*value;
};

constexpr std::array<Member, 15> members = {{
    {"about", &RdfaAttributes::about},
    {"content", &RdfaAttributes::content},
    {"datatype", &RdfaAttributes::datatype},
    {"datetime", &RdfaAttributes::datetime},
    {"href", &RdfaAttributes::href},
    {"lang", &RdfaAttributes::lang},
    {"name", &RdfaAttributes::name},
    {"prefix", &RdfaAttributes::prefix},
    {"property", &RdfaAttributes::property},
    {"rel", &RdfaAttributes::rel},
    {"resource", &RdfaAttributes::resource},
    {"rev", &RdfaAttributes::rev},
    {"src", &RdfaAttributes::src},
    {"typeof", &RdfaAttributes::type_of},
    {"vocab", &RdfaAttributes::vocab},
}};

}  // namespace

RdfaAttributes::RdfaAttributes(const GumboElement& element) {
  Value xml_lang;
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
    const std::string_view key = attribute.name;
    for (const Member& member : members) {
      if (member.name == key) this->*member.value = attribute.value;
    }
    if (key == "inlist") inlist = true;
    if (key == "xml:lang") xml_lang = attribute.value;
    if (key.starts_with("xmlns:")) xmlns.emplace_back(key.substr(6), attribute.value);
  }
  if (!lang) lang = xml_lang;
}

}  // namespace scenograph::markup
