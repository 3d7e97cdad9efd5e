"""A service that speaks S3, on loopback, for whoever needs one."""

from __future__ import annotations

import logging
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any

import pytest
import requests

from feedbuilder.model import BucketSettings
from tests.patience import PATIENCE

REGION = "us-east-1"


class ObjectService:
    """Moto's server. It may be stopped and started again at the same address; its data stay with this process."""

    def __init__(self) -> None:
        pytest.importorskip("moto.server", reason="no service that speaks S3: moto is not installed")
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server: Any = None
        self._thread: Thread | None = None
        self._port = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        from moto.moto_server.werkzeug_app import (  # noqa: PLC0415 - takes a while to load
            DomainDispatcherApplication,
            create_backend_app,
        )
        from werkzeug.serving import make_server  # noqa: PLC0415 - likewise

        app = DomainDispatcherApplication(create_backend_app)
        with self._listening() as listener:
            self._port = listener.getsockname()[1]
            # By itself it would end the program where the port is taken.
            self._server = make_server("127.0.0.1", self._port, app, threaded=True, fd=listener.fileno())
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Have the service away: whoever asks is refused."""
        assert self._thread is not None
        self._server.shutdown()
        self._thread.join(PATIENCE)

    def _listening(self) -> socket.socket:
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                return socket.create_server(("127.0.0.1", self._port), backlog=128)
            except OSError:  # somebody has the port for a moment
                if time.monotonic() > limit:
                    raise
                time.sleep(0.2)

    def bucket(self) -> ObjectStorage:
        """Return a new bucket."""
        name = f"feeds-{uuid.uuid4().hex}"
        with requests.Session() as client:
            client.trust_env = False
            client.put(f"{self.endpoint}/{name}", timeout=60).raise_for_status()
        return ObjectStorage(self.endpoint, name)


@contextmanager
def object_service_running() -> Iterator[ObjectService]:
    """Run a service of one's own during the block."""
    service = ObjectService()
    service.start()
    try:
        yield service
    finally:
        service.stop()


@dataclass(frozen=True)
class ObjectStorage:
    """A bucket of its own in the service."""

    endpoint: str
    bucket: str

    @property
    def settings(self) -> BucketSettings:
        return BucketSettings(url=f"s3://{self.bucket}/news", options=self.options)

    @property
    def options(self) -> dict[str, str]:
        return {
            "endpoint": self.endpoint,
            "region": REGION,
            "access_key_id": "somebody",
            "secret_access_key": "hushhushhush",
        }

    def objects(self) -> dict[str, tuple[bytes, str, str]]:
        """Return what stands in the bucket below "news": content, content type, cache control."""
        found = {}
        for page in self._client().get_paginator("list_objects_v2").paginate(Bucket=self.bucket):
            for one in page.get("Contents", ()):
                whole = self._client().get_object(Bucket=self.bucket, Key=one["Key"])
                path = one["Key"].removeprefix("news/")
                found[path] = (whole["Body"].read(), whole["ContentType"], whole["CacheControl"])
        return found

    def read(self, path: str) -> bytes | None:
        """Return what stands at `path` below "news", as a reader gets it; quicker than `objects`."""
        import obstore  # noqa: PLC0415 - an extra
        from obstore.store import from_url  # noqa: PLC0415 - likewise

        options: Any = self.options
        store = from_url(self.settings.url, config=options, client_options={"allow_http": True})
        try:
            return bytes(obstore.get(store, path).bytes())
        except FileNotFoundError:
            return None

    def remove(self, path: str) -> None:
        self._client().delete_object(Bucket=self.bucket, Key=f"news/{path}")

    def _client(self) -> Any:
        import boto3  # noqa: PLC0415 - takes a while to load

        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id="somebody",
            aws_secret_access_key="hushhushhush",
        )


@pytest.fixture(scope="session")
def object_service() -> Iterator[ObjectService]:
    """Run a service for all tests."""
    with object_service_running() as service:
        yield service


@pytest.fixture
def object_storage(object_service: ObjectService) -> ObjectStorage:
    """Return a new bucket."""
    return object_service.bucket()
