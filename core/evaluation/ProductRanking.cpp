#include "core/evaluation/ProductRanking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace transept {
namespace {

/// So many items are looked through before bars are raised: few at first, while hardly anything is known.
constexpr std::size_t fewestAtOnce = 128;
constexpr std::size_t mostAtOnce = 512;

/// Beside those that are wanted, so many candidates may wait: the fewer, the higher is the bar, and the more
/// often the best are picked.
constexpr std::size_t fewestOthers = 16;
constexpr std::size_t othersThatWait(std::size_t wanted)
{
    return std::max(fewestOthers, wanted / 2);
}

/// Beyond this, sums of products might leave the range of float32.
constexpr double mostOfScores = 1e37;

constexpr float infinity = std::numeric_limits<float>::infinity();

double lengthOf(const float* values, std::size_t count)
{
    double squares = 0.0;
    for (std::size_t at = 0; at < count; ++at) {
        squares += static_cast<double>(values[at]) * static_cast<double>(values[at]);
    }
    return std::sqrt(squares);
}

/// Collects what may be among one user's best by rough scores.
class Seeker
{
public:
    /// Rough scores are off by no more than `error`, a number, else the user is given up.
    Seeker(std::span<const ItemRow> excluded, std::size_t wanted, double error)
        : m_excluded(excluded)
        , m_wanted(wanted)
        , m_error(error)
    {
        m_waiting.reserve(wanted + othersThatWait(wanted) + mostAtOnce);
        if (!std::isfinite(error)) {
            giveUp();
        }
    }

    float bar() const noexcept { return m_bar; }
    bool hasGivenUp() const noexcept { return m_bar == infinity; }

    /// Rows follow those that were admitted before.
    void admit(std::span<const RowPanels::Hit> found)
    {
        for (const RowPanels::Hit& each : found) {
            if (!m_excluded.contains(static_cast<ItemRow>(each.row))) {
                m_waiting.push_back(candidateOf(each.score, each.row));
            }
        }
        if (m_waiting.size() >= m_wanted + othersThatWait(m_wanted)) {
            raiseBar();
        }
    }

    std::span<const Candidate> candidates()
    {
        raiseBar();
        return m_waiting;
    }

private:
    void giveUp()
    {
        m_bar = infinity;
        m_waiting.clear();
    }

    /// The worst of the best by rough scores has a true one that is lower by `error` at most, and what may
    /// reach that a rough one that is lower by as much again.
    void raiseBar()
    {
        if (m_waiting.size() <= m_wanted || m_wanted == 0) {
            return;
        }
        pickBest(m_waiting, m_wanted);
        const auto others = m_waiting.begin() + static_cast<std::ptrdiff_t>(m_wanted);
        const float worst = scoreOf(*std::min_element(m_waiting.begin(), others));
        m_bar = std::nextafter(static_cast<float>(static_cast<double>(worst) - 2.0 * m_error), -infinity);
        const auto isBelow = [this](Candidate candidate) { return scoreOf(candidate) <= m_bar; };
        m_waiting.erase(std::remove_if(others, m_waiting.end(), isBelow), m_waiting.end());
        if (m_waiting.size() > 2 * m_wanted + fewestOthers) {
            giveUp();
        }
    }

    Excluded m_excluded;
    std::size_t m_wanted;
    double m_error;
    float m_bar = -infinity;
    std::vector<Candidate> m_waiting;
};

} // namespace

ProductRanking::ProductRanking(const Model& model)
    : m_model(model)
    , m_parameters(*model.products())
    , m_items(m_parameters.items.values.data(), m_parameters.items.rows, m_parameters.items.stride)
{
    // The larger of a number and what is none is none: then nobody is ranked like this.
    const auto larger = [](double a, double b) { return std::isnan(a) || a > b ? a : b; };
    for (std::size_t item = 0; item < m_parameters.items.rows; ++item) {
        m_longest = larger(m_longest, lengthOf(m_parameters.items.at(item), m_parameters.items.stride));
        m_strongest = larger(m_strongest, std::abs(static_cast<double>(m_parameters.itemBiases[item])));
    }
}

std::vector<std::optional<TopItems>> ProductRanking::best(std::span<const User> users,
                                                          std::size_t count) const
{
    const FactorMatrix& items = m_parameters.items;
    std::vector<float> vectors(users.size() * items.stride);
    std::vector<float> bases;
    std::vector<Seeker> seekers;
    seekers.reserve(users.size());
    for (std::size_t at = 0; at < users.size(); ++at) {
        const std::size_t row = index(users[at].row);
        std::copy_n(m_parameters.users.at(row), items.stride, vectors.data() + at * items.stride);
        bases.push_back(m_parameters.mean + m_parameters.userBiases[row]);
        seekers.emplace_back(users[at].excluded, count, errorFor(users[at].row));
    }
    constexpr std::size_t room = mostAtOnce + 1;
    const auto found = std::make_unique_for_overwrite<RowPanels::Hit[]>(users.size() * room);
    std::vector<RowPanels::Hits> hits(users.size());
    for (std::size_t first = 0, length = 0; first < items.rows; first += length) {
        length = std::min(std::clamp(first, fewestAtOnce, mostAtOnce), items.rows - first);
        for (std::size_t at = 0; at < users.size(); ++at) {
            hits[at] = {seekers[at].bar(), found.get() + at * room, 0};
        }
        m_items.findAbove({vectors.data(), users.size()},
                          {first, length},
                          {bases.data(), m_parameters.itemBiases.data() + first},
                          hits.data());
        for (std::size_t at = 0; at < users.size(); ++at) {
            seekers[at].admit({hits[at].found, hits[at].count});
        }
    }
    std::vector<std::optional<TopItems>> best(users.size());
    for (std::size_t at = 0; at < users.size(); ++at) {
        const std::span<const Candidate> candidates = seekers[at].candidates();
        if (!seekers[at].hasGivenUp()) {
            best[at] = exactly(users[at].row, candidates, count);
        }
    }
    return best;
}

/// By how much rough scores of the user may be off; not a finite number when that cannot be said.
double ProductRanking::errorFor(UserRow user) const
{
    const std::size_t stride = m_parameters.items.stride;
    const double base =
        static_cast<double>(m_parameters.mean) + static_cast<double>(m_parameters.userBiases[index(user)]);
    const double product = lengthOf(m_parameters.users.at(index(user)), stride) * m_longest;
    const double most = product + std::abs(base) + m_strongest;
    const double underflow = static_cast<double>(std::numeric_limits<float>::min()) * double(stride);
    return most < mostOfScores ? RowPanels::scoreError(stride) * most + underflow
                               : std::numeric_limits<double>::infinity();
}

TopItems ProductRanking::exactly(UserRow user, std::span<const Candidate> candidates, std::size_t count) const
{
    std::vector<ItemRow> items(candidates.size());
    std::ranges::transform(candidates, items.begin(), itemOf);
    std::vector<float> scores(items.size());
    m_model.scoreItems(user, items, scores);
    std::vector<Candidate> exact(items.size());
    std::ranges::transform(scores, items, exact.begin(), [](float score, ItemRow item) {
        return candidateOf(score, index(item));
    });
    pickBest(exact, count);
    return sorted(std::span(exact).first(std::min(count, exact.size())));
}

} // namespace transept
