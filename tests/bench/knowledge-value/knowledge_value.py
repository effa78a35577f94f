"""Shows whether knowledge of the items is worth anything: runs the specs under resources/specs on public data sets, each
beside the same with the knowledge shuffled among the items (three shuffles) and beside what can be had without any.
Usage: knowledge_value.py FOLDER [--only cold,ratings,warm] [--data NAME,...]

Methods and settings were chosen on validation interactions; the splits stand in the specs (resources/specs/README.md says
how). p is that of the difference person by person (Wilcoxon): the largest over the three shuffles, and that to no
knowledge. Ends with status 1 when a line falls short: of the figure asked, of p, or of what is without knowledge."""
import argparse
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "quality"))

import knowledge_data
import quality_data
from tables import Table, Workspace

SHUFFLES = (1, 2, 3)

# (data set, knowledge, spec, at least): HR@10; each cold item that somebody had is ranked among all cold ones
COLD = [
    ("food-kitchen", ["lexical"], "food-cold-lexical", 0.14),
    ("food-kitchen", ["lexical"], "kitchen-cold-lexical", 0.055),
    ("anime", ["lexical"], "anime-cold-lexical", 0.26),
    ("movielens", ["minilm"], "movielens-cold-minilm", 0.07),
    ("food-kitchen", ["lexical", "minilm"], "food-cold-both", 0.145),
    ("food-kitchen", ["lexical", "minilm"], "kitchen-cold-both", 0.06),
    ("anime", ["lexical", "minilm"], "anime-cold-both", 0.29),
]

# (data set, knowledge, spec, at most): RMSE of the ratings of cold items
RATINGS = [
    ("movielens", ["lexical"], "movielens-cold-ratings-lexical", 0.930),
    ("movielens", ["minilm"], "movielens-cold-ratings-minilm", 0.920),
]

# (data set, knowledge, spec, the same without knowledge): NDCG@10
WARM = [
    ("food-kitchen", ["minilm"], "food-warm-minilm", "food-warm-ease"),
    ("anime", ["minilm"], "anime-warm-minilm", "anime-warm-ease"),
]

HEADS = ["data", "knowledge", "spec", "reached", "asked", "shuffled", "none", "p to shuffled", "p to none", ""]


class Bench:
    def __init__(self, folder, wanted):
        self.folder = folder
        self.wanted = wanted
        self.without_server = 0

    def place(self, data, knowledge):
        """The workspace with these knowledge bases; None when the data is not wanted or no server can make them."""
        if data not in self.wanted:
            return None
        workspace = Workspace(quality_data.workspace(self.folder, data, knowledge_data.MAKERS))
        for name in knowledge:
            if name != "lexical" and not knowledge_data.SERVE.exists() and not knowledge_data.has(workspace, name):
                self.without_server += 1
                print(f"({data}: no {name}, for there is no {knowledge_data.SERVE})", flush=True)
                return None
            knowledge_data.extract(workspace, name)
        return workspace

    def line(self, table, line, measure, most_p, without):
        """One line; `without` runs what there is without knowledge, and says what is asked for."""
        data, knowledge, spec, asked = line
        workspace = self.place(data, knowledge)
        if workspace is None:
            return
        ours = workspace.run(spec)
        shuffled = [workspace.run(spec, shuffle_knowledge=True, seed=seed) for seed in SHUFFLES]
        none = without(workspace, spec, asked)
        sign = -1.0 if measure == "rmse" else 1.0
        values = [run["measures"][measure] for run in (ours, none, *shuffled)]
        reached, bare = values[:2]
        ps = [workspace.difference(other["run"], ours["run"], measure)[1] for other in (none, *shuffled)]
        bar = asked if isinstance(asked, float) else bare
        better = all(sign * reached > sign * other for other in values[1:]) and sign * reached >= sign * bar
        digits = 4 if measure != "rmse" else 3
        table.line(better and max(ps) < most_p, data, " + ".join(knowledge), spec, f"{reached:.4f}",
                   f"{asked:.{digits}f}" if isinstance(asked, float) else "above none",
                   f"{statistics.mean(values[2:]):.4f}", f"{bare:.4f}", shown(max(ps[1:])), shown(ps[0]))


def shown(p):
    return f"{p:.1g}" if p >= 1e-99 else "<1e-99"


def other_method(**method):
    return lambda workspace, spec, _: workspace.run(spec, method=method, knowledge=None, knowledge_terms=None)


def cold(bench):
    table = Table("Cold items: HR@10, each item that a person had and nobody in training among all such items; a fifth of "
                  "the items;\nnone: popularity, to which all of them are alike: what the files name first comes first, often what "
                  "is popular", HEADS)
    for line in COLD:
        bench.line(table, line, "hit-rate@10~cold", 0.001, other_method(name="popularity"))
    return table


def ratings(bench):
    table = Table("Ratings of cold items: RMSE; none: what the person gives on average", HEADS)
    for line in RATINGS:
        bench.line(table, line, "rmse", 0.001, other_method(name="bias", terms="user"))
    return table


def warm(bench):
    table = Table("Warm: NDCG@10, all items ranked; none: ease, its own settings chosen likewise", HEADS)
    for line in WARM:
        bench.line(table, line, "ndcg@10", 0.05, lambda workspace, _, same: workspace.run(same))
    return table


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default="cold,ratings,warm")
    parser.add_argument("--data", default=",".join(knowledge_data.MAKERS))
    arguments = parser.parse_args()
    if not knowledge_data.SHARED.exists():
        sys.exit(f"The public data sets are not in {knowledge_data.SHARED}: TRANSEPT_SHARED_DATA names another folder.")
    tables = {"cold": cold, "ratings": ratings, "warm": warm}
    wanted, only = arguments.data.split(","), arguments.only.split(",")
    for words, known in ((wanted, knowledge_data.MAKERS), (only, tables)):
        if unknown := [word for word in words if word not in known]:
            parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
    bench = Bench(arguments.folder, wanted)
    made = [tables[name](bench) for name in only]
    if not any(table.lines for table in made) and not bench.without_server:
        parser.error("no line of these tables is about this data")
    sys.exit(1 if bench.without_server or any(table.short for table in made) else 0)


if __name__ == "__main__":
    main()
