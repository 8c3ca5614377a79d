"""What is said of a field of the form that is needed and says nothing."""

MISSING = {
    "business_unit": "Say which business unit pays for it.",
    "need_why": "Say why it is needed.",
    "special_why": "Say which special circumstances there are.",
    "fixed_share": "Say how much of the work day is spent at a fixed work station.",
    "field_share": "Say how much of the work day is spent in the field.",
    "alternatives": "Say which other ways were looked at.",
    "data_why": "Say what data service is for.",
    "messaging_why": "Say what messaging is for.",
    "vendor": "Name the carrier.",
    "plan": "Name the plan.",
    "plan_kind": "Choose the kind of plan.",
    "minutes": "Say how many minutes a month the plan has.",
    "fewest_minutes": "Say how many minutes the carrier’s smallest plan with data has.",
    "monthly_cost": "Say what the plan costs a month.",
    "contract_months": "Say how many months the contract runs.",
    "price": "Say what the phone costs.",
    "texting_why": "Say what texting is for.",
    "ending_why": "Say why it ends.",
    "last_day": "Give the last day.",
    "equipment": "Say what is returned.",
}
