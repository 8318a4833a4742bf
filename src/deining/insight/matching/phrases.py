"""Reasons as one readable line, in Dutch and English: a room without Django has words of its own."""

from collections.abc import Iterable
from typing import Any, Final

from deining.insight.matching.reasons import Reason

_PHRASES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "email_same": "same e-mail address",
        "email_same_mailbox": "same mailbox, written differently",
        "email_shared": "same address, but one that several people may read",
        "email_differs": "different e-mail addresses",
        "domain_same": "both at {domain}",
        "handle_same": "same handle “{handle}”",
        "handle_is_name": "the handle “{handle}” is the other one's name",
        "name_same": "same name",
        "name_order": "same name in another order",
        "name_typo": "name differs by {letters}",
        "name_nickname": "“{one}” is a form of “{other}”",
        "name_initial": "the initial fits: “{one}” and “{other}”",
        "name_close": "“{one}” looks like “{other}”",
        "name_part": "“{words}” in both names",
        "name_differs": "different name: “{one}” and “{other}”",
        "name_rare": "which is a rare name here",
        "name_common": "which is a common name here",
        "network_same": "but both on {network}",
        "detail_same": "same {detail}",
        "detail_near": "{detail} differs by one character",
        "detail_differs": "different {detail}",
        "letters": "one letter|{count} letters",
        "nothing": "nothing in common",
    },
    "nl": {
        "email_same": "zelfde e-mailadres",
        "email_same_mailbox": "zelfde mailbox, anders geschreven",
        "email_shared": "zelfde adres, maar een dat misschien meer mensen lezen",
        "email_differs": "verschillende e-mailadressen",
        "domain_same": "allebei bij {domain}",
        "handle_same": "zelfde gebruikersnaam “{handle}”",
        "handle_is_name": "de gebruikersnaam “{handle}” is de naam van de ander",
        "name_same": "zelfde naam",
        "name_order": "zelfde naam in een andere volgorde",
        "name_typo": "naam verschilt {letters}",
        "name_nickname": "“{one}” is een vorm van “{other}”",
        "name_initial": "de voorletter klopt: “{one}” en “{other}”",
        "name_close": "“{one}” lijkt op “{other}”",
        "name_part": "“{words}” in allebei de namen",
        "name_differs": "andere naam: “{one}” en “{other}”",
        "name_rare": "een naam die hier zeldzaam is",
        "name_common": "een naam die hier vaak voorkomt",
        "network_same": "maar allebei op {network}",
        "detail_same": "zelfde {detail}",
        "detail_near": "{detail} verschilt één teken",
        "detail_differs": "andere {detail}",
        "letters": "één letter|{count} letters",
        "nothing": "niets gemeen",
    },
}
_DETAILS: Final[dict[str, dict[str, str]]] = {
    "en": {"born": "date of birth", "phone": "telephone number", "postcode": "postcode", "town": "town"},
    "nl": {"born": "geboortedatum", "phone": "telefoonnummer", "postcode": "postcode", "town": "woonplaats"},
}


def sentence(reasons: Iterable[Reason], lang: str = "en") -> str:
    """The reasons in words, as they were given, e.g. "same e-mail address; name differs by one letter".

    `lang`: "nl" or "en" (anything else gives English). The text holds names as the accounts give them, so it
    is data like any other: escape it where it is shown.
    """
    language = lang if lang in _PHRASES else "en"
    told = [_phrase(reason, language) for reason in reasons]
    return "; ".join(told) if told else _PHRASES[language]["nothing"]


def _phrase(reason: Reason, language: str) -> str:
    words = _PHRASES[language]
    params: dict[str, Any] = dict(reason.params)
    if "detail" in params:
        params["detail"] = _DETAILS[language].get(params["detail"], params["detail"])
    if "letters" in params:
        one, many = words["letters"].split("|")
        params["letters"] = one if params["letters"] == 1 else many.format(count=params["letters"])
    return words[reason.code].format(**params)
