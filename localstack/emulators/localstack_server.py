"""LocalStack in host mode that ends with whoever started it, listens on 127.0.0.1 alone, and keeps its items in dynoxide.

Amazon's DynamoDB Local, which LocalStack would download, is Java and under terms of its own.
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


# Before the imports: they take long enough for the parent to die meanwhile.
threading.Thread(target=end_with_parent, daemon=True).start()

from localstack.services.dynamodb.server import DynamodbServer  # noqa: E402
from localstack.utils.run import ShellCommandThread  # noqa: E402
from twisted.internet import endpoints  # noqa: E402


# LocalStack may end without ending its engine. The shell inherits our standard input, and ends it when that is closed.
TIED = '"$0" "$@" & engine=$!; cat >/dev/null; kill "$engine"'


def start_dynoxide(server):
    serve = [os.environ["DYNOXIDE"], "serve", "--host", "127.0.0.1", "--port", str(server.port)]
    command = ["/bin/sh", "-c", TIED, *serve]
    thread = ShellCommandThread(command, strip_color=True, auto_restart=False, name="dynoxide")
    thread.start()
    return thread


class OnLoopback(endpoints.TCP4ServerEndpoint):
    """LocalStack drops the host of GATEWAY_LISTEN for IPv4 and would listen on every interface."""

    def __init__(self, reactor, port, backlog=50, interface=""):
        super().__init__(reactor, port, backlog, "127.0.0.1")


DynamodbServer.do_start_thread = start_dynoxide
endpoints.TCP4ServerEndpoint = OnLoopback

from localstack.runtime.main import main  # noqa: E402

main()
