"""The other side of MfCase.cpp: stochastic gradient descent of LIBMF. A pass is timed as the difference of a long and
a short fit, because fit() also copies and sorts the ratings. Its predict() is off; its factors are right."""
import json
import sys
import time

import numpy
from libmf import mf

import engine_data

PIECE = 1 << 18


def fit(table, options, passes):
    machine = mf.MF(
        k=options["factors"],
        nr_iters=passes,
        nr_threads=options["threads"],
        eta=options["eta"],
        lambda_p1=0.0,
        lambda_q1=0.0,
        lambda_p2=options["lambda"],
        lambda_q2=options["lambda"],
        quiet=True,
    )
    start = time.process_time()
    machine.fit(table)
    return time.process_time() - start, machine


def main(folder, options):
    users, items, values, _ = engine_data.read(folder)
    tested = numpy.arange(len(users)) % 10 == 0
    table = numpy.column_stack([users[~tested], items[~tested], values[~tested]]).astype(numpy.float32)
    once, _ = fit(table, options, 1)
    seconds, machine = fit(table, options, options["epochs"])
    pass_seconds = (seconds - once) / (options["epochs"] - 1)
    p, q = machine.p_factors(), machine.q_factors()
    squares = 0.0
    rows = numpy.flatnonzero(tested)
    for begin in range(0, len(rows), PIECE):
        part = rows[begin : begin + PIECE]
        predicted = numpy.einsum("nk,nk->n", p[users[part]], q[items[part]])
        off = numpy.clip(predicted, values.min(), values.max()) - values[part]
        squares += float((off.astype(numpy.float64) ** 2).sum())
    print(
        json.dumps(
            {
                "seconds a pass": pass_seconds,
                "start": once - pass_seconds,
                "million ratings a second": len(table) / pass_seconds / 1e6,
                "rmse": (squares / len(rows)) ** 0.5,
            }
        )
    )


main(sys.argv[1], json.loads(sys.argv[2]))
