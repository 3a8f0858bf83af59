"""Pure: the made-up people of the example, of all five UN regions, and what they say."""

OFFICER = {"name": "Marta Lindqvist", "address": "marta.lindqvist@secretariat.example", "zone": "America/Toronto", "language": "en"}

# name, address, organization, kind, iso, region, flags, role in the expert group, language, zone, means and more
PEOPLE = [
    ("Kwame Asante-Mensah", "k.asante@csir.example", "Ghana", "party", "GH", "africa", "", "chair", "en", "Africa/Accra", {}),
    ("Lucía Fernández Rojas", "lucia.fernandez@ambiente.example", "Peru", "party", "PE", "grulac", "", "member", "es", "America/Lima", {}),
    (
        "Seini Taufa", "seini.taufa@environment.example", "Tuvalu", "party", "TV", "asia-pacific", "ldc sids", "member", "en",
        "Pacific/Funafuti", {"means": "mail", "rhythm": "weekly", "digest_day": 0, "limit_bytes": 12_000},
    ),
    ("陈玉兰", "chen.yulan@kxy.example", "China", "party", "CN", "asia-pacific", "", "member", "zh", "Asia/Shanghai", {}),
    ("أمينة بلحاج", "amina.belhadj@recherche.example", "Algeria", "party", "DZ", "africa", "", "member", "ar", "Africa/Algiers", {}),
    ("Nino Kapanadze", "nino.kapanadze@moe.example", "Georgia", "party", "GE", "cee", "eit", "co-chair", "en", "Asia/Tbilisi", {}),
    ("Claire Dubreuil", "claire.dubreuil@ecologie.example", "Canada", "party", "CA", "weog", "", "member", "fr", "America/Toronto", {"form": "html"}),
    (
        "Fatou Ndiaye", "fatou.ndiaye@isra.example", "Senegal", "party", "SN", "africa", "ldc", "member", "fr", "Africa/Dakar",
        {"means": "mail", "limit_bytes": 40_000},
    ),
    ("Bhim Gurung", "bhim.gurung@forest.example", "Nepal", "party", "NP", "asia-pacific", "ldc", "member", "en", "Asia/Kathmandu", {"rhythm": "at-once"}),
    ("Jan Kowalczyk", "jan.kowalczyk@ios.example", "Poland", "party", "PL", "cee", "", "member", "en", "Europe/Warsaw", {"rhythm": "weekly"}),
    ("Mateus Oliveira", "mateus@sementes.example", "Seeds Without Borders", "observer", "", "grulac", "", "observer", "en", "America/Sao_Paulo", {}),
]  # fmt: skip
COMMITTEE = ["Lucía Fernández Rojas", "Claire Dubreuil", "Fatou Ndiaye", "Nino Kapanadze"]

# who, paragraph mark, type, words, proposed wording, door, on behalf of; then disposition and response
FIRST_ROUND = [
    (
        "Kwame Asante-Mensah", "6", "substantive", "An obstacle that few name can still be decisive for those few. Please do not leave the annex aside.", "",
        "page", "", "accepted", "The sentence now says so.",
    ),
    (
        "Seini Taufa", "5", "substantive", "For islands the freight is charged by the voyage and not by weight. This is why spare parts do not come.", "",
        "mail", "", "accepted", "Added at the end of the paragraph.",
    ),
    (
        "Lucía Fernández Rojas", "9", "general", "Who is to send the disc, and how often? A sentence on this would help national nodes.", "",
        "page", "", "noted", "To be taken up with the advisory committee.",
    ),
    (
        "Jan Kowalczyk", "11", "editorial", "Paragraphs 10 and 11 say one thing; they could be one paragraph.", "", "page", "", "accepted", "Merged.",
    ),
    (
        "Nino Kapanadze", "14", "substantive", "The Conference of the Parties asks the mechanism; a draft cannot say that it should.",
        "14. Parties may wish to ask the financial mechanism to consider a fund for adaptation, of modest size.", "page", "Georgia",
        "accepted-with-modification", "Taken up, with the condition of a partner institution that Canada proposed.",
    ),
    (
        "Mateus Oliveira", "", "general", "Nothing is said of what indigenous and local communities themselves have to offer.", "", "mail",
        "Seeds Without Borders", "accepted-in-part", "A new paragraph is proposed in the section on information.",
    ),
]  # fmt: skip
SECOND_ROUND = [
    ("Lucía Fernández Rojas", "10", "substantive", "We welcome this paragraph. The conditions should be put down in writing, with the communities.", "", "page", ""),
    ("Claire Dubreuil", "14", "editorial", "« Open to institutions that have a partner elsewhere » is unclear: elsewhere than where?", "", "page", "Canada"),
    ("Kwame Asante-Mensah", "7", "technical", "One person and a telephone was the case in two of the three countries; the third had an office of four.", "", "page", ""),
]  # fmt: skip
ANSWER = ("Nino Kapanadze", "Perhaps “in another country”, which is what the first draft's discussion meant.")
QUESTIONS = "Is the list of conditions in paragraph 12 complete?\n\nBy what means does news of technologies reach your institution today?"
POLL = (
    "9",
    "Do we put e-mail first?",
    "Those with slow or costly connections need the same information by e-mail first of all, and by print or a disc sent by post.",
)
BY_MAIL = {
    "[Q2]": "By e-mail, and twice a year by the boat.",
    "[5]": "TE: Thank you for adding the freight. Please write \"small island\nStates\" in the third line as well; low-lying coasts have the same trouble.",
    "[9]": "Print reaches us in six weeks, e-mail in a night. Put e-mail first.\nPROPOSED: 9. Those with slow or costly connections need the same\n"
    "information by e-mail first of all, and by print or a disc sent by post.",
    "[17]": "I shall not be able to travel in November. I thank the secretariat for\nthis paragraph.",
}  # fmt: skip
