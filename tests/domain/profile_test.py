"""Holds docs/profile.en.md and docs/profile.fr.md to what the program writes from its shapes.

Usage: profile_test.py PROGRAM ROOT           checks
       profile_test.py PROGRAM ROOT --write   writes them anew
"""
import pathlib
import subprocess
import sys


def main():
    program, root = sys.argv[1], pathlib.Path(sys.argv[2])
    stale = []
    for language in ("en", "fr"):
        path = root / f"docs/profile.{language}.md"
        page = subprocess.run([program, "profile", "--lang", language], check=True, capture_output=True, text=True).stdout
        if sys.argv[3:] == ["--write"]:
            path.write_text(page)
        elif not path.exists() or path.read_text() != page:
            stale.append(path.name)
    if stale:
        sys.exit(f"out of date with shapes/: {', '.join(stale)}; run tests/domain/profile_test.py PROGRAM ROOT --write")
    print("docs/profile.*.md are as the shapes have them")


main()
