"""The other side of BprCase.cpp: BPR of implicit or, with {"peer": "lightfm"}, of lightfm-next, on two threads. An
epoch of all three draws as many triples as there are training interactions."""
import json
import sys
import time

import numpy
import scipy.sparse

import engine_data

BATCH = 512
THREADS = 2


def train_implicit(training, parameters):
    from implicit.cpu.bpr import BayesianPersonalizedRanking

    model = BayesianPersonalizedRanking(
        factors=parameters["factors"],
        learning_rate=parameters["learning-rate"],
        regularization=parameters["regularisation"],
        iterations=parameters["epochs"],
        num_threads=THREADS,
        random_state=1,
    )
    start = time.perf_counter()
    model.fit(training, show_progress=False)
    seconds = time.perf_counter() - start
    return seconds, model.user_factors, model.item_factors


def train_lightfm(training, parameters):
    from lightfm import LightFM

    model = LightFM(
        no_components=parameters["factors"],
        loss="bpr",
        learning_schedule="adagrad",
        learning_rate=parameters.get("adagrad-rate", 0.05),
        random_state=1,
    )
    start = time.perf_counter()
    model.fit(training, epochs=parameters["epochs"], num_threads=THREADS)
    seconds = time.perf_counter() - start
    biases, vectors = model.get_item_representations()
    _, users = model.get_user_representations()
    ones = numpy.ones((len(users), 1), numpy.float32)
    return seconds, numpy.hstack([users, ones]), numpy.hstack([vectors, biases[:, None]])


def ndcg_at_10(p, q, seen, relevant):
    """All items that the user has not in training are ranked."""
    counts = numpy.diff(relevant.indptr)
    people = numpy.flatnonzero(counts)
    gains = 1 / numpy.log2(numpy.arange(2, 12))
    total = 0.0
    for begin in range(0, len(people), BATCH):
        batch = people[begin : begin + BATCH]
        scores = p[batch] @ q.T
        known = seen[batch]
        scores[numpy.repeat(numpy.arange(len(batch)), numpy.diff(known.indptr)), known.indices] = -numpy.inf
        best = numpy.argpartition(-scores, 10, axis=1)[:, :10]
        order = numpy.argsort(-numpy.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
        best = numpy.take_along_axis(best, order, axis=1)
        hits = numpy.asarray(relevant[batch[:, None], best].todense(), dtype=numpy.float64)
        ideal = numpy.cumsum(gains)[numpy.minimum(counts[batch], 10) - 1]
        total += ((hits * gains).sum(axis=1) / ideal).sum()
    return total / len(people)


def main(folder, options):
    users, items, _, shape = engine_data.read(folder)
    tested = numpy.arange(len(users)) % 5 == 0
    size = (shape["users"], shape["items"])

    def matrix(rows):
        return scipy.sparse.csr_matrix((numpy.ones(rows.sum(), numpy.float32), (users[rows], items[rows])), size)

    training, relevant = matrix(~tested), matrix(tested).astype(bool)
    parameters = {"factors": 64, "epochs": 30, "learning-rate": 0.05, "regularisation": 0.01}
    parameters |= options.get("parameters", {})
    train = train_lightfm if options.get("peer") == "lightfm" else train_implicit
    seconds, p, q = train(training, parameters)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "seconds an epoch": seconds / parameters["epochs"],
                "ndcg@10": ndcg_at_10(p, q, training.astype(bool), relevant),
            }
        )
    )


main(sys.argv[1], json.loads(sys.argv[2]))
