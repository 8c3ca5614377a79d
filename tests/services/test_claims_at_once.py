"""The same form sent twice at the same moment, and two clerks who save at once."""

from mobile_selfservice.models.business_claim import BusinessClaim
from mobile_selfservice.models.stipend_run import PayrollTemplate
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.payroll import templates
from mobile_selfservice.services.payroll.templates import WantedTemplate
from mobile_selfservice.services.refusals import ChangedMeanwhile
from tests.factories import NOW
from tests.services.claims import begin, declined
from tests.services.test_races import Saved, refusals, saved

__all__ = ["saved"]
COLUMNS = (("A", "amount", ""), ("N", "name", ""))


def claimant(make):
    person = make.person()
    declined(make, person)
    return person


def saving(clerk, name):
    wanted = WantedTemplate(name=name, columns=COLUMNS)
    return lambda session: templates.save(
        session, clerk, wanted=wanted, version=0, now=NOW
    )


def test_a_form_sent_twice_at_once_begins_one_claim(saved: Saved):
    robin = saved.make(claimant)

    first, second = saved.at_once(
        *[lambda session: begin(session, robin, key="once")] * 2
    )

    assert first == second
    assert saved.count(BusinessClaim) == saved.acts("claim.started") == 1


def test_of_two_clerks_who_save_a_template_at_once_one_is_told(
    saved: Saved,
):
    one, other = saved.make(
        lambda make: (make.person(Role.FINANCE), make.person(Role.FINANCE))
    )

    outcomes = saved.at_once(saving(one, "County"), saving(other, "State"))

    assert [type(each) for each in refusals(outcomes)] == [ChangedMeanwhile]
    assert saved.count(PayrollTemplate) == 1


def test_a_template_sent_twice_at_once_is_one_version(saved: Saved):
    clerk = saved.make(lambda make: make.person(Role.FINANCE))

    assert saved.at_once(*[saving(clerk, "County")] * 2) == [1, 1]
