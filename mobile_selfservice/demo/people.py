"""Who works in Alder Creek: departments, everybody by name, and what they may do."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from mobile_selfservice.demo.invented import people_names
from mobile_selfservice.models.organization import Role

FEWEST, MOST = 30, 500
PASSWORD = "alder-creek-demo"  # noqa: S105  printed at every start of the demo city


@dataclass(frozen=True, slots=True)
class DemoDepartment:
    """A department, its share of the people, and who directs it."""

    code: str
    name: str
    share: int
    director: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who works, or worked, for the city."""

    name: str
    department: str
    roles: tuple[Role, ...] = (Role.EMPLOYEE,)
    number: int = 0
    ended_on: date | None = None

    @property
    def user_name(self) -> str:
        """The name to sign in with."""
        return self.name.lower().replace(" ", ".")


DEPARTMENTS = (
    DemoDepartment("PW", "Public Works", 26, "Laurel Stone"),
    DemoDepartment("PD", "Police", 24, "Jasper Pike"),
    DemoDepartment("FD", "Fire", 18, "Ruby Ridge"),
    DemoDepartment("PR", "Parks and Recreation", 12, "Moss Mills"),
    DemoDepartment("LIB", "Library", 8, "Poppy Quarry"),
    DemoDepartment("FIN", "Finance", 5, "Linden Banks"),
    DemoDepartment("CMO", "City Manager's Office", 4, "Robin Vale"),
    DemoDepartment("IS", "Information Systems", 3, "Teal Weir"),
)

EMPLOYEE = DemoPerson("Wren Ames", "PW")
BUSIEST = DemoPerson("Heather Brook", "PD")
DIRECTOR = DemoPerson("Laurel Stone", "PW", (Role.EMPLOYEE, Role.DIRECTOR))
FINANCE = DemoPerson("Olive Marsh", "FIN", (Role.EMPLOYEE, Role.FINANCE))
SECOND_FINANCE = DemoPerson("Reed Harbor", "FIN", (Role.EMPLOYEE, Role.FINANCE))
IT = DemoPerson("Jay Lane", "IS", (Role.EMPLOYEE, Role.IT))
DCM = DemoPerson("Robin Vale", "CMO", (Role.EMPLOYEE, Role.DIRECTOR, Role.DCM))
CITY_MANAGER = DemoPerson("Cedar Hill", "CMO", (Role.EMPLOYEE, Role.CITY_MANAGER))
COUNSEL = DemoPerson("Sage Thorn", "CMO", (Role.EMPLOYEE, Role.COUNSEL))
AUDITOR = DemoPerson("Iris Shore", "CMO", (Role.EMPLOYEE, Role.AUDITOR))
ADMINISTRATOR = DemoPerson("Ash Keller", "IS", (Role.EMPLOYEE, Role.ADMINISTRATOR))
LEAVER = DemoPerson("Glen Waters", "PR")
NEWCOMER = DemoPerson("Ivy Newell", "LIB")

SIGN_INS = (
    (EMPLOYEE, "an employee with a bill to review"),
    (BUSIEST, "an employee whose bill has 3,000 items"),
    (DIRECTOR, "the director of Public Works"),
    (FINANCE, "Finance"),
    (SECOND_FINANCE, "Finance, a second person"),
    (IT, "Information Systems"),
    (DCM, "the Deputy City Manager, who directs the City Manager's Office"),
    (CITY_MANAGER, "the City Manager"),
    (COUNSEL, "the City Attorney"),
    (AUDITOR, "the auditor"),
    (ADMINISTRATOR, "the administrator of accounts"),
)


def everybody(count: int, dice: Random, left_on: date) -> list[DemoPerson]:
    """Draw the city's people; those the demo is about are the same in every city."""
    named = _named(left_on)
    drawn = people_names(dice, {person.name for person in named})
    codes = [department.code for department in DEPARTMENTS]
    shares = [department.share for department in DEPARTMENTS]
    others = [
        DemoPerson(name, dice.choices(codes, shares)[0])
        for name in drawn[: count - len(named)]
    ]
    return [
        replace(person, number=number)
        for number, person in enumerate([*named, *others], start=1)
    ]


def _named(left_on: date) -> list[DemoPerson]:
    """Name those who sign in, the other directors, the leaver and the newcomer."""
    signing_in = [person for person, _ in SIGN_INS]
    known = {person.name for person in signing_in}
    directors = [
        DemoPerson(one.director, one.code, (Role.EMPLOYEE, Role.DIRECTOR))
        for one in DEPARTMENTS
        if one.director not in known
    ]
    return [*signing_in, *directors, replace(LEAVER, ended_on=left_on), NEWCOMER]
