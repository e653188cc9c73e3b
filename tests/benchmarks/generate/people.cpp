#include "phrases.hpp"
#include "world.hpp"

namespace scenograph::benchmarks {

namespace {

std::string digits(Random& random, std::uint32_t count) {
  std::string text;
  for (std::uint32_t i = 0; i < count; ++i) text.push_back(static_cast<char>('0' + random.below(10)));
  return text;
}

std::string wikidata_item(Random& random) { return "Q" + std::to_string(random.between(100'000, 130'000'000)); }

/// A link to Wikidata, written as it should be or, for the faults 1 and 2, as people do.
void link_to_wikidata(World& world, Random& random, std::uint32_t fault) {
  const std::string item = wikidata_item(random);
  if (fault == 1) {
    world.out.iri(Property::SameAs, "https://www.wikidata.org/wiki/", item);
  } else if (fault == 2) {
    world.out.text(Property::SameAs, item);
  } else {
    world.out.iri(Property::SameAs, wikidata_space, item);
  }
}

}  // namespace

std::uint32_t World::fault(Kind kind, std::uint64_t number, std::uint32_t ways) const {
  if (faulty == 0) return 0;
  Random random = about(Topic::Fault, (static_cast<std::uint64_t>(kind) << 56U) ^ number);
  return random.chance(faulty) ? random.between(1, ways) : 0;
}

Entity person_entity(Member person) { return {Kind::Person, person.number()}; }

Entity company_entity(Member company) { return {Kind::Org, company.number() * 2}; }

std::string person_name(const World& world, Member person) {
  Random random = world.about(Topic::Person, person.number());
  std::string name;
  append_person(name, words_of(person.language), random);
  return name;
}

std::string company_name(const World& world, Member company) {
  Random random = world.about(Topic::Company, company.number());
  const Words& words = words_of(company.language);
  return phrase(words.companies, words, random);
}

void describe_identifier(World& world, Entity subject, std::string_view system, std::string_view value) {
  const std::uint64_t node = world.blanks++;
  world.out.subject(subject);
  world.out.blank(Property::Identifier, node);
  world.out.blank_subject(node);
  world.out.iri(Property::Type, schema_space, "PropertyValue");
  world.out.text(Property::PropertyId, system);
  world.out.text(Property::Value, value);
}

void describe_person(World& world, Member person, std::string_view role) {
  const Words& words = words_of(person.language);
  Random random = world.about(Topic::Person, person.number());
  std::string name;
  append_person(name, words, random);
  const std::uint32_t fault = world.fault(Kind::Person, person.number(), 4);
  Output& out = world.out;
  out.subject(person_entity(person));
  out.iri(Property::Type, schema_space, "Person");
  if (fault != 3) out.text(Property::Name, name, random.chance(70) ? words.tag : std::string_view());
  if (random.chance(6)) out.text(Property::AlternateName, phrase(words.family, words, random), words.tag);
  if (random.chance(30)) {
    out.text(Property::Description, name + " – " + phrase(words.short_notes, words, random), words.tag);
  }
  if (random.chance(25)) {
    out.iri(Property::Url, "https://www.", slug(name) + "-" + std::to_string(random.below(1000)) + ".example/");
  }
  if (random.chance(12)) out.iri(Property::Image, "https://img.data.example/people/", digits(random, 9) + ".jpg");
  if (fault == 1 || fault == 2 || random.chance(35)) link_to_wikidata(world, random, fault);
  if (role == "actor" || random.chance(10)) out.text(Property::Keywords, random.one_of(words.keywords), words.tag);
  if (fault == 4 || random.chance(12)) {
    const std::string isni = "0000" + digits(random, 11) + "X";
    describe_identifier(world, person_entity(person), "ISNI", fault == 4 ? isni.substr(0, 8) + " " : isni);
  }
}

void describe_company(World& world, const Production& production) {
  const Member company = production.company;
  const Words& words = words_of(company.language);
  Random random = world.about(Topic::Company, company.number());
  const std::string name = phrase(words.companies, words, random);
  const std::uint32_t fault = world.fault(Kind::Org, company.number(), 3);
  Output& out = world.out;
  out.subject(company_entity(company));
  out.iri(Property::Type, schema_space, production.form.group_class);
  if (fault != 3) out.text(Property::Name, name, words.tag);
  out.iri(Property::AdditionalType, org_type_space, production.form.company_type);
  if (random.chance(60)) out.text(Property::Description, description(words, random), words.tag);
  if (random.chance(75)) out.iri(Property::Url, "https://www.", slug(name) + "." + std::string(words.domain) + "/");
  if (random.chance(40)) out.iri(Property::Image, "https://img.data.example/companies/", digits(random, 8) + ".png");
  if (fault == 1 || fault == 2 || random.chance(20)) link_to_wikidata(world, random, fault);
  if (random.chance(20)) describe_identifier(world, company_entity(company), "SIRET", digits(random, 14));
}

}  // namespace scenograph::benchmarks
