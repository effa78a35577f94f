#pragma once

#include "core/ingest/RecordReader.h"
#include "core/store/KnowledgeStore.h"

namespace transept {

/// What one row of a file says of an item.
struct FactRow
{
    std::int64_t line = 0; ///< of an array: that of its key
    std::string domain;    ///< empty: not said
    std::string key;
    std::vector<StoredFacet> facets;
    std::vector<float> vector;
    std::optional<Problem> problem; ///< the first argument is the line
};

/// A file with facets or vectors of items, read row by row.
class FactFile
{
public:
    virtual ~FactFile() = default;

    /// False: there are no more rows.
    virtual Result<bool> next(FactRow& row) = 0;
    virtual double fraction() const = 0;

    /// By its first bytes a NumPy array (whose rows `keys` names in their order: a key a line, or a CSV file
    /// with a header that has the columns key and domain), JSON lines ({"domain": "films", "key": "7",
    /// "facets":
    /// {"genre": ["crime", "drama"]}, "vector": [0.5, ...]}, each but the key may be missing), or a CSV file
    /// (key and numbers; with a header key may be any column, and there may be one called domain). Text may
    /// be packed by gzip.
    static Result<std::unique_ptr<FactFile>> open(const std::filesystem::path& file,
                                                  const std::filesystem::path& keys);
};

} // namespace transept
