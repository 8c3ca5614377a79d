"""The director's form: who may have which phone or stipend, and who has to consent."""
