"""The public pages on a port of loopback, and work that the thread of Playwright's loop must not do."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import uvicorn

from briefing.web import make_app


@contextmanager
def listening(desk):
    """The public pages on a port of loopback; their address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = uvicorn.Config(make_app(desk), lifespan="off", log_level="critical")
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def alone(work, *given):
    """Do it in a thread: Playwright has this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *given).result()
