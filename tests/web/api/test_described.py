"""The API is as its OpenAPI description says, whatever is asked of it."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.newsrooms import opened
from tests.web.desk.conftest import send

from briefing.actions.admin.access_tokens import add_token
from briefing.model.network.access_token import Scope
from briefing.web import make_app
from briefing.web.api.operations import OPERATIONS

#: The application answers to its own names and those of this machine alone.
HERE = {"Host": "127.0.0.1"}


@pytest.fixture(scope="module")
def described(drafted_house, tmp_path_factory):
    """The description of a house with one edition sent, and a token that may do all."""
    import schemathesis  # noqa: PLC0415 - half a second of everybody who only collects these tests

    folder = Path(shutil.copytree(drafted_house, tmp_path_factory.mktemp("api") / "house"))
    with opened(folder) as desk:
        send(desk)
        secret = add_token(desk.room, "all", list(Scope), 30, actor="test")
        app = make_app(desk.room)
        schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HERE)
        yield schema, HERE | {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_every_operation_answers_as_described(described, operation, mode):
    from schemathesis.generation import GenerationMode  # noqa: PLC0415 - as above

    assert set(GenerationMode) == {"positive", "negative"}
    schema, headers = described
    strategy = schema[operation.path][operation.method].as_strategy(
        generation_mode=GenerationMode(mode)
    )

    @given(case=strategy)
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        # A query that breaks the rules by an empty list is written as none at all, and is then right.
        derandomize=True,
    )
    def holds(case):
        case.call_and_validate(headers=headers)

    holds()
