"""Measures the extraction of knowledge: seconds and peak resident memory of a whole `transept knowledge`, beside the bar
and beside another program on the same texts. Usage: knowledge.py FOLDER [--only CASE,...] [--titles N] [--port N]

Ends with status 1 when a bar is missed."""
import argparse
import multiprocessing
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

import servers
import titles

HERE = pathlib.Path(__file__).parent
PROGRAM = pathlib.Path(os.environ["TRANSEPT_PROGRAM"])


def measured(command):
    """Wall seconds and megabytes (10^6 bytes) of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"status {process.returncode}: " + " ".join(map(str, command)))
    return time.perf_counter() - start, usage.ru_maxrss * 1024 / 1e6


def report(who, seconds, megabytes, bars=None):
    line = f"  {who:28}{seconds:8.1f} s {megabytes:8.0f} MB"
    if bars is None:
        print(line, flush=True)
        return True
    reached = seconds <= bars[0] and megabytes <= bars[1]
    print(f"{line}   wanted {bars[0]:g} s, {bars[1]:g} MB: {'reached' if reached else 'missed'}", flush=True)
    return reached


def workspace_of(folder, count):
    """A copy, to be written to, of a workspace with so many titles; and the table of them."""
    table, made = folder / f"titles-{count}.csv", folder / f"titles-{count}.transept"
    if not made.exists():
        # In a process of its own: what is started later would be said to take at least as much memory as this one did.
        writing = multiprocessing.Process(target=titles.write, args=(table, count))
        writing.start()
        writing.join()
        if writing.exitcode != 0:
            raise RuntimeError(f"the titles could not be written to {table}")
        part = made.with_suffix(".part")
        part.unlink(missing_ok=True)
        subprocess.run([PROGRAM, "import", part, table, "--domain", "titles", "--as", "items"], check=True,
                       stdout=subprocess.DEVNULL)
        part.rename(made)
    for file in folder.glob("extraction.transept*"):
        file.unlink()
    return shutil.copy(made, folder / "extraction.transept"), table


def extraction(workspace, extractor, name, **settings):
    changes = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
    return [PROGRAM, "knowledge", workspace, "--extractor", extractor, "--name", name, *changes]


def text(folder, options):
    """Titles to vectors of 128 numbers, with the vocabulary, facets and weights stored, on two cores."""
    dimension, bars, count = 128, (60.0, 2000.0), options.titles
    two_cores = ["taskset", "-c", "0,1"]
    print(f"text: {count:,} titles to vectors of {dimension} numbers", flush=True)
    reached = True
    for extractor in ("lexical", "word-vectors"):
        workspace, table = workspace_of(folder, count)
        figures = measured([*two_cores, *extraction(workspace, extractor, "k", dimension=dimension)])
        reached = report(extractor, *figures, bars if extractor == "lexical" else None) and reached
    peer = [*two_cores, sys.executable, HERE / "peer_text.py", table, str(dimension)]
    report("scikit-learn, in memory", *measured(peer))
    return reached


def lines(folder, options):
    """A server that answers after 50 ms: as many requests are open as may be, and nothing else takes long."""
    delay, count = 0.05, 3_200
    print(f"lines: {count:,} requests of a server that answers after {1000 * delay:g} ms", flush=True)
    reached = True
    for many in (4, 16, 32):
        workspace, _ = workspace_of(folder, count)
        with servers.slow(delay) as (address, counted):
            seconds, _ = measured(extraction(workspace, "embedding", "k", url=address, model="slow", batch=1, lines=many))
        ideal = count * delay / many
        saturates = counted["most"] == many and seconds < 1.25 * ideal
        reached = reached and saturates
        print(f"  {many:2} lines {seconds:8.2f} s, at least {ideal:.2f} s: {seconds / ideal:.2f} of it; {counted['most']} open at "
              f"once: {'reached' if saturates else 'missed'}", flush=True)
    return reached


def replay(folder, options):
    """What was asked once is read from the workspace: a second knowledge base of the same items and settings."""
    count, bars = 100_000, (5.0, 2000.0)
    print(f"replay: {count:,} items that were asked about before", flush=True)
    reached = True
    for extractor, settings in (("embedding", {"batch": 64}), ("chat", {"facets": "topic, mood"})):
        workspace, _ = workspace_of(folder, count)
        with servers.slow(0.0) as (address, counted):
            settings = {"url": address, "model": "slow", "lines": 8, **settings}
            report(f"{extractor}, asked", *measured(extraction(workspace, extractor, "first", **settings)))
            reached = report(f"{extractor}, again", *measured(extraction(workspace, extractor, "second", **settings)),
                             bars) and reached
        if counted["requests"] > (count if extractor == "chat" else -(-count // 64)) + 2:
            print(f"  {counted['requests']:,} requests: something was asked twice", flush=True)
            reached = False
    return reached


def server(folder, options):
    """The real server with the small model of sentence vectors, beside the client library of OpenAI."""
    count, batch, many = 2_000, 16, 4
    if not servers.SERVE.exists():
        print(f"server: there is no {servers.SERVE}", flush=True)
        return False
    print(f"server: vectors of {count:,} titles by a real server, {batch} a request, {many} requests at once", flush=True)
    ratios = []
    with servers.real("minilm", options.port) as address:
        for _ in range(3):
            workspace, table = workspace_of(folder, count)
            ours = measured(extraction(workspace, "embedding", "k", url=address, model="minilm", batch=batch, lines=many))
            peer = measured([sys.executable, HERE / "peer_embeddings.py", table, address, "minilm", str(batch), str(many)])
            report("ours, with all stored", *ours)
            report("openai (Python), in memory", *peer)
            ratios.append(ours[0] / peer[0])
    print(f"  ours / peer: {statistics.median(ratios):.2f} (median of {len(ratios)})", flush=True)
    return True


def window(folder, options):
    """What the window's thread is busy with at a stretch while knowledge comes in: less than a frame."""
    frame = 16.0
    print(f"window: stretches in which it is busy, a frame is {frame:g} ms", flush=True)
    reached = True
    for test in ("KnowledgeStallTest", "KnowledgeServerTest"):
        said = subprocess.run([pathlib.Path(os.environ["TRANSEPT_WINDOW_TESTS"]) / test], text=True, stdout=subprocess.PIPE,
                              env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        found = re.findall(r"::(\w+)\(\) (\d+) stretches, longest ([\d.]+) ms, 99 of 100 below ([\d.]+) ms", said.stdout)
        reached = reached and said.returncode == 0 and bool(found)
        if not found:
            print(f"  {test} measured nothing (it needs {servers.SERVE} when it is the real server's)", flush=True)
        for name, count, longest, mostly in found:
            reached = reached and float(longest) < frame
            print(f"  {name:34}{count:>6} stretches, longest {longest} ms, 99 of 100 below {mostly} ms: "
                  f"{'reached' if float(longest) < frame else 'missed'}", flush=True)
    return reached


CASES = {"text": text, "lines": lines, "replay": replay, "server": server, "window": window}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--only", default=",".join(CASES))
    arguments.add_argument("--titles", type=int, default=1_000_000)
    arguments.add_argument("--port", type=int, default=18411)
    options = arguments.parse_args()
    unknown = [case for case in options.only.split(",") if case not in CASES]
    if unknown:
        sys.exit(f"There is no case {unknown[0]}. There are: {', '.join(CASES)}.")
    if not titles.SHARED.is_dir():
        sys.exit(f"The data sets are not in {titles.SHARED}; TRANSEPT_SHARED_DATA says where they are.")
    options.folder.mkdir(parents=True, exist_ok=True)
    reached = [CASES[case](options.folder, options) for case in options.only.split(",")]
    sys.exit(0 if all(reached) else 1)


if __name__ == "__main__":
    main()
