"""Tables in Markdown: of what was measured beside what is aimed at, or any other."""


def thousands(number):
    for size, letter in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:.4g} {letter}"
    return str(number)


def rate(per_second):
    return f"{per_second / 1000:.0f} k/s"


def megabytes(count):
    return f"{count / (1 << 30):.2f} GiB" if count >= 1 << 30 else f"{count / (1 << 20):.0f} MiB"


def milliseconds(ms):
    return f"{ms:.3g}" if ms < 1000 else f"{ms:.0f}"


def markdown(rows):
    """The first row is the head."""
    head, *others = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ("---",) * len(head), *others])


class Table:
    """What was measured, beside what is aimed at."""

    def __init__(self):
        self.rows = [("what", "must reach", "measured", "", "beside")]
        self.notes = []

    def add(self, what, goal, measured, reached=None, beside=()):
        mark = "" if reached is None or not goal else "yes" if reached else "**no**"
        self.rows.append((what, goal, measured, mark, "; ".join(beside)))

    def note(self, text):
        self.notes.append(text)

    def text(self):
        return "\n".join([markdown(self.rows), ""] + [f"* {note}" for note in self.notes])
