"""The four files of Verizon's "Raw Data Download", heading by heading."""

from mobile_selfservice.carriers.layout import Layout

CARRIER = "verizon"

PROFILE = "ECPD Profile ID"
CYCLE = "Bill Cycle Date"
ACCOUNT = "Account Number"
INVOICE = "Invoice Number"
DUE_ON = "Date Due"
PERIOD = "Bill Period"
BILL_NAME = "Bill Name"
REMITTANCE = "Remittance Address"
NUMBER = "Wireless Number"
USER = "User Name"
COST_CENTER = "Cost Center"
USER_ID = "User ID"
PLAN = "Your Calling Plan"
TOTAL_CHARGES = "Total Charges"

ACCOUNT_STATED = {
    "previous_balance": "Previous Balance",
    "payments": "Payments",
    "adjustments": "Adjustments",
    "balance_forward": "Balance Forward",
    "account_charges": "Account Charges and Credits",
    "third_party_account": "Charges for Third-Party Services to Account",
    "monthly_charges": "Monthly Charges",
    "late_fee": "Late Fee",
    "usage_voice": "Usage Charges - Voice",
    "usage_messaging": "Usage Charges - Messaging",
    "usage_data": "Usage Charges - Data",
    "usage_roaming": "Usage Charges - Roaming",
    "usage_international": "Usage Charges - International",
    "usage_purchases": "Usage Charges - Purchases",
    "usage": "Usage and Purchase Charges",
    "equipment": "Equipment Charges",
    "surcharges": "Surcharges and OC&Cs",
    "taxes": "Taxes, Governmental Surcharges, and Fees",
    "third_party_lines": "Charges for Third-Party Services to Lines",
    "current": "Total Current Charges",
    "due": "Total Amount Due",
}
LINE_STATED = {
    "account_charges": "Account Charges and Credits",
    "monthly_charges": "Monthly Charges",
    "usage": "Usage and Purchase Charges",
    "equipment": "Equipment Charges",
    "surcharges": "Total Surcharges and Other Charges and Credits",
    "taxes": "Taxes, Governmental Surcharges and Fees",
    "third_party": "Third Party Charges",
}
VOICE_USED = "Voice Plan Usage"
MESSAGES_USED = "Messaging Usage"
DATA_USED = {"KB": "Data Usage (KB)", "MB": "Data Usage (MB)", "GB": "Data Usage (GB)"}
VOICE_ROAMED = "Voice Roaming"
MESSAGES_ROAMED = "Messaging Roaming"
DATA_ROAMED = {
    "KB": "Data Roaming (KB)",
    "MB": "Data Roaming (MB)",
    "GB": "Data Roaming (GB)",
}

ITEM_CATEGORY = "Item Category"
DATE = "Date"
ITEM_TYPE = "Item Type"
ITEM_DESCRIPTION = "Item Description"
VENDOR = "Vendor Name / Contact Information"
SHARE = "Share Description"
SHARE_POOLS = ("Share Voice", "Share Messaging", "Share Data")
USAGE_PERIOD = "Usage Period"
ALLOWANCE = "Allowance"
USED = "Used"
BILLABLE = "Billable"
COST = "Cost"
ORDER = "Order Details"

USAGE_CATEGORY = "Usage Category"
AUTHORIZATION = "Account Authorization Code"
TIME = "Time"
OTHER_PARTY = "Number"
RATE = "Rate"
USAGE_TYPE = "Usage Type"
DESCRIPTION = "Description"
ORIGIN = "Origination"
DESTINATION = "Destination"
INTERNATIONAL = "Intl. Call Type"
QUANTITY = "Min"
AIRTIME = "Charge"
LONG_DISTANCE = "Long Dist./Other Charges"
TOTAL = "Total"

ACCOUNTS = Layout(
    CARRIER,
    "accounts",
    "AccountSummary",
    (
        PROFILE,
        CYCLE,
        ACCOUNT,
        DUE_ON,
        INVOICE,
        PERIOD,
        BILL_NAME,
        *ACCOUNT_STATED.values(),
        REMITTANCE,
    ),
    (CYCLE, ACCOUNT, INVOICE, "Total Current Charges", "Total Amount Due"),
)
LINES = Layout(
    CARRIER,
    "lines",
    "Account & Wireless Summary",
    (
        PROFILE,
        CYCLE,
        ACCOUNT,
        DUE_ON,
        INVOICE,
        PERIOD,
        NUMBER,
        USER,
        COST_CENTER,
        USER_ID,
        PLAN,
        *LINE_STATED.values(),
        TOTAL_CHARGES,
        VOICE_USED,
        MESSAGES_USED,
        *DATA_USED.values(),
        VOICE_ROAMED,
        MESSAGES_ROAMED,
        *DATA_ROAMED.values(),
    ),
    (CYCLE, ACCOUNT, INVOICE, NUMBER, TOTAL_CHARGES),
)
CHARGES = Layout(
    CARRIER,
    "charges",
    "Acct & Wireless Charges Detail Summary Usage",
    (
        PROFILE,
        CYCLE,
        ACCOUNT,
        INVOICE,
        NUMBER,
        USER,
        COST_CENTER,
        USER_ID,
        ITEM_CATEGORY,
        DATE,
        ITEM_TYPE,
        ITEM_DESCRIPTION,
        VENDOR,
        SHARE,
        *SHARE_POOLS,
        USAGE_PERIOD,
        ALLOWANCE,
        USED,
        BILLABLE,
        COST,
        ORDER,
    ),
    (CYCLE, ACCOUNT, INVOICE, NUMBER, ITEM_CATEGORY, ITEM_DESCRIPTION, COST),
)
USAGE = Layout(
    CARRIER,
    "usage",
    "Wireless Usage Detail",
    (
        PROFILE,
        CYCLE,
        ACCOUNT,
        INVOICE,
        NUMBER,
        USER,
        USAGE_CATEGORY,
        AUTHORIZATION,
        DATE,
        TIME,
        OTHER_PARTY,
        RATE,
        USAGE_TYPE,
        DESCRIPTION,
        ORIGIN,
        DESTINATION,
        INTERNATIONAL,
        QUANTITY,
        AIRTIME,
        LONG_DISTANCE,
        TOTAL,
    ),
    (
        CYCLE,
        ACCOUNT,
        INVOICE,
        NUMBER,
        USAGE_CATEGORY,
        DATE,
        TIME,
        OTHER_PARTY,
        USAGE_TYPE,
        DESTINATION,
        QUANTITY,
        AIRTIME,
        LONG_DISTANCE,
        TOTAL,
    ),
)
LAYOUTS = (ACCOUNTS, LINES, CHARGES, USAGE)
