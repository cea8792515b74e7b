"""`matrixsite` commands without the second that each spends on imports: forks of a process that has them all.

Each command is a process of its own, with the folder, environment and streams of who gave it, as from a shell.

    python -m tests.docs.warm SOCKET      serves until its standard input ends
    matrixsite …                          a script that `write_command` writes, and that asks it
"""

from __future__ import annotations

import array
import json
import os
import socket
import sys
import threading
from importlib import import_module
from pathlib import Path

_LOADED = (
    *("matrixsite.matrix", "matrixsite.site.build", "matrixsite.site.plugin", "matrixsite.site.recipes"),
    *("matrixsite.pipeline.update", "matrixsite.site.syndication.xml_feeds", "matrixsite.registry.importing"),
    *("matrixsite.parse.xmlfeed", "matrixsite.editorial.content", "matrixsite.hosting.publishing", "aiohttp"),
)
_ASK = """#!{python} -SE
import array, json, os, socket, sys
ask = socket.socket(socket.AF_UNIX)
ask.connect({path!r})
said = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
ask.sendmsg([b"%8d" % len(said)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
ask.sendall(said)
sys.exit(int(ask.recv(8) or b"70"))
"""


def write_command(file: Path, path: Path) -> None:
    """The `matrixsite` that asks the process at the socket `path`."""
    file.write_text(_ASK.format(python=sys.executable, path=str(path)), encoding="utf-8")
    file.chmod(0o755)


def serve(path: str) -> None:
    """Answer at the socket until standard input ends."""
    for name in _LOADED:
        import_module(name)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen()
    threading.Thread(target=_end_with_input, daemon=True).start()
    print("ready", flush=True)
    while True:
        asked, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            _answer(asked)
        asked.close()


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


def _answer(asked: socket.socket) -> None:
    """In a child: run the command in another one, and say how it ended."""
    head, ancillary, _, _ = asked.recvmsg(8, socket.CMSG_SPACE(3 * 4))
    streams = array.array("i", ancillary[0][2])
    said = b""
    while len(said) < int(head):
        said += asked.recv(1 << 16)
    arguments, folder, environment = json.loads(said)
    child = os.fork()
    if child == 0:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 — for good
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        _run(arguments)
    _, status = os.waitpid(child, 0)
    asked.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _run(arguments: list[str]) -> None:
    from matrixsite.cli import main

    sys.argv = ["matrixsite", *arguments]
    code: object = 0
    try:
        main()
    except SystemExit as error:
        code = error.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    serve(sys.argv[1])
