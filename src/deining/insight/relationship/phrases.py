"""The words of `sentences`, one table a language."""

from typing import Final

MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
}  # fmt: skip

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "usual": "much like most people here",
        "once_today": "seen once, today",
        "once_one": "seen once, yesterday",
        "once": "seen once, {n} days ago",
        "lowers": "{what} lowers it",
        "raises": "{what} raises it",
    },
    "nl": {
        "usual": "ongeveer zoals de meesten hier",
        "once_today": "één keer gezien, vandaag",
        "once_one": "één keer gezien, gisteren",
        "once": "één keer gezien, {n} dagen geleden",
        "lowers": "{what}: dat drukt",
        "raises": "{what}: dat helpt",
    },
}

PHRASES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "recent": "active on {n} of the last {of} days",
        "weeks": "active in {n} of the last {of} weeks",
        "regularity": "came back {n} times in a year",
        "regularity_1": "one spell of activity in a year",
        "silence": "{n} days of silence",
        "silence_0": "being here today",
        "silence_1": "being here yesterday",
        "silence_since": "the silence since {month}",
        "tenure_days": "known for {n} days",
        "tenure_months": "known for {n} months",
        "tenure_years": "known for {n} years",
        "volume": "{n} contributions in all",
        "replies": "{n} answers given",
        "replies_1": "one answer given",
        "received": "answered by others {n} times",
        "received_1": "answered by others once",
        "breadth": "takes part in {n} ways",
        "answering": "answered {n} of {of} asks",
        "touches": "contacted by us {n} times",
        "touches_1": "contacted by us once",
    },
    "nl": {
        "recent": "actief op {n} van de laatste {of} dagen",
        "weeks": "actief in {n} van de laatste {of} weken",
        "regularity": "kwam in een jaar {n} keer terug",
        "regularity_1": "één periode van activiteit in een jaar",
        "silence": "{n} dagen stilte",
        "silence_0": "vandaag nog hier",
        "silence_1": "gisteren nog hier",
        "silence_since": "de stilte sinds {month}",
        "tenure_days": "{n} dagen bekend",
        "tenure_months": "{n} maanden bekend",
        "tenure_years": "{n} jaar bekend",
        "volume": "{n} bijdragen in totaal",
        "replies": "{n} antwoorden gegeven",
        "replies_1": "één antwoord gegeven",
        "received": "kreeg {n} keer antwoord",
        "received_1": "kreeg één keer antwoord",
        "breadth": "doet op {n} manieren mee",
        "answering": "antwoordde op {n} van {of} vragen",
        "touches": "{n} keer door ons benaderd",
        "touches_1": "één keer door ons benaderd",
    },
}

NOTES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "few_windows": "Provisional: only {windows} past windows to learn from and to test on; four are needed.",
        "too_short": "Provisional: the log is too short to have seen who kept coming. People are ranked by recent activity and the share cannot be told yet.",
        "short_log": "The log covers {span} days, so we look {horizon} days ahead and ask for activity in {weeks} different weeks.",
        "horizon": "Shown means: active in {weeks} or more different weeks of the next {horizon} days, among people active in the last {lookback} days.",
        "future_events": "{rows} events lie after the day of this score and were left out.",
        "rows_without_person_or_time": "{rows} rows have no person or no time and were left out.",
        "no_events": "There are no events, so there is nothing to tell.",
        "stated_few": "{answers} people answered whether they want a closer relation; that is too few to lean on, so it weighs little.",
        "stated_gap": "Stated and shown differ: {stated} % say they want a closer relation where behaviour shows {shown} %.",
        "not_calibrated": "Too few past windows to calibrate the probabilities.",
    },
    "nl": {
        "few_windows": "Voorlopig: er zijn maar {windows} eerdere vensters om van te leren en op te toetsen; er zijn er vier nodig.",
        "too_short": "Voorlopig: het logboek is te kort om te hebben gezien wie bleef komen. Mensen staan op volgorde van recente activiteit en het aandeel is nog niet te zeggen.",
        "short_log": "Het logboek beslaat {span} dagen, daarom kijken we {horizon} dagen vooruit en vragen we activiteit in {weeks} verschillende weken.",
        "horizon": "Getoond betekent: actief in {weeks} of meer verschillende weken van de volgende {horizon} dagen, onder mensen die in de laatste {lookback} dagen actief waren.",
        "future_events": "{rows} gebeurtenissen liggen na de dag van deze score en zijn weggelaten.",
        "rows_without_person_or_time": "{rows} rijen hebben geen persoon of geen tijd en zijn weggelaten.",
        "no_events": "Er zijn geen gebeurtenissen, dus er valt niets te zeggen.",
        "stated_few": "{answers} mensen antwoordden of ze een nauwere relatie willen; te weinig om op te leunen, dus het weegt licht.",
        "stated_gap": "Gezegd en getoond verschillen: {stated} % zegt een nauwere relatie te willen waar gedrag {shown} % toont.",
        "not_calibrated": "Te weinig eerdere vensters om de kansen te ijken.",
    },
}  # fmt: skip
