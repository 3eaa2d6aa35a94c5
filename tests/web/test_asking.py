"""Applications are asked as a server asks them, without what a thread for each request takes."""

import threading

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from tests.web.asking import Client


def test_requests_one_after_the_other_are_answered_by_the_same_thread() -> None:
    def answer(_: Request) -> Response:
        return PlainTextResponse(f"{threading.get_ident()}")

    client = Client(Starlette(routes=[Route("/", answer)]), "http://127.0.0.1")
    told = {client.get("/").text for _ in range(5)}
    assert len(told) == 1
    assert told != {f"{threading.get_ident()}"}
