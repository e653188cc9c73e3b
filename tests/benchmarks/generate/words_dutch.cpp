#include "words.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::string_view given[] = {
    "Daniël",  "Zoë",    "Noémi",    "Anaïs",    "Joris",  "Maarten", "Fleur",   "Sanne",   "Bram",
    "Lieve",   "Griet",  "Pieter",   "Annelies", "Wout",   "Femke",   "Jeroen",  "Marijke", "Koen",
    "Saskia",  "Thijs",  "Hilde",    "Ruben",    "Eline",  "Niels",   "Katrien", "Stijn",   "Loïs",
    "Raphaël", "Fatima", "Youssef",  "Mieke",    "Dries",  "Veerle",  "Lotte",   "Cas",     "Ineke",
    "Jelle",   "Karel",  "Liesbeth", "Mattijs",  "Nele",   "Olivier", "Petra",   "Quinten", "Roos",
    "Sofie",   "Tine",   "Ulrike",   "Vera",     "Willem", "Xander",  "Yara",    "Zeger",   "André"};

constexpr std::string_view family[] = {
    "de Vries",       "van den Berg", "Janssens",       "Peeters",  "Maes",      "Jacobs",    "Mertens",
    "Willems",        "Claes",        "Goossens",       "Wouters",  "De Smet",   "Bakker",    "Visser",
    "Smit",           "Meijer",       "de Boer",        "Mulder",   "de Groot",  "Bos",       "Vos",
    "Hendriks",       "van Leeuwen",  "Dekker",         "Brouwer",  "de Wit",    "Dijkstra",  "Smits",
    "de Graaf",       "van der Meer", "van der Linden", "Kok",      "Jacobsen",  "de Haan",   "Vermeulen",
    "van den Heuvel", "van der Veen", "van den Broek",  "Schouten", "van Beek",  "Willemsen", "Hoekstra",
    "Koster",         "Prins",        "Huisman",        "Peters",   "Kuipers",   "Postma",    "Veenstra",
    "Kramer",         "El Amrani",    "Yıldız",         "D’hondt",  "Ceulemans", "Geërts",    "Coëlho",
    "Van de Velde",   "Lambrechts",   "Desmedt",        "Bogaerts", "Verhoeven", "Aerts",     "Michiels",
    "Cools"};

constexpr std::string_view nouns[] = {
    "het huis",      "de tuin",      "de nacht",   "de zomer",       "de stilte",  "de zee",      "de vogel",
    "het bos",       "de wind",      "het licht",  "de schaduw",     "de rivier",  "het raam",    "de spiegel",
    "de sneeuw",     "de reis",      "de brief",   "de klok",        "het toneel", "de berg",     "de oever",
    "de ster",       "de stad",      "het geheim", "de herinnering", "de droom",   "het feest",   "de leegte",
    "de koning",     "de koningin",  "de nar",     "de pop",         "de brug",    "het station", "de trein",
    "de koffer",     "de mantel",    "het kind",   "de zus",         "de broer",   "de dag",      "de dageraad",
    "de schemering", "de regen",     "het onweer", "het zand",       "de steen",   "het vuur",    "de as",
    "het eiland",    "de vuurtoren", "het schip",  "de golf",        "de wolf",    "het ree",     "het paard",
    "het lied",      "de viool",     "de dans",    "het bal",        "de grens",   "de muur",     "de deur",
    "de trap",       "de kelder",    "de zolder",  "de keuken",      "het beest",  "de soldaat",  "de oorlog",
    "de vrede",      "het proces",   "de leugen",  "de waarheid",    "de belofte", "de lente",    "de winter",
    "het rijk"};

constexpr std::string_view complements[] = {"van glas",
                                            "zonder slaap",
                                            "aan het einde van de wereld",
                                            "van papier",
                                            "op drift",
                                            "van de anderen",
                                            "om middernacht",
                                            "in de regen",
                                            "van mijn vader",
                                            "van mijn moeder",
                                            "van hiernaast",
                                            "met duizend stemmen",
                                            "in de winter",
                                            "van de verdwenenen",
                                            "in ballingschap",
                                            "bij avond",
                                            "van zout",
                                            "zonder naam",
                                            "in de mist",
                                            "van klei",
                                            "van het vergeten",
                                            "op zondag",
                                            "van inkt",
                                            "zonder terugkeer",
                                            "van de reuzen",
                                            "op het koord",
                                            "van lood",
                                            "van ons leven",
                                            "in de polder",
                                            "van de onzichtbaren",
                                            "buiten het seizoen",
                                            "onder de blote hemel",
                                            "in evenwicht",
                                            "van morgen",
                                            "zonder einde",
                                            "van de eerste dag",
                                            "aan de overkant",
                                            "van de honden",
                                            "van karton",
                                            "van niemand",
                                            "in c-klein",
                                            "voor twee stemmen"};

constexpr std::string_view titles[] = {
    "%N %c",         "%N %c",           "%N en %n",   "%N",       "%G en %n",         "%G of %n %c", "%N, %n",
    "Met %n",        "Tegen %n",        "Zonder %n",  "Voor %G",  "%N %c, deel twee", "Waar is %n?", "%G, %n %c",
    "%P, een leven", "Tussen %n en %n", "Wij, %n %c", "Ik ben %n"};

constexpr std::string_view sentences[] = {
    "%P brengt een stuk waarin %n en %n elkaar ontmoeten.",
    "Op een leeg toneel verandert %n in %n, en niets is nog hetzelfde.",
    "Een familie komt na jaren weer samen in %n %c; ieder zoekt er %n.",
    "Tussen lach en duizeling vindt %P een geheel eigen taal.",
    "Het begint met %n en eindigt met %n: daartussen een uur puur theater.",
    "‘Ooit moest %n toch spreken’, zegt %G. Hier gebeurt het.",
    "Zeven spelers verbinden muziek, video en vertelling.",
    "Deze solo ging in première in %T en speelde al in meer dan honderd zalen in Europa.",
    "Een sprookje van vandaag, voor iedereen vanaf zeven jaar, waarin %n %c nooit ver weg is.",
    "%P en %P nemen de tekst met zeldzame energie ter hand.",
    "Het decor is van licht: beetje bij beetje vult %n de zaal.",
    "Wat blijft er over? Een stoel, een wijsje, en %n.",
    "Het publiek gaat mee op een klankreis; donderdag volgt een nagesprek.",
    "Waar circus en dans elkaar raken, bouwen vijf acrobaten %n %c voor onze ogen.",
    "Scherp geschreven vraagt het stuk naar erfenis, afkomst en %n.",
    "De pers: \\\"Een wonder van vernuft en fijnzinnigheid.\\\"",
    "Nederlands gesproken, op zaterdag met Engelse boventiteling; audiodescriptie op aanvraag.",
    "Duur: ongeveer 80 minuten zonder pauze. Deuren open een half uur vooraf.",
    "Het orkest van %T begeleidt %P in een programma van Sweelinck tot nu.",
    "Hier is %n geen decor maar een personage.\\n\\nMet steun van de stad %T.",
    "Korting voor wie jonger is dan 26, werkzoekenden en leden; reünieprijs voor oud-leerlingen."};

constexpr std::string_view short_notes[] = {"Uitverkocht", "Première",      "Vanaf 6 jaar", "Reprise",
                                            "Met %P",      "Voor iedereen", "In %T",        "Boventiteld",
                                            "In de tent",  "Gratis",        "%N %c, met %P"};

constexpr std::string_view companies[] = {"Theatergroep %F", "Gezelschap %c", "Collectief %N %c", "Ensemble %F",
                                          "%F Kwartet",      "Orkest van %T", "Ballet %T",        "Dansgroep %G %F",
                                          "Circus %F",       "Toneelhuis %c", "%F & %F"};

constexpr std::string_view venues[] = {
    "Stadsschouwburg %T", "Theater %F",         "Cultuurcentrum %T", "De Kring %T",     "Concertgebouw %T", "Zaal %F",
    "Theater %c",         "De Oude Fabriek %c", "Opera %T",          "Parochiezaal %T", "Podium %c"};

constexpr std::string_view operators[] = {"Stad %T, dienst Cultuur", "vzw %N %c", "Stichting Podium %T",
                                          "%F Producties bv"};

constexpr std::string_view rooms[] = {"Grote zaal", "Kleine zaal", "Studio", "Foyer", "Repetitielokaal", "Binnenkoer"};

constexpr std::string_view streets[] = {"Kerkstraat",  "Theaterplein", "%F-straat", "Stationsstraat",
                                        "Grote Markt", "%G %F-laan",   "Molenweg",  "Havenkade"};

constexpr std::string_view festivals[] = {"Festival %T", "Festival %c", "Nachten van %T", "Dansmaand"};

constexpr std::string_view seasons[] = {"Seizoen", "Programma"};

constexpr std::string_view fares[] = {"Standaard",          "Korting", "Abonnee", "-26 jaar", "Gezin", "Vip",
                                      "UiTPAS kansentarief"};

constexpr std::string_view keywords[] = {
    "theater",  "familie",       "dans",           "circus", "muziek",
    "première", "humor",         "figurentheater", "opera",  "jazz",
    "klassiek", "straattheater", "vertelling",     "lezing", "met tolk Vlaamse Gebarentaal"};

constexpr std::string_view town_starts[] = {"Ooster", "Wester", "Nieuw", "Oud-", "Zuid",  "Noord", "Sint-",
                                            "Groot-", "Hoog",   "Laag",  "Beve", "Wille", "Eikel", "Kapel"};

constexpr std::string_view town_ends[] = {"beek", "dam",  "dijk", "drecht", "gem",  "hout",    "kerke",  "lo",
                                          "meer", "rode", "veld", "werve",  "zele", "Truiden", "Gillis", "aan Zee"};

constexpr Town towns[] = {
    {"Amsterdam", 1017, 523676, 49041}, {"Antwerpen", 2000, 512194, 44025},  {"Rotterdam", 3011, 519244, 44777},
    {"Gent", 9000, 510543, 37174},      {"Brussel", 1000, 508503, 43517},    {"Utrecht", 3511, 520907, 51214},
    {"Brugge", 8000, 512093, 32247},    {"Leuven", 3000, 508798, 47005},     {"Den Haag", 2511, 520705, 43007},
    {"Groningen", 9711, 532194, 65665}, {"Maastricht", 6211, 508514, 56910}, {"Kortrijk", 8500, 508280, 32649},
    {"Eindhoven", 5611, 514416, 54697}, {"Hasselt", 3500, 509307, 53325},    {"Mechelen", 2800, 510259, 44776},
    {"Oostende", 8400, 512255, 29140}};

constexpr Words words{"nl",        "BE",      "be",      4,           false,     given,       family,    nouns,
                      complements, titles,    sentences, short_notes, companies, venues,      operators, rooms,
                      streets,     festivals, seasons,   fares,       keywords,  town_starts, town_ends, towns};

}  // namespace

const Words& dutch() { return words; }

}  // namespace scenograph::benchmarks
