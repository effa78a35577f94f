"""What the tables of measurements have in common: specs of ours run on a workspace, and lines that are reached or missed."""
import json
import pathlib
import subprocess

import quality_data

SPECS = pathlib.Path(__file__).parents[3] / "resources/specs"


class Workspace:
    def __init__(self, file):
        self.file = file

    def _json(self, command, *words):
        done = subprocess.run([quality_data.PROGRAM, command, self.file, *words, "--json"],
                              check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout)

    def run(self, spec, **settings):
        """What `transept run` says of a spec of ours; settings by path, with __ for the dots."""
        sets = [word for path, value in settings.items()
                for word in ("--set", f"{path.replace('__', '.')}={json.dumps(value)}")]
        return self._json("run", SPECS / f"{spec}.json", *sets)

    def knowledge(self):
        """What `transept knowledge` lists."""
        return self._json("knowledge")

    def difference(self, first, second, measure):
        """Of the second run from the first: the gains of all users that both tested, and Wilcoxon's p of them."""
        words = ("--what", "differences", "--measure", measure)
        difference = self._json("curves", str(first), str(second), *words)["runs"][0]
        return difference["gains"], difference["p"]


class Table:
    """Prints lines as they are known and remembers whether one fell short."""

    def __init__(self, title, heads):
        print(f"\n{title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}", flush=True)
        self.short = 0
        self.lines = 0

    def line(self, reached, *cells):
        self.short += not reached
        self.lines += 1
        print(f"| {' | '.join(str(cell) for cell in cells)} | {'reached' if reached else 'missed'} |", flush=True)
