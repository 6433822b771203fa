"""Pastes commands into an interactive shell through a pseudo-terminal, and reports how they called `curl`.

Standard input is one JSON object: `shell` (the command line), `environment`, `folder` (where `curl` records its call),
`bracketed` (whether the terminal marks a paste) and `commands`. Standard output is a JSON list with one entry for each
command: `null` if `curl` was not called, otherwise its arguments, its standard input and what `openssl` read, as
hexadecimal digits.
"""

import json
import os
import pty
import select
import signal
import sys
import time

PATIENCE = 20.0
QUIET = 0.05


def drain(terminal, quiet):
    """Reads what the shell prints until it prints nothing for a while."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and select.select([terminal], [], [], quiet)[0]:
        try:
            if not os.read(terminal, 65536):
                return
        except OSError:
            return


def type_in(terminal, data):
    """Writes to the terminal, and reads what the shell echoes, so that the terminal's buffer doesn't fill up."""
    while data:
        readable, writable, _ = select.select([terminal], [terminal], [], PATIENCE)
        if readable:
            os.read(terminal, 65536)
        elif writable:
            data = data[os.write(terminal, data[:256]):]
        else:
            raise TimeoutError("the shell reads no more input")


def paste(terminal, command, bracketed):
    # A terminal sends a carriage return for each pasted line feed.
    data = command.encode().replace(b"\n", b"\r")
    type_in(terminal, b"\x1b[200~" + data + b"\x1b[201~" if bracketed else data)
    drain(terminal, QUIET)
    type_in(terminal, b"\r")


def taken(name):
    try:
        with open(name, "rb") as file:
            return file.read().hex()
    except FileNotFoundError:
        return ""


def call_of(terminal, command, bracketed):
    for name in ("called", "arguments", "input", "signed"):
        if os.path.exists(name):
            os.remove(name)
    paste(terminal, command, bracketed)
    end = time.monotonic() + PATIENCE
    while not os.path.exists("called"):
        if time.monotonic() > end:
            return None
        drain(terminal, 0.01)
    return {name: taken(name) for name in ("arguments", "input", "signed")}


def main():
    order = json.load(sys.stdin)
    os.chdir(order["folder"])
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(order["shell"][0], order["shell"], order["environment"])
    drain(terminal, 1.0)
    calls = []
    for command in order["commands"]:
        calls.append(call_of(terminal, command, order["bracketed"]))
        if calls[-1] is None:
            break
    drain(terminal, 0.5)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    json.dump(calls, sys.stdout)


main()
