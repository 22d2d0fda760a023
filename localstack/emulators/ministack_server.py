"""MiniStack that ends with whoever started it, by whatever cause: they hold our standard input.

Its application is served by uvicorn. Its own command serves it by Hypercorn, which reads and writes HTTP in Python; that
took more of the processor than all its services together.
"""

import os
import signal
import sys
import threading
import time

GRACE_SEC = 5


def end_with_parent():
    while sys.stdin.buffer.read(4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SEC)
    os._exit(1)


def allow_all_files():
    """A burst of connections is more than most shells allow a process at first."""
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    except (ImportError, OSError, ValueError) as error:
        print(f"The limit of open files stays: {error}", file=sys.stderr)


# Before the import: it takes long enough for the parent to die meanwhile.
threading.Thread(target=end_with_parent, daemon=True).start()
allow_all_files()

import uvicorn  # noqa: E402

uvicorn.run(
    "ministack.app:app",
    host=os.environ["BIND_HOST"],
    port=int(os.environ["GATEWAY_PORT"]),
    lifespan="on",
    # The application sends its own; two of them are no date at all.
    date_header=False,
    server_header=False,
    access_log=False,
    log_level=os.environ["LOG_LEVEL"].lower(),
    timeout_keep_alive=75,
    timeout_graceful_shutdown=GRACE_SEC,
)
