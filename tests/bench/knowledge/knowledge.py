"""Measures the extraction of knowledge: seconds and peak resident memory of a whole `transept knowledge`, beside the bar
and beside another program on the same texts. Usage: knowledge.py FOLDER [--only CASE,...] [--titles N]

Ends with status 1 when a bar is missed."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import time

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


def text(folder, count):
    """A million titles to vectors of 128 numbers, with the vocabulary, facets and weights stored, on two cores."""
    dimension, bars = 128, (60.0, 2000.0)
    table, made = folder / f"titles-{count}.csv", folder / f"titles-{count}.transept"
    if not made.exists():
        titles.write(table, count)
        part = made.with_suffix(".part")
        part.unlink(missing_ok=True)
        subprocess.run([PROGRAM, "import", part, table, "--domain", "titles", "--as", "items"], check=True,
                       stdout=subprocess.DEVNULL)
        part.rename(made)
    print(f"text: {count:,} titles to vectors of {dimension} numbers", flush=True)
    reached = True
    for extractor in ("lexical", "word-vectors"):
        workspace = folder / "extraction.transept"
        for file in folder.glob("extraction.transept*"):
            file.unlink()
        shutil.copy(made, workspace)
        figures = measured(["taskset", "-c", "0,1", PROGRAM, "knowledge", workspace, "--extractor", extractor, "--name", "k",
                            "--set", f"dimension={dimension}"])
        reached = report(extractor, *figures, bars if extractor == "lexical" else None) and reached
    peer = ["taskset", "-c", "0,1", sys.executable, HERE / "peer_text.py", table, str(dimension)]
    report("scikit-learn, in memory", *measured(peer))
    return reached


CASES = {"text": text}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--only", default=",".join(CASES))
    arguments.add_argument("--titles", type=int, default=1_000_000)
    options = arguments.parse_args()
    unknown = [case for case in options.only.split(",") if case not in CASES]
    if unknown:
        sys.exit(f"There is no case {unknown[0]}. There are: {', '.join(CASES)}.")
    if not titles.SHARED.is_dir():
        sys.exit(f"The data sets are not in {titles.SHARED}; TRANSEPT_SHARED_DATA says where they are.")
    options.folder.mkdir(parents=True, exist_ok=True)
    reached = [CASES[case](options.folder, options.titles) for case in options.only.split(",")]
    sys.exit(0 if all(reached) else 1)


if __name__ == "__main__":
    main()
