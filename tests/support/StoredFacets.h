#pragma once

#include "core/store/KnowledgeStore.h"

#include <string>
#include <vector>

namespace transept::test {

/// A facet with the vector that is stored with it.
struct StoredFacetVector
{
    std::string name;
    std::string text;
    std::vector<float> vector;
};

/// All of a knowledge base, in the order of items.
inline Result<std::vector<StoredFacetVector>> facetVectors(const KnowledgeStore& store, KnowledgeId id)
{
    std::vector<StoredFacetVector> found;
    const Status read = store.forEachFacetVector(id, [&](const KnowledgeStore::FacetVector& each) {
        found.push_back({std::string(each.name),
                         std::string(each.text),
                         std::vector<float>(each.vector.begin(), each.vector.end())});
    });
    return read ? Result<std::vector<StoredFacetVector>>(std::move(found)) : passOn(read);
}

} // namespace transept::test
