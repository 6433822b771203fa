"""Starts a sandbox, prints its URL, and doesn't stop it. With an argument, runs for ten minutes unless it is killed."""

import sys
import time

from mileston_sandbox import Sandbox

print(Sandbox().url, flush=True)
if len(sys.argv) > 1:
    time.sleep(600)
