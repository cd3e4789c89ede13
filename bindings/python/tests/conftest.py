# SPDX-License-Identifier: MIT
"""What the tests share: one service, one session of which all is ready, and the header."""
import os
import pathlib

import pytest

import focus_session

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def root():
    """The folder of the sources."""
    return ROOT


@pytest.fixture(scope="session")
def header(root):
    return root / "include" / "focus_session" / "focus_session.h"


@pytest.fixture(scope="session", autouse=True)
def installed():
    """The tests are of the installed wheel, not of the sources."""
    where = pathlib.Path(focus_session.__file__)
    assert "site-packages" in where.parts or os.environ.get("FOCUS_SESSION_TEST_SOURCES"), where


@pytest.fixture(scope="session")
def service():
    with focus_session.Service() as made:
        yield made


@pytest.fixture(scope="session")
def finished(service):
    """A minute of focus in short segments, all ready."""
    session = service.start(goal="focus", target_minutes=1, segment_seconds=20, divergence=0.5, seed=7)
    assert session.wait(timeout=60) == "ended"
    return session


@pytest.fixture
def alone():
    """A service of the test's own."""
    with focus_session.Service(worker_count=2) as service:
        yield service
