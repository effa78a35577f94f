"""Full ranking in batches, as the research frameworks do it: a product, minus infinity for what was seen, the best 50
by partition, measures from tables of hits."""
import json
import pathlib
import sys
import time

import numpy
import scipy.sparse

import engine_data

CUTS = (10, 20, 50)
BATCH = 512


def main(folder):
    users, items, _, shape = engine_data.read(folder)
    p = numpy.fromfile(pathlib.Path(folder) / "p.f32", "<f4").reshape(-1, 64)
    q = numpy.fromfile(pathlib.Path(folder) / "q.f32", "<f4").reshape(-1, 64)
    tested = numpy.arange(len(users)) % 5 == 0
    size = (shape["users"], shape["items"])

    def matrix(rows):
        return scipy.sparse.csr_matrix((numpy.ones(rows.sum(), bool), (users[rows], items[rows])), size)

    seen, relevant = matrix(~tested), matrix(tested)
    start = time.perf_counter()
    counts = numpy.diff(relevant.indptr)
    people = numpy.flatnonzero(counts)
    gains = 1 / numpy.log2(numpy.arange(2, CUTS[-1] + 2))
    sums = {f"{name}@{cut}": 0.0 for name in ("recall", "ndcg", "mrr") for cut in CUTS}
    for begin in range(0, len(people), BATCH):
        batch = people[begin : begin + BATCH]
        scores = p[batch] @ q.T
        known = seen[batch]
        scores[numpy.repeat(numpy.arange(len(batch)), numpy.diff(known.indptr)), known.indices] = -numpy.inf
        best = numpy.argpartition(-scores, CUTS[-1], axis=1)[:, : CUTS[-1]]
        order = numpy.argsort(-numpy.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
        best = numpy.take_along_axis(best, order, axis=1)
        hits = numpy.asarray(relevant[batch[:, None], best].todense(), dtype=numpy.float64)
        right = counts[batch]
        for cut in CUTS:
            head = hits[:, :cut]
            sums[f"recall@{cut}"] += (head.sum(axis=1) / right).sum()
            ideal = numpy.cumsum(gains)[numpy.minimum(right, cut) - 1]
            sums[f"ndcg@{cut}"] += ((head * gains[:cut]).sum(axis=1) / ideal).sum()
            first = numpy.where(head.any(axis=1), 1 / (head.argmax(axis=1) + 1), 0)
            sums[f"mrr@{cut}"] += first.sum()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds} | {name: value / len(people) for name, value in sums.items()}))


main(sys.argv[1])
