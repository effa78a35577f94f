"""The workspaces of the table of qualities, made of the public data sets by the program's own importer."""
import json
import os
import pathlib
import random
import subprocess

PROGRAM = pathlib.Path(os.environ["TRANSEPT_PROGRAM"])
SHARED = pathlib.Path(os.environ.get("TRANSEPT_SHARED_DATA", "../shared/data")).resolve()


def load(workspace, table, domain, *options):
    subprocess.run([PROGRAM, "import", workspace, table, "--domain", domain, *options],
                   check=True, stdout=subprocess.DEVNULL)


def load_rows(workspace, domain, part, header, rows):
    table = workspace.with_name(f"{domain}-{part}.csv")
    table.write_text("\n".join([header, *(",".join(row) for row in rows), ""]))
    load(workspace, table, domain, "--platform", "amazon", "--part", part)
    table.unlink()


def single(table, domain):
    return lambda workspace: load(workspace, SHARED / table, domain)


def douban(workspace):
    load(workspace, SHARED / "douban/douban_book/ratings.dat", "books", "--platform", "douban")
    load(workspace, SHARED / "douban/douban_music/ratings.dat", "music", "--platform", "douban")


def amazon_pair(folder, first, second):
    """Two domains with given tests. For validation one interaction, drawn by chance, is taken from everyone's training
    rows who has at least three; final models are trained on them as well (split.refit)."""
    def make(workspace):
        for domain, other in ((first, second), (second, first)):
            place = SHARED / folder / f"{domain}_{other}"
            parts = {part: [line.split()[:2] for line in (place / f"{part}.txt").read_text().splitlines()]
                     for part in ("train", "test")}
            rows_of = {}
            for row, (user, _) in enumerate(parts["train"]):
                rows_of.setdefault(user, []).append(row)
            draw = random.Random(1)
            taken = {draw.choice(rows) for rows in rows_of.values() if len(rows) > 2}
            parts["valid"] = [parts["train"][row] for row in sorted(taken)]
            parts["train"] = [pair for row, pair in enumerate(parts["train"]) if row not in taken]
            for part in ("train", "valid", "test"):
                load_rows(workspace, domain, part, "user,item", parts[part])
    return make


def food_kitchen(workspace):
    """A person's last event over both domains is the test, the one before it validation."""
    items = json.loads((SHARED / "amazon_food_kitchen/map_item_50.txt").read_text())
    domain_of = {item: ("food", "kitchen")[domain] for item, domain in items.values()}
    rows = {(domain, part): [] for domain in ("food", "kitchen") for part in ("train", "valid", "test")}
    for line in (SHARED / "amazon_food_kitchen/afk_50_preprocessed.txt").read_text().splitlines():
        user, *events = line.split()
        for place, event in enumerate(events):
            item, time = event.split("|")
            part = {len(events) - 1: "test", len(events) - 2: "valid"}.get(place, "train")
            rows[domain_of[int(item)], part].append((user, item, time))
    for (domain, part), taken in rows.items():
        load_rows(workspace, domain, part, "user,item,time", taken)


MAKERS = {
    "movielens": single("movielens_latest_small_2016/ratings.csv", "films"),
    "movietweetings": single("movietweetings_100k/ratings.dat", "films"),
    "douban": douban,
    "book-crossing": single("book_crossing/book_ratings.dat", "books"),
    "anime": single("anime/anime_ratings.dat", "anime"),
    "anime-history": single("anime/anime_history.dat", "anime"),
    "sport-phone": amazon_pair("amazon_sport_phone", "sport", "phone"),
    "electronic-cell": amazon_pair("amazon_electronic_cell", "electronic", "cell"),
    "food-kitchen": food_kitchen,
}


def workspace(folder, name, makers=MAKERS):
    """The workspace of a data set, made when it is not there yet."""
    place = folder / f"{name}.transept"
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"unfinished-{name}.transept"
        for old in folder.glob(f"{unfinished.name}*"):
            old.unlink()
        makers[name](unfinished)
        unfinished.rename(place)
    return place
