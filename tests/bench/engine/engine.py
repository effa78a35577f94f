"""Measures the engine beside the field's fastest programs: each pair of sides in turn on the same data, and prints
the ratio of the medians. Usage: engine.py BENCH_PROGRAM FOLDER [--repeats N] [--only CASE,...]

A side is a process of its own that reads the data and tells the seconds of the work alone. OpenBLAS chooses its kernels
by the processor on both sides."""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

import engine_data

HERE = pathlib.Path(__file__).parent

ALS = {"iterations": 5, "unobserved-weight": 0.1, "regularisation": 1.0, "deviation": 0.1}


BPR = {"factors": 64, "epochs": 30, "learning-rate": 0.05, "regularisation": 0.01}


def als(data, factors, solver, **more):
    return ("ials", f"{data}, {factors} factors, {solver}", data, ALS | {"factors": factors, "solver": solver} | more)


# (case, what the table says, data, options of both sides, ratio wanted, which of the sides' figures is compared);
# of several figures, the ratios wanted by figure instead of the two
WORK = [
    ("evaluation", "full ranking of 27,000 users x 18,600 items x 64 factors, numpy", "evaluation", {}, 5.0, "seconds"),
    ("loading", "loading 10 M interactions of a workspace, pandas.read_sql", "workspace", {}, 10.0, "seconds"),
] + [
    (*als(data, factors, "exact"), 2.0, "iteration") for data in ("anime", "positives") for factors in (64, 128)
] + [
    (*als(data, factors, "conjugate-gradient", steps=3), 1.5, "iteration")
    for data in ("anime", "positives")
    for factors in (64, 128)
] + [
    ("bpr", f"anime, 64 factors, {peer}", "anime", {"parameters": BPR, "peer": peer}, 2.0, "seconds an epoch")
    for peer in ("implicit", "lightfm")
] + [
    ("bayesian-mf", f"movielens, {factors} factors, myfm", "movielens",
     {"factors": factors, "samples": 100, "burn-in": 20, "folds": 5, "fold": 0}, 2.0, "seconds")
    for factors in (8, 16)
] + [
    ("item-knn", f"{data}, {similarity}, 100 neighbours, implicit", data,
     {"similarity": similarity, "neighbours": 100}, 2.0, "seconds")
    for data in ("anime", "positives")
    for similarity in ("cosine", "bm25")
] + [
    ("ease", f"{title}, numpy", data, {"lambda": 200.0}, {"seconds": 1.0, "megabytes": 2.0})
    for data, title in (("anime", "anime by its users"), ("catalogue", "20,000 items by 40,000 users"))
]


def ratios(mine, peer, wanted):
    for figure, ratio in wanted.items():
        a = statistics.median(each[figure] for each in mine)
        b = statistics.median(each[figure] for each in peer)
        unit = {"megabytes": "MB"}.get(figure, "s")
        verdict = "reached" if b / a >= ratio else "missed"
        yield f"{a:.3f} {unit}, peer {b:.3f} {unit}, {b / a:.2f} x (wanted {ratio} x: {verdict})"


def side(command, data, options):
    own = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    done = subprocess.run([*command, str(data), json.dumps(options)], capture_output=True, text=True, env=own)
    if done.returncode != 0:
        raise RuntimeError(" ".join(map(str, command)) + ": " + done.stderr.strip()[-800:])
    return json.loads(done.stdout.strip().splitlines()[-1])


def others(result):
    return ", ".join(f"{name} {value:.6g}" for name, value in sorted(result.items()) if isinstance(value, float | int))


def measure(program, folder, work, repeats):
    case, title, data, options, *wanted = work
    wanted = wanted[0] if isinstance(wanted[0], dict) else {wanted[1]: wanted[0]}
    place = folder / "data" / data
    if not (place / "shape.json").exists() and not engine_data.MAKERS[data](place):
        print(f"{title}: the data is not here", flush=True)
        return
    ours, peers = [], []
    for _ in range(repeats):
        ours.append(side([program, case], place, options))
        try:
            peers.append(side([sys.executable, HERE / f"peer_{case.replace('-', '_')}.py"], place, options))
        except RuntimeError as error:
            print(f"{case}, {title}: the peer does not run here: {str(error).splitlines()[-1]}", flush=True)
            return
    print(f"{case}, {title}: " + "; ".join(ratios(ours, peers, wanted)))
    print(f"    ours: {others(ours[-1])}\n    peer: {others(peers[-1])}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    chosen = [word for word in arguments.only.split(",") if word]
    for work in WORK:
        if not chosen or work[0] in chosen:
            measure(arguments.program.resolve(), arguments.folder, work, arguments.repeats)


if __name__ == "__main__":
    main()
