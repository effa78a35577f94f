"""Data of the engine's measurements, written once for both sides as Bench.h describes."""
import json
import os
import pathlib
import subprocess

import numpy


def write(folder, users, items, values=None, **more):
    folder.mkdir(parents=True, exist_ok=True)
    users.astype("<i4").tofile(folder / "users.i32")
    items.astype("<i4").tofile(folder / "items.i32")
    if values is not None:
        values.astype("<f4").tofile(folder / "values.f32")
    shape = {"users": int(users.max()) + 1, "items": int(items.max()) + 1, "ratings": values is not None}
    (folder / "shape.json").write_text(json.dumps(shape | more))


def read(folder):
    """(users, items, values or None, shape)"""
    folder = pathlib.Path(folder)
    shape = json.loads((folder / "shape.json").read_text())
    values = numpy.fromfile(folder / "values.f32", "<f4") if shape["ratings"] else None
    return (numpy.fromfile(folder / "users.i32", "<i4"), numpy.fromfile(folder / "items.i32", "<i4"), values, shape)


def reset_peak():
    """What peak_megabytes() tells begins with what is held now."""
    pathlib.Path("/proc/self/clear_refs").write_text("5")


def peak_megabytes():
    """What this process has held in memory at most; unlike getrusage, not what the program that started it had."""
    status = pathlib.Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def numbered(words):
    """Numbers from 0 in the order of the words."""
    return numpy.unique(words, return_inverse=True)[1]


def shared_file(name):
    path = pathlib.Path(os.environ.get("TRANSEPT_SHARED_DATA", "../shared/data")) / name
    return path if path.exists() else None


def anime(folder):
    table = shared_file("anime/anime_history.dat")
    if table is None:
        return False
    pairs = numpy.loadtxt(table, dtype=numpy.int64, delimiter="\t", skiprows=1, usecols=(0, 1))
    write(folder, numbered(pairs[:, 0]), numbered(pairs[:, 1]))
    return True


def movielens(folder):
    table = shared_file("movielens_latest_small_2016/ratings.csv")
    if table is None:
        return False
    rows = numpy.loadtxt(table, delimiter=",", skiprows=1, usecols=(0, 1, 2))
    write(folder, numbered(rows[:, 0]), numbered(rows[:, 1]), rows[:, 2])
    return True


def skewed_pairs(count, users, items, seed):
    """Distinct pairs; activity and popularity fall off as in MovieLens 10M: a few users and items have most."""
    random = numpy.random.default_rng(seed)
    keys = numpy.empty(0, dtype=numpy.int64)
    while keys.size < count:
        u = (users * random.random(count) ** 2.0).astype(numpy.int64)
        i = (items * random.random(count) ** 3.0).astype(numpy.int64)
        keys = numpy.unique(numpy.concatenate([keys, u * items + i]))
    keys = random.permutation(keys)[:count]
    return keys // items, keys % items


def positives(folder):
    users, items = skewed_pairs(10_000_000, 70_000, 30_000, 1)
    write(folder, numbered(users), numbered(items))
    return True


def catalogue(folder):
    """As many items as an exact EASE takes, and more users."""
    users, items = skewed_pairs(2_000_000, 40_000, 20_000, 7)
    write(folder, numbered(users), numbered(items))
    return True


def ratings(folder):
    """10 M, of which 9 M are trained on; shaped like MovieLens 10M."""
    users, items = skewed_pairs(10_000_000, 70_000, 10_700, 2)
    random = numpy.random.default_rng(3)
    p = random.normal(0, 0.35, (70_000, 10))
    q = random.normal(0, 0.6, (10_700, 10))
    values = 3.5 + random.normal(0, 0.35, 70_000)[users] + random.normal(0, 0.45, 10_700)[items]
    for begin in range(0, len(users), 1_000_000):
        part = slice(begin, begin + 1_000_000)
        values[part] += numpy.einsum("nk,nk->n", p[users[part]], q[items[part]])
    values += random.normal(0, 0.75, len(values))
    write(folder, users, items, numpy.clip(numpy.round(values * 2) / 2, 0.5, 5.0))
    return True


def evaluation(folder):
    """27,000 users with 60 items each of 18,600, and vectors of 64 numbers to rank by."""
    random = numpy.random.default_rng(4)
    users = numpy.repeat(numpy.arange(27_000), 60)
    items = (18_600 * random.random(users.size) ** 2.0).astype(numpy.int64)
    keys = random.permutation(numpy.unique(users * 18_600 + items))
    write(folder, keys // 18_600, keys % 18_600)
    random.normal(0, 0.1, (27_000, 64)).astype("<f4").tofile(folder / "p.f32")
    shape = json.loads((folder / "shape.json").read_text())
    random.normal(0, 0.1, (shape["items"], 64)).astype("<f4").tofile(folder / "q.f32")
    return True


def workspace(folder):
    """10 M rows of text, imported as an analyst would."""
    users, items = skewed_pairs(10_000_000, 70_000, 30_000, 5)
    random = numpy.random.default_rng(6)
    table = folder / "ratings.csv"
    folder.mkdir(parents=True, exist_ok=True)
    with open(table, "w") as file:
        file.write("user,item,rating,timestamp\n")
        for begin in range(0, len(users), 500_000):
            part = slice(begin, begin + 500_000)
            stars = random.integers(1, 6, len(users[part]))
            times = random.integers(1_400_000_000, 1_700_000_000, len(users[part]))
            rows = zip(users[part].tolist(), items[part].tolist(), stars.tolist(), times.tolist())
            file.write("".join(f"u{u},i{i},{s},{t}\n" for u, i, s, t in rows))
    program = pathlib.Path(os.environ["TRANSEPT_PROGRAM"])
    target = folder / "ratings.transept"
    target.unlink(missing_ok=True)
    subprocess.run([program, "import", target, table, "--domain", "films"], check=True, capture_output=True)
    table.unlink()
    (folder / "shape.json").write_text(json.dumps({"users": 70_000, "items": 30_000, "ratings": True}))
    return True


MAKERS = {"anime": anime, "movielens": movielens, "positives": positives, "ratings": ratings, "evaluation": evaluation, "workspace": workspace,
          "catalogue": catalogue}
