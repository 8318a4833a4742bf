"""The words of `sentences`, one table a language. `{n}` and `{of}` are the person's own numbers.

`REASONS`: said after the percentage. `AGAINST`: said last, of what pulls the other way, by effect. A key
with a number (`seen_0`) is the form for that number, one with a minus (`volume-`) the form for what lowers.
"""

from typing import Final

Table = dict[str, dict[str, str]]

MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
}  # fmt: skip

WORDS: Final[Table] = {
    "en": {
        "usual": "much like most people here",
        "once_0": "seen once, today",
        "once_1": "seen once, yesterday",
        "once": "seen once, {n} days ago",
        "since_month": "the silence since {month}",
        "since_year": "the silence since {month} {year}",
    },
    "nl": {
        "usual": "ongeveer zoals de meesten hier",
        "once_0": "één keer gezien, vandaag",
        "once_1": "één keer gezien, gisteren",
        "once": "één keer gezien, {n} dagen geleden",
        "since_month": "de stilte sinds {month}",
        "since_year": "de stilte sinds {month} {year}",
    },
}

REASONS: Final[Table] = {
    "en": {
        "recent": "active on {n} of the last {of} days",
        "seen": "last seen {n} days ago",
        "seen_0": "here today",
        "seen_1": "here yesterday",
        "silence": "silent for {n} days",
        "weeks": "active in {n} of the last {of} weeks",
        "year": "active in {n} of the last {of} weeks",
        "tenure_days": "known for {n} days",
        "tenure_months": "known for {n} months",
        "tenure_years": "known for {n} years",
        "volume": "{n} contributions in all",
        "volume_1": "one contribution in all",
        "replies": "{n} answers given",
        "replies_1": "one answer given",
        "received": "answered by others {n} times",
        "received_1": "answered by others once",
        "recent-": "active on only {n} of the last {of} days",
        "weeks-": "active in only {n} of the last {of} weeks",
        "year-": "active in only {n} of the last {of} weeks",
        "tenure_days-": "known for only {n} days",
        "volume-": "only {n} contributions in all",
        "replies-": "only {n} answers given",
        "received-": "answered by others only {n} times",
        "answering-": "answered only {n} of {of} asks",
        "breadth": "takes part in {n} ways",
        "answering": "answered {n} of {of} asks",
        "touches": "contacted by us {n} times",
        "touches_1": "contacted by us once",
    },
    "nl": {
        "recent": "actief op {n} van de laatste {of} dagen",
        "seen": "{n} dagen geleden voor het laatst gezien",
        "seen_0": "vandaag nog hier",
        "seen_1": "gisteren nog hier",
        "silence": "{n} dagen stil",
        "weeks": "actief in {n} van de laatste {of} weken",
        "year": "actief in {n} van de laatste {of} weken",
        "tenure_days": "{n} dagen bekend",
        "tenure_months": "{n} maanden bekend",
        "tenure_years": "{n} jaar bekend",
        "volume": "{n} bijdragen in totaal",
        "volume_1": "één bijdrage in totaal",
        "replies": "gaf {n} antwoorden",
        "replies_1": "gaf één antwoord",
        "received": "kreeg {n} keer antwoord",
        "received_1": "kreeg één keer antwoord",
        "recent-": "actief op maar {n} van de laatste {of} dagen",
        "weeks-": "actief in maar {n} van de laatste {of} weken",
        "year-": "actief in maar {n} van de laatste {of} weken",
        "tenure_days-": "nog maar {n} dagen bekend",
        "volume-": "maar {n} bijdragen in totaal",
        "replies-": "gaf maar {n} antwoorden",
        "received-": "kreeg maar {n} keer antwoord",
        "answering-": "antwoordde op maar {n} van {of} vragen",
        "breadth": "doet op {n} manieren mee",
        "answering": "antwoordde op {n} van {of} vragen",
        "touches": "{n} keer door ons benaderd",
        "touches_1": "één keer door ons benaderd",
    },
}

AGAINST: Final[Table] = {
    "en": {
        "since-": "{what} lowers it",
        "silence-": "{n} days of silence lower it",
        "silence+": "a silence of only {n} days raises it",
        "any-": "lower for: {what}",
        "any+": "higher for: {what}",
    },
    "nl": {
        "since-": "{what} drukt",
        "silence-": "{n} dagen stilte drukt",
        "silence+": "maar {n} dagen stilte helpt",
        "any-": "lager door: {what}",
        "any+": "hoger door: {what}",
    },
}

NOTES: Final[Table] = {
    "en": {
        "horizon": (
            "Shown means: active in {weeks} or more different weeks of the next {horizon} days. The share"
            " is of the people who were active in the last {lookback} days."
        ),
        "horizon_scaled": (
            "The log is short, so shown means here: active in {weeks} or more different weeks of the next"
            " {horizon} days. The share is of the people who were active in the last {lookback} days."
        ),
        "few_windows": "Provisional: {windows} past windows to learn from where four are needed.",
        "too_short": (
            "Provisional: the log is too short to have seen who kept coming. People are ordered by how "
            "often they came of late; the share is a guess with a wide interval."
        ),
        "too_few_people": (
            "Provisional: no past window has twenty people with five who kept coming and five who did "
            "not. People are ordered by how often they came of late; the share is a guess with a wide "
            "interval."
        ),
        "holes": (
            "In part of the log nothing at all was recorded; {windows} past windows that touch it are "
            "left out."
        ),
        "future_events": "{rows} events lie after the day of this score and were left out.",
        "rows_without_person_or_time": "{rows} rows have no person or no time and were left out.",
        "no_events": "Nobody did anything yet, so there is nothing to tell.",
        "stated_few": "Only {answers} people said whether they want a closer relation; that weighs little.",
        "stated_gap": (
            "Of the {answers} people who were asked, {stated} % say they want a closer relation; their "
            "behaviour shows {shown} %."
        ),
        "stated_unknown": (
            "{answers} answers come from people who are not among the events; they were left out."
        ),
        "stated_none": (
            "None of the answers comes from somebody among the events, so the score is what people show."
        ),
    },
    "nl": {
        "horizon": (
            "Getoond betekent: actief in {weeks} of meer verschillende weken van de volgende {horizon} "
            "dagen. Het aandeel is van de mensen die in de laatste {lookback} dagen actief waren."
        ),
        "horizon_scaled": (
            "Het logboek is kort, dus getoond betekent hier: actief in {weeks} of meer verschillende "
            "weken van de volgende {horizon} dagen. Het aandeel is van de mensen die in de laatste "
            "{lookback} dagen actief waren."
        ),
        "few_windows": "Voorlopig: {windows} eerdere vensters om van te leren, waar er vier nodig zijn.",
        "too_short": (
            "Voorlopig: het logboek is te kort om te zien wie bleef komen. Mensen staan op volgorde van "
            "hoe vaak ze de laatste tijd kwamen; het aandeel is een gok met een brede marge."
        ),
        "too_few_people": (
            "Voorlopig: geen eerder venster telt twintig mensen van wie er vijf bleven komen en vijf "
            "niet. Mensen staan op volgorde van hoe vaak ze de laatste tijd kwamen; het aandeel is een "
            "gok met een brede marge."
        ),
        "holes": (
            "In een deel van het logboek is helemaal niets vastgelegd; {windows} eerdere vensters die "
            "daaraan raken tellen niet mee."
        ),
        "future_events": "{rows} gebeurtenissen liggen na de dag van deze score en zijn weggelaten.",
        "rows_without_person_or_time": "{rows} rijen hebben geen persoon of geen tijd en zijn weggelaten.",
        "no_events": "Er heeft nog niemand iets gedaan, dus er valt niets te zeggen.",
        "stated_few": "Maar {answers} mensen zeiden of ze een nauwere relatie willen; dat weegt licht.",
        "stated_gap": (
            "Van de {answers} mensen aan wie het gevraagd is, zegt {stated} % een nauwere relatie te "
            "willen; hun gedrag toont {shown} %."
        ),
        "stated_unknown": (
            "{answers} antwoorden komen van mensen die niet in de gebeurtenissen voorkomen; die zijn "
            "weggelaten."
        ),
        "stated_none": (
            "Geen enkel antwoord komt van iemand uit de gebeurtenissen, dus de score is wat mensen tonen."
        ),
    },
}
