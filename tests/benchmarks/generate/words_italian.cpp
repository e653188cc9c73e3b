#include "words.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::string_view given[] = {
    "Giulia",   "Niccolò",   "Mosè",    "Noè",      "Lucia",     "Matteo",       "Chiara",    "Davide",
    "Elena",    "Filippo",   "Ginevra", "Ettore",   "Bianca",    "Lorenzo",      "Ludovica",  "Pietro",
    "Rosalba",  "Salvatore", "Teresa",  "Umberto",  "Viola",     "Zeno",         "Amina",     "Benedetta",
    "Carmelo",  "Donatella", "Enzo",    "Fiorenza", "Gaspare",   "Ilaria",       "Leonardo",  "Maddalena",
    "Nunzia",   "Ottavio",   "Paola",   "Raffaele", "Serafina",  "Tommaso",      "Vittoria",  "Alessandro",
    "Beatrice", "Corrado",   "Dario",   "Eleonora", "Federico",  "Gianluca",     "Irene",     "Michela",
    "Orsola",   "Renato",    "Silvia",  "Ugo",      "Valentina", "Maria Grazia", "Pier Paolo"};

constexpr std::string_view family[] = {
    "Rossi",   "D’Angelo",   "Dell’Orto", "Esposito", "Cantù",     "Nicolò",     "Forlì",      "Bianchi",  "Romano",
    "Colombo", "Ricci",      "Marino",    "Greco",    "Conti",     "De Luca",    "Mancini",    "Costa",    "Giordano",
    "Rizzo",   "Lombardi",   "Moretti",   "Barbieri", "Fontana",   "Santoro",    "Mariani",    "Rinaldi",  "Caruso",
    "Ferrara", "Galli",      "Martini",   "Leone",    "Longo",     "Gentile",    "Martinelli", "Vitale",   "Lombardo",
    "Serra",   "Coppola",    "De Santis", "D’Amico",  "Marchetti", "Parisi",     "Villa",      "Conte",    "Ferraro",
    "Ferri",   "Fabbri",     "Bianco",    "Marini",   "Grasso",    "Valentini",  "Messina",    "Sala",     "De Angelis",
    "Gatti",   "Pellegrini", "Palumbo",   "Sanna",    "Farina",    "Rizzi",      "Monti",      "Cattaneo", "Morelli",
    "Amato",   "Silvestri",  "Mazza",     "Testa",    "Grassi",    "Pellegrino", "Carbone"};

constexpr std::string_view nouns[] = {
    "la casa",     "il giardino", "la notte",     "l’estate",     "il silenzio",  "il mare",      "l’uccello",
    "la foresta",  "il vento",    "la luce",      "l’ombra",      "il fiume",     "la finestra",  "lo specchio",
    "la neve",     "il viaggio",  "la lettera",   "l’orologio",   "il teatro",    "la montagna",  "la riva",
    "la stella",   "la città",    "il segreto",   "la memoria",   "il sogno",     "la festa",     "l’assenza",
    "il re",       "la regina",   "il buffone",   "il burattino", "il ponte",     "la stazione",  "il treno",
    "la valigia",  "il cappotto", "il bambino",   "la sorella",   "il fratello",  "il giorno",    "l’alba",
    "il tramonto", "la pioggia",  "il temporale", "la sabbia",    "la pietra",    "il fuoco",     "la cenere",
    "l’isola",     "il faro",     "la nave",      "l’onda",       "il lupo",      "la volpe",     "il cavallo",
    "la canzone",  "il violino",  "la danza",     "il ballo",     "la frontiera", "il muro",      "la porta",
    "la scala",    "la cantina",  "la soffitta",  "la cucina",    "il mostro",    "il soldato",   "la guerra",
    "la pace",     "il processo", "la bugia",     "la verità",    "la promessa",  "la primavera", "l’inverno",
    "il regno",    "la tempesta", "la bottega",   "la ruota",     "il filo"};

constexpr std::string_view complements[] = {
    "di vetro",      "senza sonno",      "in capo al mondo",  "di carta",       "alla deriva",   "degli altri",
    "di mezzanotte", "sotto la pioggia", "di mio padre",      "di mia madre",   "accanto",       "dalle mille voci",
    "d’inverno",     "degli scomparsi",  "dell’esilio",       "al tramonto",    "di sale",       "senza nome",
    "nella nebbia",  "d’argilla",        "dell’oblio",        "della domenica", "d’inchiostro",  "senza ritorno",
    "dei giganti",   "sul filo",         "di piombo",         "che trema",      "che pende",     "nella pianura",
    "in cantiere",   "degli invisibili", "fuori stagione",    "a cielo aperto", "in equilibrio", "di domani",
    "senza fine",    "del primo giorno", "dell’altra sponda", "dei cani",       "di cartone",    "che cammina",
    "di nessuno",    "in do minore",     "per due voci",      "perché sì"};

constexpr std::string_view titles[] = {"%N %c",
                                       "%N %c",
                                       "%N e %n",
                                       "%N",
                                       "%G e %n",
                                       "%G, ovvero %n %c",
                                       "%N, %n",
                                       "Contro %n",
                                       "Senza %n",
                                       "Per %G",
                                       "%N %c, atto secondo",
                                       "Dov’è %n?",
                                       "%G, %n %c",
                                       "%P, una vita",
                                       "Tra %n e %n",
                                       "Noi, %n %c",
                                       "Io sono %n",
                                       "Chi ha visto %n %c?"};

constexpr std::string_view sentences[] = {
    "%P firma uno spettacolo in cui %n incontra %n.",
    "Sul palco nudo %n diventa %n, e nulla è più come prima.",
    "Una famiglia si ritrova dopo anni; tra loro c’è %n %c.",
    "Tra riso e vertigine, %P trova una lingua tutta sua.",
    "Comincia con %n, finisce con %n: in mezzo, un’ora di puro teatro.",
    "«Bisognava pure che %n parlasse», dice %G. Qui accade.",
    "Sette interpreti uniscono musica, video e racconto.",
    "Nato a %T, questo assolo ha già conquistato più di cento sale in Europa.",
    "Una fiaba di oggi, per tutti dai sette anni in su, dove %n %c non è mai lontano.",
    "%P e %P affrontano il testo con rara energia.",
    "La scena è fatta di luce: a poco a poco %n invade la sala.",
    "Che cosa resta? Una sedia, una melodia, e %n.",
    "Il pubblico è invitato a un viaggio sonoro; giovedì segue l’incontro con la compagnia.",
    "Dove il circo tocca la danza, cinque acrobati costruiscono %n %c davanti ai nostri occhi.",
    "Con una scrittura affilata, il testo interroga eredità, origini e appartenenza.",
    "La stampa: \\\"Una meraviglia di intelligenza e delicatezza\\\".",
    "In italiano con sopratitoli in inglese il sabato; audiodescrizione su prenotazione.",
    "Durata: circa 80 minuti senza intervallo. Apertura porte mezz’ora prima.",
    "L’orchestra di %T accompagna %P in un programma da Vivaldi ai giorni nostri.",
    "Qui %n non è uno sfondo ma un personaggio.\\n\\nCon il sostegno del Comune di %T.",
    "Ridotto per under 26, disoccupati e soci."};

constexpr std::string_view short_notes[] = {"Tutto esaurito",   "Prima assoluta",  "Dai 6 anni",   "Ripresa",
                                            "Con %P",           "Per tutti",       "A %T",         "Sopratitolato",
                                            "Sotto il tendone", "Ingresso libero", "%N %c, con %P"};

constexpr std::string_view companies[] = {
    "Compagnia %F",   "Teatro %c",       "Collettivo %N %c", "Ensemble %F",  "Quartetto %F", "Orchestra di %T",
    "Balletto di %T", "Compagnia %G %F", "Circo %F",         "Gli Amici %c", "%F/%F"};

constexpr std::string_view venues[] = {"Teatro Comunale di %T",  "Teatro %F",      "Teatro dell’Opera di %T",
                                       "Auditorium %G %F",       "Spazio %c",      "Sala %F",
                                       "Centro culturale di %T", "Teatro %c",      "Arena di %T",
                                       "La Fabbrica %c",         "Oratorio di %T", "Piccolo Teatro %c"};

constexpr std::string_view operators[] = {"Fondazione Teatri di %T", "Comune di %T – Cultura", "%F Spettacoli S.r.l.",
                                          "Associazione culturale %N %c"};

constexpr std::string_view rooms[] = {"Sala grande", "Ridotto", "Studio", "Foyer", "Sala prove", "Cortile"};

constexpr std::string_view streets[] = {"via Roma", "piazza del Teatro", "via %G %F",           "corso Garibaldi",
                                        "via %F",   "largo %F",          "viale della Libertà", "vicolo del Mulino"};

constexpr std::string_view festivals[] = {"Festival di %T", "Festival %c", "Notti di %T", "Mese della danza"};

constexpr std::string_view seasons[] = {"Stagione", "Cartellone"};

constexpr std::string_view fares[] = {"Intero", "Ridotto", "Abbonati", "Under 26", "Famiglia", "Platea oro"};

constexpr std::string_view keywords[] = {"teatro",         "per bambini",      "danza",     "circo",        "musica",
                                         "prima assoluta", "comico",           "burattini", "lirica",       "jazz",
                                         "classica",       "teatro di strada", "lettura",   "accessibilità"};

constexpr std::string_view town_starts[] = {"Castel", "Monte", "San ",  "Santa ", "Borgo",  "Villa",  "Rocca",
                                            "Campo",  "Serra", "Torre", "Pieve ", "Colle ", "Ponte ", "Valle "};

constexpr std::string_view town_ends[] = {"nuovo",  "vecchio", "franco",  "alto",      "bianco sul Lago", "Martino",
                                          "Lucia",  "Giorgio", "rosso",   "di Sotto",  "di Sopra",        "Marittimo",
                                          "chiaro", "fiorito", "Niccolò", "in Collina"};

constexpr Town towns[] = {
    {"Roma", 184, 419028, 124964},      {"Milano", 20121, 454642, 91900},   {"Napoli", 80132, 408518, 142681},
    {"Torino", 10121, 450703, 76869},   {"Palermo", 90133, 381157, 133615}, {"Bologna", 40121, 444949, 113426},
    {"Firenze", 50122, 437696, 112558}, {"Genova", 16121, 444056, 89463},   {"Venezia", 30124, 454408, 123155},
    {"Verona", 37121, 454384, 109916},  {"Forlì", 47121, 442227, 120407},   {"Parma", 43121, 448015, 103279},
    {"Bari", 70122, 411171, 168719},    {"Cagliari", 9124, 392238, 91217},  {"Perugia", 6121, 431107, 123908},
    {"Lugano", 6900, 460037, 89511}};

constexpr Words words{"it",        "IT",      "it",      5,           false,     given,       family,    nouns,
                      complements, titles,    sentences, short_notes, companies, venues,      operators, rooms,
                      streets,     festivals, seasons,   fares,       keywords,  town_starts, town_ends, towns};

}  // namespace

const Words& italian() { return words; }

}  // namespace scenograph::benchmarks
