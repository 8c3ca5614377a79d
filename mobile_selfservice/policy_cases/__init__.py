"""Worked examples in files: read strictly, run through the rules, compared by name.

`source` keeps the line numbers of a file, `records` reads fields strictly, `cases`
makes cases of them, `run` computes one. One module per subject says which fields a
calculation takes and which function of `policy` it calls; none does arithmetic.
"""
