#include "core/knowledge/ItemMap.h"
#include "core/recommend/Export.h"
#include "core/recommend/ExportTable.h"
#include "core/recommend/Keys.h"
#include "core/store/Catalog.h"
#include "core/store/UserKnowledge.h"

namespace transept {
namespace {

/// The facts of every domain that has some, with the items' keys.
struct DomainFacts
{
    std::string domain;
    ItemKeys keys;
    std::vector<ItemFacts> facts;
};

Result<std::vector<DomainFacts>> allFacts(const Workspace& workspace,
                                          KnowledgeId base,
                                          const JobContext& context)
{
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    std::vector<DomainFacts> all;
    for (const Domain& domain : *domains) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        Result<std::vector<ItemFacts>> facts = KnowledgeStore(workspace).factsOf(base, domain.id);
        Result<ItemKeys> keys = itemKeysOf(workspace, domain.id);
        if (!facts || !keys) {
            return facts ? passOn(keys) : passOn(facts);
        }
        all.push_back({.domain = domain.name, .keys = std::move(*keys), .facts = std::move(*facts)});
    }
    return all;
}

Result<Paths> writeFacets(const std::vector<DomainFacts>& all,
                          const std::filesystem::path& to,
                          const JobContext& context)
{
    std::vector<std::vector<Json>> rows;
    for (const DomainFacts& domain : all) {
        for (const ItemFacts& item : domain.facts) {
            for (const StoredFacet& facet : item.facets) {
                rows.push_back(
                    {domain.domain, domain.keys.of(item.item), facet.name, facet.text, facet.weight});
            }
        }
    }
    return writeTable(
        to,
        {"domain", "item", "facet", "text", "weight"},
        rows.size(),
        [&](std::size_t at) { return rows[at]; },
        context);
}

Result<Paths> writeVectors(const std::vector<DomainFacts>& all,
                           const std::filesystem::path& to,
                           const JobContext& context)
{
    std::vector<std::pair<const DomainFacts*, const ItemFacts*>> rows;
    std::size_t dimension = 0;
    for (const DomainFacts& domain : all) {
        for (const ItemFacts& item : domain.facts) {
            if (!item.vector.empty()) {
                rows.emplace_back(&domain, &item);
                dimension = std::max(dimension, item.vector.size());
            }
        }
    }
    if (to.extension() == ".npy") {
        Matrix matrix =
            Matrix::Zero(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(dimension));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const std::vector<float>& vector = rows[row].second->vector;
            std::copy(vector.begin(), vector.end(), matrix.row(static_cast<Eigen::Index>(row)).begin());
        }
        const Status done = writeNpy(to, matrix);
        return done ? Result<Paths>(Paths{to}) : passOn(done);
    }
    return writeTable(
        to,
        numbered({"domain", "item"}, static_cast<Eigen::Index>(dimension)),
        rows.size(),
        [&](std::size_t at) {
            const auto& [domain, item] = rows[at];
            std::vector<Json> cells{domain->domain, domain->keys.of(item->item)};
            cells.insert(cells.end(), item->vector.begin(), item->vector.end());
            cells.resize(dimension + 2);
            return cells;
        },
        context);
}

/// Up to 200,000 items in the plane; by t-SNE or by principal components.
Result<Paths> writeMap(const Workspace& workspace,
                       const KnowledgeBase& base,
                       bool byNeighbourhoods,
                       const std::filesystem::path& to,
                       const JobContext& context)
{
    Result<std::vector<MapPoint>> map = itemMap(workspace, base.id, "domain", context);
    if (map && byNeighbourhoods) {
        const auto places = neighbourhoodMap(workspace, base.id, context);
        if (!places) {
            return passOn(places);
        }
        for (std::size_t at = 0; at < map->size(); ++at) { // of the same items
            (*map)[at].x = (*places)[at].x;
            (*map)[at].y = (*places)[at].y;
        }
    }
    const auto domains = map ? Catalog(workspace).domains() : passOn(map);
    if (!domains) {
        return passOn(domains);
    }
    std::map<DomainId, ItemKeys> keys;
    for (const Domain& domain : *domains) {
        Result<ItemKeys> found = itemKeysOf(workspace, domain.id);
        if (!found) {
            return passOn(found);
        }
        keys.emplace(domain.id, std::move(*found));
    }
    return writeTable(
        to,
        {"domain", "item", "title", "x", "y"},
        map->size(),
        [&](std::size_t at) -> std::vector<Json> {
            const MapPoint& point = (*map)[at];
            return {point.group, keys.at(point.domain).of(point.item), point.title, point.x, point.y};
        },
        context);
}

/// What is known of people, under their own keys on each domain's platform.
Result<Paths> writePeople(const Workspace& workspace,
                          KnowledgeId base,
                          const std::filesystem::path& to,
                          const JobContext& context)
{
    const UserKnowledge knowledge(workspace);
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    const Result<std::vector<UserSubject>> subjects = knowledge.subjects(base);
    if (!domains || !subjects) {
        return domains ? passOn(subjects) : passOn(domains);
    }
    std::map<DomainId, std::pair<std::string, UserKeys>> names;
    for (const Domain& domain : *domains) {
        Result<UserKeys> keys = userKeysOf(workspace, domain.platform);
        if (!keys) {
            return passOn(keys);
        }
        names.emplace(domain.id, std::pair(domain.name, std::move(*keys)));
    }
    std::vector<std::vector<Json>> rows;
    std::optional<PersonId> before; // of() gives all domains of a person
    for (const UserSubject& subject : *subjects) {
        const Status goOn = context.checkpoint();
        const Result<std::vector<UserFacts>> known =
            before == subject.person ? std::vector<UserFacts>() : knowledge.of(base, subject.person);
        if (!goOn || !known) {
            return goOn ? passOn(known) : passOn(goOn);
        }
        before = subject.person;
        for (const UserFacts& facts : *known) {
            const auto name = names.find(facts.subject.domain); // one of a deleted domain is not there
            for (const StoredFacet& facet : name != names.end() ? facts.facets : std::vector<StoredFacet>()) {
                rows.push_back(
                    {name->second.first, name->second.second.of(subject.person), facet.name, facet.text});
            }
        }
    }
    return writeTable(
        to,
        {"domain", "user", "facet", "text"},
        rows.size(),
        [&](std::size_t at) { return rows[at]; },
        context);
}

Result<Paths> writePairs(const Workspace& workspace,
                         KnowledgeId base,
                         const std::filesystem::path& to,
                         const JobContext& context)
{
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    Result<std::vector<DomainPairText>> pairs = UserKnowledge(workspace).pairs(base);
    if (!domains || !pairs) {
        return domains ? passOn(pairs) : passOn(domains);
    }
    std::map<DomainId, std::string> names;
    for (const Domain& domain : *domains) {
        names[domain.id] = domain.name;
    }
    std::erase_if(*pairs, [&](const DomainPairText& pair) { // those of a deleted domain
        return !names.contains(pair.source) || !names.contains(pair.target);
    });
    return writeTable(
        to,
        {"source", "target", "text"},
        pairs->size(),
        [&](std::size_t at) -> std::vector<Json> {
            const DomainPairText& pair = (*pairs)[at];
            return {names.at(pair.source), names.at(pair.target), pair.text};
        },
        context);
}

/// What a knowledge base about people holds.
Result<Paths> exportPeople(const Workspace& workspace,
                           const KnowledgeBase& base,
                           KnowledgeExport what,
                           const std::filesystem::path& to,
                           const JobContext& context)
{
    if (const Status finished = checkFinished(base); !finished) {
        return passOn(finished);
    }
    switch (what) {
    case KnowledgeExport::Facets:
        return writePeople(workspace, base.id, to, context);
    case KnowledgeExport::Pairs:
        return writePairs(workspace, base.id, to, context);
    default:
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "%1 tells of people: it has facets and pairs, but no items to lay out."),
            {base.name});
    }
}

} // namespace

Result<Paths> exportKnowledge(const Workspace& workspace,
                              std::string_view name,
                              KnowledgeExport what,
                              const std::filesystem::path& to,
                              const JobContext& context)
{
    const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(name);
    if (!base) {
        return passOn(base);
    }
    if (const auto extractor = findExtractor(base->extractor); extractor && (*extractor)->isAboutUsers) {
        return exportPeople(workspace, *base, what, to, context);
    }
    if (const Status finished = checkUsable(*base); !finished) {
        return passOn(finished);
    }
    if (what == KnowledgeExport::Pairs) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "%1 tells of items. Pairs of domains are in one made by chat-users."),
            {base->name});
    }
    if (what == KnowledgeExport::Map || what == KnowledgeExport::Neighbourhoods) {
        return writeMap(workspace, *base, what == KnowledgeExport::Neighbourhoods, to, context);
    }
    const Result<std::vector<DomainFacts>> facts = allFacts(workspace, base->id, context);
    if (!facts) {
        return passOn(facts);
    }
    return what == KnowledgeExport::Facets ? writeFacets(*facts, to, context)
                                           : writeVectors(*facts, to, context);
}

} // namespace transept
