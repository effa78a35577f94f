"""Distinct titles in any number: the words of real ones (foods and kitchen wares) drawn anew, with the lengths of real
ones, from a fixed seed."""
import csv
import html
import os
import pathlib
import random

SHARED = pathlib.Path(os.environ.get("TRANSEPT_SHARED_DATA", "../shared/data"))


def make(count):
    lines = (SHARED / "amazon_food_kitchen_partial/items.tsv").read_text().splitlines()[1:]
    real = [html.unescape(line.split("\t")[3]).split() for line in lines]
    words = [word for title in real for word in title]
    lengths = [len(title) for title in real]
    draw = random.Random(1)
    titles = {}
    while len(titles) < count:
        titles[" ".join(draw.choices(words, k=draw.choice(lengths)))] = None
    return list(titles)


def write(file, count):
    with file.open("w", newline="") as rows:
        table = csv.writer(rows)
        table.writerow(["item", "title"])
        table.writerows((f"t{place}", title) for place, title in enumerate(make(count)))
