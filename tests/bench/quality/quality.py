"""Repeats the tables of quality: runs the specs under resources/specs on the public data sets, and prints what they reach
beside figures of other programs (ratings, rankings) or beside plain means (users who are new).
Usage: quality.py FOLDER [--only ratings,rankings,cold] [--data NAME,...]

The settings in the specs were chosen on validation interactions (resources/specs/README.md says how, and where test
figures had been seen). The figures of other programs were measured once, on the same splits, tuned on validation rows
of the training part: myFM and the ridge bias on ratings; implicit (ials, item neighbours by cosine, BM25 and recency)
and EASE in NumPy on rankings. They are constants here: this program does not run those others. Ends with status 1 when
a line falls short of them."""
import argparse
import itertools
import pathlib
import statistics
import sys

import quality_data
from tables import Table, Workspace

# (data set, spec, the best other program, its RMSE): means of five folds
RATINGS = [
    ("movielens", "movielens-bayesian-mf", "myFM", 0.8595),
    ("movietweetings", "movietweetings-bayesian-mf", "myFM", 1.5170),
    ("douban", "douban-books-bayesian-mf", "myFM", 0.7899),
    ("douban", "douban-music-bayesian-mf", "myFM", 0.7933),
    ("book-crossing", "book-crossing-bayesian-mf", "ridge bias", 1.4701),
    ("anime", "anime-bayesian-mf", "myFM", 1.1310),
]

# (data set, what was chosen, the best method of other programs, its NDCG@10 there, the same method of ours, to which the
# difference is tested person by person: not quite that program's, which the column beside tells); all items are ranked
RANKINGS = [
    ("movielens", "movielens-best", "implicit's ials", 0.2780, "movielens-ials"),
    ("anime-history", "anime-best", "EASE", 0.4972, "anime-ease"),
    ("sport-phone", "sport-best", "BM25 neighbours", 0.0339, "sport-bm25"),
    ("sport-phone", "phone-best", "implicit's ials", 0.0479, "phone-ials"),
    ("electronic-cell", "electronic-best", "EASE", 0.0183, "electronic-ease"),
    ("electronic-cell", "cell-best", "implicit's ials", 0.0370, "cell-ials"),
    ("food-kitchen", "food-best", "recent neighbours", 0.0297, "food-recent"),
    ("food-kitchen", "kitchen-best", "BM25 neighbours", 0.0129, "kitchen-bm25"),
]

ASKED = 0.02  # p is asked for where the test users show a difference as small as this

PLAIN_MEANS = ["global-mean", "item-mean", "user-mean"]
CROSS_DOMAIN = ["emcdr", "cmf"]
SHARES = [0.2, 0.5, 0.8]
SEEDS = range(6, 11)  # with 1 to 5 the test figures were seen while emcdr was made what it is


def shown(gains, mean):
    """The smallest difference, relative to a mean, that so many users show: 1.96 standard errors of their gains."""
    return 1.96 * statistics.stdev(gains) / len(gains) ** 0.5 / mean


def ratings(place, wanted):
    table = Table("RMSE, mean of five folds", ["data", "spec", "RMSE", "MAE", "best other", "its RMSE", ""])
    for data, spec, peer, figure in RATINGS:
        if data not in wanted:
            continue
        workspace = place(data)
        folds = [workspace.run(spec, split__fold=fold)["measures"] for fold in range(5)]
        rmse, mae = (statistics.mean(fold[measure] for fold in folds) for measure in ("rmse", "mae"))
        table.line(rmse <= figure, data, spec, f"{rmse:.4f}", f"{mae:.4f}", peer, f"{figure:.4f}")
    return table


def rankings(place, wanted):
    table = Table("NDCG@10, all items ranked; p of the difference to the same method in ours, for information. shows: the "
                  "smallest\ndifference that the test users can show, 1.96 standard errors of their paired differences over "
                  f"the mean of the same in\nours; where it is above {ASKED:.0%}, p is not asked for",
                  ["data", "spec", "NDCG@10", "best other", "its NDCG@10", "the same in ours", "shows", "p", ""])
    for data, spec, peer, figure, same in RANKINGS:
        if data not in wanted:
            continue
        workspace = place(data)
        ours, theirs = workspace.run(spec), workspace.run(same)
        reached, reference = (run["measures"]["ndcg@10"] for run in (ours, theirs))
        gains, p = workspace.difference(theirs["run"], ours["run"], "ndcg@10")
        shows = shown(gains, reference)
        table.line(reached >= figure, data, spec, f"{reached:.4f}", peer, f"{figure:.4f}", f"{reference:.4f}",
                   f"{shows:.1%}", f"{p:.1g}" + (", not asked" if shows > ASKED else ""))
    return table


def cold(place, wanted):
    methods = ["carried-bias", *PLAIN_MEANS, *CROSS_DOMAIN]
    table = Table("Douban, users who are new in the target, MAE / RMSE, mean of five seeds",
                  ["target", "share", *methods, "carried-bias beats the means, one of the others is not behind in either"])
    if "douban" not in wanted:
        return table
    workspace = place("douban")
    for (source, target), share in itertools.product((("books", "music"), ("music", "books")), SHARES):
        errors = {}
        for method in methods:
            runs = [workspace.run(f"douban-cold-{method}", data__target=target, data__sources=[source],
                                  split__share=share, split__seed=seed, seed=seed)["measures"] for seed in SEEDS]
            errors[method] = [statistics.mean(run[measure] for run in runs) for measure in ("mae", "rmse")]
        carried = errors["carried-bias"]
        beats = all(carried[at] < errors[mean][at] for mean in PLAIN_MEANS for at in (0, 1))
        followed = any(all(errors[other][at] <= carried[at] for at in (0, 1)) for other in CROSS_DOMAIN)
        table.line(beats and followed, target, f"{share:.0%}",
                   *(" / ".join(f"{error:.4f}" for error in errors[method]) for method in methods))
    return table


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default="ratings,rankings,cold")
    parser.add_argument("--data", default=",".join(quality_data.MAKERS))
    arguments = parser.parse_args()
    if not quality_data.SHARED.exists():
        sys.exit(f"The public data sets are not in {quality_data.SHARED}: TRANSEPT_SHARED_DATA names another folder.")
    tables = {"ratings": ratings, "rankings": rankings, "cold": cold}
    wanted, only = arguments.data.split(","), arguments.only.split(",")
    for words, known in ((wanted, quality_data.MAKERS), (only, tables)):
        if unknown := [word for word in words if word not in known]:
            parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")

    def place(data):
        return Workspace(quality_data.workspace(arguments.folder, data))

    made = [tables[name](place, wanted) for name in only]
    if not any(table.lines for table in made):
        parser.error("no line of these tables is about this data")
    sys.exit(1 if any(table.short for table in made) else 0)


if __name__ == "__main__":
    main()
