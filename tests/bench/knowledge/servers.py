"""The servers that the cases of knowledge.py ask."""
import contextlib
import json
import pathlib
import subprocess
import sys

import titles

HERE = pathlib.Path(__file__).parent
SERVE = titles.SHARED.parent / "tools/llm/serve"  # a real server with a small model of sentence vectors


@contextlib.contextmanager
def slow(delay):
    """Yields the address of a server that answers after `delay` seconds, and a dictionary that holds, once it is left,
    how many requests came and how many were open at once."""
    process = subprocess.Popen([sys.executable, HERE / "slow_server.py", str(delay)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    counted = {}
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1", counted
    finally:
        process.stdin.close()
        counted.update(json.loads(process.stdout.readline()))
        process.wait()


@contextlib.contextmanager
def real(model, port):
    """Yields the address of the real server with this model, at this port."""
    process = subprocess.Popen([SERVE, str(port), model], stdout=subprocess.PIPE, text=True)
    answer = process.stdout.readline().split()  # READY ADDRESS PID
    try:
        if len(answer) != 3 or answer[0] != "READY":
            raise RuntimeError(f"{SERVE} did not start: {' '.join(answer)}")
        yield answer[1]
    finally:
        process.terminate()
        process.wait()
