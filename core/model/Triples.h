#pragma once

#include "core/base/Random.h"
#include "core/model/Positives.h"

#include <functional>
#include <optional>

namespace transept {

/// A user with an item that the user has and one of the same domain that the user has not. Items are columns
/// of the positives.
struct Triple
{
    std::uint32_t user = 0;
    std::uint32_t positive = 0;
    std::uint32_t negative = 0;
    std::uint32_t domain = 0;

    bool operator==(const Triple&) const = default;
};

struct TripleOptions
{
    std::uint64_t seed = 1;
    double exponent = 0.0; ///< an item is drawn in proportion to (number of its users)^exponent; 0: uniformly
    std::size_t rowBytes = 256; ///< of a factor row: a group's rows shall fit into the second-level cache
    std::size_t groups = 0;     ///< 0: by the number of positives
};

/// Triples for Bayesian personalised ranking, drawn so that several threads may learn from them at once and
/// what they learn does not depend on the number of threads. Users stand in bands with equally many
/// positives; every epoch deals the items of each domain into groups, at random. A task is a band of users
/// and a group of items: it takes each positive that lies in both once, with a negative of the same group. A
/// stratum is a set of tasks that share neither band nor group, so they may be worked on at the same time;
/// strata follow each other (Gemulla et al. 2011). Within an epoch a positive meets negatives of its own
/// group alone; the next epoch has other groups.
class TripleSchedule
{
public:
    TripleSchedule() = default;
    TripleSchedule(Positives positives, const TripleOptions& options);

    std::size_t groups() const noexcept { return m_groups; } ///< as many as bands, and as strata in an epoch
    const Positives& positives() const noexcept { return m_positives; }

    /// The order in which an epoch takes its strata, 0 ... groups()-1 each once.
    std::vector<std::size_t> strataOf(int epoch) const;

    /// Deals the groups of an epoch; the triples that are visited from now on are its triples. Cancelled
    /// alone.
    Status deal(int epoch, const JobContext& job);

    /// Draws the triples of the task of a stratum that lies in a band of users, and hands them to `work` in
    /// pieces of at most 1024, until that says false. A positive whose user has all items of the group is
    /// left out.
    void visit(std::size_t stratum,
               std::size_t band,
               const std::function<bool(std::span<const Triple>)>& work) const;

private:
    struct Pair
    {
        std::uint32_t user = 0;
        std::uint32_t item = 0;
    };

    /// One place of an alias table (Walker 1977): `item` when the number drawn is below the threshold.
    struct Choice
    {
        std::uint32_t item = 0;
        std::uint32_t other = 0;
        std::uint32_t threshold = 0;
    };

    void weighItems();
    void dealItems();
    void sortBand(std::size_t band);
    void weighChoices(std::size_t group);
    std::span<const Choice> choicesOf(std::size_t group, std::size_t domain) const noexcept;
    std::optional<std::uint32_t> drawNegative(std::span<const Choice> choices,
                                              std::span<const std::uint64_t> taken,
                                              Random& random) const noexcept;

    TripleOptions m_options;
    std::size_t m_groups = 1;
    Positives m_positives;
    std::vector<std::size_t> m_bands; ///< the first user of every band, and the end
    std::vector<double> m_weights;    ///< by column; empty: all the same

    int m_epoch = 0;
    std::vector<std::uint8_t> m_groupOf;     ///< by column
    std::vector<Choice> m_choices;           ///< by group and domain
    std::vector<std::size_t> m_choiceStarts; ///< by group and domain
    std::vector<Pair> m_pairs;               ///< by band and group; within them in the order of the positives
    std::vector<std::size_t> m_taskStarts;   ///< by band and group
};

} // namespace transept
