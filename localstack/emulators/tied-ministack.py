"""MiniStack that ends with whoever started it, by whatever cause: they hold our standard input."""

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


# Before the import: it takes long enough for the parent to die meanwhile.
threading.Thread(target=end_with_parent, daemon=True).start()

from ministack.app import main  # noqa: E402

main()
