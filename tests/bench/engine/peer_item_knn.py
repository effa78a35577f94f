"""implicit's side of the case item-knn, on two threads. It counts an item as its own first neighbour, so it is asked
for one more."""
import json
import sys
import time

import numpy
import scipy.sparse
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender

import engine_data

folder, options = sys.argv[1], json.loads(sys.argv[2])
users, items, _, shape = engine_data.read(folder)
matrix = scipy.sparse.csr_matrix(
    (numpy.ones(len(users)), (users, items)), (shape["users"], shape["items"]), dtype=numpy.float64
)
matrix.data[:] = 1.0  # repeated pairs count once
settings = {"K": options["neighbours"] + 1, "num_threads": 2}
model = CosineRecommender(**settings) if options["similarity"] == "cosine" else BM25Recommender(B=0.75, **settings)
start = time.perf_counter()
model.fit(matrix, show_progress=False)
seconds = time.perf_counter() - start
similarity = model.similarity.tolil()
similarity.setdiag(0)
values = similarity.tocsr().data
values = values[values > 0]
print(json.dumps({"seconds": seconds, "neighbours": int(values.size), "similarity": float(values.mean())}))
