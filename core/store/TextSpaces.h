#pragma once

#include "core/base/Ids.h"
#include "core/store/Database.h"

#include <string>
#include <vector>

namespace transept {

/// What an extractor of texts keeps of its knowledge base beside the facts, to place further texts among
/// them.
struct StoredTextSpace
{
    std::string vocabulary;          ///< as Vocabulary::serialised() gave it
    std::vector<std::string> fields; ///< whose values are facets
    int dimension = 0;
    std::vector<float> basis;   ///< of terms, one after the other, `dimension` numbers each
    std::vector<float> weights; ///< of terms; may be empty
    std::vector<float> first;   ///< a direction that is taken off; may be empty
};

class TextSpaces
{
public:
    explicit TextSpaces(const Database& database) : m_database(database) {}

    Status put(KnowledgeId id, const StoredTextSpace& space) const; ///< in place of an earlier one

    /// InvalidInput when there is none: the base is of an earlier version, or its extractor reads no texts.
    Result<StoredTextSpace> of(KnowledgeId id) const;

private:
    const Database& m_database;
};

} // namespace transept
