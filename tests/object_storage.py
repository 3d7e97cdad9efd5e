"""A service that speaks S3, on loopback, for whoever needs one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from feedbuilder.model import BucketSettings

REGION = "us-east-1"


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
def object_service() -> Iterator[str]:
    """Run moto's server; yield its address."""
    pytest.importorskip("moto.server", reason="no service that speaks S3: moto is not installed")
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - likewise

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def object_storage(object_service: str) -> ObjectStorage:
    """Return a new bucket."""
    name = f"feeds-{uuid.uuid4().hex}"
    with requests.Session() as client:
        client.trust_env = False
        client.put(f"{object_service}/{name}", timeout=60).raise_for_status()
    return ObjectStorage(object_service, name)
