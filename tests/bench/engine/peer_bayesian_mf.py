"""Gibbs sampling of a factorisation machine over the users and items as one-hot columns, by myFM."""
import json
import sys
import time

import myfm
import numpy
import scipy.sparse

import engine_data


def main(folder, options):
    users, items, values, shape = engine_data.read(folder)
    rows = numpy.arange(len(users))
    ones = numpy.ones(len(users))

    def columns(codes, count):
        return scipy.sparse.csr_matrix((ones, (rows, codes)), (len(users), count))

    design = scipy.sparse.hstack([columns(users, shape["users"]), columns(items, shape["items"])]).tocsr()
    tested = rows % options["folds"] == options["fold"]
    sweeps = options["burn-in"] + options["samples"]
    machine = myfm.MyFMRegressor(rank=options["factors"], random_seed=1)
    training, known = design[~tested], values[~tested].astype(numpy.float64)
    start = time.perf_counter()
    machine.fit(training, known, n_iter=sweeps, n_kept_samples=options["samples"],
                group_shapes=[shape["users"], shape["items"]])
    seconds = time.perf_counter() - start
    predicted = numpy.clip(machine.predict(design[tested]), values.min(), values.max())
    rmse = float(numpy.sqrt(numpy.mean((predicted - values[tested]) ** 2)))
    print(json.dumps({"seconds": seconds, "samples per second": sweeps / seconds, "rmse": rmse}))


main(sys.argv[1], json.loads(sys.argv[2]))
