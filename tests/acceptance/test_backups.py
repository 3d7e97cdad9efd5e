"""An installation goes into a file and comes out of it, here or elsewhere: ids, dates and files are as they were."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from feedbuilder.store import hold, open_store
from feedbuilder.store.snapshot import refuse_half_restored
from tests.acceptance.place import Place, feedbuilder, story, with_sources
from tests.patience import PATIENCE

KILLED_BUILD = Path(__file__).with_name("killed_build.py")


@pytest.fixture
def built(place: Place) -> Place:
    place.write_config(with_sources(place.config_path.read_text("utf-8"), "world-news"))
    place.build()
    return place


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def moved(place: Place, folder: Path) -> Place:
    return Place(folder, place.newsroom, place.clock, place.url)


def test_elsewhere_it_goes_on_as_if_nothing_had_been(built: Place, tmp_path: Path) -> None:
    before, file = built.files(), tmp_path / "all.zip"
    assert built.call("backup", str(file)).exit_code == 0
    other = moved(built, tmp_path / "elsewhere")
    other.folder.mkdir()
    restored = feedbuilder(other.folder, "restore", str(file))
    assert restored.exit_code == 0, restored.output
    assert other.config_path.read_bytes() == built.config_path.read_bytes()
    assert sum(run.new for run in other.build().runs) == 0
    after = other.files()
    assert {path: content for path, (content, _) in after.items()} == {
        path: content for path, (content, _) in before.items()
    }


@pytest.mark.skipif(os.name == "nt", reason="there are no such names on Windows")
def test_a_name_that_other_systems_do_not_know_is_told(place: Place, tmp_path: Path) -> None:
    odd = place.config_path.with_name("a:b.toml")
    place.config_path.rename(odd)
    with open_store(place.folder / "var" / "feedbuilder.db"):
        pass
    refused = feedbuilder(place.folder, "backup", str(tmp_path / "all.zip"), "-c", str(odd))
    assert refused.exit_code == 2
    assert "Give it another name" in " ".join(refused.stderr.split())
    assert not (tmp_path / "all.zip").exists()


@pytest.mark.skipif(os.name == "nt", reason="who may read a file is said otherwise on Windows")
def test_only_its_owner_reads_it(built: Place, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    built.call("backup", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    feedbuilder(tmp_path, "restore", str(file), "-c", str(tmp_path / "new/config/feedbuilder.toml"))
    config = tmp_path / "new/config/feedbuilder.toml"
    for path in (config, tmp_path / "new/var/feedbuilder.db"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    config.chmod(0o640)
    feedbuilder(tmp_path, "restore", str(file), "--overwrite", "-c", str(config))
    assert stat.S_IMODE(config.stat().st_mode) == 0o640


def test_it_may_be_written_while_another_process_works_on_the_store(built: Place, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    with hold(built.config().store.path), built.open() as installation:
        with installation.store.transaction() as transaction:
            transaction.remember_list("world-news", installation.store.list_memory("world-news"))
            assert built.call("backup", str(file)).exit_code == 0
        refused = feedbuilder(built.folder, "restore", str(file), "--overwrite")
        assert refused.exit_code == 2
        assert "Another feedbuilder is working on the store" in refused.output


def test_files_of_the_configuration_come_along_and_those_outside_are_told(built: Place, tmp_path: Path) -> None:
    text = built.config_path.read_text("utf-8")
    inside, outside = built.folder / "config/sources/more.toml", built.folder / "shared.toml"
    inside.parent.mkdir()
    source = '[[source]]\nid = "{}"\nurl = "http://127.0.0.1:9/"\nheaders = {{ Authorization = "${{TOKEN}}" }}\n'
    source += 'timezone = "UTC"\n[source.selectors]\nitem = "p"\n'
    inside.write_text(source.format("inside"), "utf-8")
    outside.write_text(source.format("outside"), "utf-8")
    built.write_config('include = ["sources/*.toml", "../shared.toml"]\n' + text)
    file, other = tmp_path / "all.zip", tmp_path / "elsewhere"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOKEN", "a secret that is in no backup")
        told = built.call("backup", str(file))
    assert told.exit_code == 0
    assert f"{outside} is outside the configuration's folder" in told.output.replace("config/../", "")
    assert b"a secret that" not in b"".join(zipfile.ZipFile(file).read(one) for one in zipfile.ZipFile(file).namelist())
    other.mkdir()
    restored = feedbuilder(other, "restore", str(file))
    assert restored.exit_code == 0, restored.output
    assert "set these environment variables: TOKEN" in restored.output
    assert "bring it along by hand" in restored.output
    assert (other / "config/sources/more.toml").read_bytes() == inside.read_bytes()


def test_two_files_never_take_one_place(built: Place, tmp_path: Path) -> None:
    (built.folder / "config/more.toml").write_text("", "utf-8")
    built.write_config('include = ["more.toml"]\n' + built.config_path.read_text("utf-8"))
    file = tmp_path / "all.zip"
    assert built.call("backup", str(file)).exit_code == 0
    refused = feedbuilder(tmp_path, "restore", str(file), "-c", str(tmp_path / "elsewhere/more.toml"))
    assert refused.exit_code == 2
    assert "would have one place" in refused.output
    assert not (tmp_path / "elsewhere").exists()


def test_a_feed_that_is_configured_no_longer_is_taken_along(built: Place, tmp_path: Path) -> None:
    text = built.config_path.read_text("utf-8")
    built.write_config(text + '\n[[feed]]\nslug = "gone"\ntitle = "Gone"\n')
    built.build()
    archived = built.output / "gone/archive/2026-02-06-0123456789ab/rss.xml"
    archived.parent.mkdir(parents=True)
    archived.write_bytes(b"<rss/>")
    built.write_config(text)
    built.build()
    was = contents(built.output / "gone")
    (built.output / "gone/somebodys.txt").write_bytes(b"not ours")
    file, other = tmp_path / "all.zip", tmp_path / "elsewhere"
    built.call("backup", str(file))
    assert {name for name in zipfile.ZipFile(file).namelist() if name.startswith("output/")} == {
        f"output/gone/{path}" for path in was
    }
    other.mkdir()
    assert feedbuilder(other, "restore", str(file)).exit_code == 0
    assert contents(other / "output/gone") == was


def test_nothing_is_overwritten_unless_told(built: Place, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    built.call("backup", str(file))
    ids = {entry.id: entry.published for entry in built.feed("all", "atom.xml").entries}
    built.newsroom.add(story("after-the-backup"))
    built.build()
    built.write_config(built.config_path.read_text("utf-8") + "# a line more\n")
    before = contents(built.folder)
    refused = feedbuilder(built.folder, "restore", str(file))
    assert refused.exit_code == 2
    assert "would be overwritten. Nothing was changed." in refused.output
    assert contents(built.folder) == before
    told = feedbuilder(built.folder, "restore", str(file), "--overwrite")
    assert told.exit_code == 0, told.output
    assert not built.config_path.read_text("utf-8").endswith("# a line more\n")
    built.build()
    after = {entry.id: entry.published for entry in built.feed("all", "atom.xml").entries}
    assert ids.items() <= after.items()
    assert len(after) == len(ids) + 1


def test_a_backup_replaces_a_backup_and_nothing_else(built: Place, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    for _ in range(2):
        assert built.call("backup", str(file)).exit_code == 0
    other = tmp_path / "thesis.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.json", "{}")
    refused = built.call("backup", str(other))
    assert refused.exit_code == 2
    assert "is there already and is no backup" in refused.output
    assert "would be published" in built.call("backup", str(built.output / "all.zip")).output
    assert "there is no folder" in built.call("backup", str(tmp_path / "none/all.zip")).output
    shutil.rmtree(built.folder / "var")
    lost = built.call("backup", str(file))
    assert lost.exit_code == 2
    assert "There is no store" in lost.output
    assert zipfile.ZipFile(file).testzip() is None  # the last good one stays


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3000])


def _beheaded(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def _spoilt(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        entry = archive.getinfo("store/feedbuilder.db")
    content = bytearray(file.read_bytes())
    content[entry.header_offset + 2000] ^= 0xFF
    file.write_bytes(content)


def _another_text(file: Path) -> None:
    """Change the configuration and leave its digest: as a whole ZIP file, made by other means."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in members if name.startswith("config/"))
    members[name] = members[name].replace(b"Newsroom", b"Moosnewr")
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _member_missing(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    del members["store/feedbuilder.db"]
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


HARMS = (_cut, _beheaded, _spoilt, _another_text, _member_missing)


def test_a_damaged_backup_changes_nothing(built: Place, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "all.zip", tmp_path / "elsewhere"
    built.call("backup", str(file))
    whole, before = file.read_bytes(), contents(built.folder / "var") | contents(built.folder / "config")
    elsewhere.mkdir()
    for harm in HARMS:
        file.write_bytes(whole)
        harm(file)
        refused = feedbuilder(built.folder, "restore", str(file), "--overwrite")
        assert refused.exit_code == 2, (harm, refused.output)
        assert str(file) in refused.output.replace("\n", ""), harm
        assert contents(built.folder / "var") | contents(built.folder / "config") == before, harm
        assert feedbuilder(elsewhere, "restore", str(file)).exit_code == 2, harm
        assert not any(path.is_file() and path.suffix != ".lock" for path in elsewhere.rglob("*")), harm


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_while_it_puts_things_back_it_is_all_or_told(built: Place, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    built.call("backup", str(file))
    configured = built.config_path.read_bytes()
    built.newsroom.add(story("after-the-backup"))
    built.build()
    built.write_config(configured.decode() + "# a line more\n")
    store = built.config().store.path
    with subprocess.Popen(
        [sys.executable, str(KILLED_BUILD), str(built.config_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as forks:
        assert forks.stdin is not None
        assert forks.stdout is not None
        assert forks.stdout.readline() == "ready\n"
        endings = []
        for number in range(4):
            forks.stdin.write(f"restore {number} {file}\n")
            forks.stdin.flush()
            endings.append(int(forks.stdout.readline()))
            if endings[-1] == 0:
                break
            told = built.call("status")
            assert told.exit_code == 2
            assert "feedbuilder restore FILE --overwrite" in told.output
        forks.stdin.close()
        forks.wait(PATIENCE)
    assert endings == [-signal.SIGKILL, -signal.SIGKILL, 0]  # two files, and then it was through
    refuse_half_restored(store)
    assert built.config_path.read_bytes() == configured
    assert not list(built.folder.rglob(".feedbuilder-*"))
    open_store(store).close()
