"""What the documents name is there: files, headings, modules, classes; and every decision is in the list of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "feedbuilder"
DECISIONS = ROOT / "docs" / "decisions"
DOCUMENTS = sorted(
    path
    for folder in (ROOT, ROOT / "docs", DECISIONS, ROOT / ".github")
    for path in folder.rglob("*.md")
    if not {".venv", "output"} & set(path.relative_to(ROOT).parts)
)
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
documents = pytest.mark.parametrize("path", dict.fromkeys(DOCUMENTS), ids=lambda path: str(path.relative_to(ROOT)))


def prose(path: Path) -> str:
    """Return the text of a document without its blocks of code."""
    return re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """Return what the headings of a document are called in links, as GitHub makes it of their texts."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(path: Path) -> list[str]:
    found = []
    for link in re.findall(r"\]\(([^()\s]+)\)", prose(path)):
        if re.match(r"https?:|mailto:", link):
            continue
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


def unknown_names(text: str) -> list[str]:
    """Return the modules, rooms and classes that `text` names in code marks and that are not in the tree."""
    return [name for name in re.findall(r"`([^`\s]+)`", text) if is_ours(name) and not is_there(name)]


def is_ours(name: str) -> bool:
    """Return whether `name` reads like a file of the tree or a class of the package."""
    return name.partition("/")[0] in {*ROOMS, *FOLDERS} if "/" in name else bool(re.fullmatch(CLASS, name))


def is_there(name: str) -> bool:
    return (ROOT / name).exists() or (PACKAGE / name).exists() if "/" in name else name in DEFINED


FOLDERS = ("benchmarks", "tests")
CLASS = r"(?:[A-Z][a-z]+){2,}"
DEFINED = {
    name
    for path in PACKAGE.rglob("*.py")
    for name in re.findall(r"^(?:class )?(\w+)(?= = |\(|:)", path.read_text("utf-8"), re.MULTILINE)
}
"""What modules define at their left edge: classes, and the aliases of types."""


@documents
def test_links_lead_somewhere(path: Path) -> None:
    assert not dead_links(path)


@documents
def test_what_is_named_is_there(path: Path) -> None:
    assert not unknown_names(prose(path))


def test_the_checks_find_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.md"
    wrong.write_text(
        "# A `b` c\n[x](gone.md) [x](#a-b-c) [x](#d) [x](https://x.example)\n```\n[x](code.md)\n```\n", "utf-8"
    )
    assert dead_links(wrong) == ["gone.md", "#d"]
    assert unknown_names("`model/gone.py` `model/items.py` `StoredItem` `GoneClass` `tests/gone.py` `a/b`") == [
        *("model/gone.py", "GoneClass", "tests/gone.py")
    ]


def test_every_room_stands_in_the_design() -> None:
    table = (ROOT / "docs" / "design.md").read_text("utf-8").partition("## Rooms")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)/` \|", table, re.MULTILINE)) == ROOMS


def test_every_decision_is_numbered_listed_and_says_what_was_decided() -> None:
    files = sorted(path.name for path in DECISIONS.glob("*.md") if path.name != "README.md")
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    listed = dict(
        re.findall(
            r"^- \d+\. \[(.+)\]\((\d{4}-[\w-]+\.md)\)$", (DECISIONS / "README.md").read_text("utf-8"), re.MULTILINE
        )
    )
    assert sorted(listed.values()) == files
    for title, name in listed.items():
        text = (DECISIONS / name).read_text("utf-8")
        assert text.startswith(f"# {int(name[:4])}. {title}\n"), name
        assert "**What.**" in text, name
        assert re.search(r"\*\*(?:Why|Not taken|Figures)\.\*\*", text), name
