#pragma once

#include "core/data/TrainingData.h"
#include "core/model/FactorKernel.h"

#include <functional>
#include <span>
#include <vector>

namespace transept {

/// One domain of a joint factorisation.
struct FactorDomain
{
    const TrainingDomain* data = nullptr;
    double mean = 0.0;   ///< taken off every value; 0 for implicit feedback
    double scale = 1.0;  ///< multiplied to what is left, so that domains on different scales weigh the same
    float weight = 1.0F; ///< of its part of the loss

    bool isImplicit() const noexcept { return data->kind == FeedbackKind::Implicit; }
};

struct StrataOptions
{
    std::uint64_t seed = 1;
    std::size_t rowBytes = 128; ///< of a factor row: a band of rows shall fit into the second-level cache
    int negatives = 0;          ///< sampled per event of an implicit domain
};

/// Into how many bands users and items are dealt, as many as strata: enough for blocks of a few milliseconds,
/// whose `rows` of one side stay in the cache.
std::size_t bandsFor(std::size_t events, std::size_t rows, std::size_t rowBytes);

/// The schedule of parallel stochastic gradient descent whose result does not depend on the number of
/// threads: users and items are dealt into bands at random, events into the blocks that two bands make. A
/// stratum is a set of blocks that share no band, so its blocks may be worked on at the same time; strata
/// follow each other (Gemulla et al. 2011). The order of strata, and of events inside a block, is a function
/// of seed, epoch and block. Where a block's rows do not fit the cache together, its events come row after
/// row, as in LIBMF (Chin et al. 2015), so that a row of the longer side is fetched once a block.
///
/// Rows of users and items are kept at their *place*: bands are contiguous. Items of all domains are numbered
/// one domain after the other.
class Strata
{
public:
    Strata() = default;

    /// Deals users, items and events. Fails with Cancelled alone.
    static Result<Strata> deal(std::size_t userCount,
                               std::span<const FactorDomain> domains,
                               const StrataOptions& options,
                               const JobContext& job);

    std::size_t bands() const noexcept { return m_bands; }
    std::size_t itemCount() const noexcept { return m_itemPlaces.size(); }
    std::size_t eventCount() const noexcept { return m_events.size(); } ///< without sampled negatives

    std::uint32_t placeOf(UserRow user) const noexcept { return m_userPlaces[index(user)]; }
    std::uint32_t placeOf(std::size_t domain, ItemRow item) const noexcept
    {
        return m_itemPlaces[m_firstItems[domain] + index(item)];
    }

    /// The order in which an epoch takes its strata, 0 ... bands()-1 each once.
    std::vector<std::size_t> strataOf(int epoch) const;

    /// The block of a stratum that lies in a band of users.
    std::size_t block(std::size_t stratum, std::size_t userBand) const noexcept
    {
        return userBand * m_bands + (userBand + stratum) % m_bands;
    }

    /// Hands the block's events of this epoch to `work`, in pieces; with fresh negatives where feedback is
    /// implicit.
    void visit(std::size_t block,
               int epoch,
               const std::function<void(std::span<const PairEvent>)>& work) const;

private:
    struct Band
    {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };

    /// What lies at each place: user rows, and item rows of their domain.
    struct Rows
    {
        std::vector<std::uint32_t> users;
        std::vector<std::uint32_t> items;
    };

    std::vector<std::uint32_t> dealUsers(std::size_t userCount);
    std::vector<std::uint32_t> dealItems(std::span<const FactorDomain> domains);
    Status dealEvents(std::span<const FactorDomain> domains, const Rows& rows, const JobContext& job);

    // Hand domain, user, item (their places) and value of the events of a band of users, or items, to `work`.
    template<typename Work>
    void forEachEventOfUsers(std::size_t band,
                             std::span<const FactorDomain> domains,
                             const Rows& rows,
                             const Work& work) const;
    template<typename Work>
    void forEachEventOfItems(std::size_t band,
                             std::span<const FactorDomain> domains,
                             const Rows& rows,
                             const Work& work) const;
    Status shuffleBlocks(const JobContext& job);
    Status listPositives(std::span<const FactorDomain> domains, const JobContext& job);
    void sampleNegatives(std::size_t block, int epoch, std::vector<PairEvent>& events) const;

    StrataOptions m_options;
    std::size_t m_bands = 1;
    std::size_t m_domains = 0;
    std::vector<std::uint32_t> m_userPlaces;  ///< by UserRow
    std::vector<std::uint32_t> m_itemPlaces;  ///< by domain and ItemRow
    std::vector<std::size_t> m_firstItems;    ///< by domain
    std::vector<std::uint32_t> m_userStarts;  ///< by band
    std::vector<std::uint8_t> m_bandsOfUsers; ///< by place
    std::vector<std::uint8_t> m_bandsOfItems; ///< by place
    std::vector<Band> m_itemBands;     ///< by band and domain: within a band, a domain's items are contiguous
    std::vector<PairEvent> m_events;   ///< by block
    std::vector<std::size_t> m_starts; ///< by block
    std::vector<std::size_t> m_positiveStarts; ///< by user place; empty without implicit domains
    std::vector<std::uint32_t> m_positives;    ///< item places, ascending within a user
    std::vector<std::vector<std::uint32_t>>
        m_active; ///< by user band and domain: the user of every implicit event
};

} // namespace transept
