"""Plans, wishes, expectations, possibilities, duties and facts: how sure a claim is of what its source says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from raadpleeg.answering.verifying.wording import Cues, clauses, folded, fragment, relevant, shown
from raadpleeg.records import Language

_CUES: Cues = {
    "plan": {
        "nl": "voornemen* beoog* streef* streven* gestreefd nagestreefd gewenst*_doel bedoeling van_plan wil "
        "willen wens* wenst gepland* plant in_te_zetten",
        "de": "beabsichtig* absicht* vorha* geplant plant planen will wollen mochte* soll sollen strebt anstreb* plane",
        "fr": "intention* prevoi* prevoit prevu* souhait* veut veulent envisag* compte comptent entend entendent "
        "projet*_de",
        "en": "intend* intention* due_to plans plan planned planning aim aims aiming wants want wish* seek seeks "
        "going_to willing",
    },
    "future": {
        "nl": "zal zullen gaat gaan zou zouden",
        "de": "wird werden wurde_werden",
        "fr": "sera seront aura auront *era *eront *ira *iront *dra *dront va vont",
        "en": "will shall would going_to to_be",
    },
    "expected": {
        "nl": "verwacht* verwachting* vermoedelijk waarschijnlijk",
        "de": "erwart* voraussichtlich wahrscheinlich durfte durften vermutlich",
        "fr": "devrait devraient attend* prevoi* prevu* probable* previsible*",
        "en": "expect* likely probably anticipat* projected",
    },
    "possible": {
        "nl": "kan kunnen kon konden mogelijk wellicht misschien eventueel mag mogen toegestaan bevoegd* zou "
        "zouden in_staat in_aanmerking",
        "de": "kann konnen konnt* moglich* vielleicht eventuell darf durfen erlaubt zulassig berechtigt",
        "fr": "peut peuvent pourr* possib* peut-etre eventuel* autoris* permis permet* puisse puissent",
        "en": "can cannot could may might possibl* possibility perhaps allowed permitted able eligible",
    },
    "duty": {
        "nl": "moet moeten moest* dient dienen verplicht* vereist* gehouden",
        "de": "muss mussen musst* verpflicht* pflicht* vorgeschrieben",
        "fr": "doit doivent doivent_etre obligat* oblig* tenu tenus tenue tenues exig*",
        "en": "must has_to have_to obliged obligation* obligatory required requires mandatory needs_to need_to",
    },
    "examined": {
        "nl": "onderzoekt onderzoeken onderzocht verken* bezie* beziet overweeg* overweegt overwegen overwogen "
        "bestudeer* bekijk* "
        "gaat_na na_te_gaan nagegaan in_overweging",
        "de": "pruf* gepruft untersucht untersuchen erwag* erwogen erkund* auslot* sondier*",
        "fr": "examin* etudie etudient etudier explor* reflechi* envisag*",
        "en": "examin* explor* investigat* consider considers considering consider* looking_into studying "
        "assess* whether",
    },
    "requested": {
        "nl": "verzoekt verzoeken verzocht gevraagd vraagt vragen_de vragen_om vragen_aan leden_vragen roept_op "
        "opgeroepen dringt dringen aangedrongen pleit pleiten gepleit bepleit*",
        "de": "bitte* gebeten bat baten fordert fordern gefordert ersuch* fragt gefragt aufgefordert pladier*",
        "fr": "demand* prie priee pries invite* invitent appelle* reclame reclament reclamer insist* plaide*",
        "en": "ask* request* call calls called calling urge* urging plead*",
    },
    "proposed": {
        "nl": "adviseert adviseren geadviseerd stelt_voor stellen_voor voorgesteld beveelt aanbeveelt aanbevolen "
        "suggere*",
        "de": "empfiehlt empfehlen empfohlen schlagt_vor schlagt schlagen vorgeschlagen rat",
        "fr": "conseille* recommande recommandent recommander propos* suggere*",
        "en": "advise advises advised advising recommends recommend recommended proposes propose proposed "
        "proposing suggest*",
    },
    "request": {"nl": "verzoek"},
    "proposal": {
        "nl": "advies adviezen voorstel* aanbeveling*",
        "de": "vorschlag* empfehlung* rat",
        "fr": "avis proposition* recommandation*",
        "en": "advice proposal* recommendation*",
    },
    "promised": {
        "nl": "toegezegd toezeg* zegt_toe beloofd* belofte* bereid",
        "de": "zugesagt zusage* versprochen verspr* bereit",
        "fr": "promis promet* promesse* engag* dispos*",
        "en": "promis* commit* pledg* willing undertak* prepared",
    },
    "decided": {
        "nl": "besloten besluit besluiten beslist beslissing*",
        "de": "beschlossen beschluss* entschieden entscheid*",
        "fr": "decide* decision*",
        "en": "decided decides decision*",
    },
}
_AGREES = {
    # For each meaning of a claim, those of a source that carry it.
    "plan": {"plan", "future", "expected", "proposed", "promised"},
    "expected": {"expected", "plan", "future", "possible"},
    "possible": {"possible", "expected", "promised", "examined"},
    "duty": {"duty", "requested", "proposed"},
    "examined": {"examined"},
    "requested": {"requested", "request"},
    "proposed": {"proposed", "proposal"},
    "promised": {"promised", "plan"},
}
_UNREAL = frozenset({"plan", "expected", "possible", "examined", "requested", "proposed", "promised"})
_STRONG = _UNREAL - {"possible"}
_LATER_ON = _STRONG | {"future"}
_CARRIED = {
    # For each meaning of a source, those in which a claim may give it.
    "plan": {"plan", "future", "expected", "promised", "proposed"},
    "expected": {"expected", "plan", "future", "possible"},
    "possible": {"possible", "expected", "future"},
    "examined": {"examined"},
    "requested": {"requested", "request", "proposed"},
    "proposed": {"proposed", "proposal", "requested"},
    "promised": {"promised", "plan", "future"},
}
_IN_FORCE: Cues = {
    "in force": {
        "nl": "van_kracht in_werking",
        "de": "in_kraft rechtskraftig*",
        "fr": "en_vigueur",
        "en": "in_force into_force in_effect into_effect",
    },
}
_SAYS_IN_FORCE: Cues = {
    "in force": {
        "nl": "kracht in_werking inwerking* van_toepassing toepass* toegepast* ingang ingegaan in_te_gaan gaat_in "
        "gaan_in ging_in gingen_in geldt gelden gold golden geldend* geldig*",
    },
}
_NOT_EXCLUDED: dict[Language, str] = {
    "nl": r"\bslui\w*\b.{0,80}\bniet uit\b|\bniet (?:uit te sluiten|uitgesloten|onmogelijk)",
    "de": r"\bschlie\w*\b.{0,80}\bnicht aus\b|\bnicht (?:auszuschliessen|ausgeschlossen|unmoglich)",
    "fr": r"\bn'exclu\w* pas|\bpas (?:exclu|impossible)",
    "en": r"\bnot (?:rul\w* out|exclud\w*|impossible)|\bcannot be (?:ruled out|excluded)",
}
_IDLE = re.compile(
    r"\b(?:dit|dat) vraagt om\b|\b(?:les|la|une|sa|leur|cette|toute) demandes?\b"
    r"|\b(?:waar|zoveel|zo \w+|voor zover) mogelijk\b|\b(?:aandacht|vraagt) (?:gevraagd"
    r"|aandacht)\b|\b(?:gevraagde|voorgestelde|verwachte)\b"
)
_SEARCHING = re.compile(r"onderzo|verken|bekek|bestud|beoord|toets")
_DONE: dict[Language, str] = {
    "nl": r"\b(?:heeft|hebben|had|hadden|is|zijn|was|waren|werd|werden)\b(?!.{0,12}\bvoornemens\b)[^;,]*?"
    r"\b(?:\w{0,8}ge[a-z]{2,}(?:d|t|en)|(?:be|ver|ont|her|er)[a-z]{2,}(?:d|t|en|an))\b|\b(?:werd|werden|begon"
    r"|steeg|daalde)\b",
    "de": r"\b(?:hat|haben|ist|sind|war|waren|hatte\w*)\b[^;,]*?\b(?:\w{0,8}ge[a-z]{2,}(?:t|en)|(?:be|ver|ent|er"
    r"|zer)[a-z]{2,}(?:t|en)|\w+iert)\b"
    r"|\bwurden?\b|\bworden\b",
    "fr": r"\b(?:a|ont|avait|avaient|est|sont|fut|furent)\b(?: (?:ete|deja|\w+ment))*(?: \w+){0,2} \w{3,}(?:e|ee"
    r"|es|ees|i|is|it|ie|u|us|ue|ert|erte)\b"
    r"|\bl?'?ete\b|\ba \w+(?:e|i|u|it|is)\b",
    "en": r"\b(?:has|have|had)\b(?! to\b)(?: \w+){0,3}? \w+(?:ed|en|wn|lt|nt|ade|ought|eld)\b|\b(?:was|were)\b"
    r"|\b(?:has|have) been\b"
    r"|\b(?:sent|agreed|decided|approved|adopted|introduced|reported|set up|ended|began|rose|fell|became|made"
    r"|gave|took)\b",
}
_LATER: dict[Language, str] = {
    "nl": r"\b(?:zal|zullen)\b",
    "de": r"\b(?:wird|werden)\b.*\bwerden\b",
    "fr": r"\b\w+(?:era|eront|ira|iront|dra|dront)\b",
    "en": r"\b(?:will|shall)\b",
}
_PASSIVE = r"\b(?:wordt|worden|volgt|volgen|komt|komen)\b"
_OPEN = r"\b(?:is|zijn|valt|vallen|blijft)\b.*\bte \w+en\b|\bafhankelijk\b"


def problems(claim: str, source: str, asked: bool, language: Language) -> Iterator[str]:
    """Say where a claim is surer, or less sure, than its source. What a question asks has no such force."""
    mine = folded(claim)
    parts = relevant(mine, clauses(source), language)
    text = " ; ".join(parts)
    theirs, said, everything = _meanings(text, "nl"), _meanings(mine, language), _meanings(folded(source), "nl")
    if _SEARCHING.search(folded(source)):
        everything |= {"examined"}
    if "mogelijk" in folded(source) or "eventu" in folded(source):
        everything |= {"possible"}
    done, was = bool(re.search(_DONE[language], mine)), bool(re.search(_DONE["nl"], text))
    if asked or fragment(claim, language):
        return
    unreal = theirs & _STRONG or theirs & _UNREAL
    if unreal and not any(said & _CARRIED[one] for one in unreal):
        yield f"{', '.join(sorted(unreal))} told as fact"
    elif not unreal and "future" in theirs and done and not was and not said & (_UNREAL | {"future"}):
        yield "future told as done"
    elif not theirs and not was and done and re.search(_PASSIVE, text) and not said:
        yield "what happens told as done"
    for one in sorted(said & _AGREES.keys()):
        if (
            not _AGREES[one] & everything
            and not (one == "possible" and re.search(_OPEN, text))
            and not _doubled(one, said, everything)
        ):
            yield f"{one} where the source is not"
    if "duty" in said and "duty" not in theirs and "possible" in theirs and not theirs & {"requested", "proposed"}:
        yield "possibility told as duty"
    # That something was agreed or signed does not say that it holds by now, nor that it is meant to.
    if shown(mine, _IN_FORCE, language) and not said & _LATER_ON:
        holding = [part for part in clauses(source) if shown(part, _SAYS_IN_FORCE, "nl")]
        if all(_meanings(part, "nl") & _LATER_ON for part in holding):
            yield "in force where the source does not say so"
    if "decided" in said and "decided" not in everything and theirs & (_UNREAL - {"promised"}):
        yield "decision where there is none"
    later = re.search(_LATER[language], mine) and not said & _UNREAL
    open_still = everything & {"future", "plan", "expected", "possible"} or re.search(_PASSIVE, text)
    if later and was and not open_still:
        yield "fact told as future"


def _meanings(text: str, language: Language) -> frozenset[str]:
    text = _IDLE.sub(" ", text)
    found = shown(text, _CUES, language)
    return found | {"possible"} if re.search(_NOT_EXCLUDED[language], text) else found


def _doubled(one: str, said: frozenset[str], there: frozenset[str]) -> bool:
    """Tell whether the cue of one meaning, which has a second, is taken in that: "envisage", "prévoit", "zou"."""
    return any(one in pair and pair & said & there for pair in ({"plan", "examined"}, {"plan", "expected"}))
