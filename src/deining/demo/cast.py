"""The words the demo brand is made of. All of it is invented; addresses use domains that are reserved for
examples, so that nothing can ever reach anybody."""

from typing import Final

BRAND_NAME: Final = "Museum Klompvaart"
BRAND_SLUG: Final = "klompvaart"

FIRST_NAMES: Final = (
    "Aafke", "Abel", "Adriaan", "Agnes", "Amira", "Anouk", "Arie", "Ayla", "Bart", "Bilal", "Bram", "Carla",
    "Cas", "Charlotte", "Corry", "Daan", "Dirk", "Dounia", "Eef", "Elif", "Emiel", "Esther", "Evi",
    "Fatima", "Femke", "Ferre", "Floor", "Geert", "Gijs", "Gwen", "Hanna", "Hidde", "Ilse", "Imane",
    "Ingrid", "Jamal", "Jelle", "Jip", "Joke", "Joost", "Karim", "Katrien", "Kobe", "Lars", "Lies", "Loes",
    "Lotte", "Luuk", "Maarten", "Machteld", "Maud", "Mees", "Mehmet", "Mila", "Mirthe", "Naomi", "Nele",
    "Niels", "Noud", "Olga", "Otis", "Pepijn", "Pim", "Pleun", "Puck", "Rachid", "Rens", "Roos", "Ruben",
    "Sanne", "Senna", "Siebe", "Sietske", "Sofie", "Stijn", "Suze", "Tess", "Teun", "Thijs", "Tineke",
    "Tobe", "Toon", "Truus", "Vera", "Wannes", "Wessel", "Wies", "Wout", "Yara", "Yusuf", "Zeger", "Zoë",
)  # fmt: skip
SURNAMES: Final = (
    "Aaldering", "Ankerman", "Baaksteen", "Bolwerk", "Boomgaarde", "van der Bries", "Dauwtrap", "Dijkhoofd",
    "Duinrand", "Eelgras", "Fokkenmast", "Geulman", "Griendwerk", "Halfwassen", "Hooimeter", "IJskring",
    "Kielvaart", "Klaverdijk", "Koggeland", "Kwelder", "Lantaarnpaal", "Leilinde", "van de Luwte",
    "Meerpaal", "Molshoop", "Noordkaap", "Oeverriet", "Oostmeeuw", "Paardebloem", "Pekelhoek", "Plankgas",
    "Polderman", "Rietvink", "Roerganger", "Ruigoord", "Schelpzand", "Schiereiland", "Slikwerk",
    "Sluisdeur", "Spantwerk", "Strandjut", "Tjalkema", "Touwslager", "van 't Tij", "Turfschip",
    "Uiterwaard", "Veenpluis", "Vloedlijn", "Waaigat", "Wadpier", "Waterlelie", "Weidemolen", "Wierdijk",
    "Zeilnaald", "Zilverpoot", "Zoetendal", "Zomerkade",
)  # fmt: skip
NICKNAMES: Final = (
    "bakboord", "binnenvaart", "botterfan", "buitengaats", "eb_en_vloed", "kaapstander", "kimlijn",
    "knoopkunde", "kompasroos", "landrot", "lijzijde", "loefzij", "mastworp", "oudeschuit", "plankier",
    "reddingsboei", "roeispaan", "scheepsbel", "splitsnaald", "stuurhut", "touwtje", "vlaggetje",
    "vuurtoren", "waterpas", "zandplaat", "zeebenen", "zeekaart", "zijzwaard",
)  # fmt: skip
MAIL_DOMAINS: Final = ("post.example", "brievenbus.example", "example.org", "example.net", "example.com")
SERVER: Final = "wad.example"

SUBJECTS: Final[dict[str, tuple[str, ...]]] = {
    "club": (
        "Welke knoop hoort hierbij?", "Oude foto van de werf", "Modelbouw: de tjotter",
        "Vrijwilligers gezocht",
        "Nacht van het Water", "Idee voor de kinderroute", "Restauratie van de praam", "Zomerprogramma",
        "Verhalen van vroeger", "Wie kent dit schip?", "Koffie in de loods", "Roeitocht in september",
    ),
    "shop": (
        "Houten klompscheepje", "Touwset voor beginners", "Boek Varen op klompen", "Kaart van de oude geulen",
        "Scheepsbeschuit", "Jaarkaart", "Workshop touwknopen", "Workshop zeilen naaien",
    ),
    "mastodon": ("Nacht van het Water", "De praam vaart weer", "Achter de schermen", "Foto van de week"),
    "visit": ("Vaste tentoonstelling", "Nacht van het Water", "Open werf", "Schoolbezoek"),
}  # fmt: skip
MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip
ASKS: Final = (
    "Wat vind je van de nieuwe zaal?", "Kies mee: welk schip eerst?", "Wat mis je in de winkel?",
    "Hoe was je bezoek?", "Denk mee over het zomerprogramma", "Welke avond komt jou uit?",
)  # fmt: skip
CONTESTS: Final = ("Win een jaarkaart", "Win een vaartocht voor vier")
STATED_ASK: Final = "Wil je een nauwere band met het museum?"

TAGS: Final = ("vrijwilliger?", "school", "ambachtsman", "pers")
NOTES: Final = (
    "Belde over de open werf; wil zelf een rondleiding geven.",
    "Heeft thuis nog tekeningen van de oude helling, komt die laten zien.",
    "Vroeg twee keer naar een toegankelijke ingang. Teruggekoppeld aan de huismeester.",
    "Geeft les op de basisschool aan de kade, plant elk voorjaar een bezoek.",
    "Liever geen mail in de zomer, dan is ze op het water.",
    "Schreef een mooi stuk over de praam; nog bedanken.",
)
