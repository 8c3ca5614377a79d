from datetime import date

import pytest

from mobile_selfservice.services.refusals import NotUnderstood
from mobile_selfservice.services.team import team_filter
from mobile_selfservice.services.team.team_filter import TeamFilter


def test_an_empty_address_asks_for_nothing_in_particular():
    assert team_filter.read({}) == TeamFilter()
    assert team_filter.write(TeamFilter()) == ""


@pytest.mark.parametrize(
    "wanted",
    [
        TeamFilter(department_id=3, month=date(2026, 3, 1), page=2),
        TeamFilter(state="in_review", search="O’Neil & sons", only="overdue"),
        TeamFilter(sort="holder", descending=False),
        TeamFilter(sort="holder", descending=True),
        TeamFilter(sort="cost", descending=False),
    ],
)
def test_what_is_written_in_the_address_is_read_back(wanted):
    from urllib.parse import parse_qsl

    assert team_filter.read(dict(parse_qsl(team_filter.write(wanted)))) == wanted


@pytest.mark.parametrize(
    "query",
    [
        {"department": "1 OR 1=1"},
        {"department": "-1"},
        {"department": "0"},
        {"department": "99999999999"},
        {"department": "٣"},
        {"month": "2026-13"},
        {"month": "2026-3"},
        {"month": "2026-03-01"},
        {"state": "prepared"},
        {"state": "superseded"},
        {"only": "mine"},
        {"sort": "cost; DROP TABLE bill"},
        {"way": "sideways"},
        {"search": "a" * 61},
        {"search": "tab\there"},
        {"page": "1.5"},
    ],
)
def test_an_address_no_page_of_ours_writes_is_refused(query):
    with pytest.raises(NotUnderstood):
        team_filter.read(query)
