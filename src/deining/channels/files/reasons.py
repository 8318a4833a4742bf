"""Sentences of the file readers in Dutch and English: errors, rejected rows, guesses, notes.

The rooms without Django carry their own small phrase tables; `say` looks one up and fills it in.
"""

import re
from typing import Final

# ruff: noqa: ISC004  (a pair of sentences, each over two lines, reads well as it is)

Phrases = dict[str, tuple[str, str]]
"""code -> (English, Dutch), with named placeholders."""

FILES: Final[Phrases] = {
    "missing": (
        "{file} does not exist. Check the path.",
        "{file} bestaat niet. Kijk het pad na.",
    ),
    "not_allowed": (
        "{file} may not be read by this user. Change its permissions or copy it to a folder of your own.",
        "{file} mag door deze gebruiker niet gelezen worden. Pas de rechten aan of kopieer het bestand naar "
        "een eigen map.",
    ),
    "read_error": (
        "{file} cannot be read: {error}",
        "{file} kan niet gelezen worden: {error}",
    ),
    "no_files": ("No file was given.", "Er is geen bestand opgegeven."),
    "empty": (
        "{file} is empty. Export it again, or leave it out.",
        "{file} is leeg. Exporteer het opnieuw of laat het weg.",
    ),
    "only_header": (
        "{file} has a header but no rows below it. Export it again, or leave it out.",
        "{file} heeft een kopregel maar geen rijen eronder. Exporteer het opnieuw of laat het weg.",
    ),
    "empty_folder": (
        "The folder {file} holds no file that can be read (CSV, JSON, Parquet or mbox).",
        "De map {file} bevat geen bestand dat gelezen kan worden (CSV, JSON, Parquet of mbox).",
    ),
    "something_else": (
        "{file} looks like {what}. A log is needed: CSV, JSON lines, Parquet, mbox or Discourse topics.",
        "{file} lijkt op {what}. Er is een logbestand nodig: CSV, JSON-regels, Parquet, mbox of "
        "Discourse-topics.",
    ),
    "spreadsheet": (
        "{file} looks like {what}. Open it, choose Save as, take CSV (UTF-8), and give that file.",
        "{file} lijkt op {what}. Open het, kies Opslaan als, neem CSV (UTF-8) en geef dat bestand op.",
    ),
    "not_text": (
        "{file} is neither text nor a format known here. Export it as CSV, JSON lines or Parquet.",
        "{file} is geen tekst en ook geen formaat dat hier bekend is. Exporteer het als CSV, JSON-regels "
        "of Parquet.",
    ),
    "one_column": (
        "{file} has only one column. At least two are needed: who, and when.",
        "{file} heeft maar één kolom. Er zijn er minstens twee nodig: wie en wanneer.",
    ),
    "no_time": (
        "{file} has no column with dates. It has: {columns}. Say which one with --time.",
        "{file} heeft geen kolom met datums. Dit zijn de kolommen: {columns}. Zeg met --time welke het is.",
    ),
    "no_person": (
        "{file} has no column that says who. It has: {columns}. Say which one with --person.",
        "{file} heeft geen kolom die zegt wie. Dit zijn de kolommen: {columns}. Zeg met --person welke "
        "het is.",
    ),
    "no_answers": (
        "{file} has no column with answers such as yes and no. It has: {columns}.",
        "{file} heeft geen kolom met antwoorden zoals ja en nee. Dit zijn de kolommen: {columns}.",
    ),
    "no_column": (
        "{file} has no column {column}. It has: {columns}.",
        "{file} heeft geen kolom {column}. Dit zijn de kolommen: {columns}.",
    ),
    "bad_json": (
        "{file} starts like JSON but is not: {error}",
        "{file} begint als JSON maar is het niet: {error}",
    ),
    "bad_parquet": (
        "{file} says it is Parquet but is damaged: {error} Copy or export it again.",
        "{file} zegt dat het Parquet is maar is beschadigd: {error} Kopieer of exporteer het opnieuw.",
    ),
    "bad_archive": (
        "{file} is a damaged archive. Download or pack it again.",
        "{file} is een beschadigd archief. Download het opnieuw of pak het opnieuw in.",
    ),
    "locked_archive": (
        "{file} is protected with a password. Unpack it first.",
        "{file} is beveiligd met een wachtwoord. Pak het eerst uit.",
    ),
    "nested_archive": (
        "{file} holds another archive, {member}. Unpack it first: archives inside archives are not opened.",
        "{file} bevat nog een archief, {member}. Pak het eerst uit: archieven in archieven worden niet "
        "geopend.",
    ),
    "bomb": (
        "{file} unpacks to far more than it should ({size} from {packed}). It was not opened. "
        "Unpack it yourself if you trust it.",
        "{file} wordt bij uitpakken veel groter dan normaal ({size} uit {packed}). Het is niet geopend. "
        "Pak het zelf uit als je het vertrouwt.",
    ),
    "bad_tz": (
        "The time zone {tz} is not known. Use a name like Europe/Amsterdam.",
        "De tijdzone {tz} is niet bekend. Gebruik een naam als Europe/Amsterdam.",
    ),
}

LOOKS: Final[Phrases] = {
    "looks_png": ("a picture (PNG)", "een afbeelding (PNG)"),
    "looks_jpeg": ("a picture (JPEG)", "een afbeelding (JPEG)"),
    "looks_gif": ("a picture (GIF)", "een afbeelding (GIF)"),
    "looks_webp": ("a picture or sound (RIFF)", "een afbeelding of geluid (RIFF)"),
    "looks_pdf": ("a PDF document", "een pdf-document"),
    "looks_xlsx": ("an Excel workbook", "een Excel-werkmap"),
    "looks_ods": ("a spreadsheet (OpenDocument)", "een rekenblad (OpenDocument)"),
    "looks_docx": ("a Word document", "een Word-document"),
    "looks_xls": ("an old Office file (such as .xls)", "een oud Office-bestand (zoals .xls)"),
    "looks_sqlite": ("an SQLite database", "een SQLite-database"),
    "looks_7z": ("a 7z archive", "een 7z-archief"),
    "looks_rar": ("a RAR archive", "een RAR-archief"),
    "looks_xz": ("an xz archive", "een xz-archief"),
    "looks_bz2": ("a bzip2 archive", "een bzip2-archief"),
    "looks_zst": ("a zstd archive", "een zstd-archief"),
    "looks_html": ("a web page (HTML)", "een webpagina (HTML)"),
    "looks_xml": ("XML", "XML"),
    "looks_program": ("a program", "een programma"),
    "looks_orc": ("an ORC file", "een ORC-bestand"),
    "looks_avro": ("an Avro file", "een Avro-bestand"),
}

ROWS: Final[Phrases] = {
    "row_no_person": ("nobody is named", "er staat niet wie"),
    "row_person_too_long": (
        "the person is longer than 320 characters",
        "de persoon is langer dan 320 tekens",
    ),
    "row_no_time": ("there is no date", "er staat geen datum"),
    "row_bad_time": ("not a date that can be read", "geen datum die gelezen kan worden"),
    "row_in_future": ("the date is in the future", "de datum ligt in de toekomst"),
    "row_before_1990": (
        "the date is before 1990, unlike the rest of the file",
        "de datum is van voor 1990, anders dan de rest van het bestand",
    ),
    "row_epoch_zero": (
        "1 January 1970 is what a computer writes when it has no date",
        "1 januari 1970 is wat een computer schrijft als er geen datum is",
    ),
    "row_too_few_fields": ("fewer fields than the header", "minder velden dan de kopregel"),
    "row_too_many_fields": ("more fields than the header", "meer velden dan de kopregel"),
    "row_open_quote": ("a quotation mark is never closed", "een aanhalingsteken wordt nooit gesloten"),
    "row_too_large": ("larger than 32 MB", "groter dan 32 MB"),
    "row_bad_json": ("not valid JSON", "geen geldige JSON"),
    "row_not_object": ("JSON, but not an object with fields", "wel JSON, maar geen object met velden"),
    "row_no_sender": ("the mail has no sender", "de mail heeft geen afzender"),
    "row_not_a_topic": ("not a Discourse topic", "geen Discourse-topic"),
    "row_unreadable_part": ("this part of the file is damaged", "dit deel van het bestand is beschadigd"),
}

GUESSES: Final[Phrases] = {
    "role_person": ("person", "persoon"),
    "role_time": ("time", "tijdstip"),
    "role_clock": ("time of day", "uur"),
    "role_kind": ("kind", "soort"),
    "role_asked": ("asked or spontaneous", "gevraagd of spontaan"),
    "role_about": ("about", "waarover"),
    "role_external_id": ("own number of the row", "eigen nummer van de rij"),
    "role_in_answer_to": ("in answer to", "in antwoord op"),
    "role_is_reply": ("is it a reply", "is het een reactie"),
    "role_name": ("name", "naam"),
    "role_handle": ("user name", "gebruikersnaam"),
    "role_email": ("e-mail address", "e-mailadres"),
    "role_network": ("network", "netwerk"),
    "role_direction": ("from them or from us", "van hen of van ons"),
    "role_stated": ("own answer: wants a relation", "eigen antwoord: wil een relatie"),
    "role_bot": ("is it a bot", "is het een bot"),
    "given": ("column `{column}` (as you said)", "kolom `{column}` (zoals je zei)"),
    "format_says": ("`{column}` (the format says so)", "`{column}` (dat zegt het formaat)"),
    "name_values": (
        "column `{column}` (name matches; {distinct} different values in {rows} rows seen)",
        "kolom `{column}` (de naam klopt; {distinct} verschillende waarden in {rows} bekeken rijen)",
    ),
    "name_dates": (
        "column `{column}` (name matches; {share} % of the rows seen are dates)",
        "kolom `{column}` (de naam klopt; {share} % van de bekeken rijen zijn datums)",
    ),
    "name_only": ("column `{column}` (name matches)", "kolom `{column}` (de naam klopt)"),
    "content_dates": (
        "column `{column}` (going by its contents: {share} % of the rows seen are dates)",
        "kolom `{column}` (op grond van de inhoud: {share} % van de bekeken rijen zijn datums)",
    ),
    "content_person": (
        "column `{column}` (going by its contents: {distinct} different values in {rows} rows seen, they "
        "come back as people do)",
        "kolom `{column}` (op grond van de inhoud: {distinct} verschillende waarden in {rows} bekeken "
        "rijen, ze keren terug zoals mensen doen)",
    ),
    "content_words": (
        "column `{column}` (going by its contents: words like {example})",
        "kolom `{column}` (op grond van de inhoud: woorden als {example})",
    ),
    "content_clock": (
        "column `{column}` (going by its contents: times of day)",
        "kolom `{column}` (op grond van de inhoud: tijden op een dag)",
    ),
}

NOTES: Final[Phrases] = {
    "left_out_bots": ("left out: {count} [row|rows] of bots", "weggelaten: {count} [rij|rijen] van bots"),
    "left_out_notices": (
        "left out: {count} [notice|notices] the software wrote itself",
        "weggelaten: {count} [melding|meldingen] die de software zelf schreef",
    ),
    "left_out_odd_names": (
        "left out: {count} [file|files] in the archive with an unsafe path",
        "weggelaten: {count} [bestand|bestanden] in het archief met een onveilig pad",
    ),
    "left_out_other_files": (
        "left out: {count} [file|files] that are not a log",
        "weggelaten: {count} [bestand|bestanden] die geen logbestand zijn",
    ),
    "note_ambiguous": (
        "{count} [time|times] fell in the hour that comes twice when the clock goes back; the first one "
        "was taken",
        "{count} [tijd viel|tijden vielen] in het uur dat twee keer komt als de klok teruggaat; het "
        "eerste is genomen",
    ),
    "note_nonexistent": (
        "{count} [time|times] fell in the hour that the clock skips in spring; the moment right after it "
        "was taken",
        "{count} [tijd viel|tijden vielen] in het uur dat de klok in het voorjaar overslaat; het moment "
        "erna is genomen",
    ),
    "note_padded": (
        "{count} [row|rows] had fewer or more fields than the header, but who and when were clear; they "
        "are in",
        "{count} [rij|rijen] hadden minder of meer velden dan de kopregel, maar wie en wanneer waren "
        "duidelijk; "
        "ze tellen mee",
    ),
    "note_day_first": (
        "dates like {example} are read with the day first",
        "datums als {example} zijn gelezen met de dag vooraan",
    ),
    "note_month_first": (
        "dates like {example} are read with the month first",
        "datums als {example} zijn gelezen met de maand vooraan",
    ),
    "note_day_first_unsure": (
        "dates like {example} can be read two ways; the day was taken first",
        "datums als {example} kun je op twee manieren lezen; de dag is vooraan genomen",
    ),
    "note_tz": (
        "times without a zone are read as {tz}",
        "tijden zonder tijdzone zijn gelezen als {tz}",
    ),
}

TABLE: Final[Phrases] = FILES | LOOKS | ROWS | GUESSES | NOTES


def say(code: str, params: dict[str, object] | None = None, lang: str = "en") -> str:
    """The sentence of `code` in "nl" or "en", whole numbers grouped as the reader writes them."""
    english, dutch = TABLE[code]
    shown = {key: _shown(value, lang) for key, value in (params or {}).items()}
    return counted(dutch if lang == "nl" else english, (params or {}).get("count")).format(**shown)


def counted(phrase: str, count: object) -> str:
    """`[row|rows]` becomes row for a count of one, rows for any other."""
    return re.sub(r"\[([^|\]]*)\|([^\]]*)\]", r"\1" if count == 1 else r"\2", phrase)


def _shown(value: object, lang: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", "." if lang == "nl" else ",")
    text = str(value)
    # what a file looks like is itself a phrase
    return say(text, {}, lang) if text in LOOKS else text
