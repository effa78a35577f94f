#include "core/knowledge/ItemPage.h"

#include "core/knowledge/Extractor.h"
#include "core/knowledge/ItemFacets.h"
#include "core/store/Rows.h"

#include <algorithm>
#include <set>

namespace transept {
namespace {

/// Reads what one knowledge base says of an item.
class FactsReader
{
public:
    FactsReader(const Workspace& workspace, const KnowledgeBase& base, ItemId item)
        : m_workspace(workspace)
        , m_database(workspace.database())
        , m_item(item)
    {
        m_facts.base = base;
        const Json settings = base.config.is_object() ? base.config.value("settings", Json()) : Json();
        if (settings.is_object() && settings.contains("model") && settings["model"].is_string()) {
            m_facts.model = settings["model"].get<std::string>();
        }
    }

    Result<SourcedFacts> read(const JobContext& context)
    {
        const StopWatcher watcher(m_database, context);
        const Status done = readFacets()
                                .and_then([this] { return readOwnVectors(); })
                                .and_then([this] { return readSharedVectors(); })
                                .and_then([this] { return readVerdicts(); })
                                .and_then([this] { return readTerms(); })
                                .and_then([this] { return readFailure(); });
        return done ? Result<SourcedFacts>(std::move(m_facts)) : passOn(done);
    }

private:
    Result<Statement> ofItem(std::string_view sql) const
    {
        return prepared(m_database, sql, number(m_facts.base.id), number(m_item));
    }

    SourcedFacet* at(std::int64_t nth)
    {
        const auto found = std::ranges::find(
            m_facts.facets, nth, [](const SourcedFacet& each) { return each.facet.place.nth; });
        return found == m_facts.facets.end() ? nullptr : &*found;
    }

    Status readFacets()
    {
        FacetCursor cursor = FacetCursor::ofItem(m_database, m_facts.base.id, m_item);
        Result<bool> isAny = cursor.step();
        for (; isAny && *isAny; isAny = cursor.step()) {
            m_facts.facets.push_back({.facet = cursor.facet()});
        }
        return isAny ? Status() : passOn(isAny);
    }

    Status readOwnVectors()
    {
        Result<Statement> rows = ofItem("SELECT facet FROM vector WHERE kb = ? AND item = ?");
        return forEachRow(rows, [&](const Statement& row) {
            SourcedFacet* facet = at(row.integer(0));
            m_facts.hasVector = m_facts.hasVector || row.integer(0) < 0;
            if (facet != nullptr && facet->facet.text == facet->facet.extracted) {
                facet->vector = FacetVectorOf::Own;
            }
        });
    }

    /// One walk over the names and texts of all stored vectors, if there are any and some are wanted.
    Status readSharedVectors()
    {
        std::set<std::pair<std::string, std::string>> wanted;
        for (const SourcedFacet& each : m_facts.facets) {
            if (each.facet.text && each.vector == FacetVectorOf::None) {
                wanted.emplace(each.facet.name, *each.facet.text);
            }
        }
        Result<Statement> rows = prepared(m_database,
                                          "SELECT facet.name, facet.text FROM facet WHERE facet.kb = ?1"
                                          " AND EXISTS(SELECT 1 FROM vector WHERE vector.kb = ?1"
                                          "  AND vector.item = facet.item AND vector.facet = facet.nth)",
                                          number(m_facts.base.id));
        if (!rows || wanted.empty() || m_facts.base.dimension == 0) {
            return rows ? Status() : passOn(rows);
        }
        std::set<std::pair<std::string, std::string>> found;
        Result<bool> row = rows->step();
        for (; row && *row && found.size() < wanted.size(); row = rows->step()) {
            std::pair<std::string, std::string> facet{rows->text(0), rows->text(1)};
            if (wanted.contains(facet)) {
                found.insert(std::move(facet));
            }
        }
        for (SourcedFacet& each : m_facts.facets) {
            if (each.facet.text && each.vector == FacetVectorOf::None &&
                found.contains({each.facet.name, *each.facet.text})) {
                each.vector = FacetVectorOf::SameText;
            }
        }
        return row ? Status() : passOn(row);
    }

    Status readVerdicts()
    {
        const FacetReviews reviews(m_workspace);
        for (SourcedFacet& each : m_facts.facets) {
            if (!each.facet.text) {
                continue;
            }
            const auto reviewed = reviews.at(m_facts.base.id, std::span(&each.facet.place, 1));
            if (!reviewed) {
                return passOn(reviewed);
            }
            each.verdict = reviewed->front().verdict;
        }
        return {};
    }

    Status readTerms()
    {
        Result<Statement> rows = ofItem("SELECT length(data) FROM term_weights WHERE kb = ? AND item = ?");
        return forEachRow(rows, [&](const Statement& row) {
            m_facts.terms = row.integer(0) / static_cast<std::int64_t>(sizeof(std::uint32_t) + sizeof(float));
        });
    }

    Status readFailure()
    {
        Result<std::optional<ExtractionFailure>> failure =
            KnowledgeStore(m_workspace).failure(m_facts.base.id, m_item);
        if (!failure) {
            return passOn(failure);
        }
        m_facts.failure = std::move(*failure);
        return {};
    }

    const Workspace& m_workspace;
    const Database& m_database;
    ItemId m_item;
    SourcedFacts m_facts;
};

/// Where the description of an item stood.
Status readSource(const Workspace& workspace, ItemPage& page)
{
    Result<Statement> rows =
        prepared(workspace.database(),
                 "SELECT domain.name, coalesce(import.file, ''), coalesce(item.line, 0) FROM item"
                 " JOIN domain ON domain.id = item.domain LEFT JOIN import ON import.id = item.import"
                 " WHERE item.id = ?",
                 number(page.item.id));
    return forEachRow(rows, [&](const Statement& row) {
        page.domain = row.text(0);
        page.file = row.text(1);
        page.line = row.integer(2);
    });
}

} // namespace

Result<ItemPage> itemPage(const Workspace& workspace, ItemId item, const JobContext& context)
{
    Result<ItemRecord> record = Explorer(workspace).item(item);
    const Result<std::vector<KnowledgeBase>> bases = KnowledgeStore(workspace).all();
    if (!record || !bases) {
        return record ? passOn(bases) : passOn(record);
    }
    ItemPage page{.item = std::move(*record)};
    if (const Status read = readSource(workspace, page); !read) {
        return passOn(read);
    }
    for (const KnowledgeBase& base : *bases) {
        Result<SourcedFacts> facts = FactsReader(workspace, base, item).read(context);
        if (!facts) {
            return passOn(facts);
        }
        if (!facts->facets.empty() || facts->hasVector || facts->terms > 0 || facts->failure) {
            page.bases.push_back(std::move(*facts));
        }
    }
    return page;
}

} // namespace transept
