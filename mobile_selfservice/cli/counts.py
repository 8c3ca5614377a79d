"""Counts with their nouns, as the operator's commands print them."""


def counted(count: int, one: str) -> str:
    """Write a count with its noun: 1 line, 1,204 lines."""
    return f"{count:,} {one if count == 1 else f'{one}s'}"


def checks_told(tied: int, every: int) -> str:
    """Say how many checks tie."""
    if not every:
        return "There is nothing to check the files against."
    return f"{tied:,} of {counted(every, 'check')} {'ties' if every == 1 else 'tie'}."
