#include "words.hpp"

namespace scenograph::benchmarks {

namespace {

constexpr std::string_view given[] = {
    "Alice",     "Oliver",   "Siân",     "Rhys",     "Niamh",  "Seán",   "Aoife",  "Ciarán", "Zoë",      "Chloë",
    "Imogen",    "Harriet",  "Tariq",    "Priya",    "Olu",    "Adaeze", "Callum", "Isla",   "Fergus",   "Morag",
    "Gareth",    "Bronwen",  "Emily",    "Jack",     "Ruby",   "Leo",    "Grace",  "Hugh",   "Beatrice", "Nathaniel",
    "Tabitha",   "Rufus",    "Phoebe",   "Declan",   "Orla",   "Eoghan", "Maeve",  "Idris",  "Nia",      "Owen",
    "Charlotte", "Edmund",   "Florence", "George",   "Hester", "Ivan",   "Joan",   "Kit",    "Lydia",    "Miles",
    "Nora",      "Percy",    "Quincy",   "Rosalind", "Silas",  "Thea",   "Una",    "Violet", "Winston",  "Yusuf",
    "Amara",     "Blessing", "Cormac",   "Dilys",    "Esmé",   "Renée"};

constexpr std::string_view family[] = {"Smith",       "Okafor",
                                       "Ashworth",    "Penhaligon",
                                       "O’Connor",    "Ní Bhriain",
                                       "MacLeod",     "Llewellyn",
                                       "Patel",       "Fairweather",
                                       "Whitcombe",   "Hollis",
                                       "Adeyemi",     "Thornbury",
                                       "Blackwood",   "Cavendish",
                                       "Drummond",    "Eastwick",
                                       "Farrell",     "Gallagher",
                                       "Harcourt",    "Ibrahim",
                                       "Jarvis",      "Kavanagh",
                                       "Lockhart",    "Merriweather",
                                       "Nettleton",   "O’Sullivan",
                                       "Prendergast", "Quigley",
                                       "Ravenscroft", "Sinclair",
                                       "Trevelyan",   "Underhill",
                                       "Vaughan",     "Wainwright",
                                       "Yates",       "Zaman",
                                       "Abernathy",   "Barraclough",
                                       "Chaudhry",    "Doherty",
                                       "Ellwood",     "Fitzgerald",
                                       "Greenhalgh",  "Hathaway",
                                       "Ingram",      "Jephcott",
                                       "Kerr",        "Lovelace",
                                       "Mbeki",       "Norwood",
                                       "Oduya",       "Pritchard",
                                       "Rao",         "Shah",
                                       "Tennant",     "Umar",
                                       "Valentine",   "Wren",
                                       "Young",       "Attenborough-Lee",
                                       "Bell",        "Clarke",
                                       "Davies",      "Evans",
                                       "Foster",      "Gray",
                                       "Hughes",      "Jones",
                                       "Khan",        "Lewis",
                                       "Morris",      "Nolan",
                                       "Owens",       "Price",
                                       "Reid",        "Shaw",
                                       "Turner",      "Walker"};

constexpr std::string_view nouns[] = {
    "the house",    "the garden",     "the night",   "the summer",  "the silence", "the sea",      "the starling",
    "the forest",   "the wind",       "the light",   "the shadow",  "the river",   "the window",   "the mirror",
    "the snow",     "the journey",    "the letter",  "the clock",   "the stage",   "the mountain", "the shore",
    "the comet",    "the city",       "the secret",  "the memory",  "the dream",   "the feast",    "the absence",
    "the king",     "the queen",      "the fool",    "the puppet",  "the bridge",  "the station",  "the train",
    "the suitcase", "the coat",       "the child",   "the sister",  "the brother", "the day",      "the dawn",
    "the dusk",     "the rain",       "the storm",   "the sand",    "the stone",   "the fire",     "the ash",
    "the island",   "the lighthouse", "the ship",    "the tide",    "the wolf",    "the hare",     "the horse",
    "the song",     "the fiddle",     "the dance",   "the ball",    "the border",  "the wall",     "the door",
    "the stair",    "the cellar",     "the attic",   "the kitchen", "the beast",   "the soldier",  "the war",
    "the peace",    "the trial",      "the lie",     "the truth",   "the promise", "the spring",   "the winter",
    "the crown",    "the tempest",    "the orchard", "the wheel",   "the thread"};

constexpr std::string_view complements[] = {"of glass",         "without sleep",   "at the end of the world",
                                            "of paper",         "adrift",          "of others",
                                            "at midnight",      "in the rain",     "of my father",
                                            "of my mother",     "next door",       "with a thousand voices",
                                            "in winter",        "of Clara",        "of the vanished",
                                            "in exile",         "at dusk",         "of salt",
                                            "without a name",   "in the mist",     "of clay",
                                            "out of time",      "of forgetting",   "on Sunday",
                                            "of ink",           "of no return",    "of giants",
                                            "on the wire",      "of lead",         "that leans",
                                            "that trembles",    "on the moor",     "under construction",
                                            "of the invisible", "out of season",   "under the open sky",
                                            "in the balance",   "of tomorrow",     "without end",
                                            "of the first day", "on the far bank", "of dogs",
                                            "of cardboard",     "that walks",      "of nobody",
                                            "in C minor",       "for two voices",  "by the canal"};

constexpr std::string_view titles[] = {"%N %c",
                                       "%N %c",
                                       "%N and %n",
                                       "%N",
                                       "%G and %n",
                                       "%G, or %n %c",
                                       "%N, %n",
                                       "With %n",
                                       "Against %n",
                                       "What %n said",
                                       "For %G",
                                       "Without %n",
                                       "%N %c: part two",
                                       "Where is %n?",
                                       "%G, %n %c",
                                       "%P: a life",
                                       "Between %n and %n",
                                       "I, %n",
                                       "We are %n %c",
                                       "Chorus for %n",
                                       "Variations on %n %c",
                                       "Who saw %n %c?",
                                       "%N before %n",
                                       "Once more, %n"};

constexpr std::string_view sentences[] = {
    "%P returns with a play in which %n meets %n.",
    "On a bare stage %n turns into %n, and nothing is ever quite the same again.",
    "A family gathers in %n %c; each of them is looking for %n.",
    "After %n, the company carries on its work about %n and takes the audience right through %n.",
    "Funny, dizzying and tender: %P finds a language of their own.",
    "It begins with %n and ends with %n; between the two lies an hour of pure theatre.",
    "‘Somebody had to let %n speak,’ says %G. Here it does.",
    "Seven performers bring together music, film and story-telling.",
    "First made in %T, this solo has already won over more than a hundred houses in Europe.",
    "A tale for today, for everyone over seven, in which %n %c is never far away.",
    "%P and %P take hold of the text with rare energy.",
    "A set full of light lets %n fill the room, little by little.",
    "What is left when %n goes? A chair, a tune, and %n.",
    "The audience is invited on a journey in sound; a talk follows Thursday’s performance.",
    "Where circus meets dance, five acrobats build %n %c before our eyes.",
    "Sharply written, the play asks about inheritance, about family and about %n.",
    "★★★★ \\\"A marvel of wit and delicacy\\\"",
    "Performed in English with captions on Saturday; audio description can be booked.",
    "Running time: about 80 minutes, no interval. Doors open half an hour before.",
    "The %T Philharmonic joins %P in a programme from Purcell to our own day.",
    "Here %n is no backdrop but a character.\\n\\nSupported by the town of %T.",
    "Concessions for under-26s, claimants and members.",
    "Inventive direction, a radiant cast: %n %c as you have never seen it."};

constexpr std::string_view short_notes[] = {"Sold out",       "World première", "Ages 6+",       "Revival",
                                            "With %P",        "For everyone",   "In %T",         "Captioned",
                                            "In the big top", "Free entry",     "%N %c, with %P"};

constexpr std::string_view companies[] = {"The %F Company", "%N %c Theatre", "%T Players", "%F & %F",
                                          "%T Ballet",      "%G %F Dance",   "%F Quartet", "%T Philharmonic",
                                          "Theatre %c",     "%N Collective", "Circus %F",  "Company %c"};

constexpr std::string_view venues[] = {"%T Playhouse",     "Theatre Royal %T",  "The %F Theatre",   "%T Arts Centre",
                                       "The Old Mill, %T", "%F Hall",           "The Warehouse %c", "%T Corn Exchange",
                                       "Royal Opera, %T",  "The Attic %c",      "%G %F Studio",     "St Mary’s, %T",
                                       "Village Hall, %T", "The Cellar Club %c"};

constexpr std::string_view operators[] = {"%T Theatres Trust", "%F Arts Ltd", "%T City Council – Culture", "Friends %c",
                                          "%F Productions"};

constexpr std::string_view rooms[] = {"Main House",       "Studio",   "The Pit",         "Foyer",
                                      "Upper Circle Bar", "The Loft", "Rehearsal Room 1"};

constexpr std::string_view streets[] = {"High Street", "Theatre Lane",  "%F Road",   "Station Road", "%F Street",
                                        "Quayside",    "Church Street", "%G %F Way", "Mill Lane"};

constexpr std::string_view festivals[] = {"%T Festival", "%T Fringe", "Festival %c", "Dance Month", "Nights in %T"};

constexpr std::string_view seasons[] = {"Season", "Programme"};

constexpr std::string_view fares[] = {"Standard", "Concession", "Member",          "Under 26",
                                      "Family",   "Premium",    "Pay what you can"};

constexpr std::string_view keywords[] = {
    "theatre",      "family",   "dance",   "circus",  "music",           "new writing",
    "comedy",       "puppetry", "opera",   "jazz",    "classical",       "outdoor",
    "storytelling", "folk",     "hip hop", "reading", "BSL interpreted", "relaxed performance"};

constexpr std::string_view town_starts[] = {"Ash",       "Black",   "Great Hol", "Little Wex", "King’s", "Lower Mar",
                                            "Stoke ",    "Nether ", "Saint ",    "Over",       "Hather", "Bram",
                                            "Chipping ", "Market ", "Wold",      "Kil",        "Bally",  "Llan"};

constexpr std::string_view town_ends[] = {"ford",    "bury",   "combe", "wick",   "ton-on-Sea", "ley",
                                          "minster", "thorpe", "stead", "bourne", "by",         "holme",
                                          "mouth",   "field",  "worth", "bridge", "dale",       "gate"};

constexpr Town towns[] = {
    {"London", 1, 515072, -1276},       {"Manchester", 1, 534808, -22426}, {"Edinburgh", 1, 559533, -31883},
    {"Dublin", 1, 533498, -62603},      {"Glasgow", 1, 558642, -42518},    {"Bristol", 1, 514545, -25879},
    {"Cardiff", 1, 514816, -31791},     {"Leeds", 1, 538008, -15491},      {"Birmingham", 1, 524862, -18904},
    {"Belfast", 1, 545973, -59301},     {"Sheffield", 1, 533811, -14701},  {"Newcastle", 1, 549783, -16178},
    {"Bath", 1, 513811, -23590},        {"York", 1, 539600, -10873},       {"Galway", 1, 532707, -90568},
    {"Cork", 1, 518985, -84756},        {"Norwich", 1, 526309, 12974},     {"Exeter", 1, 507184, -35339},
    {"Aberystwyth", 1, 524153, -40829}, {"Inverness", 1, 574778, -42247}};

constexpr Words words{"en",        "GB",      "uk",      0,           true,      given,       family,    nouns,
                      complements, titles,    sentences, short_notes, companies, venues,      operators, rooms,
                      streets,     festivals, seasons,   fares,       keywords,  town_starts, town_ends, towns};

}  // namespace

const Words& english() { return words; }

}  // namespace scenograph::benchmarks
