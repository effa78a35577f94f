"""implicit's side of the case ials: python peer_ials.py FOLDER OPTIONS

We minimise, with D the positive pairs, a = unobserved-weight and l = regularisation,

    sum_D (1 - s)^2 + a sum_all s^2 + l (|P|^2 + |Q|^2)

and implicit, with a confidence c for every positive pair,

    c sum_D (1 - s)^2 + sum_(not D) s^2 + L (|X|^2 + |Y|^2)

Divided by a, and up to a constant, ours is (1 + 1/a) sum_D (g - s)^2 + sum_(not D) s^2 + l/a (...) with
g = 1 / (1 + a). So with c = 1 + 1/a, P = sqrt(g) X, Q = sqrt(g) Y and L = l (1 + a) / a it is g^2 times
implicit's: the minima are each other's images, and the loss below is ours, taken at the image.
"""

import json
import os
import sys

for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # as implicit asks for: its own threads share the rows

import numpy as np
import scipy.sparse as sp
from implicit.cpu.als import AlternatingLeastSquares


def objective(positives, p, q, options):
    p, q = p.astype(np.float64), q.astype(np.float64)
    errors = 0.0
    for start in range(0, len(positives.row), 1 << 18):
        rows, columns = positives.row[start : start + (1 << 18)], positives.col[start : start + (1 << 18)]
        errors += np.sum((1.0 - np.einsum("ij,ij->i", p[rows], q[columns])) ** 2)
    squares = np.sum((p.T @ p) * (q.T @ q))
    norms = np.sum(p * p) + np.sum(q * q)
    return (errors + options["unobserved-weight"] * squares + options["regularisation"] * norms) / len(positives.row)


def main():
    folder, options = sys.argv[1], json.loads(sys.argv[2])
    with open(f"{folder}/shape.json") as file:
        shape = json.load(file)
    users = np.fromfile(f"{folder}/users.i32", np.int32)
    items = np.fromfile(f"{folder}/items.i32", np.int32)
    a = options["unobserved-weight"]
    matrix = sp.csr_matrix((np.ones(len(users), np.float32), (users, items)), (shape["users"], shape["items"]))
    matrix.data[:] = 1.0 + 1.0 / a  # repeated pairs count once
    positives = matrix.tocoo()
    model = AlternatingLeastSquares(
        factors=options["factors"],
        regularization=options["regularisation"] * (1.0 + a) / a,
        alpha=1.0,
        use_native=True,
        use_cg=options["solver"] != "exact",
        iterations=options["iterations"],
        num_threads=options.get("threads", 2),
        random_state=1,
    )
    seconds, trace = [], []
    root = np.sqrt(1.0 / (1.0 + a))

    def after(iteration, elapsed, loss):
        seconds.append(elapsed)
        if options.get("trace", False) or iteration + 1 == options["iterations"]:
            loss = objective(positives, root * model.user_factors, root * model.item_factors, options)
            trace.append([sum(seconds), loss])

    model.fit(matrix, show_progress=False, callback=after)
    print(
        json.dumps(
            {"seconds": sum(seconds), "iteration": sorted(seconds)[len(seconds) // 2], "loss": trace[-1][1], "trace": trace}
        )
    )


main()
