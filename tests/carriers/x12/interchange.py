"""An invented 811 of one account and two phones, to be changed and read again.

Charges: line …0101 has a plan of 29.99 and calls of 1.30, line …0102 a plan of 39.99
less 5.00; the account pays 4.50 in taxes. Together 70.78.
"""

from pathlib import Path

from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.reading import Reading, read

PADDED = (
    "ISA*00*          *00*          *ZZ*ALDERTEL       *ZZ*ALDERCREEK     "
    "*220116*0601*U*00401*000000007*0*P*>"
)
COMPACT = "ISA*00**00**ZZ*ALDERTEL*ZZ*ALDERCREEK*220116*0601*U*00401*7*0*P*>"
GROUP = "GS*CI*ALDERTEL*ALDERCREEK*20220116*0601*1*X*004010"
HEADING = (
    *("ST*811*0001", "BIG*20220116*9876543210", "REF*12*642350544-00001"),
    *("REF*14*642350544", "ITD******20220208", "DTM*150*20211217"),
    *("DTM*151*20220116", "N1*SU*ALDER TELEPHONE", "N1*BT*CITY OF ALDER CREEK"),
)
ACCOUNT = ("HL*1**1*1", "HL*2*1*2*1", "TXI*LT*4.50")
FIRST = (
    "HL*3*2*8*1",
    "SI*TI*TN*2095550101",
    "NM1*IL*1*AMES*WREN",
    "SLN*1**A*1*EA*29.99***VP*CITY200",
    "PID*F****CITY 200",
    "TCD*1*20220103*0715*TN*2095550160*CA***CA*2**1.00",
    "TCD*2*20211231*2359*CI*SACRAMENTO*CA*TN*2095550161*CA*1.5*****0.20",
    "TXI*ST*0.10",
)
SECOND = (
    "HL*4*2*8*0",
    "SI*TI*TN*2095550102",
    "IT1*1*1*EA*39.99",
    "PID*F****CITY 400",
    "ITA*A**DISC*06***500******PUBLIC EMPLOYER DISCOUNT",
)
SUMMARY = (
    *("TDS*7078", "BAL*M*PB*65.00", "BAL*M*TP*65.00", "BAL*M*BD*70.78", "CTT*4"),
)


def statement(
    *parts: tuple[str, ...], control: str = "0001", counted: int | None = None
) -> list[str]:
    """Put an invoice together, with its right count unless another is given."""
    body = [one for part in parts for one in part]
    body[0] = f"ST*811*{control}"
    return [*body, f"SE*{counted or len(body) + 1}*{control}"]


WHOLE = (HEADING, ACCOUNT, FIRST, SECOND, SUMMARY)


def interchange(
    *statements: list[str],
    isa: str = PADDED,
    end: str = "~\n",
    groups: int = 1,
    holds: int | None = None,
) -> str:
    """Wrap invoices in their envelopes."""
    number = isa.split("*")[13]
    body = [one for part in statements for one in part]
    trailer = [f"GE*{holds or len(statements)}*1", f"IEA*{groups}*{number}"]
    return "".join(f"{one}{end}" for one in (isa, GROUP, *body, *trailer))


def read_text(folder: Path, text: str, guidance: Guidance | None = None) -> Reading:
    """Write a file as the carrier would, and read it."""
    path = folder / "invoice.edi"
    path.write_bytes(text.encode())
    return read(path, guidance=guidance)


def read_whole(folder: Path, *parts: tuple[str, ...]) -> Reading:
    """Read one invoice made of these parts, or the whole of it."""
    return read_text(folder, interchange(statement(*(parts or WHOLE))))
