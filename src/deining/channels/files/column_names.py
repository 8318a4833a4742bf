"""What people call their columns, in Dutch and English, best first for each role."""

import re
import unicodedata
from functools import cache
from typing import Final

_WORDS: Final = {
    "person": """
        person person_id personid persoon persoon_id persoonsnummer user_id userid uid gebruiker_id
        gebruikersid gebruikersnummer customer_id customerid customer_number customer_no cust_id custid
        klant_id klantid klantnr klantnummer klant_nr klant_nummer klantcode klant customer client_id
        clientid client relatienummer relatienr relatie_id lidnummer lidnr lid_nr lid_id lid member_id
        memberid member author_id authorid auteur_id author auteur sender_id sender afzender_id afzender
        contact_id contactid contactnummer contact account_id accountid accountnummer account
        subscriber_id subscriber abonnee_id abonneenummer abonnee donor_id donor donateur visitor_id
        visitor bezoeker_id bezoekersid bezoeker deelnemer_id deelnemersnummer deelnemer participant_id
        participant student_id contributor contributor_id actor actor_id user gebruiker who wie koper
        buyer_id buyer gast guest_id guest inzender schrijver poster posted_by geplaatst_door door by
        created_by aangemaakt_door from_id from van src source_id person_addr person_address
        person_email email_address emailadres e_mailadres e_mail email mail mailadres author_email
        from_email from_address customer_email klant_email username user_name gebruikersnaam screen_name
        handle nickname nick login person_name author_name auteursnaam full_name fullname volledige_naam
        klantnaam customer_name naam name
    """,
    "time": """
        happened_at timestamp ts tijdstempel datetime date_time datum_tijd datumtijd datum_en_tijd
        tijdstip event_time event_timestamp event_date occurred_at created_at createdat created_utc
        created creation_date aangemaakt_op aangemaakt author_ts author_date posted_at post_date posted
        geplaatst_op geplaatst plaatsingsdatum sent_at sent_date sent verzonden_op verzonddatum
        verzonden order_date orderdatum besteldatum bestel_datum besteld_op purchase_date purchased_at
        aankoopdatum gekocht_op transaction_date transactiedatum invoice_date factuurdatum review_date
        published_at published gepubliceerd_op gepubliceerd publicatiedatum submitted_at ingestuurd_op
        ingezonden_op received_at ontvangen_op ontvangen visit_date bezoekdatum check_in aankomstdatum
        date datum wanneer when time tijd dag day commit_ts commit_date unix_time unixtime epoch
        logged_at registratiedatum
    """,
    "clock": "time tijd tijdstip uur time_of_day hour klok",
    "kind": """
        kind soort soort_contact event_type eventtype event_name event gebeurtenis type_gebeurtenis
        activity_type activity activiteit action_type action actie interaction_type interaction
        interactie type categorie_actie contact_type contacttype verb soort_actie post_type
    """,
    "asked": """
        asked gevraagd was_asked is_asked asked_for op_verzoek op_vraag solicited prompted uitgenodigd
        invited op_uitnodiging in_response_to_ask
    """,
    "about": """
        about over waarover topic_id topic onderwerp thread_id thread gesprek_id discussion discussie
        subject product_id product artikel artikelnummer sku item_id item object title titel stream
        forum categorie category campaign campagne page pagina
    """,
    "external_id": """
        external_id message_id messageid msgid msg_id post_id postid tweet_id comment_id review_id
        event_id activity_id bericht_id berichtid order_id orderid ordernummer order_number bestelnummer
        bestelling_id transaction_id transactie_id invoice_id factuurnummer invoice sha commit hash
        row_id uuid guid id
    """,
    "in_answer_to": """
        in_answer_to in_reply_to in_reply_to_id inreplyto reply_to_id reply_to replyto
        in_response_to_tweet_id in_response_to in_reply_to_status_id parent_id parent_post_id parent
        antwoord_op reactie_op in_antwoord_op reply_to_post_number
    """,
    "is_reply": "is_reply isreply is_antwoord is_reactie",
    "name": """
        display_name displayname weergavenaam full_name fullname volledige_naam person_name author_name
        auteursnaam klantnaam customer_name user_full_name naam name real_name
    """,
    "handle": "username user_name gebruikersnaam screen_name handle nickname nick login schermnaam",
    "email": """
        email e_mail mail emailadres e_mailadres mailadres email_address person_addr person_email
        author_email from_email customer_email klant_email
    """,
    "network": "network netwerk platform channel kanaal medium",
    "direction": "direction richting inbound inkomend incoming in_out in_uit",
    "stated": """
        stated wants_relation wants_relationship wants_a_relation wil_relatie wil_een_relatie
        relatie_gewenst closer_relation nauwere_relatie relation_wanted want_relationship
    """,
    "bot": "is_bot isbot bot is_robot robot is_automated automated geautomatiseerd is_system",
}


_ID_WORDS: Final = "id nr no number nummer num code key sleutel hash ref adres address addr"


@cache
def known_names() -> dict[str, dict[str, int]]:
    """role -> {normal name: rank}, rank 0 the best."""
    return {role: {word: rank for rank, word in enumerate(words.split())} for role, words in _WORDS.items()}


def normal(name: str) -> str:
    """`Klant-Nr.` and `klantNr` both as klant_nr."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip().lstrip("\ufeff"))
    plain = "".join(c for c in unicodedata.normalize("NFKD", split) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")


def name_score(role: str, column: str) -> float:
    """How well a name fits a role: 1 the best name, above .7 a known one, .5 a part of one, 0 not."""
    names = known_names()[role]
    plain = normal(column)
    if plain in names:
        return 1.0 - 0.2 * names[plain] / len(names)
    parts = plain.split("_")
    tails = ["_".join(parts[i:]) for i in range(1, len(parts))]
    # the head counts only before a word like id: participant_id is about a participant, participant_count
    # is not
    heads = ["_".join(parts[:-1])] if parts[-1] in _ID_WORDS.split() else []
    hits = [names[tail] for tail in (*tails, *heads) if tail in names and len(tail) > 2]
    return 0.6 - 0.2 * min(hits) / len(names) if hits else 0.0


def deduplicated(names: list[str]) -> list[str]:
    """Column names without doubles or blanks: datum, datum_2; an empty one becomes column_3."""
    seen: dict[str, int] = {}
    unique: list[str] = []
    for position, raw in enumerate(names, start=1):
        name = raw.replace("\x00", "").strip().lstrip("\ufeff").strip() or f"column_{position}"
        candidate = name
        while candidate in seen:
            seen[name] = seen.get(name, 1) + 1
            candidate = f"{name}_{seen[name]}"
        seen.setdefault(candidate, 1)
        unique.append(candidate)
    return unique
