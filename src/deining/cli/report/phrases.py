"""The phrases of the report: (English, Dutch), with named placeholders."""

from typing import Final

# ruff: noqa: ISC004  (a pair of sentences, each over two lines, reads well as it is)

MONTHS: Final = (
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
     "November", "December"),
    ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
     "november", "december"),
)  # fmt: skip

PHRASES: Final[dict[str, tuple[str, str]]] = {
    # the answer
    "title_shown": (
        "About {share} of {people} people show that they want a relationship",
        "Ongeveer {share} van {people} mensen laat zien een relatie te willen",
    ),
    "title_stated": (
        "About {share} of {people} people say they want a closer relationship",
        "Ongeveer {share} van {people} mensen zegt een nauwere relatie te willen",
    ),
    "title_none": (
        "It cannot be told yet who wants a relationship",
        "Het is nog niet te zeggen wie een relatie wil",
    ),
    "between": ("between {low} and {high}", "tussen {low} en {high}"),
    "means_shown": (
        "They will keep coming back of their own accord: in {weeks} or more different weeks of the coming "
        "{horizon} days.",
        "Ze blijven uit zichzelf terugkomen: in {weeks} of meer verschillende weken van de komende "
        "{horizon} dagen.",
    ),
    "means_shown_plain": (
        "They will keep coming back of their own accord.",
        "Ze blijven uit zichzelf terugkomen.",
    ),
    "means_stated": (
        "This is what people answered when asked, carried over to those who were not asked.",
        "Dit is wat mensen antwoordden toen het hun gevraagd werd, doorgetrokken naar wie het niet gevraagd "
        "is.",
    ),
    "shown_beside": (
        "By what they do, {share} of them keep coming back; that is another thing, and the distance between "
        "the two is worth a talk.",
        "Naar wat ze doen blijft {share} van hen terugkomen; dat is iets anders, en het verschil tussen die "
        "twee is een gesprek waard.",
    ),
    "of_whom": (
        "Of the {people} people active in the {days} days up to {day}.",
        "Van de {people} mensen die actief waren in de {days} dagen tot en met {day}.",
    ),
    "as_of": ("as of {day}", "stand op {day}"),
    "behaviour_only": (
        "This is behaviour, not a wish: who would like a relationship but stays away is not seen here. Ask a "
        "random few and add their answers with `--stated`.",
        "Dit is gedrag, geen wens: wie een relatie zou willen maar wegblijft, zie je hier niet. Vraag het "
        "een "
        "willekeurig groepje en voeg hun antwoorden toe met `--stated`.",
    ),
    "check_person": (
        "Column `{column}` was taken for people by its contents only. If that is wrong, everything here is: "
        "say it with `--person`.",
        "Kolom `{column}` is alleen op grond van de inhoud voor mensen aangezien. Als dat niet klopt, klopt "
        "hier niets: zeg het met `--person`.",
    ),
    # sections
    "who": ("Who they are", "Wie ze zijn"),
    "who_lead": (
        "The {shown} most likely of {people} people, best first. The bar is solid up to the estimate and "
        "pale "
        "up to its upper bound.",
        "De {shown} kansrijksten van {people} mensen, de beste bovenaan. De balk is vol tot de schatting en "
        "bleek tot de bovengrens.",
    ),
    "trust": ("How well would this have worked before?", "Hoe goed had dit vroeger gewerkt?"),
    "trust_lead": (
        "We went back to {windows} moments in your own past, predicted with only what was known then, and "
        "looked at what came of it.",
        "We gingen terug naar {windows} momenten in je eigen verleden, voorspelden met alleen wat toen "
        "bekend "
        "was, en keken wat ervan kwam.",
    ),
    "trust_none": (
        "There is no past window to test on yet. The ranking is by how often people came of late, and the "
        "share is a rough guess.",
        "Er is nog geen vroegere periode om op te toetsen. De volgorde is naar hoe vaak mensen de laatste "
        "tijd kwamen, en het aandeel is een ruwe gok.",
    ),
    "share_chart": ("The share, said and come true", "Het aandeel, gezegd en uitgekomen"),
    "share_chart_lead": (
        "Line and band: what we would have said then. Gold rings: what came of it. The last point is now.",
        "Lijn en band: wat we toen gezegd zouden hebben. Gouden ringen: wat ervan kwam. Het laatste punt is "
        "nu.",
    ),
    "share_hint": (
        "{day}: said {share} ({low}–{high}), came out {observed}",
        "{day}: gezegd {share} ({low}–{high}), uitgekomen {observed}",
    ),
    "now_hint": ("Now: {share} ({low}–{high})", "Nu: {share} ({low}–{high})"),
    "now": ("now", "nu"),
    "calibration_title": ("What we said, and what came out", "Wat we zeiden, en wat uitkwam"),
    "calibration_lead": (
        "Of people to whom we gave about {said}, {came} came back.",
        "Van mensen die we ongeveer {said} gaven, kwam {came} terug.",
    ),
    "calibration_chart": (
        "Each dot is a group of people; on the dashed line, what we said is what happened.",
        "Elke stip is een groep mensen; op de stippellijn is wat we zeiden ook wat gebeurde.",
    ),
    "said": ("probability we gave", "kans die we gaven"),
    "came_out": ("share that came back", "deel dat terugkwam"),
    "calibration_hint": (
        "{people} people: said {said}, came back {came}",
        "{people} mensen: {said} gezegd, {came} kwam terug",
    ),
    "better": ("Better than counting?", "Beter dan tellen?"),
    "better_lead": (
        "Take somebody who came back and somebody who did not. How often, of 100 such pairs, does each way "
        "point at the right one? Guessing gives 50.",
        "Neem iemand die terugkwam en iemand die dat niet deed. Hoe vaak, op 100 zulke paren, wijst elke "
        "manier de juiste aan? Gokken geeft 50.",
    ),
    "better_lift": (
        "Among as many people as came back, our list held {lift} times as many of them as a random pick.",
        "Bij evenveel mensen als er terugkwamen bevatte onze lijst er {lift} keer zo veel als een "
        "willekeurige greep.",
    ),
    "by_model": ("Deining", "Deining"),
    "by_recency": ("who was here last", "wie het laatst was"),
    "by_count": ("who did most", "wie het meest deed"),
    "spread": ("How sure are we about whom?", "Over wie zijn we hoe zeker?"),
    "spread_lead": (
        "People by probability. Heights grow with the square root, so that the few on the right stay "
        "visible.",
        "Mensen naar kans. De hoogte groeit met de wortel, zodat de weinigen rechts zichtbaar blijven.",
    ),
    "windows": ("The past windows one by one", "De vroegere periodes een voor een"),
    "w_cutoff": ("Moment", "Moment"),
    "w_people": ("People", "Mensen"),
    "w_base": ("Came back", "Kwam terug"),
    "w_said": ("We said", "Wij zeiden"),
    "w_auc": ("AUC", "AUC"),
    "w_count": ("of counting", "van tellen"),
    "w_recency": ("of recency", "van laatst"),
    "w_ap": ("Average precision", "Gemiddelde precisie"),
    "w_lift": ("Lift", "Lift"),
    "w_ece": ("Calibration error", "Kalibratiefout"),
    "windows_lead": (
        "AUC: right pairs out of one. Average precision: how pure the top of the list is. Lift: how many "
        "times better than a random pick of that size. Calibration error: how far, on average, what we "
        "said was off.",
        "AUC: juiste paren op één. Gemiddelde precisie: hoe zuiver de top van de lijst is. Lift: hoeveel "
        "keer beter dan een even grote willekeurige greep. Kalibratiefout: hoeveel we er gemiddeld naast "
        "zaten.",
    ),
    "careful": ("What is provisional or cannot be told", "Wat voorlopig is of niet te zeggen valt"),
    "provisional": ("provisional", "voorlopig"),
    "input": ("What was read, and how", "Wat er gelezen is, en hoe"),
    "input_rows": (
        "{rows} happenings of {people} people from {files}.",
        "{rows} gebeurtenissen van {people} mensen uit {files}.",
    ),
    "files_more": ("{first} and {more} more", "{first} en nog {more}"),
    "unsure": ("please check", "kijk dit na"),
    "columns": ("Columns", "Kolommen"),
    "override": (
        "Not right? Say it with `--person`, `--time`, `--kind` or `--asked`.",
        "Klopt er iets niet? Zeg het met `--person`, `--time`, `--kind` of `--asked`.",
    ),
    "left_out": ("Left out, and why", "Weggelaten, en waarom"),
    "nothing_left_out": ("Nothing was left out.", "Er is niets weggelaten."),
    "rejected": ("rejected: {count} [row|rows], {reason}", "geweigerd: {count} [rij|rijen], {reason}"),
    "rejected_example": ("such as row {row}: {value}", "zoals rij {row}: {value}"),
    "rejected_file": (
        "All rejected rows are in {file}, with row number and reason.",
        "Alle geweigerde rijen staan in {file}, met rijnummer en reden.",
    ),
    "rejected_how": (
        "To have them all in a file with row number and reason: `--rejected rejected.csv`",
        "Om ze allemaal in een bestand te krijgen met rijnummer en reden: `--rejected geweigerd.csv`",
    ),
    "events": ("{count} [time|times]", "{count} keer"),
    "since": ("since {day}", "sinds {day}"),
    "last": ("last on {day}", "laatst op {day}"),
    "footer": (
        "Made by Deining {version} on this machine; nothing left it. How it works: docs/find.md and "
        "docs/relationship.md.",
        "Gemaakt door Deining {version} op deze machine; er is niets naar buiten gegaan. Hoe het werkt: "
        "docs/find.md en docs/relationship.md.",
    ),
    # the terminal
    "rank": ("#", "#"),
    "person": ("Person", "Persoon"),
    "probability": ("Chance", "Kans"),
    "why": ("Why", "Waarom"),
    "more_people": (
        "{count} more [person|people]: `--limit {all}`, or all of them with `--csv people.csv`",
        "nog {count} [mens|mensen]: `--limit {all}`, of allemaal met `--csv mensen.csv`",
    ),
    "more_windows": (
        "{count} earlier [window|windows]: `--html report.html` or `--json found.json`",
        "nog {count} eerdere [periode|periodes]: `--html verslag.html` of `--json gevonden.json`",
    ),
    "written": ("Written: {file}", "Geschreven: {file}"),
    "looking": ("Looking at the files", "Kijken naar de bestanden"),
    "step_reading": ("Reading", "Lezen"),
    "step_learning": ("Learning from your own past", "Leren van je eigen verleden"),
    "step_testing": ("Testing on past windows", "Toetsen op vroegere periodes"),
    "step_scoring": ("Giving each person a probability", "Iedereen een kans geven"),
    "step_writing": ("Writing the report", "Het verslag schrijven"),
    # errors
    "no_folder": (
        "{file} cannot be written: the folder {folder} does not exist. Make it first.",
        "{file} kan niet geschreven worden: de map {folder} bestaat niet. Maak die eerst.",
    ),
    "cannot_write": (
        "{file} cannot be written: {error}. Nothing else was lost; try another place.",
        "{file} kan niet geschreven worden: {error}. Verder is er niets verloren; probeer een andere plek.",
    ),
    "one_stdout": (
        "Only one of `--json` and `--csv` can go to the screen (-).",
        "Maar één van `--json` en `--csv` kan naar het scherm (-).",
    ),
    "no_rows": (
        "No row could be read. {count} [row was|rows were] rejected, mostly because: {reason}.",
        "Geen enkele rij kon gelezen worden. {count} [rij is|rijen zijn] geweigerd, meestal omdat: {reason}.",
    ),
    "stated_unknown": (
        "--stated {name}: there is no file of that name, and no column either. The columns are: {columns}.",
        "--stated {name}: er is geen bestand met die naam, en ook geen kolom. Dit zijn de kolommen: "
        "{columns}.",
    ),
}
