#include "core/experiment/Preparation.h"

#include "core/base/Random.h"
#include "core/base/Release.h"
#include "core/data/NegativesReader.h"
#include "core/data/UserGroups.h"
#include "core/experiment/GivenRanking.h"
#include "core/knowledge/Extractor.h"

#include <numeric>

namespace transept {
namespace {

/// Item rows of one kind of knowledge may be absent altogether; then there is nothing to move.
template<typename Rows>
void moveRow(const Rows& from, std::size_t source, Rows& to, std::size_t destination)
{
    if (source < from.size()) {
        to[destination] = from[source];
    }
}

std::vector<std::size_t> itemsWithKnowledge(const ItemKnowledge& knowledge, std::size_t count)
{
    std::vector<std::size_t> found;
    for (std::size_t item = 0; item < count; ++item) {
        const auto row = static_cast<Eigen::Index>(item);
        const bool vector = row < knowledge.vectors.rows() && !knowledge.vectors.isZero(row);
        const bool terms = item < knowledge.termWeights.size() && !knowledge.termWeights[item].empty();
        const bool facets = item < knowledge.facets.size() && !knowledge.facets[item].empty();
        if (vector || terms || facets) {
            found.push_back(item);
        }
    }
    return found;
}

Result<std::shared_ptr<const ItemKnowledge>> knowledgeOf(const Workspace& workspace,
                                                         const Spec& spec,
                                                         const DomainData& domain,
                                                         std::uint64_t stream)
{
    Result<std::shared_ptr<const ItemKnowledge>> loaded =
        loadKnowledge(workspace, spec.knowledge, domain.id, domain.items);
    if (loaded && !spec.knowledgeTerms.empty()) {
        loaded = loadKnowledge(workspace, spec.knowledgeTerms, domain.id, domain.items)
                     .map([&](const std::shared_ptr<const ItemKnowledge>& words) {
                         auto both = std::make_shared<ItemKnowledge>(**loaded);
                         both->termWeights = words->termWeights;
                         return std::shared_ptr<const ItemKnowledge>(std::move(both));
                     });
    }
    if (!loaded || !spec.shuffleKnowledge) {
        return loaded;
    }
    return shuffleKnowledge(**loaded, spec.seed, stream);
}

Result<DatasetKnowledge> knowledgeOf(const Workspace& workspace,
                                     const Spec& spec,
                                     const Dataset& data,
                                     const JobContext& context)
{
    DatasetKnowledge all;
    if (spec.knowledge.empty()) {
        return all;
    }
    context.progress({.fraction = -1.0, .stage = TRANSLATABLE("stages", "Loading knowledge")});
    auto target = knowledgeOf(workspace, spec, data.target, 0);
    if (!target) {
        return passOn(target);
    }
    all.target = std::move(*target);
    for (const DomainData& source : data.sources) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        auto knowledge = knowledgeOf(workspace, spec, source, all.sources.size() + 1);
        if (!knowledge) {
            return passOn(knowledge);
        }
        all.sources.push_back(std::move(*knowledge));
    }
    return all;
}

} // namespace

std::shared_ptr<const ItemKnowledge> shuffleKnowledge(const ItemKnowledge& knowledge,
                                                      std::uint64_t seed,
                                                      std::uint64_t stream)
{
    const std::size_t count = std::max({static_cast<std::size_t>(knowledge.vectors.rows()),
                                        knowledge.termWeights.size(),
                                        knowledge.facets.size()});
    const std::vector<std::size_t> places = itemsWithKnowledge(knowledge, count);
    std::vector<std::size_t> order = places;
    Random(seed, stream).shuffle(std::span(order));

    ItemKnowledge shuffled = knowledge;
    std::vector<std::size_t> vectors(static_cast<std::size_t>(knowledge.vectors.rows()));
    std::iota(vectors.begin(), vectors.end(), std::size_t{0});
    std::vector<std::size_t> ofFacets(knowledge.facetVectors.items());
    std::iota(ofFacets.begin(), ofFacets.end(), std::size_t{0});
    for (std::size_t at = 0; at < places.size(); ++at) {
        const std::size_t from = order[at];
        const std::size_t to = places[at];
        if (to < vectors.size()) {
            vectors[to] = from;
        }
        moveRow(knowledge.termWeights, from, shuffled.termWeights, to);
        moveRow(knowledge.facets, from, shuffled.facets, to);
        if (to < ofFacets.size()) {
            ofFacets[to] = from;
        }
    }
    shuffled.vectors = knowledge.vectors.rearranged(vectors);
    shuffled.facetVectors = knowledge.facetVectors.rearranged(ofFacets);
    return std::make_shared<const ItemKnowledge>(std::move(shuffled));
}

Result<Prepared> prepare(const Workspace& workspace,
                         const Spec& spec,
                         const JobContext& context,
                         const std::optional<DataExtent>& upTo)
{
    // A statement that runs when somebody asks to stop ends at once instead of at its last row.
    const std::stop_callback interrupt(context.stop, [&] { workspace.database().interrupt(); });
    Result<Dataset> data = loadDataset(workspace, spec.data, context, upTo);
    if (!data) {
        return passOn(data);
    }
    if (spec.split.kind == SplitSpec::Kind::CrossGroup && spec.split.groups == SplitSpec::Groups::Field) {
        if (const Status read = loadUserValues(workspace, spec.split.field, *data, context); !read) {
            return passOn(read);
        }
    }
    const bool isGiven = usesGiven(spec);
    if (isGiven) {
        if (const Status read = loadNegatives(workspace, *data, context); !read) {
            return passOn(read);
        }
    }
    const Result<DatasetKnowledge> knowledge = knowledgeOf(workspace, spec, *data, context);
    if (!knowledge) {
        return passOn(knowledge);
    }
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    context.progress({.fraction = -1.0, .stage = TRANSLATABLE("stages", "Splitting")});
    Result<SplitData> parts = split(*data, spec.split, *knowledge, context);
    const Status measurable = parts && isGiven ? checkGiven(spec, *parts, context) : Status();
    if (!parts || !measurable) {
        return parts ? passOn(measurable) : passOn(parts);
    }
    return Prepared{.data = std::move(*data), .parts = std::move(*parts)};
}

Result<Prepared> prepareAgain(const Workspace& workspace,
                              const RunRecord& run,
                              KnowledgeOfRun knowledge,
                              const JobContext& context)
{
    Result<Spec> spec = specFrom(run.spec);
    if (!spec) {
        return passOn(spec);
    }
    if (knowledge == KnowledgeOfRun::Left) {
        spec->knowledge.clear();
        spec->knowledgeTerms.clear();
        spec->shuffleKnowledge = false;
    }
    spec->measures.clear(); // given negatives have no part in it unless training stopped by them
    Result<Prepared> prepared = prepare(workspace, *spec, context, run.extent);
    const std::string found = prepared ? fingerprintOf(prepared->data) : run.fingerprint;
    if (!run.fingerprint.empty() && found != run.fingerprint && !run.fingerprint.starts_with(found + ".")) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The data has changed since run %1 was made: some of what it rests on was "
                                 "replaced or taken away. Make the run again on the present data."),
                    {std::to_string(number(run.id))});
    }
    return prepared;
}

void releaseEvents(Prepared& prepared)
{
    const auto releaseDomain = [](DomainData& domain) {
        release(domain.events);
        release(domain.parts);
    };
    releaseDomain(prepared.data.target);
    std::ranges::for_each(prepared.data.sources, releaseDomain);
    release(prepared.parts.ofTarget);
    release(prepared.parts.ofSources);
}

bool isGone(const Error& error)
{
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::InvalidInput;
}

} // namespace transept
