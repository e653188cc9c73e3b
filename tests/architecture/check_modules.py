"""Checks that every #include in src/ follows the module table of docs/architecture.md, and that no third-party header
is included outside the module it is confined to, or from a public header. Headers in src/<module>/internal/ are the
module's own: they may include its third-party headers, and no other module may include them.

Usage: check_modules.py SOURCE_DIR
"""

import pathlib
import re
import sys

# Which module may include which third-party header, by prefix of the include.
CONFINED = {
    "raptor": {"syntax"},
    "zlib": {"syntax"},
    "zstd": {"syntax"},
    "lmdb": {"store"},
    "xxhash": {"store"},
    "simdjson": {"jsonld", "sources"},
    "gumbo": {"markup"},
    "spdlog": {"base"},
    "httplib": {"server"},
    "boost/program_options": {"cli"},
    "openssl/": {"canon", "sparql"},
    "pcre2": {"sparql"},
    "unicode/": {"text", "sparql", "sources"},
    "libstemmer": {"text"},
    "expat": {"sources", "sparql"},
    "curl/": {"net"},
    "date/": {"mapping", "ingest"},
    "kainjow/": {"publish"},
}

# The folders of sparql, each allowed to use those before it (and itself).
SPARQL_LAYERS = ["algebra", "parse", "plan", "exec", "results", "federation", "update"]


def module_table(text):
    """{module: set of modules it may include, transitively} from the table headed 'module | may use'."""
    direct = {}
    for line in text.splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"[a-z]+", cells[0]) and cells[0] != "module":
            uses = re.findall(r"[a-z]+", cells[1])
            direct[cells[0]] = set(uses)
    closed = {}
    for module, uses in direct.items():  # the table lists lower modules first
        unknown = uses - set(closed)
        if unknown:
            sys.exit(f"docs/architecture.md: {module} may use {unknown}, which the table does not list above it")
        closed[module] = uses | {below for use in uses for below in closed[use]}
    return closed


def faults_of(path, source_dir, allowed):
    inner = path.relative_to(source_dir / "src")
    module = inner.parts[0]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not found:
            continue
        where, target = f"{path.relative_to(source_dir)}:{number}", found.group(2)
        if found.group(1) == '"':
            parts = pathlib.PurePosixPath(target).parts
            if parts[0] not in allowed:
                yield f"{where}: includes \"{target}\"; write the path from src/"
            elif parts[0] != module and parts[0] not in allowed[module]:
                yield f"{where}: {module} may not use {parts[0]}"
            elif parts[0] != module and "internal" in parts:
                yield f"{where}: {target} belongs to {parts[0]} alone"
            elif module == "sparql" and parts[0] == "sparql" and len(parts) > 2 and len(inner.parts) > 2:
                mine, its = inner.parts[1], parts[1]
                if its in SPARQL_LAYERS and SPARQL_LAYERS.index(its) > SPARQL_LAYERS.index(mine):
                    yield f"{where}: sparql/{mine} may not use sparql/{its}"
            continue
        for prefix, modules in CONFINED.items():
            if target.startswith(prefix) and module not in modules:
                yield f"{where}: <{target}> is confined to {', '.join(sorted(modules))}"
            elif target.startswith(prefix) and path.suffix == ".hpp" and "internal" not in inner.parts:
                yield f"{where}: <{target}> in a header; no third-party type crosses a module's public header"


def main():
    source_dir = pathlib.Path(sys.argv[1]).resolve()
    allowed = module_table((source_dir / "docs/architecture.md").read_text(encoding="utf-8"))
    sources = [p for p in sorted((source_dir / "src").rglob("*")) if p.suffix in {".hpp", ".cpp"}]
    folders = {p.name for p in (source_dir / "src").iterdir() if p.is_dir()}
    faults = [f"src/{name}: not in the module table" for name in sorted(folders - set(allowed))]
    for path in sources:
        faults.extend(faults_of(path, source_dir, allowed))
    print("\n".join(faults) if faults else f"{len(sources)} files follow the module table")
    sys.exit(1 if faults else 0)


main()
