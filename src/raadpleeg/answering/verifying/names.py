"""Names of places, bodies and people, some of which have another form in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from raadpleeg.answering.verifying.wording import alike, folded, plain
from raadpleeg.records import Language

# One line for each name: its forms in Dutch, German, French and English, without accents. Small letters match in any
# case, capitals only themselves; a line may go on after a backslash. What stands first wins, so that a longer name
# comes before one that it holds.
_KNOWN = r"""
europese commissie|europaische\w* kommission|eu-kommission|commission europeenne|european commission
europees parlement|europaische\w* parlament\w*|eu-parlament\w*|parlement europeen|european parliament
europese raad|europaische\w* rat|conseil europeen|european council
raad van europa|europarat\w*|conseil de l'europe|council of europe
raad van de europese unie|rat der europaischen union|conseil de l'union europeenne|council of the european union
europees hof|hof van justitie|europaische\w* gerichtshof\w*|cour (?:europeenne )?de justice|\
(?:european )?court of justice
europese centrale bank|europaische\w* zentralbank|banque centrale europeenne|european central bank|ECB|EZB|BCE
europese investeringsbank|europaische\w* investitionsbank|banque europeenne d'investissement|\
european investment bank|EIB|BEI
europese unie|europaische\w* union|union europeenne|european union|EU|UE|europa|europe|europees|europese|\
europaisch\w*|europeen\w*|european
benelux[ -]?parlement|benelux[ -]?parlament\w*|parlement (?:du )?benelux|interparlementaire beneluxraad|\
benelux parliament
benelux\w*
verenigde naties|vereinte\w* nationen|nations unies|united nations|VN|UN|ONU|UNO
veiligheidsraad|sicherheitsrat(?! fur unfall)\w*|conseil de securite|security council
NAVO|NATO|OTAN
OESO|OECD|OCDE
raad van state|staatsrat\w*|conseil d'etat|council of state
algemene rekenkamer|rechnungshof\w*|cour des comptes|court of audit
hoge raad|oberste\w* gerichtshof\w*|hoge raad|cour supreme|supreme court|supreme court of the netherlands
tweede kamer\w*|zweite\w* kammer|deuxieme chambre|seconde chambre|chambre des representants|\
house of representatives|second chamber
eerste kamer\w*|erste\w* kammer|senaat|senat\w*|premiere chambre|senate|first chamber
nationale ombudsman|nationale\w* ombuds\w*|mediateur national|national ombudsman
belastingdienst|steuerverwaltung|steuerbehorde\w*|finanzamt|administration fiscale|tax administration|tax authorit\w*
inspectie \w+|inspection|inspectorate|inspektion|\w*inspectie|\w*inspektion
autoriteit persoonsgegevens|datenschutzbehorde|autorite de protection des donnees|data protection authority
nederlandse zorgautoriteit|NZa|niederlandische gesundheitsbehorde|dutch healthcare authority|\
autorite neerlandaise de sante
onderzoeksraad\w*|dutch safety board|sicherheitsrat fur unfall\w*
noordrijn-westfalen|nordrhein-westfalen|rhenanie-du-nord-westphalie|north rhine-westphalia|NRW
nedersaksen|niedersachsen|basse-saxe|lower saxony
vlaanderen|vlaams\w*|flandern|flamisch\w*|flandre|flamand\w*|flanders|flemish
wallonie|waals\w*|wallonisch\w*|wallon\w*|wallonia
noord-brabant|nord-?brabant|brabant-septentrional|north brabant
zuid-holland|sudholland|hollande-meridionale|south holland
noord-holland|nordholland|hollande-septentrionale|north holland
zeeland|seeland|zelande
limburg\w*|limbourg\w*
friesland|friesisch\w*|frise|frisia
brussel\w*|bruxelles|brussels
antwerpen|anvers|antwerp
luik|luttich|liege
aken|aachen|aix-la-chapelle
keulen|koln|cologne
den haag|'s-gravenhage|la haye|the hague
wenen|wien|vienne|vienna
parijs|paris
londen|london|londres
geneve|genf|geneva
nederland\w*|niederland\w*|neerlandais\w*|pays-bas|the netherlands|netherlands|dutch|hollandais\w*
belgi\w*|belge\w*|belgian\w*
duitsland|duits\w*|deutschland\w*|deutsch\w*|allemagne|allemand\w*|german\w*
luxemb\w*
frankrijk|frans|franse\w*|frankreich\w*|franzosisch\w*|france|francais\w*|french
verenigd koninkrijk|brits\w*|vereinigtes konigreich|vereinigten konigreich\w*|britisch\w*|royaume-uni|\
britannique\w*|united kingdom|british|britain|VK|UK
ierland|iers\w*|irland\w*|irisch\w*|irlandais\w*|irlande|ireland|irish
spanje|spaans\w*|spanien\w*|spanisch\w*|espagn\w*|spain|spanish
portug\w*
italie\w*|italia\w*|italy
zwitser\w*|schweiz\w*|suisse\w*|switzerland|swiss
oostenrijk\w*|osterreich\w*|autrich\w*|austria\w*
denemarken|deens\w*|danemark|danisch\w*|danois\w*|denmark|danish
zweden|zweeds\w*|schwed\w*|suede|suedois\w*|swed\w*
noorwegen|noors\w*|norweg\w*|norveg\w*|norway
finland\w*|fins|finse|finn\w*|finlandais\w*
ijsland\w*|island|islandisch\w*|islande|iceland\w*
polen|pools\w*|polnisch\w*|pologne|polonais\w*|poland|polish
tsjechi\w*|tschech\w*|tcheq\w*|czech\w*
slowakije|slowaaks\w*|slowak\w*|slovaqu\w*|slovak\w*
sloven\w*|slowen\w*
hongarije|hongaars\w*|ungar\w*|hongr\w*|hungar\w*
roemeni\w*|rumani\w*|roum\w*|romani\w*
bulgar\w*|bulgaars\w*
griek\w*|griech\w*|grece|grecs|grecque\w*|greece|greek\w*
kroati\w*|kroat\w*|croat\w*
servi(?:e|sch)\w*|serbi\w*|serbe
estland|estse|estnisch\w*|estoni\w*
letland|letse|lettland\w*|lettisch\w*|letton\w*|latvia\w*
litouw\w*|litau\w*|lituan\w*|lithuan\w*
cyprus|cypr\w*|zypern|chypre
malta|maltees\w*|malte
turkije|turk\w*|turc\w*|turquie
rusland|russ\w*
oekrai\w*|ukrain\w*
wit-rusland|belarus\w*|bielorus\w*
marokk\w*|maroc\w*|morocc\w*
china|chine\w*|chinois\w*
japan\w*|japon\w*
india|indi(?:e|en|sch|an)\w*|inde
israel\w*
iran\w*
irak\w*|iraq\w*
syri\w*
afghan\w*|afghaans\w*
libi\w*|liby\w*
egypt\w*|agypt\w*
zuid-afrika\w*|sudafrika\w*|afrique du sud|south africa\w*
canad\w*|kanad\w*
braz?sil\w*|brazil\w*
surinam\w*
curacao\w*
aruba\w*
indonesi\w*
australi\w*
verenigde staten|amerika\w*|vereinigte\w* staaten|etats-unis|americain\w*|united states|american\w*|VS|USA|US
noordzee|nordsee|mer du nord|north sea
rijn|rhein|rhin|rhine
maas|meuse
"""
_COMMON = frozenset({"nederland"})
"""Names that a translation may add without saying more, by the beginning of their line."""

_WORD = re.compile(r"(?<!\w)(?:[A-Z][\w'-]*\w|[A-Z])(?!\w)")
_AFTER_STOP = re.compile(r"(?:^|[.!?:;]\s+|[\"“”«(]\s*)$")
_ARTICLES = frozenset("the de het een la le les l'un un une der die das den dem des ein eine einen".split())
_HEADS = re.compile(
    r"\b(?:act|inspectorate|authority|administration|agency|board|council|court|committee|ministry|minister|secretary|"
    r"directive|regulation|treaty|convention|agreement|protocol|bill|fund|institute|service|commission|loi|inspection|"
    r"autorite|agence|conseil|cour|comite|ministere|ministre|secretaire|directive|reglement|traite|convention|accord|"
    r"protocole|fonds|institut|government|parliament|parlement|gouvernement|group|groupe|party|house|chambre|state|"
    r"article|union|members?|king|roi|motion|cabinet|prime|office|department)\b"
)
_CAPITAL = frozenset(
    """
    i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december yes no oui non ja nein nee article section m mme mr mrs kamer kamerstuk
    kamerstukken chamber chambre euro euros state
    """.split()
)
_PLACED = re.compile(r"\b(?:in|bei|nach|aus|von|und|fur|Stadt|Gemeinde|Provinz|Station|Bahnhofs?|gegen das) $")
_NOUN_ENDINGS = re.compile(
    r"(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|ion|ionen|tat|ismus|nis|nisse|nissen|ern|eln|innen|lich|ik)$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in a text: under which key it is known everywhere, and where."""

    key: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=64)  # a sentence is held against several sources, and a source against several checks
def known(text: str) -> tuple[Mention, ...]:
    """Find the names that have a form in each language; positions are those in the plain text."""
    text = plain(text)
    found: list[Mention] = []
    for key, expression in _expressions():
        for match in expression.finditer(text):
            if not any(match.start() < one.end and one.start < match.end() for one in found):
                found.append(Mention(key, match[0], *match.span()))
    return tuple(sorted(found, key=lambda one: one.start))


def missing(claim: str, source: str, speaker: str, language: Language) -> Iterator[str]:
    """Give the names in a claim that neither its source nor the name of who speaks there holds."""
    text = plain(claim)
    mentions = known(claim)
    there = {one.key for one in known(f"{source} {speaker}")}
    held = folded(source)
    spoken = f"{held} {folded(speaker)}"
    tokens = set(re.findall(r"[\w']+", spoken)) | set(re.findall(r"[\w'-]+", spoken))
    for one in mentions:
        # "the House" may stand for either chamber where the source has just "de Kamer".
        loose = "kamer" in one.key and re.search(r"(?<!eerste )(?<!tweede )\bkamer\b", held)
        if one.key not in there and one.key.split("\\")[0].split("|")[0] not in _COMMON and not loose:
            yield one.text
    # German gives every noun a capital: one counts as a name only where a name of the source has gone.
    dropped = language == "de" and any(
        not _stands(name[0].casefold(), set(re.findall(r"[\w']+", folded(claim))), language)
        for name in _capitalised(plain(source), "nl")
    )
    for match in _capitalised(text, language):
        if not any(match.start() < one.end and one.start < match.end() for one in mentions):
            word = match[0].casefold().removesuffix("'s")
            stands = _stands(word, tokens, language) or _initials(match[0], source, speaker)
            if not stands and (language != "de" or _acronym(match[0]) or dropped):
                yield match[0]


def _capitalised(text: str, language: Language) -> Iterator[re.Match[str]]:
    for match in _WORD.finditer(text):
        before, word = text[: match.start()], match[0]
        if _AFTER_STOP.search(before) or word.casefold() in _CAPITAL:
            continue
        acronym = _acronym(word)
        if language == "de" and not acronym:
            placed = _PLACED.search(before)
            if not placed or _NOUN_ENDINGS.search(word.casefold()):
                continue
        if language in ("en", "fr") and not acronym and _HEADS.search(_run(text, match).casefold()):
            continue  # a title in translation: "the Working Hours Act"
        yield match


def _acronym(word: str) -> bool:
    """Tell whether a word is written like an acronym; "Steuer-Gruppe" is not."""
    return any(sum(char.isupper() for char in part) > 1 for part in word.split("-"))


def _initials(word: str, *texts: str) -> bool:
    """Tell whether a word is made of the first letters of a name that is written out: "VWEU", "BZK"."""
    if not word.isupper() or len(word) < 2:
        return False
    return any(word in "".join(one[0] for one in re.findall(r"\b[A-Z][a-z]\w*", plain(text))) for text in texts)


def _run(text: str, match: re.Match[str]) -> str:
    """Take the words with a capital around one, small words between them let through."""
    link = r"(?: (?:of|the|and|for|on|de|des|du|la|le|et|sur|pour|van|voor|en|l'|d'))*"
    run = re.compile(rf"[A-Z][\w'-]*(?:{link} (?:l'|d')?[A-Z][\w'-]*)*")
    for one in run.finditer(text):
        if one.start() <= match.start() < one.end():
            lead = re.search(r"([\w'-]+) (?:(?:du|de|des|sur|la|le) )?$", text[: one.start()])
            return f"{lead[1] if lead else ''} {one[0]}"
    return match[0]


def _stands(word: str, tokens: set[str], language: Language) -> bool:
    parts = [part for part in re.split(r"[-']", word) if len(part) > 1] or [word]
    for part in parts:
        if part in tokens or part in _ARTICLES or re.match("fra[ck]ti|group", part):
            continue
        longer = any(
            len(part) > 3 and len(token) > 3 and (token.startswith(part) or part.startswith(token)) for token in tokens
        )
        if not longer and not (language != "nl" and any(alike(part, token) for token in tokens)):
            return False
    return True


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for line in _KNOWN.replace("\\\n", "").strip().splitlines():
        forms = [_form(form) for form in _split(line)]
        made.append((line, re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")))
    return tuple(made)


def _form(form: str) -> str:
    if re.fullmatch(r"[A-Z]{2,4}", form):
        return form
    if re.fullmatch(r"[a-z]{1,5}", form):
        return form.capitalize()  # "Lets" is Latvian, "lets" is not
    return f"(?i:{form})"


def _split(line: str) -> list[str]:
    """Part a line at the bars that stand in no bracket."""
    return re.split(r"\|(?![^()]*\))", line)


def everywhere(text: str) -> list[Mention]:
    """Find the known names, and besides them the words with a capital inside a sentence, in order."""
    found = list(known(text))
    bare = plain(text)
    for match in _capitalised(bare, "nl"):
        if not any(match.start() < one.end and one.start < match.end() for one in found):
            found.append(Mention(match[0].casefold(), match[0], *match.span()))
    return sorted(found, key=lambda one: one.start)
