#include "words.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::string_view given[] = {
    "Marie",    "Camille",   "Élodie",    "Jean",      "Anaïs",     "Hélène",   "Maëlle",   "Chloé",    "Zoé",
    "Inès",     "François",  "Léa",       "Théo",      "Loïc",      "Noémie",   "Gaël",     "Cécile",   "Agnès",
    "Émile",    "Rémi",      "Jérôme",    "Sébastien", "Amélie",    "Bérénice", "Clémence", "Delphine", "Étienne",
    "Fabrice",  "Geneviève", "Gwenaëlle", "Hervé",     "Isabelle",  "Jules",    "Karim",    "Laëtitia", "Mathilde",
    "Nadège",   "Océane",    "Pascal",    "Quentin",   "Raphaël",   "Solène",   "Thibault", "Ulysse",   "Valérie",
    "Yann",     "Yasmine",   "Aïcha",     "Bastien",   "Constance", "Denis",    "Eugénie",  "Félix",    "Grégoire",
    "Honorine", "Irène",     "Joséphine", "Kévin",     "Lucie",     "Mehdi",    "Nicolas",  "Odile",    "Pénélope",
    "Romane",   "Sylvain",   "Tanguy",    "Virginie",  "Wassim",    "Xavier",   "Zélie",    "Adèle",    "Benoît",
    "Capucine", "Damien",    "Élise",     "Fatou",     "Gilles",    "Hugo",     "Ilyès",    "Juliette"};

constexpr std::string_view family[] = {
    "Martin",    "Lefèvre",   "Bernard",    "Dubois",     "Moreau",   "Benhaddou", "Kerdoncuff", "Le Goff",
    "Traoré",    "Diallo",    "Garnier",    "Faure",      "Mercier",  "Blanchard", "Guérin",     "Boyer",
    "Chevalier", "Rousseau",  "Lemoine",    "Picard",     "Gautier",  "Renaud",    "Barbier",    "Perrin",
    "Morvan",    "Dufour",    "Vasseur",    "Fontaine",   "Caron",    "Meunier",   "Leclercq",   "Brunet",
    "Giraud",    "Leroux",    "Colin",      "Vidal",      "Aubert",   "Roche",     "Roy",        "Noël",
    "Schmitt",   "Fernandez", "Nguyen",     "Haddad",     "Cissé",    "Belkacem",  "Bénard",     "Courtois",
    "Delacroix", "Delaunay",  "Dos Santos", "Esnault",    "Fouquet",  "Gaillard",  "Hamon",      "Imbert",
    "Jacquet",   "Joubert",   "Klein",      "Lacombe",    "Laporte",  "Lebœuf",    "Legrand",    "Maillard",
    "Marchand",  "Maréchal",  "Nicolas",    "Ollivier",   "Pasquier", "Pelletier", "Quéméner",   "Rivière",
    "Sauvage",   "Tessier",   "Urbain",     "Vallée",     "Weber",    "Yacoub",    "Zidi",       "Arnoux",
    "Bouvier",   "Cordier",   "d’Estienne", "de La Tour", "Évrard",   "Forestier", "Guichard",   "Hébert",
    "Jaouen",    "Kaboré",    "L’Hermite",  "Mahé",       "N’Diaye",  "Ozanne",    "Prévost",    "Rocher",
    "Séguin",    "Thévenet",  "Verdier",    "Carpentier", "Besson",   "Chauvin",   "Descamps",   "Étiévant",
    "Ferrand",   "Grandjean", "Huet",       "Launay"};

constexpr std::string_view nouns[] = {
    "la maison",     "le jardin",  "la nuit",     "l’été",          "le silence", "la mer",       "l’oiseau",
    "la forêt",      "le vent",    "la lumière",  "l’ombre",        "le fleuve",  "la fenêtre",   "le miroir",
    "la neige",      "le voyage",  "la lettre",   "l’horloge",      "le théâtre", "la montagne",  "le rivage",
    "l’étoile",      "la ville",   "le secret",   "la mémoire",     "le rêve",    "la fête",      "l’absence",
    "le roi",        "la reine",   "le clown",    "la marionnette", "le pont",    "la gare",      "le train",
    "la valise",     "le manteau", "l’enfant",    "la sœur",        "le frère",   "le jour",      "l’aube",
    "le crépuscule", "la pluie",   "l’orage",     "le sable",       "la pierre",  "le feu",       "la cendre",
    "l’île",         "le phare",   "le navire",   "la vague",       "le loup",    "la biche",     "le cheval",
    "la chanson",    "le violon",  "la danse",    "le bal",         "l’archipel", "la frontière", "le mur",
    "la porte",      "l’escalier", "la cave",     "le grenier",     "la cuisine", "le festin",    "la bête",
    "le monstre",    "la fée",     "le soldat",   "la guerre",      "la paix",    "le procès",    "l’aveu",
    "le mensonge",   "la vérité",  "la promesse", "le printemps",   "l’hiver",    "le royaume",   "la tempête",
    "l’atelier",     "le cirque",  "la roue",     "le fil"};

constexpr std::string_view complements[] = {
    "des vents",      "de verre",        "sans sommeil",    "du bout du monde",
    "de papier",      "à la dérive",     "des autres",      "de minuit",
    "sous la pluie",  "de mon père",     "de ma mère",      "d’à côté",
    "aux mille voix", "des embruns",     "en hiver",        "de Clara",
    "d’Antigone",     "des disparus",    "de l’exil",       "au crépuscule",
    "de sel",         "sans nom",        "des brumes",      "d’argile",
    "à contretemps",  "de l’oubli",      "des heureux",     "du dimanche",
    "de Babel",       "d’encre",         "sans retour",     "en exil",
    "des géants",     "sur le fil",      "de plomb",        "de nos vies",
    "qui penche",     "qui tremble",     "dans la plaine",  "au long cours",
    "de travers",     "en chantier",     "des invisibles",  "de la dernière heure",
    "hors saison",    "à ciel ouvert",   "en équilibre",    "de demain",
    "sans fin",       "du premier jour", "de l’autre rive", "des chiens",
    "à cinq pattes",  "de carton",       "qui marche",      "des humbles",
    "d’après",        "de personne",     "en ut mineur",    "pour deux voix"};

constexpr std::string_view titles[] = {"%N %c",
                                       "%N %c",
                                       "%N et %n",
                                       "%N",
                                       "%G et %n",
                                       "%G ou %n %c",
                                       "%N, %n",
                                       "Avec %n",
                                       "Contre %n",
                                       "Ce que dit %n %c",
                                       "Pour %G",
                                       "Sans %n",
                                       "%N %c, épisode 2",
                                       "Où va %n ?",
                                       "%G, %n %c",
                                       "%P, une vie",
                                       "Entre %n et %n",
                                       "Je suis %n",
                                       "Nous, %n %c",
                                       "Chœur pour %n",
                                       "Variations : %n %c",
                                       "Qui a vu %n %c ?",
                                       "%N avant %n",
                                       "%N – %n %c"};

constexpr std::string_view sentences[] = {
    "%P signe une pièce où %n rencontre %n.",
    "Sur le plateau nu, %n devient %n, et rien n’est plus comme avant.",
    "Une famille se retrouve dans %n %c ; chacun y cherche %n.",
    "Après %n, la compagnie poursuit son travail sur %n et invite le public à traverser %n.",
    "Entre rire et vertige, %P fait entendre une langue drue, drôle, bouleversante.",
    "Tout commence par %n, tout finit par %n : entre les deux, une heure de théâtre pur.",
    "« Il fallait bien que %n parle », dit %G. C’est ici chose faite.",
    "Porté par sept interprètes, le spectacle mêle musique, vidéo et récit.",
    "Créé à %T, ce solo a déjà séduit plus de cent salles en Europe.",
    "Un conte d’aujourd’hui, à voir en famille dès sept ans, où %n %c n’est jamais loin.",
    "%P et %P s’emparent du texte avec une énergie rare.",
    "La scénographie, tout en transparences, laisse %n envahir peu à peu la salle.",
    "Que reste-t-il quand %n s’en va ? Une chaise, un air d’accordéon, et %n.",
    "Le public est convié à un voyage sonore ; un bord de scène suit la représentation du jeudi.",
    "À la croisée du cirque et de la danse, cinq acrobates bâtissent %n %c sous nos yeux.",
    "D’une écriture ciselée, la pièce interroge l’héritage, la filiation et %n.",
    "Coup de cœur de la presse : \\\"une merveille d’intelligence et de délicatesse\\\".",
    "Spectacle en français, surtitré en anglais le samedi ; audiodescription sur réservation.",
    "Durée : environ 1 h 20 sans entracte. Placement libre, ouverture des portes une demi-heure avant.",
    "L’orchestre de %T accompagne %P dans un programme qui va de Rameau à nos jours.",
    "Ici, %n n’est pas un décor mais un personnage.\\n\\nAvec le soutien de la Région et de la ville de %T.",
    "Tarif réduit pour les moins de 26 ans, les demandeurs d’emploi et les adhérents.",
    "Mise en scène inventive, distribution éclatante : %n %c comme on ne l’avait jamais vu.",
    "Trois générations, un seul appartement, et au milieu %n : la comédie vire au drame, puis s’envole."};

constexpr std::string_view short_notes[] = {"Complet",  "Création",       "Dès 6 ans",    "Première française",
                                            "Reprise",  "Avec %P",        "Tout public",  "À %T",
                                            "Surtitré", "Sous chapiteau", "Entrée libre", "%N %c, avec %P"};

constexpr std::string_view companies[] = {
    "Compagnie %N",    "Cie %N %c", "Collectif %N %c", "Théâtre de %T", "Les Enfants %c", "Ensemble %F",
    "Compagnie %F",    "Cie %G %F", "La Bande %c",     "Quatuor %F",    "Ballet de %T",   "Atelier %c",
    "Orchestre de %T", "Troupe %c", "Les Ateliers %c", "Cirque %F",     "Groupe %N",      "Compagnie %F & %F"};

constexpr std::string_view venues[] = {"Théâtre de %T",         "Théâtre %F",
                                       "Le Quai de %T",         "Scène nationale de %T",
                                       "Espace %G-%F",          "Salle %F",
                                       "Centre culturel %G %F", "Opéra de %T",
                                       "L’Usine de %T",         "Maison de la culture de %T",
                                       "La Halle %c",           "Théâtre %c",
                                       "Le Grand R %c",         "Auditorium %F",
                                       "La Scène %c",           "Chapiteau %c",
                                       "Médiathèque %G-%F",     "Cabaret %c",
                                       "Foyer rural de %T",     "Café-théâtre %c"};

constexpr std::string_view operators[] = {"Association %N %c",        "Ville de %T – service culturel",
                                          "EPCC %T Spectacles",       "SARL %F Productions",
                                          "Régie des théâtres de %T", "Association Les Amis %c"};

constexpr std::string_view rooms[] = {"Grande salle",  "Petite salle", "Studio", "Foyer",
                                      "Salle Molière", "Plateau 2",    "Cour",   "Salle bleue"};

constexpr std::string_view streets[] = {
    "rue de la République",  "place du Théâtre", "avenue %G-%F", "rue %F",
    "boulevard Victor-Hugo", "quai des Arts",    "rue de %T",    "impasse du Moulin",
    "allée des Tilleuls",    "esplanade %G %F"};

constexpr std::string_view festivals[] = {"Festival %c", "Les Nuits de %T", "Festival de %T", "Mois de la danse",
                                          "Scènes %c"};

constexpr std::string_view seasons[] = {"Saison", "Saison culturelle", "Programmation"};

constexpr std::string_view fares[] = {"Plein tarif",   "Tarif réduit", "Tarif abonné", "Moins de 26 ans",
                                      "Tarif famille", "Carré or",     "Solidaire"};

constexpr std::string_view keywords[] = {
    "théâtre",   "jeune public",     "danse",          "cirque",         "musique",
    "création",  "humour",           "marionnettes",   "opéra",          "jazz",
    "classique", "en famille",       "arts de la rue", "conte",          "chanson française",
    "hip-hop",   "théâtre d’objets", "lecture",        "accessible LSF", "hors les murs"};

constexpr std::string_view town_starts[] = {"Saint-Aubin",  "Villeneuve",    "Châteauneuf", "Beaumont", "Montreuil",
                                            "La Ferté",     "Saint-Étienne", "Bourg",       "Neuville", "Sainte-Croix",
                                            "Roche",        "Plou",          "Val",         "Chapelle", "Fontenay",
                                            "Saint-Mézard", "Pont",          "Grandville",  "Aigre",    "Vieux"};

constexpr std::string_view town_ends[] = {"-sur-Loire", "-en-Forêt",   "-le-Vieux",  "-lès-Bains",  "-sur-Mer",
                                          "-la-Vallée", "-des-Prés",   "-Église",    "-sous-Bois",  "-d’Auvergne",
                                          "-aux-Roses", "-le-Château", "-en-Bresse", "-sur-l’Isle", "-les-Pins",
                                          "-du-Désert", "-l’Évêque",   "-Plage",     "-la-Forêt",   "-sur-Orne"};

constexpr Town towns[] = {{"Paris", 75011, 488566, 23522},     {"Lyon", 69002, 457640, 48357},
                          {"Marseille", 13001, 432965, 53698}, {"Nantes", 44000, 472184, -15536},
                          {"Lille", 59000, 506292, 30573},     {"Toulouse", 31000, 436047, 14442},
                          {"Bordeaux", 33000, 448378, -5792},  {"Strasbourg", 67000, 485734, 77521},
                          {"Rennes", 35000, 481173, -16778},   {"Montpellier", 34000, 436110, 38767},
                          {"Grenoble", 38000, 451885, 57245},  {"Rouen", 76000, 494432, 10999},
                          {"Dijon", 21000, 473220, 50415},     {"Angers", 49100, 474784, -5632},
                          {"Brest", 29200, 483904, -44861},    {"Clermont-Ferrand", 63000, 457772, 30870},
                          {"Reims", 51100, 492583, 40317},     {"Orléans", 45000, 479029, 19093},
                          {"Besançon", 25000, 472378, 60241},  {"Avignon", 84000, 439493, 48055},
                          {"Nîmes", 30000, 438367, 43601},     {"Saint-Brieuc", 22000, 485142, -27658},
                          {"Évreux", 27000, 490241, 11508},    {"Sète", 34200, 434028, 36967},
                          {"Périgueux", 24000, 451840, 7216},  {"Mâcon", 71000, 463069, 48287},
                          {"Épinal", 88000, 481744, 64496}};

constexpr Words words{"fr",        "FR",      "fr",      5,           false,     given,       family,    nouns,
                      complements, titles,    sentences, short_notes, companies, venues,      operators, rooms,
                      streets,     festivals, seasons,   fares,       keywords,  town_starts, town_ends, towns};

}  // namespace

const Words& french() { return words; }

}  // namespace scenograph::benchmarks
