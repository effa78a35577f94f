#include "core/experiment/IntrinsicChecks.h"

#include "core/base/Random.h"
#include "core/experiment/CheckedDomain.h"
#include "core/experiment/ExtractorAgreement.h"
#include "core/experiment/IndistinctItems.h"
#include "core/store/Explorer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace transept {
namespace {

constexpr std::size_t mostDrawn = 2000; ///< items of a domain
constexpr std::size_t pairCount = 20'000;
constexpr std::size_t fewestUsers = 10; ///< of two domains that are looked at together
constexpr double clearlyTelling = 0.05; ///< p of a facet
constexpr std::uint64_t drawStreams = std::uint64_t{1} << 42U;

/// So many of 0 ... count-1, ascending.
std::vector<std::int32_t> drawnRows(std::size_t count, std::uint64_t seed, std::uint64_t stream)
{
    std::vector<std::int32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0);
    if (count > mostDrawn) {
        Random(seed, drawStreams + stream).shuffle(std::span(rows));
        rows.resize(mostDrawn);
        std::ranges::sort(rows);
    }
    return rows;
}

Result<NearestLists> listsOf(const ItemPlaces& left,
                             const ItemPlaces& right,
                             CheckBasis basis,
                             const NearestQuery& query,
                             const JobContext& job)
{
    return basis == CheckBasis::Vectors ? nearestLists(left.vectors(), right.vectors(), {}, query, job)
                                        : nearestLists(left.terms(), right.terms(), query, job);
}

/// All checks of one call, one after the other.
class Checker
{
public:
    Checker(const CheckSpec& spec, const CheckedDomains& all, const JobContext& job)
        : m_spec(spec)
        , m_all(all)
        , m_job(job)
    {
        m_checks.spec = spec;
        m_checks.unchecked = all.unchecked;
    }

    Result<IntrinsicChecks> run()
    {
        const Status done = lookAtPairs()
                                .and_then([&] { return lookAtFacets(); })
                                .and_then([&] { return lookForTwins(); })
                                .and_then([&] { return compareBases(); });
        for (const CheckedDomain& domain : m_all.domains) {
            m_checks.interactions += static_cast<std::int64_t>(domain.users.columns.size());
        }
        return done ? Result<IntrinsicChecks>(std::move(m_checks)) : passOn(done);
    }

private:
    /// Calls `work(a, b)` for every domain with itself and then for every two, and counts the streams of
    /// random numbers.
    template<typename Work>
    Status forEachPair(double from, double to, const Work& work)
    {
        const std::size_t count = m_all.domains.size();
        const std::size_t pairs = count * (count + 1) / 2;
        std::uint64_t nth = 0;
        for (std::size_t apart = 0; apart < count; ++apart) {
            for (std::size_t first = 0; first + apart < count; ++first) {
                const double share = static_cast<double>(nth) / static_cast<double>(pairs);
                m_job.progress({.fraction = from + (to - from) * share,
                                .stage = TRANSLATABLE("stages", "Checking knowledge")});
                m_stream = nth++;
                if (Status done = work(m_all.domains[first], m_all.domains[first + apart]); !done) {
                    return done;
                }
            }
        }
        return {};
    }

    Status lookAtPairs()
    {
        return forEachPair(0.3, 0.6, [&](const CheckedDomain& left, const CheckedDomain& right) {
            Status done;
            for (const CheckBasis basis : {CheckBasis::Vectors, CheckBasis::Terms}) {
                if (done && left.knowledge.has(basis) && right.knowledge.has(basis)) {
                    done = lookAtPair(left, right, basis);
                }
            }
            return done;
        });
    }

    Status lookAtPair(const CheckedDomain& left, const CheckedDomain& right, CheckBasis basis)
    {
        const Result<SharedItems> shared =
            sharedItems(left, right, left.knowledge.mask(basis), right.knowledge.mask(basis), m_job);
        if (!shared || !isEnough(*shared)) {
            return shared ? Status() : passOn(shared);
        }
        const ConsumedPair items = shared->pair();
        const std::vector<std::int32_t> drawn = drawnRows(items.left.count(), m_spec.seed, m_stream);
        const ItemPlaces ofLeft(left.knowledge, items.left.rows, basis);
        const ItemPlaces ofRight(right.knowledge, items.right.rows, basis);
        const Result<NearestLists> near = listsOf(
            ofLeft,
            ofRight,
            basis,
            {.rows = drawn, .most = static_cast<std::size_t>(m_spec.neighbours), .isSame = items.isSame()},
            m_job);
        if (!near) {
            return passOn(near);
        }
        Result<NeighbourCheck> check = neighbourLift(
            items, {.drawn = drawn, .near = *near, .seed = m_spec.seed, .stream = m_stream}, m_job);
        if (!check) {
            return passOn(check);
        }
        check->domain = left.name;
        check->other = right.name;
        check->basis = basis;
        check->users = static_cast<std::int64_t>(shared->userCount);
        m_checks.neighbours.push_back(std::move(*check));
        return {};
    }

    static bool isEnough(const SharedItems& shared)
    {
        const ConsumedPair items = shared.pair();
        return shared.userCount >= fewestUsers && items.left.count() > 1 && items.right.count() > 1;
    }

    Status lookAtFacets()
    {
        Status done = forEachPair(0.6, 0.9, [&](const CheckedDomain& left, const CheckedDomain& right) {
            const std::vector<bool> every(left.items.size(), true);
            const std::vector<bool> others(right.items.size(), true);
            const Result<SharedItems> shared = sharedItems(left, right, every, others, m_job);
            if (!shared || !isEnough(*shared)) {
                return shared ? Status() : Status(passOn(shared));
            }
            return lookAtFacets(left, right, shared->pair());
        });
        std::ranges::stable_sort(m_checks.facets, [](const FacetCheck& a, const FacetCheck& b) {
            const bool isClear = a.p <= clearlyTelling;
            return isClear != (b.p <= clearlyTelling)
                       ? isClear
                       : std::isnan(a.adjusted) < std::isnan(b.adjusted) || a.adjusted > b.adjusted;
        });
        return done;
    }

    Status lookAtFacets(const CheckedDomain& left, const CheckedDomain& right, const ConsumedPair& items)
    {
        const DrawnPairs pairs = drawPairs(items, pairCount, m_spec.seed, m_stream);
        for (const FacetValues& ofLeft : left.facets) {
            const auto ofRight = std::ranges::find(right.facets, ofLeft.name, &FacetValues::name);
            if (ofRight == right.facets.end() || pairs.together.empty()) {
                continue;
            }
            Result<FacetCheck> check = facetSignal(
                items,
                {.left = ofLeft, .right = *ofRight, .pairs = pairs, .seed = m_spec.seed, .stream = m_stream},
                m_job);
            if (!check) {
                return passOn(check);
            }
            check->domain = left.name;
            check->other = right.name;
            check->facet = ofLeft.name;
            m_checks.facets.push_back(std::move(*check));
        }
        return {};
    }

    Status lookForTwins()
    {
        for (const CheckedDomain& domain : m_all.domains) {
            if (const Status goOn = m_job.checkpoint(); !goOn) {
                return goOn;
            }
            const ItemKnowledge& knowledge = *domain.knowledge.knowledge;
            for (const bool byFacets : {false, true}) {
                IndistinctItems found = indistinctItems(
                    byFacets ? facetTexts(knowledge.facets) : vectorTexts(knowledge.vectors), domain.items);
                found.domain = domain.name;
                found.byFacets = byFacets;
                if (found.items > 0) {
                    m_checks.indistinct.push_back(std::move(found));
                }
            }
        }
        return {};
    }

    Status compareBases()
    {
        Status done;
        for (std::size_t at = 0; done && !m_spec.with.empty() && at < m_all.domains.size(); ++at) {
            const CheckedDomain& domain = m_all.domains[at];
            m_stream = at;
            done = compareNeighbours(domain);
            for (const FacetValues& facet : domain.facets) {
                const auto same = std::ranges::find(domain.otherFacets, facet.name, &FacetValues::name);
                if (done && same != domain.otherFacets.end()) {
                    m_checks.facetAgreement.push_back(facetAgreement(facet, *same, m_spec.seed));
                    m_checks.facetAgreement.back().domain = domain.name;
                    done = m_job.checkpoint();
                }
            }
        }
        return done;
    }

    Status compareNeighbours(const CheckedDomain& domain)
    {
        const std::optional<CheckBasis> basis = domain.knowledge.best();
        const std::optional<CheckBasis> otherBasis = domain.other.best();
        if (!basis || !otherBasis) {
            return {};
        }
        const std::vector<bool> one = domain.knowledge.mask(*basis);
        const std::vector<bool> other = domain.other.mask(*otherBasis);
        std::vector<std::int32_t> common;
        for (std::size_t row = 0; row < domain.items.size(); ++row) {
            if (one[row] && other[row]) {
                common.push_back(static_cast<std::int32_t>(row));
            }
        }
        if (common.size() < 2) {
            return {};
        }
        const std::vector<std::int32_t> drawn = drawnRows(common.size(), m_spec.seed, m_stream);
        const NearestQuery query{.rows = drawn, .most = static_cast<std::size_t>(m_spec.neighbours)};
        const ItemPlaces ofOne(domain.knowledge, common, *basis);
        const ItemPlaces ofOther(domain.other, common, *otherBasis);
        const Result<NearestLists> near = listsOf(ofOne, ofOne, *basis, query, m_job);
        const Result<NearestLists> otherNear = listsOf(ofOther, ofOther, *otherBasis, query, m_job);
        if (!near || !otherNear) {
            return near ? passOn(otherNear) : passOn(near);
        }
        Result<NeighbourAgreement> agreement =
            neighbourAgreement({.one = *near, .other = *otherNear, .candidates = common.size() - 1}, m_job);
        if (!agreement) {
            return passOn(agreement);
        }
        agreement->domain = domain.name;
        agreement->basis = *basis;
        agreement->otherBasis = *otherBasis;
        m_checks.agreement.push_back(std::move(*agreement));
        return {};
    }

    const CheckSpec& m_spec;
    const CheckedDomains& m_all;
    const JobContext& m_job;
    std::uint64_t m_stream = 0;
    IntrinsicChecks m_checks;
};

Status nameExamples(const Workspace& workspace, IntrinsicChecks& checks)
{
    const Explorer explorer(workspace);
    for (IndistinctItems& found : checks.indistinct) {
        for (IndistinctItems::Group& group : found.largest) {
            for (const ItemId item : group.examples) {
                const Result<ItemRecord> record = explorer.item(item);
                if (!record) {
                    return passOn(record);
                }
                group.titles.push_back(record->title.empty() ? record->key : record->title);
            }
        }
    }
    return {};
}

Status checkNeighbours(int neighbours)
{
    constexpr int most = 100;
    if (neighbours >= 1 && neighbours <= most) {
        return {};
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "%1 neighbours cannot be looked at. Choose 1 to %2 of them."),
                {std::to_string(neighbours), std::to_string(most)});
}

} // namespace

std::string_view wordOf(CheckBasis basis)
{
    return basis == CheckBasis::Vectors ? "vectors" : "terms";
}

Result<IntrinsicChecks> checkKnowledge(const Workspace& workspace,
                                       const CheckSpec& spec,
                                       const JobContext& context)
{
    if (const Status possible = checkNeighbours(spec.neighbours); !possible) {
        return passOn(possible);
    }
    const Result<CheckedDomains> domains = checkedDomains(workspace, spec, partOf(context, 0.0, 0.3));
    if (!domains) {
        return passOn(domains);
    }
    Result<IntrinsicChecks> checks = Checker(spec, *domains, context).run();
    if (!checks) {
        return checks;
    }
    const Status named = nameExamples(workspace, *checks);
    return named ? std::move(checks) : Result<IntrinsicChecks>(passOn(named));
}

} // namespace transept
