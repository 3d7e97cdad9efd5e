"""The compose file fits what it puts together: the container's volume and commands, and the web server's root."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from feedbuilder.cli import app
from tests.deploy.containerfile import stages

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE: Any = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
FEEDBUILDER, WEB = COMPOSE["services"]["feedbuilder"], COMPOSE["services"]["web"]
CONTAINER = stages((DEPLOY / "Containerfile").read_text("utf-8"))[-1]


def mounted(service: Any) -> dict[str, list[str]]:
    """Return what is mounted in a service: by the place in it, what it is and how."""
    parts = [volume.split(":") for volume in service["volumes"]]
    return {place: [source, *how] for source, place, *how in parts}


def test_all_state_is_in_the_one_volume_of_the_container() -> None:
    assert mounted(FEEDBUILDER) == {CONTAINER.values("VOLUME")[0]: ["feeds"]}
    assert COMPOSE["volumes"] == {"feeds": None}


def test_the_web_server_sees_the_output_and_changes_nothing() -> None:
    there = mounted(WEB)
    root = re.findall(r"^\s*root (.+);$", (DEPLOY / "nginx.conf").read_text("utf-8"), re.MULTILINE)
    assert root == [f"{CONTAINER.values('VOLUME')[0]}/output"]
    assert there[CONTAINER.values("VOLUME")[0]] == ["feeds", "ro"]
    [(source, how)] = [(source, how) for source, *how in there.values() if source.startswith("./")]
    assert (DEPLOY / source).exists()
    assert how == ["ro"]


@pytest.mark.parametrize("service", [FEEDBUILDER, WEB], ids=["feedbuilder", "web"])
def test_nothing_but_volumes_is_written_to(service: Any) -> None:
    assert service["read_only"] is True
    assert service["tmpfs"]


def test_it_builds_what_is_there_and_calls_our_commands() -> None:
    build = FEEDBUILDER["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Containerfile"
    assert CliRunner().invoke(app, [*FEEDBUILDER["command"], "--help"]).exit_code == 0
    assert FEEDBUILDER["cap_drop"] == ["ALL"]


CLUSTER: Any = yaml.safe_load((DEPLOY / "compose.cluster.yaml").read_text("utf-8"))


def test_several_processes_share_one_volume_and_one_database_and_call_our_commands() -> None:
    services = CLUSTER["services"]
    scheduler, worker = services["scheduler"], services["worker"]
    assert mounted(scheduler) == mounted(worker) == {CONTAINER.values("VOLUME")[0]: ["feeds"]}
    assert mounted(services["web"])[CONTAINER.values("VOLUME")[0]] == ["feeds", "ro"]
    assert CLUSTER["volumes"] == {"feeds": None, "database": None}
    for service in (scheduler, worker):
        assert CliRunner().invoke(app, [*service["command"], "--help"]).exit_code == 0
        assert service["read_only"] is True
        assert service["depends_on"] == {"database": {"condition": "service_healthy"}}
    extras = scheduler["build"]["args"]["EXTRAS"].split(",")
    offered = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(extras) <= offered.keys()
