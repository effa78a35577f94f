"""EASE's formulas in numpy with OpenBLAS on two threads, in float32 as ours: over the users where they are fewer than
the items, else over the items. What is sparse stays sparse."""
import json
import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "2"

import numpy
import scipy.sparse

import engine_data

USERS = 50

folder, options = sys.argv[1], json.loads(sys.argv[2])
users, items, _, shape = engine_data.read(folder)
engine_data.reset_peak()
matrix = scipy.sparse.csr_matrix(
    (numpy.ones(len(users), numpy.float32), (users, items)), (shape["users"], shape["items"])
)
matrix.data[:] = 1.0
penalty = numpy.float32(options["lambda"])
start = time.perf_counter()
if shape["users"] < shape["items"]:
    gram = (matrix @ matrix.T).toarray()
    gram[numpy.diag_indices_from(gram)] += penalty
    inverse = numpy.linalg.inv(gram)
    del gram
    columns = matrix.tocsc()
    quadratic = [inverse[numpy.ix_(rows, rows)].sum() for rows in numpy.split(columns.indices, columns.indptr[1:-1])]
    diagonal = (1 - numpy.array(quadratic, numpy.float32)) / penalty
    seconds = time.perf_counter() - start
    megabytes = engine_data.peak_megabytes()
    scores = -(matrix.T @ inverse[:USERS].T).T / diagonal + matrix[:USERS].toarray()
else:
    gram = (matrix.T @ matrix).toarray()
    gram[numpy.diag_indices_from(gram)] += penalty
    weights = numpy.linalg.inv(gram)
    del gram
    weights /= -numpy.diag(weights)
    numpy.fill_diagonal(weights, 0)
    seconds = time.perf_counter() - start
    megabytes = engine_data.peak_megabytes()
    scores = matrix[:USERS] @ weights
print(json.dumps({"seconds": seconds, "megabytes": megabytes, "score": float(numpy.mean(scores.astype(float) ** 2))}))
