"""A customer's own label that is named like one of AT&T's columns (trap 14)."""

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.records import Severity


def twinned(month, role, label, name):
    """Read a report with one column under the name of another."""
    (path,) = month.only(role).write()
    path.write_bytes(path.read_bytes().replace(label.encode(), name.encode(), 1))
    return reading.read(path)


def first_line(found):
    (invoice,) = found.invoices.values()
    return next(iter(invoice.lines.values())).line


def the_warning(found):
    assert Severity.ERROR not in {one.severity for one in found.findings}
    (warning,) = [one for one in found.findings if "own labels" in one.reason]
    assert (warning.line, warning.severity) == (1, Severity.WARNING)
    return warning.reason


def test_the_column_in_its_usual_place_is_the_carriers(month):
    month.set("lines", 2, **{att.PLAN: "", att.RATE_CODE: "MSUNL", "VIS CODE": "V-77"})
    found = twinned(month, "lines", "VIS CODE", att.RATE_CODE)

    assert first_line(found).plan == "MSUNL"
    assert "“Rate code” in column 14, by its place" in the_warning(found)


def test_where_the_place_does_not_tell_the_first_counts(month):
    month.set("lines", 2, **{att.USER: "MARIA EXAMPLE", "VIS CODE": "FLEET"})
    found = twinned(month, "lines", "VIS CODE", att.USER)

    assert first_line(found).user_name == "MARIA EXAMPLE"
    assert "“User name” in column 9, as the first of them" in the_warning(found)


def test_a_report_without_labels_has_no_column_twice(month):
    found = twinned(month, "detail", "Feature used", "Rate code")

    assert "stands twice" in found.findings[0].reason
    assert found.findings[0].severity is Severity.ERROR
