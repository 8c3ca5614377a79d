"""Verizon's custom reports, heading by heading: the account's and the inventory's.

They are exports a city puts together itself, in sentence case; a column may be missing.
"""

from mobile_selfservice.carriers.layout import Layout

CARRIER = "verizon"

ACCOUNT = "Account number"
INVOICE = "Invoice number"
PERIOD = "Bill period"
DUE_ON = "Date due"
BILL_NAME = "Bill name"
SHARE = "Account level share"
ACCOUNT_STATED = {
    "account_charges": "Account charges and credits",
    "adjustments": "Adjustments",
    "balance_forward": "Balance forward",
    "equipment": "Equipment charges",
    "late_fee": "Late fee",
    "monthly_charges": "Monthly charges",
    "payments": "Payments",
    "previous_balance": "Previous balance",
    "surcharges": "Surcharges and OC&Cs",
    "taxes": "Taxes, governmental surcharges, and fees",
    "third_party_account": "Third-party charges to account",
    "third_party_lines": "Third-party charges to lines",
    "due": "Total amount due",
    "current": "Total current charges",
    "usage": "Usage and purchase charges",
}
USAGE_STATED = {
    "usage_data": "Usage charges - data",
    "usage_purchases": "Usage charges - purchases",
    "usage_roaming": "Usage charges - roaming",
    "usage_voice": "Usage charges - voice",
}

CYCLE = "Bill cycle date"
NUMBER = "Wireless number"
USER = "User name"
COST_CENTER = "Cost center"
USER_ID = "User ID"
EMAIL = "Email address"
STATUS = "Wireless number status"
PLAN = "Price plan description"
MAKE = "Device manufacturer"
MODEL = "Device model"
DEVICE_TYPE = "Device type"
DEVICE_ID = "Current device ID - 4G only"
SHIPPED_ID = "Shipped device ID"
SIM = "SIM"
ACTIVATED = "Activation date"
SUSPENDED = "Wireless number suspend date"
DISCONNECTED = "Wireless number disconnect date"
UPGRADE = "Upgrade eligibility date"
PROFILE = "Profile ID"
LINE_TOTAL = "Total current charges"
USED_MINUTES = "Used minutes"
LINE_STATED = {
    "account_charges": "Account charges",
    "monthly_charges": "Monthly access charges",
    "one_time": "Monthly non recurring Charges",
    "usage": "Usage and purchase charges",
    "equipment": "Equipment charges",
    "surcharges": "Other charges & credits",
    "taxes": "Taxes and surcharges",
    "third_party": "Third party charges",
}

ACCOUNT_REPORT = Layout(
    CARRIER,
    "account_report",
    "Verizon account export",
    (
        *(ACCOUNT, "Account status code", "Account status description"),
        *("Bill account create date", "Bill address level 1", "Bill address level 2"),
        *("Bill address level 3", "Bill business number", "Bill city"),
        *("Bill contact name", "Bill contact number", "Bill state", "Bill zip"),
        *("Recurring payment method", "Recurring payment setup", SHARE),
        *ACCOUNT_STATED.values(),
        *USAGE_STATED.values(),
        *(BILL_NAME, PERIOD, DUE_ON, INVOICE, "Remittance address"),
    ),
    (
        *(ACCOUNT, INVOICE, PERIOD, "Total current charges", "Total amount due"),
        # Spelled so in this report alone, not in the raw data download.
        "Third-party charges to account",
    ),
)
INVENTORY_REPORT = Layout(
    CARRIER,
    "inventory_report",
    "Verizon inventory export",
    (
        *("Account name", ACCOUNT, CYCLE, COST_CENTER, EMAIL, "Price plan ID", PROFILE),
        *("Profile name", USER_ID, USER, NUMBER, "Connected device"),
        *("Cstm Dt Ovol Wirelessnumber Device EUIMID", DEVICE_ID),
        *("Device SIM 4G (Y/N)", MAKE, MODEL, DEVICE_TYPE, "Early upgrade indicator"),
        *("NE2 date", "Parent wireless number", SIM, "SIM type"),
        *("Serial number - dual SIM devices only", SHIPPED_ID, UPGRADE, ACTIVATED),
        *("Auto port indicator", "Device change latest date"),
        *("Device change reason description", "MIN tied to wireless number"),
        *("Preferred roam list", "Preferred roam list - last update"),
        *("Wireless number deactivate description", DISCONNECTED),
        *("Wireless number resume date", STATUS, SUSPENDED),
        *("Wireless number suspend description", "Data access charge", "Data plan"),
        *("Data plan allowance", "Data plan code", PLAN),
        *("Voice access charge", "Voice allowance", *LINE_STATED.values()),
        *("Economic adjustment charge", "International charges", "Phones"),
        *("Purchase charges", "Total additional charges", LINE_TOTAL),
        *("Billable minutes", "Long distance/other charges", "Minutes"),
        *("Total allowance minutes", "Total call detail", USED_MINUTES),
        *("Additional charges data", "Additional services data usage"),
        *("Current data charges", "Data charges home", "Data overage charges"),
        *("Data usage", "Delayed data charges", "Total data usage charges"),
        *("Additional services messaging usage", "Messaging charges"),
        *("Mobile to mobile allowance minutes", "Mobile to mobile minutes"),
        *("Mobile to mobile minutes total", "Mobile to mobile used minutes"),
    ),
    (ACCOUNT, NUMBER, STATUS),
)
REPORTS = (ACCOUNT_REPORT, INVENTORY_REPORT)
