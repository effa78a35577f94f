#include "core/experiment/CheckedDomain.h"

#include "core/base/Interruptible.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

/// What is read of a domain before its people are numbered.
struct ReadDomain
{
    CheckedDomain domain;
    std::vector<PersonId> people; ///< by the user rows of `interactions`
    InteractionMatrix interactions;
};

Result<CheckedKnowledge> knowledgeOf(const Workspace& workspace,
                                     const std::string& name,
                                     const DomainData& domain)
{
    CheckedKnowledge checked{.items = domain.items.size()};
    if (name.empty()) {
        return checked;
    }
    auto loaded = loadKnowledge(workspace, name, domain.id, domain.items);
    if (!loaded) {
        return passOn(loaded);
    }
    checked.knowledge = std::move(*loaded);
    return checked;
}

Result<ReadDomain> readDomain(const Workspace& workspace,
                              const CheckSpec& spec,
                              const std::string& name,
                              const JobContext& context)
{
    Result<Dataset> data = loadDataset(workspace, {.target = name}, context);
    Result<SplitData> parts = data ? split(*data, spec.split, {}, context) : passOn(data);
    if (!parts) {
        return passOn(parts);
    }
    Result<CheckedKnowledge> knowledge = knowledgeOf(workspace, spec.knowledge, data->target);
    Result<CheckedKnowledge> other = knowledgeOf(workspace, spec.with, data->target);
    if (!knowledge || !other) {
        return knowledge ? passOn(other) : passOn(knowledge);
    }
    return ReadDomain{.domain = {.name = name,
                                 .items = std::move(data->target.items),
                                 .knowledge = std::move(*knowledge),
                                 .other = std::move(*other)},
                      .people = std::move(data->users),
                      .interactions = parts->training->target.interactions};
}

/// Fills in who consumed what, by the places of the people in `everybody`, who ascend.
Status numberPeople(const std::vector<PersonId>& everybody, ReadDomain& read, const JobContext& context)
{
    std::vector<std::int32_t> places;
    places.reserve(read.people.size());
    auto from = everybody.begin();
    for (const PersonId person : read.people) {
        from = std::lower_bound(from, everybody.end(), person);
        places.push_back(static_cast<std::int32_t>(from - everybody.begin()));
    }
    SparseRows& users = read.domain.users;
    users.columnCount = everybody.size();
    for (std::size_t item = 0; item < read.domain.items.size(); ++item) {
        if (const Status goOn = everyFewThousand(item, context); !goOn) {
            return goOn;
        }
        for (const UserRow user : read.interactions.usersOf(static_cast<ItemRow>(item))) {
            const std::int32_t place = places[index(user)];
            if (users.columns.size() == users.starts.back() || users.columns.back() != place) {
                users.add(place, 1.0F);
            }
        }
        users.endRow();
    }
    return {};
}

Status readFacets(std::vector<ReadDomain>& all, const JobContext& context)
{
    TextNumbers numbers;
    for (ReadDomain& read : all) {
        CheckedDomain& domain = read.domain;
        for (const auto& [knowledge, facets] :
             {std::pair(&domain.knowledge, &domain.facets), std::pair(&domain.other, &domain.otherFacets)}) {
            if (knowledge->knowledge != nullptr) {
                Result<std::vector<FacetValues>> values =
                    facetValues(knowledge->knowledge->facets, numbers, context);
                if (!values) {
                    return passOn(values);
                }
                *facets = std::move(*values);
            }
        }
    }
    return {};
}

Result<CheckedDomains> joined(std::vector<ReadDomain> all, const JobContext& context)
{
    std::vector<PersonId> everybody;
    for (const ReadDomain& read : all) {
        everybody.insert(everybody.end(), read.people.begin(), read.people.end());
    }
    std::ranges::sort(everybody);
    everybody.erase(std::unique(everybody.begin(), everybody.end()), everybody.end());
    if (const Status done = readFacets(all, context); !done) {
        return passOn(done);
    }
    CheckedDomains domains;
    for (ReadDomain& read : all) {
        if (const Status done = numberPeople(everybody, read, context); !done) {
            return passOn(done);
        }
        domains.domains.push_back(std::move(read.domain));
    }
    return domains;
}

/// Before anything is read, as what is wrong with a domain is no error.
Status checkBases(const Workspace& workspace, const CheckSpec& spec)
{
    const auto check = [&](const std::string& name) {
        const Result<KnowledgeBase> base = KnowledgeStore(workspace).find(name);
        return base ? checkUsable(*base) : Status(passOn(base));
    };
    const Status finished = check(spec.knowledge);
    return finished && !spec.with.empty() ? check(spec.with) : finished;
}

bool knowsSomething(const CheckedKnowledge& checked)
{
    return checked.best().has_value() ||
           std::ranges::any_of(checked.knowledge->facets, [](const auto& facets) { return !facets.empty(); });
}

} // namespace

std::vector<bool> CheckedKnowledge::mask(CheckBasis basis) const
{
    std::vector<bool> has(items);
    for (std::size_t item = 0; knowledge != nullptr && item < items; ++item) {
        const auto row = static_cast<Eigen::Index>(item);
        has[item] = basis == CheckBasis::Vectors
                        ? row < knowledge->vectors.rows() && !knowledge->vectors.isZero(row)
                        : item < knowledge->termWeights.size() && !knowledge->termWeights[item].empty();
    }
    return has;
}

bool CheckedKnowledge::has(CheckBasis basis) const
{
    const std::vector<bool> known = mask(basis);
    return std::ranges::find(known, true) != known.end();
}

std::optional<CheckBasis> CheckedKnowledge::best() const
{
    for (const CheckBasis basis : {CheckBasis::Vectors, CheckBasis::Terms}) {
        if (has(basis)) {
            return basis;
        }
    }
    return std::nullopt;
}

Result<CheckedDomains> checkedDomains(const Workspace& workspace,
                                      const CheckSpec& spec,
                                      const JobContext& context)
{
    const std::stop_callback interrupt(context.stop, [&] { workspace.database().interrupt(); });
    const Status finished = checkBases(workspace, spec);
    const Result<std::vector<Domain>> catalogue = Catalog(workspace).domains();
    if (!finished || !catalogue) {
        return finished ? passOn(catalogue) : passOn(finished);
    }
    std::vector<ReadDomain> all;
    std::vector<UncheckedDomain> unchecked;
    for (const Domain& domain : *catalogue) {
        Result<ReadDomain> read = readDomain(workspace, spec, domain.name, context);
        if (!read && read.error().code != ErrorCode::InvalidInput) {
            return passOn(read);
        }
        if (!read) {
            unchecked.push_back({domain.name, read.error()});
        } else if (knowsSomething(read->domain.knowledge)) {
            all.push_back(std::move(*read));
        }
    }
    Result<CheckedDomains> domains = joined(std::move(all), context);
    if (domains) {
        domains->unchecked = std::move(unchecked);
    }
    return domains;
}

Result<SharedItems> sharedItems(const CheckedDomain& left,
                                const CheckedDomain& right,
                                const std::vector<bool>& meantLeft,
                                const std::vector<bool>& meantRight,
                                const JobContext& job)
{
    const bool isSame = &left == &right;
    std::vector<bool> inLeft(left.users.columnCount);
    std::vector<bool> counted(left.users.columnCount);
    for (const std::int32_t user : left.users.columns) {
        inLeft[static_cast<std::size_t>(user)] = true;
    }
    SharedItems shared;
    for (const std::int32_t user : right.users.columns) {
        const auto place = static_cast<std::size_t>(user);
        if (inLeft[place] && !counted[place]) {
            counted[place] = true;
            ++shared.userCount;
        }
    }
    Result<ConsumedItems> ofLeft = consumedItems(left.users, meantLeft, counted, job);
    if (!ofLeft) {
        return passOn(ofLeft);
    }
    shared.left = std::move(*ofLeft);
    if (!isSame) {
        Result<ConsumedItems> ofRight = consumedItems(right.users, meantRight, counted, job);
        if (!ofRight) {
            return passOn(ofRight);
        }
        shared.right = std::move(*ofRight);
    }
    return shared;
}

ItemPlaces::ItemPlaces(const CheckedKnowledge& knowledge,
                       std::span<const std::int32_t> items,
                       CheckBasis basis)
{
    const ItemKnowledge& known = *knowledge.knowledge;
    if (basis == CheckBasis::Vectors) {
        VectorReader reader(known.vectors);
        m_vectors.resize(static_cast<Eigen::Index>(items.size()), known.vectors.cols());
        for (std::size_t at = 0; at < items.size(); ++at) {
            m_vectors.row(static_cast<Eigen::Index>(at)) = reader.row(items[at]).normalized();
        }
        return;
    }
    for (const auto& weights : known.termWeights) {
        if (!weights.empty()) {
            m_terms.columnCount = std::max<std::size_t>(m_terms.columnCount, weights.back().term + 1);
        }
    }
    for (const std::int32_t item : items) {
        const std::vector<TermWeight>& weights = known.termWeights[static_cast<std::size_t>(item)];
        double square = 0.0;
        for (const TermWeight& each : weights) {
            square += static_cast<double>(each.weight) * static_cast<double>(each.weight);
        }
        const double scale = square > 0.0 ? 1.0 / std::sqrt(square) : 0.0;
        for (const TermWeight& each : weights) {
            m_terms.add(static_cast<std::int32_t>(each.term), static_cast<float>(scale * each.weight));
        }
        m_terms.endRow();
    }
}

} // namespace transept
