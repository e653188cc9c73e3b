#include "words.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::string_view given[] = {
    "Anna",      "Jürgen",    "Käthe",    "Lukas",     "Zoë",        "Björn",     "Sören",    "Günther",  "Bärbel",
    "Mirjam",    "Frieda",    "Konrad",   "Emil",      "Ayşe",       "Mehmet",    "Lotte",    "Matthias", "Ursula",
    "Heike",     "Jörg",      "Renate",   "Sabine",    "Thilo",      "Uwe",       "Veronika", "Wolfgang", "Xenia",
    "Yvonne",    "Zacharias", "Annegret", "Bruno",     "Clara",      "Dorothée",  "Elke",     "Florian",  "Gisela",
    "Hannelore", "Ingeborg",  "Jonas",    "Katharina", "Leopold",    "Magdalena", "Nikolaus", "Ottilie",  "Philipp",
    "Rüdiger",   "Stefanie",  "Tobias",   "Ulrike",    "Viktor",     "Wiebke",    "Moritz",   "Jana",     "Till",
    "Nele",      "Hüseyin",   "Ömer",     "Paula",     "Hans-Peter", "Karl-Heinz"};

constexpr std::string_view family[] = {"Müller",
                                       "Schäfer",
                                       "Weiß",
                                       "Großmann",
                                       "Böhm",
                                       "Krüger",
                                       "Vögele",
                                       "Zürcher",
                                       "Köhler",
                                       "Brückner",
                                       "Löwenstein",
                                       "Strauß",
                                       "Jäger",
                                       "Möller",
                                       "Bäcker",
                                       "Hübner",
                                       "Grünwald",
                                       "Schröder",
                                       "Öztürk",
                                       "Yılmaz",
                                       "Kowalski",
                                       "Nowak",
                                       "Horvath",
                                       "Egger",
                                       "Aebischer",
                                       "Brunner",
                                       "Caflisch",
                                       "Dürr",
                                       "Engelhardt",
                                       "Fuchs",
                                       "Geißler",
                                       "Huber",
                                       "Imhof",
                                       "Jost",
                                       "Keller",
                                       "Lindner",
                                       "Maurer",
                                       "Neumann",
                                       "Oberholzer",
                                       "Pfister",
                                       "Quandt",
                                       "Richter",
                                       "Sommer",
                                       "Thalmann",
                                       "Ulrich",
                                       "Vogt",
                                       "Winkler",
                                       "Zeller",
                                       "von der Heide",
                                       "zu Wied",
                                       "Ackermann",
                                       "Baumgartner",
                                       "Dietrich",
                                       "Ebner",
                                       "Freitag",
                                       "Gruber",
                                       "Hofer",
                                       "Kaiser",
                                       "Lang",
                                       "Meyer",
                                       "Pichler",
                                       "Roth",
                                       "Schuster",
                                       "Steiner",
                                       "Thoma",
                                       "Wagner",
                                       "Wolf",
                                       "Ziegler",
                                       "Schmidt-Rottluff",
                                       "Süß"};

constexpr std::string_view nouns[] = {
    "das Haus",       "der Garten",      "die Nacht",     "der Sommer",  "die Stille",     "das Meer",
    "der Vogel",      "der Wald",        "der Wind",      "das Licht",   "der Schatten",   "der Fluss",
    "das Fenster",    "der Spiegel",     "der Schnee",    "die Reise",   "der Brief",      "die Uhr",
    "die Bühne",      "der Berg",        "das Ufer",      "der Stern",   "die Stadt",      "das Geheimnis",
    "die Erinnerung", "der Traum",       "das Fest",      "die Leere",   "der König",      "die Königin",
    "der Narr",       "die Puppe",       "die Brücke",    "der Bahnhof", "der Zug",        "der Koffer",
    "der Mantel",     "das Kind",        "die Schwester", "der Bruder",  "der Tag",        "die Dämmerung",
    "der Regen",      "das Gewitter",    "der Sand",      "der Stein",   "das Feuer",      "die Asche",
    "die Insel",      "der Leuchtturm",  "das Schiff",    "die Welle",   "der Wolf",       "das Reh",
    "das Pferd",      "das Lied",        "die Geige",     "der Tanz",    "der Ball",       "die Grenze",
    "die Mauer",      "die Tür",         "die Treppe",    "der Keller",  "der Dachboden",  "die Küche",
    "das Ungeheuer",  "der Soldat",      "der Krieg",     "der Frieden", "der Prozess",    "die Lüge",
    "die Wahrheit",   "das Versprechen", "der Frühling",  "der Winter",  "das Königreich", "der Sturm",
    "die Werkstatt",  "das Rad"};

constexpr std::string_view complements[] = {"aus Glas",
                                            "ohne Schlaf",
                                            "am Ende der Welt",
                                            "aus Papier",
                                            "der anderen",
                                            "um Mitternacht",
                                            "im Regen",
                                            "meines Vaters",
                                            "meiner Mutter",
                                            "von nebenan",
                                            "mit tausend Stimmen",
                                            "im Winter",
                                            "der Verschwundenen",
                                            "im Exil",
                                            "in der Dämmerung",
                                            "aus Salz",
                                            "ohne Namen",
                                            "im Nebel",
                                            "aus Lehm",
                                            "des Vergessens",
                                            "am Sonntag",
                                            "aus Tinte",
                                            "ohne Wiederkehr",
                                            "der Riesen",
                                            "auf dem Seil",
                                            "aus Blei",
                                            "unseres Lebens",
                                            "in der Ebene",
                                            "der Unsichtbaren",
                                            "außer Saison",
                                            "unter freiem Himmel",
                                            "im Gleichgewicht",
                                            "von morgen",
                                            "ohne Ende",
                                            "des ersten Tages",
                                            "am anderen Ufer",
                                            "der Hunde",
                                            "aus Pappe",
                                            "für zwei Stimmen",
                                            "in c-Moll",
                                            "von gestern",
                                            "über den Dächern",
                                            "hinter dem Spiegel",
                                            "für Anfänger"};

constexpr std::string_view titles[] = {"%N %c",
                                       "%N %c",
                                       "%N und %n",
                                       "%N",
                                       "%G und %n",
                                       "%G oder %n %c",
                                       "%N, %n",
                                       "Was heißt hier %n?",
                                       "%N %c, Teil zwei",
                                       "Wo ist %n?",
                                       "%G, %n %c",
                                       "%P – ein Leben",
                                       "Wir sind %n %c",
                                       "Ich bin %n",
                                       "Stimmen: %n %c",
                                       "Hört, %n %c!",
                                       "Noch einmal: %n"};

constexpr std::string_view sentences[] = {
    "%P legt ein Stück vor, in dem sich %n und %n begegnen.",
    "Auf der leeren Bühne wird alles möglich: %n, %n, und dazwischen wir.",
    "Eine Familie trifft sich nach langer Zeit wieder; %n %c steht zwischen ihnen.",
    "Zwischen Lachen und Schwindel findet %P eine eigene, eigensinnige Sprache.",
    "Am Anfang ist %n, am Ende ist %n: dazwischen liegt eine Stunde reines Theater.",
    "„Irgendwann musste %n ja sprechen“, sagt %G. Hier geschieht es.",
    "Sieben Darstellerinnen und Darsteller verbinden Musik, Video und Erzählung.",
    "In %T uraufgeführt, begeisterte der Abend bereits über hundert Häuser in Europa.",
    "Ein Märchen von heute, für alle ab sieben Jahren, in dem %n %c nie weit ist.",
    "%P und %P nehmen sich des Textes mit seltener Kraft an.",
    "Das Bühnenbild ist aus Licht gebaut: nach und nach erfüllt %n den Raum.",
    "Was bleibt? Ein Stuhl, ein Lied, und %n.",
    "Das Publikum begibt sich auf eine Klangreise; am Donnerstag folgt ein Gespräch mit dem Ensemble.",
    "Wo sich Zirkus und Tanz berühren, entsteht vor unseren Augen %n %c.",
    "Scharf geschrieben fragt das Stück nach Erbe, Herkunft und Zugehörigkeit.",
    "Die Presse: \\\"Ein Wunder an Klugheit und Zartheit.\\\"",
    "In deutscher Sprache, samstags mit englischen Übertiteln; Audiodeskription auf Anfrage.",
    "Dauer: etwa 80 Minuten, keine Pause. Einlass eine halbe Stunde vor Beginn.",
    "Das Orchester aus %T begleitet %P durch ein Programm von Bach bis heute.",
    "Hier ist %n keine Kulisse, sondern eine Figur.\\n\\nGefördert von der Stadt %T.",
    "Ermäßigung für Menschen unter 26, Arbeitsuchende und Mitglieder."};

constexpr std::string_view short_notes[] = {"Ausverkauft", "Uraufführung",  "Ab 6 Jahren",  "Wiederaufnahme",
                                            "Mit %P",      "Für alle",      "In %T",        "Mit Übertiteln",
                                            "Im Zelt",     "Eintritt frei", "%N %c, mit %P"};

constexpr std::string_view companies[] = {"Theater %F",  "Ensemble %F",     "Kollektiv %c", "Tanzcompagnie %G %F",
                                          "%F Quartett", "Philharmonie %T", "Ballett %T",   "Gruppe %F & %F",
                                          "Zirkus %F",   "Kompanie %c",     "Bühne %c"};

constexpr std::string_view venues[] = {"Stadttheater %T",    "Schauspielhaus %T", "Opernhaus %T",    "Kulturzentrum %T",
                                       "Theater %c",         "%F-Saal",           "Kammerspiele %T", "Alte Fabrik %T",
                                       "Kleinkunstbühne %c", "Konzerthaus %T",    "Gemeindesaal %T", "Kellertheater %c",
                                       "%G-%F-Bühne"};

constexpr std::string_view operators[] = {"Stadt %T, Kulturamt", "%F Kultur GmbH", "Trägerverein Bühne %c",
                                          "Theater %T AöR", "Freundeskreis %T e. V."};

constexpr std::string_view rooms[] = {"Großes Haus",  "Kleines Haus", "Studio", "Foyer",
                                      "Probebühne 2", "Hinterhof",    "Kammer"};

constexpr std::string_view streets[] = {"Hauptstraße", "Theaterplatz", "%F-Straße", "Bahnhofstraße", "Am Marktplatz",
                                        "Schloßgasse", "%G-%F-Allee",  "Mühlweg",   "Uferstraße"};

constexpr std::string_view festivals[] = {"%T-Festspiele", "Festival %c", "Tanzmonat", "Nächte in %T"};

constexpr std::string_view seasons[] = {"Spielzeit", "Saison"};

constexpr std::string_view fares[] = {"Normalpreis", "Ermäßigt", "Abonnement",  "Unter 26",
                                      "Familie",     "Premium",  "Sozialticket"};

constexpr std::string_view keywords[] = {"Theater",      "für Kinder",   "Tanz",           "Zirkus", "Musik",
                                         "Uraufführung", "Kabarett",     "Figurentheater", "Oper",   "Jazz",
                                         "Klassik",      "Straßenkunst", "Erzählung",      "Lesung", "Gebärdensprache",
                                         "Gastspiel"};

constexpr std::string_view town_starts[] = {"Ober",  "Nieder", "Alten", "Neu",    "Grün",     "Schön",
                                            "König", "Wald",   "Stein", "Rothen", "Bischofs", "Groß",
                                            "Klein", "Mühl",   "Eber",  "Hohen",  "Lands",    "Frauen"};

constexpr std::string_view town_ends[] = {"bach",    "berg",  "burg",        "dorf", "hausen", "kirchen",
                                          "münster", "stadt", "wald am See", "feld", "bühl",   "brück",
                                          "hofen",   "rode",  "tal",         "wil",  "au",     "stein"};

constexpr Town towns[] = {
    {"Berlin", 10117, 525200, 134050},    {"Wien", 1010, 482082, 163738},      {"Zürich", 8001, 473769, 85417},
    {"Hamburg", 20095, 535511, 99937},    {"München", 80331, 481351, 115820},  {"Köln", 50667, 509375, 69603},
    {"Leipzig", 4109, 513397, 123731},    {"Dresden", 1067, 510504, 137373},   {"Düsseldorf", 40213, 512277, 67735},
    {"Nürnberg", 90402, 494521, 110767},  {"Graz", 8010, 470707, 154395},      {"Basel", 4051, 475596, 75886},
    {"Tübingen", 72070, 485216, 90576},   {"Göttingen", 37073, 515413, 99158}, {"Lübeck", 23552, 538655, 106866},
    {"Münster", 48143, 519607, 76261},    {"Würzburg", 97070, 497913, 99534},  {"Sankt Gallen", 9000, 474245, 93767},
    {"Saarbrücken", 66111, 492402, 69969}};

constexpr Words words{"de",        "DE",      "de",      5,           false,     given,       family,    nouns,
                      complements, titles,    sentences, short_notes, companies, venues,      operators, rooms,
                      streets,     festivals, seasons,   fares,       keywords,  town_starts, town_ends, towns};

}  // namespace

const Words& german() { return words; }

}  // namespace scenograph::benchmarks
