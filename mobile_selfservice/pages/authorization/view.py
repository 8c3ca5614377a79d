"""One authorization form in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.forms import Fault, Option
from mobile_selfservice.components.timeline import Happening
from mobile_selfservice.components.wording import moment_in_words
from mobile_selfservice.components.working import WorkingStep
from mobile_selfservice.pages.authorization.fields import (
    FormFields,
    ReasonsView,
    problem_fields,
    reasons_views,
    typed_fields,
)
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.step_words import all_step_words
from mobile_selfservice.services.authorizations import field_words
from mobile_selfservice.services.authorizations.form_findings import Findings
from mobile_selfservice.services.authorizations.form_view import FormSeen, SignedForm

# Which sequence of steps a form of this action has.
SHAPES = {
    "new_device": "device",
    "change": "change",
    "stipend": "stipend",
    "end_service": "end",
    "end_stipend": "end",
}
# In which states a form's phone has a page of its own.
HANDED_OUT = {
    "new_device": ("approved", "ordered", "ready", "active", "ending", "closed"),
    "end_service": ("ending", "closed"),
}
CLASSES = {"cell": "Cell phone", "smart": "Smart phone"}
KINDS = {
    "personal": "",
    "pooled": "Shared phone; the person named answers for it",
    "vehicle": "Phone of a vehicle; the person named answers for it",
}


@dataclass(frozen=True)
class ExceededView:
    """One limit that is exceeded, its clause, and who must consent."""

    text: str = ""
    clause: str = ""
    consent: str = ""


@dataclass(frozen=True)
class SaidRow:
    """One field of the form and what it says."""

    label: str = ""
    words: str = ""


@dataclass(frozen=True)
class ConsentRow:
    """One signature to a form, or one that is awaited."""

    office: str = ""
    words: str = ""
    is_given: bool = False


@dataclass(frozen=True)
class ReferralView:
    """Why a form was referred back, by whom and when; empty where it was not."""

    reason: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class StepFault:
    """One fault and the address of its step."""

    text: str = ""
    href: str = ""


@dataclass(frozen=True)
class AuthorizationView:
    """The form page: a guided form while it is written, else what was signed.

    `acts` are the words of what the reader may do; `shape` picks the steps' names;
    `steps_done` are the numbers, from 0, of the steps whose required answers are there.
    """

    is_loaded: bool = False
    is_draft: bool = False
    form_id: str = ""
    title: str = ""
    lead: str = ""
    state: str = ""
    action: str = ""
    shape: str = "device"
    step: str = "who"
    step_number: int = 0
    steps_done: list[int] = field(default_factory=list)
    referral: ReferralView = field(default_factory=ReferralView)
    person: str = ""
    department: str = ""
    device: str = ""
    device_class: str = ""
    holder_kind: str = "personal"
    kind: str = ""
    line: str = ""
    line_id: str = ""
    lines: list[Option] = field(default_factory=list)
    is_smart: bool = False
    buys: bool = False
    notice: str = ""
    typed: FormFields = field(default_factory=FormFields)
    problems: FormFields = field(default_factory=FormFields)
    reasons: list[ReasonsView] = field(default_factory=list)
    asks_places: bool = False
    faults: list[Fault] = field(default_factory=list)
    step_faults: list[StepFault] = field(default_factory=list)
    refusals: list[WorkingStep] = field(default_factory=list)
    notes: list[WorkingStep] = field(default_factory=list)
    exceeded: list[ExceededView] = field(default_factory=list)
    sentence: str = ""
    said: list[SaidRow] = field(default_factory=list)
    may_sign: bool = False
    signer: str = ""
    signed_by: str = ""
    signed_at: str = ""
    fingerprint: str = ""
    consents: list[ConsentRow] = field(default_factory=list)
    waits_for: str = ""
    acts: list[str] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    edition: str = ""
    pdf: str = ""
    phone: str = ""
    is_own: bool = False
    is_ready: bool = False


def authorization_view(
    seen: FormSeen, wanted_step: str, *, mark: bool
) -> AuthorizationView:
    """Put a form into words. `mark` says whether the step's faults are shown."""
    is_draft = seen.state == "draft" and "submit" in seen.acts
    step = _step(seen, wanted_step)
    names = [each.name for each in seen.steps]
    faults = _faults_of(seen, step) if mark else []
    return AuthorizationView(
        is_loaded=True,
        is_draft=is_draft,
        form_id=str(seen.form_id),
        title=f"{_title(seen)} for {seen.person}",
        lead=_lead(seen, is_draft=is_draft),
        state="referred_back" if seen.referral else seen.state,
        action=seen.action,
        shape=SHAPES[seen.action],
        step=step,
        step_number=names.index(step),
        steps_done=_steps_done(seen),
        referral=_referral(seen),
        person=f"{seen.person}, {seen.person_number}",
        department=seen.department,
        device=CLASSES.get(seen.device_class, ""),
        device_class=seen.device_class or "cell",
        holder_kind=seen.holder_kind,
        kind=KINDS[seen.holder_kind],
        line=seen.line,
        line_id=str(seen.line_id or ""),
        lines=[Option(str(key), words) for key, words in seen.lines],
        is_smart=seen.device_class == "smart",
        buys=seen.action == "new_device",
        notice=_notice(seen),
        typed=typed_fields(seen.typed),
        problems=problem_fields(faults),
        reasons=reasons_views(seen.reasons, seen.typed),
        asks_places=seen.asks_places,
        faults=[Fault(each.field, each.text) for each in faults],
        step_faults=_step_faults(seen),
        **_findings(seen, is_draft=is_draft),
        **_record(seen, is_draft=is_draft),
        may_sign=seen.findings.may_be_signed,
        signer=seen.signer,
        consents=_consents(seen),
        waits_for=" and ".join(seen.offices),
        acts=sorted(each.value for each in seen.acts),
        happenings=_happenings(seen),
        edition=seen.edition,
        pdf=f"/files/authorizations/{seen.form_id}.pdf" if seen.signed else "",
        phone=_phone(seen),
        is_own=seen.is_own,
        is_ready=seen.is_own and seen.state == "ready",
    )


def _phone(seen: FormSeen) -> str:
    """Lead to where the form's phone is ordered, handed out and taken back."""
    states = HANDED_OUT.get(seen.action, ())
    if seen.is_own or seen.state not in states:
        return ""
    return f"/authorizations/{seen.form_id}/phone"


def _title(seen: FormSeen) -> str:
    return str(seen.record["title"])


def _lead(seen: FormSeen, *, is_draft: bool) -> str:
    if is_draft:
        return (
            "Each step is kept when you save it; come back whenever you like. Nothing "
            "is sent before you sign."
        )
    if seen.is_own:
        return "Your director’s form for you, as it was signed."
    return "As it was signed, with what was found and who consented."


def _step(seen: FormSeen, wanted: str) -> str:
    names = [each.name for each in seen.steps]
    return wanted if wanted in names else names[0]


def _referral(seen: FormSeen) -> ReferralView:
    if seen.referral is None:
        return ReferralView()
    at = moment_in_words(seen.referral.at, seen.time_zone)
    return ReferralView(seen.referral.reason, seen.referral.by, at)


def _steps_done(seen: FormSeen) -> list[int]:
    """Number the steps whose required answers are there; the signature is none."""
    wrong = {
        field_words.step_of(seen.action, each.field)
        for each in seen.findings.read.faults
    }
    if seen.findings.ruling.refusals:
        wrong.add("need")
    return [
        number for number, each in enumerate(seen.steps[:-1]) if each.name not in wrong
    ]


def _notice(seen: FormSeen) -> str:
    if seen.action == "new_device" and seen.has_stipend:
        return (
            f"{seen.person} holds a stipend. Nobody has both: the stipend stops when "
            "the phone is handed out."
        )
    if seen.action == "stipend" and seen.has_device:
        return (
            f"{seen.person} carries a City phone. Nobody has both: the "
            "phone is returned before the stipend begins, and a penalty for ending its "
            "contract puts the stipend off."
        )
    return ""


def _faults_of(seen: FormSeen, step: str) -> list:
    return [
        each
        for each in seen.findings.read.faults
        if field_words.step_of(seen.action, each.field) == step
    ]


def _step_faults(seen: FormSeen) -> list[StepFault]:
    return [
        StepFault(
            each.text,
            f"/authorizations/{seen.form_id}"
            f"?step={field_words.step_of(seen.action, each.field)}&mark=1",
        )
        for each in seen.findings.read.faults
    ]


def _findings(seen: FormSeen, *, is_draft: bool) -> dict:
    """Say what is found now in a draft, or what was found when it was signed."""
    if is_draft or seen.signed is None:
        return _found_now(seen.findings)
    record = seen.signed.record
    return {
        "exceeded": [
            ExceededView(each["text"], each["clause"], each["consent"])
            for each in record["exceptions"]
        ],
        "notes": [
            WorkingStep(each["text"], "", each["clause"], each["reading"])
            for each in record["notes"]
        ],
    }


def _found_now(findings: Findings) -> dict:
    return {
        "refusals": _shown(findings.ruling.refusals),
        "notes": _shown(findings.notes),
        "exceeded": [
            ExceededView(each.step.text, str(each.step.clause), each.consent)
            for each in findings.exceeded
        ],
    }


def _shown(steps: tuple[Step, ...]) -> list[WorkingStep]:
    return [
        WorkingStep(each.text, each.amount, each.clause, each.reading)
        for each in all_step_words(steps)
    ]


def _record(seen: FormSeen, *, is_draft: bool) -> dict:
    signed: SignedForm | None = None if is_draft else seen.signed
    record = signed.record if signed else seen.record
    grounds = [
        SaidRow(f"Reason {listed}", words) for listed, _, words in record["grounds"]
    ]
    answers = [SaidRow(label, words) for _, label, words in record["answers"]]
    return {
        "sentence": record["sentence"],
        "said": [*grounds, *answers],
        "signed_by": signed.signed_by if signed else "",
        "signed_at": signed.signed_at if signed else "",
        "fingerprint": signed.content_hash if signed else "",
    }


def _consents(seen: FormSeen) -> list[ConsentRow]:
    given = [
        ConsentRow(_upper(each.office), f"{each.name}, {each.on}", is_given=True)
        for each in (seen.signed.consents if seen.signed else ())
    ]
    waited = [ConsentRow(_upper(each), "Still to sign") for each in seen.offices]
    return [*given, *waited]


def _happenings(seen: FormSeen) -> list[Happening]:
    return [
        Happening(
            at=moment_in_words(event.at, seen.time_zone),
            who=event.who,
            what=event.note or event.act,
        )
        for event in seen.events
    ]


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
