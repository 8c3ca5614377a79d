"""What the written policies say, as pure functions over frozen values.

Read it beside the policy. Each module names its clause; each amount shows its working.

City of Lodi 2011
    3.A, 4.B    who may have a phone                eligibility
    3.B.1       personal use of a City phone        personal_use, with voice_calls,
                                                    voice_terms, voice_rate,
                                                    voice_overage, voice_extras,
                                                    features (texts, add-ons, data),
                                                    item_charges, incidental_alert
    3.B.1.a-d   plans, texting, phones little used  plan_limits, plan_choice
    3.B.2.a-d   stipend for an own phone            stipend, with stipend_terms,
                                                    stipend_limits, stipend_proof,
                                                    stipend_grant, stipend_pay
    3.B.2.c     giving up a City phone early        early_termination,
                                                    early_termination_advice
    3.B.3       business calls on a private phone   business_claim, with claim_terms,
                                                    claim_rulings
    3.G         a changed number of one's own       number_change
    3.J, 4.H    loss, theft, return                 device_lifecycle, device_clocks,
                                                    loss_share
    4.A         orders, exceptions, leave           plan_limits, approvals, leave
    4.G         the monthly bill and its deadline   statement, certification,
                                                    review_deadline, reminder_days
    4.G         shared minutes, the master account  pool, master_account
    all         nobody decides on their own record  separation, delegation

New York ITS-P18-007
    4.0         baselines and direct bill           baseline
    4.0         biannual report                     activity, agency_report
    4.0, 5.A    Mobile Device Plan                  mobile_device_plan
    4.0, 5.U    return, hold, transfer, loss        device_lifecycle, device_clocks

Other employers
    other ways of charging personal use             other_methods, yearly_limit

The policies as data
    editions/   one TOML file an employer; catalogue.toml says what each value is
    texts/      the policies' own words
    clauses/    every clause, and where it is carried out
    parameters, kinds           dated values and their sorts
    readings, adoption          the readings of unclear clauses
    value_words, choice_words   a value in words
    unsaid                      a limit that a policy does not have

Shared by all rules
    explained, rulings, step_words    working, decisions, and their words
    money, months                     exact dollars, calendar months
"""
