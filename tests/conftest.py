"""A graph to build on, and eight devices for `xla.py`, which one processor plays."""

import os

import pytest

from graph import Graph

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"


@pytest.fixture
def graph():
    return Graph()
