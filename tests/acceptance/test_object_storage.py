"""Feeds in object storage in place of a folder: the same feeds, nothing put twice, a new store filled from them."""

from __future__ import annotations

from tests.acceptance.place import Place, story
from tests.object_storage import ObjectStorage


def in_bucket(place: Place, storage: ObjectStorage) -> None:
    options = ", ".join(f'{key} = "{value}"' for key, value in storage.options.items())
    text = place.config_path.read_text("utf-8")
    text = text.replace('output = "../output"\n', "")
    assert "[site]\n" in text
    bucket = f'bucket = {{ url = "s3://{storage.bucket}/news", options = {{ {options} }} }}'
    place.write_config(text.replace("[site]\n", f"[site]\n{bucket}\n"))


def feeds(objects: dict[str, tuple[bytes, str, str]]) -> dict[str, bytes]:
    """Return all files but those that tell of sources."""
    return {path: content for path, (content, _, _) in objects.items() if not path.startswith(("status", "_health"))}


def test_the_bucket_holds_what_the_folder_would(place: Place, object_storage: ObjectStorage) -> None:
    place.build()
    in_folder = {path: content for path, (content, _) in place.files().items()}
    in_bucket(place, object_storage)
    place.build()
    assert feeds(object_storage.objects()) == in_folder
    assert object_storage.objects()["all/rss.xml"][1].startswith("application/rss+xml")

    place.newsroom.add(story("in-the-bucket"))
    place.later()
    report = place.build()
    assert report.publication is not None
    assert "all/rss.xml" in report.publication.written
    now = feeds(object_storage.objects())
    assert {path for path in now if now[path] != in_folder.get(path)} == set(report.publication.written)
    assert b"in-the-bucket" in now["all/rss.xml"]
    before = object_storage.objects()
    assert not any("/" in path for path in place.build().publication.written)  # type: ignore[union-attr]
    assert feeds(object_storage.objects()) == feeds(before)

    # The store is lost: ids and dates come from what was published.
    place.config().store.path.unlink()
    place.build()
    assert object_storage.objects()["all/atom.xml"][0] == before["all/atom.xml"][0]


def test_it_is_not_served_from_here_and_prune_cleans_it(place: Place, object_storage: ObjectStorage) -> None:
    in_bucket(place, object_storage)
    place.build()
    for command in (("serve",), ("run", "--serve")):
        refused = place.call(*command)
        assert refused.exit_code != 0
        assert "whose service serves them" in refused.output
    text = place.config_path.read_text("utf-8")
    head, _, _ = text.partition("# ---- Feeds")
    place.write_config(f'{head}\n[[feed]]\nslug = "only"\ntitle = "Only this"\n')
    pruned = place.call("prune", "--yes")
    assert pruned.exit_code == 0, pruned.output
    assert f"s3://{object_storage.bucket}/news/world-news belongs to no configured feed" in pruned.output
    assert {path.split("/")[0] for path in feeds(object_storage.objects()) if "/" in path} == {"only"}
