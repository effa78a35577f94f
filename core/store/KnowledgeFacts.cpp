// The part of KnowledgeStore that reads and writes what is known of items.

#include "core/store/Blobs.h"
#include "core/store/FacetCursor.h"
#include "core/store/Halves.h"
#include "core/store/KnowledgeStore.h"
#include "core/store/Rows.h"

namespace transept {

std::string vectorKey(std::string_view name, std::string_view text)
{
    return std::string(name) + '\0' + std::string(text);
}

namespace {

struct StoredTermWeight
{
    std::uint32_t term;
    float weight;
};

std::vector<StoredTermWeight> packed(const std::vector<std::pair<std::uint32_t, float>>& weights)
{
    std::vector<StoredTermWeight> out;
    out.reserve(weights.size());
    for (const auto& [term, weight] : weights) {
        out.push_back({term, weight});
    }
    return out;
}

std::vector<std::pair<std::uint32_t, float>> termWeightsOf(std::span<const std::byte> bytes)
{
    const auto stored = valuesOf<StoredTermWeight>(bytes);
    std::vector<std::pair<std::uint32_t, float>> out;
    out.reserve(stored.size());
    for (const StoredTermWeight& each : stored) {
        out.emplace_back(each.term, each.weight);
    }
    return out;
}

/// Whether the vectors of a knowledge base are stored as float16.
Result<bool> storesHalves(const Database& database, KnowledgeId id)
{
    return gather<bool>(prepared(database,
                                 "SELECT 1 FROM knowledge_base WHERE id = ? AND"
                                 " json_extract(config, '$.settings.precision') = 'float16'",
                                 number(id)),
                        [](bool& found, const Statement& /*row*/) { found = true; });
}

/// A vector as it is stored, in float32.
std::vector<float> vectorOf(std::span<const std::byte> bytes, bool isHalf)
{
    return isHalf ? floatsOfHalves(bytes) : valuesOf<float>(bytes);
}

/// The statements that put() needs for every item, prepared once.
struct FactWriter
{
    Result<Statement> dropFacets;
    Result<Statement> dropVectors;
    Result<Statement> dropTerms;
    Result<Statement> dropFailure;
    Result<Statement> addFacet;
    Result<Statement> addVector;
    Result<Statement> addTerms;
    Result<bool> isHalf;
    bool changesVectors = false;

    FactWriter(const Database& database, KnowledgeId id)
        : dropFacets(database.prepare("DELETE FROM facet WHERE kb = ? AND item = ?"))
        , dropVectors(database.prepare("DELETE FROM vector WHERE kb = ? AND item = ?"))
        , dropTerms(database.prepare("DELETE FROM term_weights WHERE kb = ? AND item = ?"))
        , dropFailure(database.prepare("DELETE FROM extraction_failure WHERE kb = ? AND item = ?"))
        , addFacet(database.prepare(
              "INSERT INTO facet(kb, item, nth, name, text, weight) VALUES(?, ?, ?, ?, ?, ?)"))
        , addVector(database.prepare("INSERT INTO vector(kb, item, facet, data) VALUES(?, ?, ?, ?)"))
        , addTerms(database.prepare("INSERT INTO term_weights(kb, item, data) VALUES(?, ?, ?)"))
        , isHalf(storesHalves(database, id))
    {
    }

    Status ready() const
    {
        for (const Result<Statement>* each :
             {&dropFacets, &dropVectors, &dropTerms, &dropFailure, &addFacet, &addVector, &addTerms}) {
            if (!*each) {
                return passOn(*each);
            }
        }
        return isHalf ? Status() : passOn(isHalf);
    }

    /// Whether there were facts.
    Result<bool> drop(const Database& database, std::int64_t id, std::int64_t item)
    {
        std::int64_t dropped = 0;
        for (Result<Statement>* each : {&dropFacets, &dropVectors, &dropTerms, &dropFailure}) {
            if (const Status gone = (*each)->bind(1, id).bind(2, item).run(); !gone) {
                return passOn(gone);
            }
            dropped += each == &dropFailure ? 0 : database.changes();
            changesVectors = changesVectors || (each == &dropVectors && database.changes() > 0);
        }
        return dropped > 0;
    }

    Status addVectorOf(std::int64_t id,
                       std::int64_t item,
                       std::int64_t facet,
                       const std::vector<float>& values)
    {
        if (values.empty()) {
            return {};
        }
        changesVectors = true;
        addVector->bind(1, id).bind(2, item).bind(3, facet);
        if (!*isHalf) {
            return addVector->bind(4, bytesOf(values)).run();
        }
        const std::vector<Eigen::half> halves = halvesOf(values);
        if (!allFinite(halves)) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "A vector has numbers beyond 65,504, which float16 cannot hold. Set "
                                     "precision to float32."));
        }
        return addVector->bind(4, bytesOf(halves)).run();
    }

    Status add(std::int64_t id, const ItemFacts& facts)
    {
        const std::int64_t item = number(facts.item);
        Status added = addVectorOf(id, item, -1, facts.vector);
        for (std::size_t nth = 0; added && nth < facts.facets.size(); ++nth) {
            const StoredFacet& facet = facts.facets[nth];
            addFacet->bind(1, id).bind(2, item).bind(3, static_cast<std::int64_t>(nth));
            added = addFacet->bind(4, facet.name).bind(5, facet.text).bind(6, facet.weight).run();
            if (added && nth < facts.facetVectors.size()) {
                added = addVectorOf(id, item, static_cast<std::int64_t>(nth), facts.facetVectors[nth]);
            }
        }
        if (added && !facts.termWeights.empty()) {
            added = addTerms->bind(1, id).bind(2, item).bind(3, bytesOf(packed(facts.termWeights))).run();
        }
        return added;
    }
};

} // namespace

Status KnowledgeStore::put(KnowledgeId id, std::span<const ItemFacts> facts) const
{
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction) {
        return passOn(transaction);
    }
    return putWithin(id, facts).and_then([&] { return transaction->commit(); });
}

Status KnowledgeStore::putWithin(KnowledgeId id, std::span<const ItemFacts> facts) const
{
    FactWriter writer(m_database, id);
    if (const Status ready = writer.ready(); !ready) {
        return ready;
    }
    std::int64_t gained = 0;
    for (const ItemFacts& each : facts) {
        const Result<bool> hadFacts = writer.drop(m_database, number(id), number(each.item));
        if (!hadFacts) {
            return passOn(hadFacts);
        }
        if (const Status added = writer.add(number(id), each); !added) {
            return added;
        }
        const bool hasFacts = !each.vector.empty() || !each.facets.empty() || !each.termWeights.empty();
        gained += (hasFacts ? 1 : 0) - (*hadFacts ? 1 : 0);
    }
    if (writer.changesVectors) {
        if (const Status drawn = stampVectors(id); !drawn) {
            return drawn;
        }
    }
    return change(
        m_database, "UPDATE knowledge_base SET items = items + ?2 WHERE id = ?1", number(id), gained);
}

Result<std::vector<ItemId>> KnowledgeStore::itemsWithFacts(KnowledgeId id) const
{
    Result<Statement> rows = prepared(m_database,
                                      "SELECT item FROM vector WHERE kb = ?1 AND facet = -1"
                                      " UNION SELECT item FROM facet WHERE kb = ?1"
                                      " UNION SELECT item FROM term_weights WHERE kb = ?1 ORDER BY item",
                                      number(id));
    std::vector<ItemId> items;
    const Status read =
        forEachRow(rows, [&](const Statement& row) { items.push_back(ItemId{row.integer(0)}); });
    return read ? Result<std::vector<ItemId>>(std::move(items)) : passOn(read);
}

namespace {

/// The facts of items, with the numbers of their facets.
class FactReader
{
public:
    Status takeFacets(FacetCursor facets, FacetsAs as)
    {
        Result<bool> isAny = facets.step();
        for (; isAny && *isAny; isAny = facets.step()) {
            const HeldFacet& facet = facets.facet();
            const std::optional<std::string>& text = as == FacetsAs::Held ? facet.text : facet.extracted;
            if (text) {
                Numbered& found = ofItem(number(facet.place.item));
                found.facts.facets.push_back({facet.name, *text, facet.weight});
                found.numbers.push_back(text == facet.extracted ? facet.place.nth : edited);
            }
        }
        return isAny ? Status() : passOn(isAny);
    }

    /// From rows of item, facet and data.
    Status takeVectors(Result<Statement> vectors, const Result<bool>& isHalf)
    {
        if (!isHalf) {
            return passOn(isHalf);
        }
        return forEachRow(vectors, [&](const Statement& row) {
            Numbered& found = ofItem(row.integer(0));
            const std::int64_t facet = row.integer(1);
            if (facet < 0) {
                found.facts.vector = vectorOf(row.blob(2), *isHalf);
            } else if (const auto at = std::ranges::find(found.numbers, facet); at != found.numbers.end()) {
                found.facts.facetVectors.resize(found.numbers.size());
                found.facts.facetVectors[static_cast<std::size_t>(at - found.numbers.begin())] =
                    vectorOf(row.blob(2), *isHalf);
            }
        });
    }

    /// From rows of item and data.
    Status takeTerms(Result<Statement> terms)
    {
        return forEachRow(terms, [&](const Statement& row) {
            ofItem(row.integer(0)).facts.termWeights = termWeightsOf(row.blob(1));
        });
    }

    std::vector<ItemFacts> facts() &&
    {
        std::vector<ItemFacts> all;
        for (auto& [item, found] : m_byItem) {
            all.push_back(std::move(found.facts));
        }
        return all;
    }

private:
    static constexpr std::int64_t edited = -1; ///< the number of a facet that the stored vector is not of
    struct Numbered
    {
        ItemFacts facts;
        std::vector<std::int64_t> numbers;
    };

    Numbered& ofItem(std::int64_t item)
    {
        Numbered& found = m_byItem[item];
        found.facts.item = ItemId{item};
        return found;
    }

    std::map<std::int64_t, Numbered> m_byItem;
};

} // namespace

Result<ItemFacts> KnowledgeStore::facts(KnowledgeId id, ItemId item) const
{
    const auto select = [&](std::string_view columnsAndTable, std::string_view order) {
        return prepared(
            m_database,
            fmt::format("SELECT item, {} WHERE kb = ? AND item = ? ORDER BY {}", columnsAndTable, order),
            number(id),
            number(item));
    };
    const Result<bool> isHalf = storesHalves(m_database, id);
    FactReader reader;
    const Status read =
        reader.takeFacets(FacetCursor::ofItem(m_database, id, item), FacetsAs::Held)
            .and_then([&] { return reader.takeVectors(select("facet, data FROM vector", "facet"), isHalf); })
            .and_then([&] { return reader.takeTerms(select("data FROM term_weights", "item")); });
    if (!read) {
        return passOn(read);
    }
    std::vector<ItemFacts> found = std::move(reader).facts();
    return found.empty() ? ItemFacts{.item = item} : std::move(found.front());
}

Result<std::vector<ItemFacts>> KnowledgeStore::factsOf(KnowledgeId id, DomainId domain, FacetsAs facets) const
{
    return readFacts(id, domain, facets, true);
}

Result<std::vector<ItemFacts>> KnowledgeStore::factsBesideVectors(KnowledgeId id, DomainId domain) const
{
    return readFacts(id, domain, FacetsAs::Held, false);
}

Result<std::vector<ItemFacts>> KnowledgeStore::readFacts(KnowledgeId id,
                                                         DomainId domain,
                                                         FacetsAs facets,
                                                         bool withVectors) const
{
    // By the items' own order, so that nothing has to be sorted.
    const auto select = [&](std::string_view columns, std::string_view table, std::string_view order) {
        return prepared(m_database,
                        fmt::format("SELECT item.id, {0} FROM item NOT INDEXED CROSS JOIN {1} AS fact"
                                    " ON fact.kb = ?1 AND fact.item = item.id WHERE item.domain = ?2"
                                    " ORDER BY item.id{2}",
                                    columns,
                                    table,
                                    order),
                        number(id),
                        number(domain));
    };
    const Result<bool> isHalf = storesHalves(m_database, id);
    FactReader reader;
    const Status read =
        reader.takeFacets(FacetCursor::ofDomain(m_database, id, domain), facets)
            .and_then([&] {
                return withVectors ? reader.takeVectors(
                                         select("fact.facet, fact.data", "vector", ", fact.facet"), isHalf)
                                   : Status();
            })
            .and_then([&] { return reader.takeTerms(select("fact.data", "term_weights", "")); });
    return read ? Result<std::vector<ItemFacts>>(std::move(reader).facts()) : passOn(read);
}

Result<KnowledgeExtent> KnowledgeStore::extentOf(KnowledgeId id, DomainId domain) const
{
    return gather<KnowledgeExtent>(
        prepared(m_database,
                 "SELECT * FROM (SELECT coalesce(sum(documents > 1), 0), coalesce(sum(documents), 0),"
                 "  coalesce(sum(documents * documents), 0) FROM term WHERE kb = ?1),"
                 " (SELECT coalesce(sum(length(data)), 0) / ?3 FROM term_weights"
                 "  WHERE kb = ?1 AND item IN (SELECT id FROM item WHERE domain = ?2)),"
                 " (SELECT count(*) FROM facet"
                 "  WHERE kb = ?1 AND item IN (SELECT id FROM item WHERE domain = ?2)),"
                 " (SELECT count(*) FROM vector"
                 "  WHERE kb = ?1 AND item IN (SELECT id FROM item WHERE domain = ?2))",
                 number(id),
                 number(domain),
                 sizeof(StoredTermWeight)),
        [](KnowledgeExtent& extent, const Statement& row) {
            extent = {.vocabulary = row.integer(0),
                      .occurrences = row.integer(1),
                      .squares = row.integer(2),
                      .terms = row.integer(3),
                      .facets = row.integer(4),
                      .vectors = row.integer(5)};
        });
}

Result<KnowledgeCoverage> KnowledgeStore::coverageOf(KnowledgeId id, DomainId domain) const
{
    // What it has of nothing is not looked for item by item.
    return gather<KnowledgeCoverage>(
        prepared(
            m_database,
            "SELECT EXISTS(SELECT 1 FROM vector WHERE kb = ?1) AND EXISTS(SELECT 1 FROM item"
            "  WHERE domain = ?2 AND EXISTS(SELECT 1 FROM vector WHERE kb = ?1 AND item = item.id)),"
            " EXISTS(SELECT 1 FROM term_weights WHERE kb = ?1) AND EXISTS(SELECT 1 FROM item"
            "  WHERE domain = ?2 AND EXISTS(SELECT 1 FROM term_weights WHERE kb = ?1 AND item = item.id))",
            number(id),
            number(domain)),
        [](KnowledgeCoverage& coverage, const Statement& row) {
            coverage = {.vectors = row.integer(0) != 0, .terms = row.integer(1) != 0};
        });
}

/// Of the facets that a vector is stored with: item, nth, name, text and more.
Result<Statement> KnowledgeStore::facetsWith(std::string_view more, KnowledgeId id) const
{
    return prepared(
        m_database,
        fmt::format("SELECT facet.item, facet.nth, facet.name, facet.text{} FROM vector JOIN facet"
                    " ON facet.kb = vector.kb AND facet.item = vector.item"
                    " AND facet.nth = vector.facet"
                    " WHERE vector.kb = ? AND vector.facet >= 0"
                    " ORDER BY vector.item, vector.facet",
                    more),
        number(id));
}

Status KnowledgeStore::forEachFacetVector(KnowledgeId id,
                                          const std::function<void(const FacetVector&)>& each) const
{
    const Result<bool> isHalf = storesHalves(m_database, id);
    if (!isHalf) {
        return passOn(isHalf);
    }
    Result<Statement> rows = facetsWith(", vector.data", id);
    return forEachRow(rows, [&](const Statement& row) {
        const std::vector<float> vector = vectorOf(row.blob(4), *isHalf);
        each({{ItemId{row.integer(0)}, row.integer(1)}, row.text(2), row.text(3), vector});
    });
}

Status KnowledgeStore::forEachFacetWithVector(KnowledgeId id,
                                              const std::function<void(const FacetVector&)>& each) const
{
    Result<Statement> rows = facetsWith("", id);
    return forEachRow(rows, [&](const Statement& row) {
        each({{ItemId{row.integer(0)}, row.integer(1)}, row.text(2), row.text(3), {}});
    });
}

Result<std::unordered_set<std::string>> KnowledgeStore::facetsWithVectors(KnowledgeId id) const
{
    std::unordered_set<std::string> keys;
    const Status read = forEachFacetWithVector(
        id, [&](const FacetVector& each) { keys.insert(vectorKey(each.name, each.text)); });
    return read ? Result<std::unordered_set<std::string>>(std::move(keys)) : passOn(read);
}

Status KnowledgeStore::forEachVector(
    KnowledgeId id,
    std::optional<DomainId> domain,
    const std::function<Status(ItemId, DomainId, std::span<const float>)>& each) const
{
    Result<Statement> rows =
        prepared(m_database,
                 "SELECT vector.item, item.domain, vector.data FROM vector"
                 " CROSS JOIN item ON item.id = vector.item CROSS JOIN domain ON domain.id = item.domain"
                 " WHERE vector.kb = ?1 AND vector.facet = -1 AND domain.deleted IS NULL"
                 " AND ?2 IN (domain.id, 0) ORDER BY vector.item",
                 number(id),
                 number(domain.value_or(DomainId{})));
    const Result<bool> isHalf = storesHalves(m_database, id);
    if (!rows || !isHalf) {
        return rows ? passOn(isHalf) : passOn(rows);
    }
    std::vector<float> values;
    Result<bool> row = rows->step();
    for (; row && *row; row = rows->step()) {
        values = vectorOf(rows->blob(2), *isHalf);
        if (const Status goOn = each(ItemId{rows->integer(0)}, DomainId{rows->integer(1)}, values); !goOn) {
            return goOn;
        }
    }
    return row ? Status() : passOn(row);
}

} // namespace transept
