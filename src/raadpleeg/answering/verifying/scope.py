"""How far a claim reaches: all or some, at least or at most, more or less, before or after, under which condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from raadpleeg.answering.verifying.numbers import Quantity
from raadpleeg.answering.verifying.wording import Cues, clauses, folded, fragment, relevant, shown
from raadpleeg.records import Language

_QUANTITY: Cues = {
    "all": {
        "nl": "alle iedere ieder elke elk allemaal altijd steeds volledig geheel",
        "de": "alle allen aller jede jeder jedes jeden stets immer samtlich*",
        "fr": "tous toutes tout chaque toujours",
        "en": "all every each always everyone",
    },
    "some": {
        "nl": "sommige enkele een_aantal bepaalde soms verschillende een_deel diverse",
        "de": "einige manche bestimmte manchmal teilweise ein_teil verschiedene",
        "fr": "certain certains certaines quelques plusieurs parfois une_partie",
        "en": "some certain several sometimes a_few part_of a_number_of various",
    },
    "most": {
        "nl": "meeste meerderheid merendeel meestal overgrote",
        "de": "meisten mehrheit mehrzahl meist grossteil",
        "fr": "plupart majorite",
        "en": "most majority mostly",
    },
    "few": {"nl": "weinig minderheid", "de": "wenige wenig minderheit", "fr": "peu minorite", "en": "few minority"},
}
_BOUND: Cues = {
    "least": {
        "nl": "ten_minste tenminste minstens minimaal op_zijn_minst niet_minder_dan",
        "de": "mindestens wenigstens minimal nicht_weniger_als",
        "fr": "au_moins minimum pas_moins",
        "en": "at_least minimum no_less no_fewer",
    },
    "most": {
        "nl": "hoogstens ten_hoogste hooguit maximaal niet_meer_dan",
        "de": "hochstens maximal nicht_mehr_als",
        "fr": "au_plus au_maximum maximum pas_plus",
        "en": "at_most maximum no_more up_to not_more_than",
    },
}
_PAIRS: tuple[tuple[dict[Language, str], dict[Language, str]], ...] = (
    (
        {
            "nl": "stijg* gestegen steeg toename* toegenomen toeneemt toenemen groei* gegroeid verhoog* verhogen "
            "verhoging* uitbreid* uitgebreid* hoger* opgehoogd vergroot*",
            "de": "steig* gestiegen zunahme* zugenommen wachs* gewachsen erhoh* erweiter* hoher* aufgestockt "
            "vergrosser*",
            "fr": "augment* hausse* croissance* accru* eleve* releve* relever agrandi* elargi* renforcer_les_effectifs",
            "en": "rise rises rising rose risen increas* grow* grew expand* higher rais*",
        },
        {
            "nl": "daal* gedaald daling* afname* afgenomen afneemt afnemen krimp* verlaag* verlagen verlaging* "
            "verminder* lager* ingekrompen verklein* teruggang",
            "de": "sink* gesunken sank ruckgang* zuruckgegangen abnahme* abgenommen gesenkt senk* verringer* "
            "reduzier* niedriger* verkleiner* gekurzt",
            "fr": "diminu* baiss* recul* rédui* redui* reduction* abaiss* inferieur*",
            "en": "fall falls falling fell fallen decreas* declin* drop* dropped lower* reduc* cut cuts shrink*",
        },
    ),
    (
        {
            "nl": "meer_dan langer boven ruim",
            "de": "mehr_als langer uber",
            "fr": "plus_de",
            "en": "more_than longer over above exceed*",
        },
        {
            "nl": "minder_dan korter onder goedkoper",
            "de": "weniger_als kurzer unter",
            "fr": "moins_de moins",
            "en": "less_than fewer_than shorter below under",
        },
    ),
    (
        {
            "nl": "minder lager goedkoper",
            "de": "weniger niedriger gunstiger",
            "fr": "moins",
            "en": "less fewer lower cheaper",
        },
        {
            "nl": "meer hoger duurder",
            "de": "mehr hoher teurer",
            "fr": "plus_eleve* plus_cher*",
            "en": "more higher dearer",
        },
    ),
    (
        {
            "nl": "aangescherpt verscherp* strenger versterkt*",
            "de": "verscharf* strenger verstarkt*",
            "fr": "renforc* durci*",
            "en": "tighten* stricter strengthen* intensif*",
        },
        {
            "nl": "versoepel* soepeler verzwakt*",
            "de": "gelockert locker* gelost",
            "fr": "assoupli* allege*",
            "en": "relax* loosen* eased ease weaken*",
        },
    ),
    (
        {
            "nl": "open* geopend opengesteld",
            "de": "offn* geoffnet eroffn*",
            "fr": "ouv* rouv* rouvrir",
            "en": "open* reopen*",
        },
        {
            "nl": "sluit gesloten sluiting* dicht",
            "de": "schliess* geschlossen schliessung*",
            "fr": "ferm*",
            "en": "clos* shut",
        },
    ),
    (
        {
            "nl": "invoer* ingevoerd ingesteld instell* opricht* opgericht",
            "de": "einfuhr* eingefuhrt eingerichtet einricht*",
            "fr": "introdui* instaur* cree* creer",
            "en": "introduc* establish* set_up",
        },
        {
            "nl": "afschaf* afgeschaft opgeheven opheff* intrekk* ingetrokken",
            "de": "abschaff* abgeschafft aufgehoben zuruckgezogen",
            "fr": "supprim* aboli* abrog* retir*",
            "en": "abolish* scrap* repeal* withdraw* withdrew",
        },
    ),
    (
        {
            "nl": "begin* begonnen begon gestart start* van_start",
            "de": "beginn* begann begonnen gestartet start*",
            "fr": "commenc* debut* lanc*",
            "en": "begin* began begun start* launch*",
        },
        {
            "nl": "eindig* beeindig* afgerond* gereed voltooi* loopt_af",
            "de": "end* beendet* abgeschlossen fertig*",
            "fr": "termin* acheve* prend_fin",
            "en": "ends ended completed finish* conclud*",
        },
    ),
    (
        {
            "nl": "goedkeur* goedgekeurd aangenomen aannem* instem* ingestemd toegewezen toegekend",
            "de": "genehmig* angenommen gebilligt zugestimmt zustimm* bewilligt",
            "fr": "approuv* adopt* accept* accord*",
            "en": "approv* adopted accept* agree* granted",
        },
        {
            "nl": "afwijz* afgewezen verworpen verwerp* afgekeurd geweigerd weiger*",
            "de": "abgelehnt ablehn* verworfen verweiger*",
            "fr": "rejet* refus*",
            "en": "reject* refus* denied declin*",
        },
    ),
    (
        {
            "nl": "verleng* voortgezet",
            "de": "verlanger* fortgesetzt",
            "fr": "prolong* prorog*",
            "en": "extend* prolong* continu*",
        },
        {
            "nl": "verkort* ingekort beeindig*",
            "de": "verkurz* beendet*",
            "fr": "raccourc* ecourt*",
            "en": "shorten* ended",
        },
    ),
    (
        {
            "nl": "tijdelijk*",
            "de": "vorubergehend* befristet* zeitweilig*",
            "fr": "temporaire* provisoire*",
            "en": "temporar*",
        },
        {
            "nl": "permanent* blijvend* structureel",
            "de": "dauerhaft* unbefristet* standig*",
            "fr": "permanent* durable*",
            "en": "permanent*",
        },
    ),
    (
        {"nl": "werkgever*", "de": "arbeitgeber*", "fr": "employeur*", "en": "employer*"},
        {
            "nl": "werknemer*",
            "de": "arbeitnehmer* beschaftigte*",
            "fr": "salarie* travailleur* employe employes",
            "en": "employee* worker*",
        },
    ),
    (
        {
            "nl": "wekelijks* maandelijks* jaarlijks* per_jaar per_maand kwartaal ieder_jaar elk_jaar per_week "
            "elke_week",
            "de": "wochentlich* monatlich* jahrlich* pro_jahr quartal*",
            "fr": "hebdomadaire* mensuel* annuel* par_an chaque_annee trimestr*",
            "en": "weekly monthly annual* yearly per_year a_year quarterly",
        },
        {
            "nl": "dagelijks* per_dag elke_dag",
            "de": "taglich* pro_tag",
            "fr": "quotidien* par_jour",
            "en": "daily per_day every_day",
        },
    ),
)
_CONDITION: dict[Language, str] = {
    "nl": r"\b(?:mits|indien|tenzij|op voorwaarde|onder de voorwaarde|voorwaarde|voor zover(?! (?:mij |ons "
    r")?bekend)|behalve|behoudens|met uitzondering"
    r"|uitgezonderd|zodra|zolang|wanneer|als|in (?:het )?geval|alleen|uitsluitend|slechts|enkel|pas|afhankelijk|bij)\b",
    "de": r"^\w+(?:t|en) (?:der|die|das|ein|eine)\b[^,]*,"
    r"|\b(?:sofern|wenn|falls|vorausgesetzt|bedingung|soweit|ausser|ausgenommen|mit ausnahme|sobald|solange"
    r"|es sei denn|im falle|nur|lediglich"
    r"|ausschliesslich|erst|abhangig|bei)\b",
    "fr": r"\bsi\b|\bs'(?:il|ils|elle)|\b(?:a condition|pourvu|sauf|excepte|a l'exception|a moins|des que|des "
    r"lors|tant que|lorsqu\w*|quand|en cas|seul\w*|uniquement"
    r"|exclusivement|pour autant|sous reserve|moyennant|qui)\b|\bqu'",
    "en": r"\b(?:if|provided|unless|on condition|except\w*|excluding|once|as soon as|as long as|when|where|in "
    r"case|only|solely|exclusively|subject to|depend\w*|who)\b",
}
_TIED = re.compile(
    r"\b(?:mits|indien|tenzij|op voorwaarde|onder de voorwaarde|behalve|behoudens|met uitzondering van"
    r"|uitgezonderd|zodra|zolang|"
    r"alleen|uitsluitend|slechts|enkel(?! ?e\b)|in geval|voor zover(?! (?:mij |ons )?bekend))\b"
)
_ONLY: dict[Language, str] = {
    "nl": r"(?<!niet )\b(?:alleen|uitsluitend|slechts|enkel|louter)\b",
    "de": r"(?<!nicht )\b(?:nur|lediglich|ausschliesslich|allein)\b",
    "fr": r"\b(?:seulement|uniquement|exclusivement)\b|\bn(?:e |')(?:(?!pas|plus|jamais)[^.;]){0,40}?\bqu",
    "en": r"(?<!not )\b(?:only|solely|exclusively|merely)\b",
}
_BEFORE: dict[Language, str] = {
    "nl": r"voor|uiterlijk|tot|tot en met|tot uiterlijk",
    "de": r"vor|vor dem|bis|bis zum|bis spatestens|spatestens|spatestens am|bis ende|vor der|vor ende",
    "fr": r"avant|avant le|avant la|avant l'|jusqu'au|jusqu'en|jusqu'a|au plus tard|au plus tard le|d'ici|d'ici "
    r"le|d'ici a|d'ici au",
    "en": r"before|by|until|till|no later than|before the|by the end of|at the latest",
}
_AFTER: dict[Language, str] = {
    "nl": r"na|vanaf|sinds|per|met ingang van|ingaande",
    "de": r"nach|nach dem|ab|ab dem|seit|seit dem|nach der",
    "fr": r"apres|apres le|apres la|apres l'|a partir du|a partir de|a compter du|depuis|depuis le|des le",
    "en": r"after|from|since|as of|as from|after the|starting",
}
_SEASON = re.compile(
    r"\b(?:de |het |the |dem |der |l'|la |le )?(zomer|sommer|ete|summer|najaar|herfst|herbst|automne|autumn"
    r"|voorjaar|fruhjahr|fruhling|printemps|spring|winter|hiver|prinsjesdag|kerst\w*|reces\w*|jaarwisseling|year-end)\b"
)
_SEASONS = (
    "zomer sommer ete summer",
    "najaar herfst herbst automne autumn",
    "voorjaar fruhjahr fruhling printemps spring",
    "winter hiver",
)


def quantifiers(claim: str, source: str, language: Language) -> Iterator[str]:
    """Say where a claim speaks of more or fewer than its source."""
    mine = folded(claim)
    text = " ; ".join(relevant(mine, clauses(source), language))
    said, there = shown(mine, _QUANTITY, language), shown(text, _QUANTITY, "nl")
    anywhere = shown(folded(source), _QUANTITY, "nl")
    for one in sorted(said - anywhere):
        if one == "all" or there:
            yield f"{one} where the source says {', '.join(sorted(there)) or 'no such thing'}"
    bounds, theirs = shown(mine, _BOUND, language), shown(folded(source), _BOUND, "nl")
    if bounds and theirs and not bounds & theirs:
        yield f"at {min(bounds)} where the source says at {min(theirs)}"
    if there & {"some", "few"} and not said and re.search(_ONLY[language], mine):
        yield "some told as only"


def directions(claim: str, source: str, language: Language) -> Iterator[str]:
    """Say where a claim has the opposite of a word of its source: fallen for risen, shorter for longer."""
    mine = folded(claim)
    text = " ; ".join(relevant(mine, clauses(source), language, closest=True))
    for one, other in _PAIRS:
        pair: Cues = {"one": one, "other": other}
        said, there = shown(mine, pair, language), shown(text, pair, "nl")
        if len(said) == 1 and len(there) == 1 and said != there:
            yield "the opposite of a word in the source"


def times(claim: str, source: str, mine: list[Quantity], others: list[Quantity], language: Language) -> Iterator[str]:
    """Say where a claim puts before a moment what its source puts after it, or at it."""
    said, there = _moments(folded(claim), mine, language), _moments(folded(source), others, "nl")
    for key, sides in said.items():
        if (
            key in there
            and not sides & there[key]
            and (None not in sides)
            and (None not in there[key] or "before" in sides)
        ):
            yield f"{'/'.join(str(one) for one in sides)} a moment"


def conditions(claim: str, source: str, language: Language) -> Iterator[str]:
    """Say where a condition or limit of the source is left out, or a limit put in."""
    mine, text = folded(claim), folded(source)
    if re.search(_ONLY[language], mine) and not re.search(_ONLY["nl"] + r"|\bpas\b|\benige\b|\bmaar\b", text):
        yield "a limit that the source does not have"
    for sentence in re.split(r"(?<=[.;?!])\s+", text):
        tied = _TIED.search(sentence)
        if (
            tied
            and not fragment(claim, language)
            and not re.search(_CONDITION[language], mine)
            and sentence in _used(mine, text, language)
        ):
            yield f"without the source's {tied[0]!r}"


def _used(mine: str, text: str, language: Language) -> list[str]:
    """Give the sentences of a source on which a claim rests."""
    return relevant(mine, re.split(r"(?<=[.;?!])\s+", text), language)


def _moments(text: str, found: list[Quantity], language: Language) -> dict[object, set[str | None]]:
    moments: dict[object, set[str | None]] = {}
    for one in found:
        if one.kind == "date":
            moments.setdefault((one.unit, min(one.readings, key=str)), set()).add(_side(text[: one.start], language))
    for match in _SEASON.finditer(text):
        season = next((number for number, words in enumerate(_SEASONS) if match[1] in words.split()), match[1])
        moments.setdefault(season, set()).add(_side(text[: match.start()], language))
    return moments


def _side(before: str, language: Language) -> str | None:
    """Tell on which side of a moment something is put by the words before it."""
    before = before.rstrip()
    if re.search(
        r"\b(?:van|von|du|de|from|zwischen|tussen) \d{1,2}\W?(?: \w+)?(?: \d{4})? (?:tot|tot en met|bis|bis zum"
        r"|au|to|until)$",
        before,
    ):
        return None  # a stretch of time
    before = re.sub(
        r"(?:\b(?:le|la|den|dem|der|het|de|the|eind|ende|end of|fin|begin|early|late|\d{1,2})\s?|l')$", "", before
    ).rstrip()
    for side, words in (("before", _BEFORE[language]), ("after", _AFTER[language])):
        if re.search(rf"(?:\b|^)(?:{words})$", before):
            return side
    return None
