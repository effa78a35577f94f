#include "core/model/Triples.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/RandomStreams.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace transept {
namespace {

/// An epoch of so few positives takes a millisecond: it is one task, whose negatives come from all items.
constexpr std::size_t fewPositives = 32768;
constexpr std::size_t fewestGroups = 8;
constexpr std::size_t mostGroups = 64;
constexpr std::size_t groupBytes = std::size_t{512} * 1024;

constexpr int mostDraws = 100; ///< before a positive is left out
constexpr std::size_t pieceSize = 1024;
constexpr std::size_t runs = 8; ///< of a piece, taken in turn
constexpr std::uint32_t always = std::numeric_limits<std::uint32_t>::max();

std::size_t chooseGroups(std::size_t positives, std::size_t items, std::size_t rowBytes)
{
    if (positives < fewPositives) {
        return 1;
    }
    return std::clamp(items * rowBytes / groupBytes + 1, fewestGroups, mostGroups);
}

/// The user's positives of a task stand in a row. Steps that share a user wait for each other, so runs of the
/// piece take turns.
void takeTurns(std::span<const Triple> drawn, std::vector<Triple>& turns)
{
    turns.clear();
    const std::size_t length = (drawn.size() + runs - 1) / runs;
    for (std::size_t at = 0; at < length; ++at) {
        for (std::size_t from = at; from < drawn.size(); from += length) {
            turns.push_back(drawn[from]);
        }
    }
}

/// A bit an item.
class ItemSet
{
public:
    explicit ItemSet(std::size_t items) : m_words((items + 63) / 64) {}

    void insert(std::uint32_t item) noexcept { m_words[item / 64] |= std::uint64_t{1} << (item % 64); }
    void remove(std::uint32_t item) noexcept { m_words[item / 64] &= ~(std::uint64_t{1} << (item % 64)); }
    std::span<const std::uint64_t> words() const noexcept { return m_words; }

private:
    std::vector<std::uint64_t> m_words;
};

bool holds(std::span<const std::uint64_t> set, std::uint32_t item) noexcept
{
    return (set[item / 64] >> (item % 64) & 1U) != 0;
}

} // namespace

TripleSchedule::TripleSchedule(Positives positives, const TripleOptions& options)
    : m_options(options)
    , m_positives(std::move(positives))
    , m_groupOf(m_positives.columnCount())
    , m_choices(m_positives.columnCount())
    , m_pairs(m_positives.columns.size())
{
    m_groups = options.groups > 0 ? std::min(options.groups, mostGroups)
                                  : chooseGroups(m_pairs.size(), m_positives.columnCount(), options.rowBytes);
    const std::vector<std::size_t>& starts = m_positives.starts;
    for (std::size_t band = 0; band < m_groups; ++band) {
        const auto first = std::ranges::lower_bound(starts, m_pairs.size() * band / m_groups);
        m_bands.push_back(static_cast<std::size_t>(first - starts.begin()));
    }
    m_bands.push_back(m_positives.userCount());
    weighItems();
}

void TripleSchedule::weighItems()
{
    if (m_options.exponent == 0.0) {
        return;
    }
    m_weights.resize(m_positives.columnCount());
    for (const std::uint32_t column : m_positives.columns) {
        m_weights[column] += 1.0;
    }
    for (double& weight : m_weights) {
        weight = weight > 0.0 ? std::pow(weight, m_options.exponent) : 0.0;
    }
}

std::vector<std::size_t> TripleSchedule::strataOf(int epoch) const
{
    std::vector<std::size_t> order(m_groups);
    std::iota(order.begin(), order.end(), std::size_t{0});
    randomFor(m_options.seed, Purpose::StratumOrder, 0, static_cast<std::uint64_t>(epoch))
        .shuffle(std::span(order));
    return order;
}

Status TripleSchedule::deal(int epoch, const JobContext& job)
{
    m_epoch = epoch;
    dealItems();
    m_taskStarts.assign(m_groups * m_groups + 1, m_pairs.size());
    TaskGuard guard(job);
    parallelTasks(m_groups, [&](std::size_t number) {
        if (guard.mayGoOn()) {
            sortBand(number);
            weighChoices(number);
        }
    });
    return guard.status();
}

void TripleSchedule::dealItems()
{
    std::vector<std::vector<std::uint32_t>> dealt;
    for (std::size_t domain = 0; domain < m_positives.domainCount(); ++domain) {
        std::vector<std::uint32_t>& columns =
            dealt.emplace_back(m_positives.firstColumns[domain + 1] - m_positives.firstColumns[domain]);
        std::iota(
            columns.begin(), columns.end(), static_cast<std::uint32_t>(m_positives.firstColumns[domain]));
        if (m_groups > 1) {
            randomFor(m_options.seed, Purpose::ItemPlaces, domain, static_cast<std::uint64_t>(m_epoch))
                .shuffle(std::span(columns));
        }
    }
    m_choiceStarts.clear();
    std::size_t place = 0;
    for (std::size_t group = 0; group < m_groups; ++group) {
        for (const std::vector<std::uint32_t>& columns : dealt) {
            m_choiceStarts.push_back(place);
            for (std::size_t at = columns.size() * group / m_groups;
                 at < columns.size() * (group + 1) / m_groups;
                 ++at) {
                m_choices[place++] = {.item = columns[at], .other = columns[at], .threshold = always};
                m_groupOf[columns[at]] = static_cast<std::uint8_t>(group);
            }
        }
    }
    m_choiceStarts.push_back(place);
}

/// Counting sort of a band's positives by the group of their items.
void TripleSchedule::sortBand(std::size_t band)
{
    std::vector<std::size_t> next(m_groups + 1);
    const std::size_t first = m_positives.starts[m_bands[band]];
    for (std::size_t at = first; at < m_positives.starts[m_bands[band + 1]]; ++at) {
        ++next[m_groupOf[m_positives.columns[at]] + std::size_t{1}];
    }
    next[0] = first;
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::copy_n(next.begin(), m_groups, m_taskStarts.begin() + static_cast<std::ptrdiff_t>(band * m_groups));
    for (std::size_t user = m_bands[band]; user < m_bands[band + 1]; ++user) {
        for (std::size_t at = m_positives.starts[user]; at < m_positives.starts[user + 1]; ++at) {
            m_pairs[next[m_groupOf[m_positives.columns[at]]]++] = {.user = static_cast<std::uint32_t>(user),
                                                                   .item = m_positives.columns[at]};
        }
    }
}

/// Makes alias tables of a group's choices (Vose 1991): every place is reached with the same chance, and
/// shares it between its own item and one that has more than its share.
void TripleSchedule::weighChoices(std::size_t group)
{
    for (std::size_t domain = 0; !m_weights.empty() && domain < m_positives.domainCount(); ++domain) {
        const std::size_t first = m_choiceStarts[group * m_positives.domainCount() + domain];
        const std::size_t count = m_choiceStarts[group * m_positives.domainCount() + domain + 1] - first;
        double sum = 0.0;
        for (std::size_t at = first; at < first + count; ++at) {
            sum += m_weights[m_choices[at].item];
        }
        std::vector<double> shares(count);
        std::vector<std::size_t> poor;
        std::vector<std::size_t> rich;
        for (std::size_t at = 0; sum > 0.0 && at < count; ++at) {
            shares[at] = m_weights[m_choices[first + at].item] * static_cast<double>(count) / sum;
            (shares[at] < 1.0 ? poor : rich).push_back(at);
        }
        while (!poor.empty() && !rich.empty()) {
            const std::size_t from = rich.back();
            Choice& choice = m_choices[first + poor.back()];
            choice.threshold = static_cast<std::uint32_t>(shares[poor.back()] * 0x1p32);
            choice.other = m_choices[first + from].item;
            shares[from] -= 1.0 - shares[poor.back()];
            poor.pop_back();
            if (shares[from] < 1.0) {
                rich.pop_back();
                poor.push_back(from);
            }
        }
    }
}

std::span<const TripleSchedule::Choice> TripleSchedule::choicesOf(std::size_t group,
                                                                  std::size_t domain) const noexcept
{
    const std::size_t place = group * m_positives.domainCount() + domain;
    return std::span(m_choices).subspan(m_choiceStarts[place],
                                        m_choiceStarts[place + 1] - m_choiceStarts[place]);
}

std::optional<std::uint32_t> TripleSchedule::drawNegative(std::span<const Choice> choices,
                                                          std::span<const std::uint64_t> taken,
                                                          Random& random) const noexcept
{
    for (int draw = 0; draw < mostDraws; ++draw) {
        // The upper half is the place, all equally likely but for a part in 2^32 / choices; the lower decides
        // between its two items.
        const std::uint64_t number = random.next();
        const Choice& choice = choices[(number >> 32U) * choices.size() >> 32U];
        const std::uint32_t item =
            static_cast<std::uint32_t>(number) < choice.threshold ? choice.item : choice.other;
        if (!holds(taken, item)) {
            return item;
        }
    }
    return std::nullopt;
}

void TripleSchedule::visit(std::size_t stratum,
                           std::size_t band,
                           const std::function<bool(std::span<const Triple>)>& work) const
{
    const std::size_t group = (band + stratum) % m_groups;
    const std::size_t task = band * m_groups + group;
    const auto positives =
        std::span(m_pairs).subspan(m_taskStarts[task], m_taskStarts[task + 1] - m_taskStarts[task]);
    Random random = randomFor(m_options.seed, Purpose::Negatives, task, static_cast<std::uint64_t>(m_epoch));
    ItemSet taken(m_groupOf.size());
    std::vector<Triple> drawn;
    std::vector<Triple> turns;
    drawn.reserve(pieceSize);
    turns.reserve(pieceSize);
    const auto handOver = [&] {
        takeTurns(drawn, turns);
        drawn.clear();
        return work(turns);
    };
    for (std::size_t first = 0, last = 0; first < positives.size(); first = last) {
        const std::uint32_t user = positives[first].user;
        for (; last < positives.size() && positives[last].user == user; ++last) {
            taken.insert(positives[last].item);
        }
        std::uint32_t domain = 0;
        for (const Pair& positive : positives.subspan(first, last - first)) {
            while (positive.item >= m_positives.firstColumns[domain + 1]) {
                ++domain;
            }
            const auto negative = drawNegative(choicesOf(group, domain), taken.words(), random);
            if (negative) {
                drawn.push_back(
                    {.user = user, .positive = positive.item, .negative = *negative, .domain = domain});
            }
            if (drawn.size() == pieceSize && !handOver()) {
                return;
            }
        }
        for (const Pair& positive : positives.subspan(first, last - first)) {
            taken.remove(positive.item);
        }
    }
    if (!drawn.empty()) {
        handOver();
    }
}

} // namespace transept
