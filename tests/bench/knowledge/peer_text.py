"""The titles of a CSV file to vectors with scikit-learn: TF-IDF with the logarithm of counts, randomised truncated SVD with
as many power iterations as ours. No stems, no phrases, nothing stored: less work than our side does."""
import csv
import sys

import numpy
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

with open(sys.argv[1], newline="") as rows:
    titles = [row["title"] for row in csv.DictReader(rows)]
weights = TfidfVectorizer(sublinear_tf=True, stop_words="english", strip_accents="unicode", max_df=0.5, min_df=2,
                          max_features=200_000, dtype=numpy.float32).fit_transform(titles)
vectors = normalize(TruncatedSVD(int(sys.argv[2]), algorithm="randomized", n_iter=5, random_state=1).fit_transform(weights))
print(vectors.shape)
