#pragma once

#include "core/base/Parameter.h"

#include <vector>

namespace transept {

enum class Similarity {
    Cosine,         ///< <a, b> / (|a| |b|)
    AdjustedCosine, ///< the same after each column's mean was taken off
    Pearson,        ///< correlation over the columns that both rows have
    Bm25,           ///< <a, b> of BM25 weights, not normalised: popular rows keep part of their weight
};

struct NeighbourOptions
{
    Similarity similarity = Similarity::Cosine;
    double shrinkage = 10.0; ///< a similarity over n shared columns counts n / (n + shrinkage); not for BM25
    double k1 = 1.2;         ///< BM25: how soon a larger value stops counting more
    double b = 0.1;          ///< BM25: how much a row's length is held against it
    int neighbours = 200;    ///< of each group
};

/// The parameters similarity, neighbours, shrinkage, k1 and b.
std::vector<Parameter> neighbourParameters();
NeighbourOptions neighbourOptionsFrom(const Parameters& parameters);

} // namespace transept
