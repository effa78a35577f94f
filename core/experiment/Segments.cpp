#include "core/experiment/Segments.h"

#include "core/base/RowOf.h"
#include "core/evaluation/Measures.h"
#include "core/evaluation/RankingMeasures.h"
#include "core/evaluation/RatingMeasures.h"
#include "core/experiment/PairedUsers.h"
#include "core/experiment/Preparation.h"
#include "core/store/Catalog.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace transept {
namespace {

constexpr double notThere = std::numeric_limits<double>::quiet_NaN();

struct Bin
{
    const char* name;
    std::size_t most; ///< interactions
};

constexpr std::array historyBins{
    Bin{TRANSLATABLE("segments", "none (cold)"), 0},
    Bin{TRANSLATABLE("segments", "1 to 5"), 5},
    Bin{TRANSLATABLE("segments", "6 to 20"), 20},
    Bin{TRANSLATABLE("segments", "21 to 50"), 50},
    Bin{TRANSLATABLE("segments", "51 to 200"), 200},
    Bin{TRANSLATABLE("segments", "more than 200"), std::numeric_limits<std::size_t>::max()},
};

constexpr std::array popularityNames{TRANSLATABLE("segments", "new (in no training interaction)"),
                                     TRANSLATABLE("segments", "the rarest third of the interactions"),
                                     TRANSLATABLE("segments", "the middle third"),
                                     TRANSLATABLE("segments", "the most popular third")};

constexpr std::array overlapNames{TRANSLATABLE("segments", "in the target only"),
                                  TRANSLATABLE("segments", "in a source too")};

/// The segment of every user or item row.
using Membership = std::vector<std::uint8_t>;

Membership byHistory(const TrainingData& training)
{
    Membership segments(training.userCount);
    for (std::size_t user = 0; user < segments.size(); ++user) {
        const std::size_t count = training.target.interactions.itemsOf(static_cast<UserRow>(user)).size();
        const auto* bin = std::find_if(
            historyBins.begin(), historyBins.end(), [count](const Bin& each) { return count <= each.most; });
        segments[user] = static_cast<std::uint8_t>(bin - historyBins.begin());
    }
    return segments;
}

Membership byOverlap(const TrainingData& training)
{
    Membership segments(training.userCount);
    for (std::size_t user = 0; user < segments.size(); ++user) {
        segments[user] = static_cast<std::uint8_t>(
            std::any_of(training.sources.begin(), training.sources.end(), [user](const TrainingDomain& each) {
                return !each.interactions.itemsOf(static_cast<UserRow>(user)).empty();
            }));
    }
    return segments;
}

/// Items from the rarest to the most popular, cut where a third and two thirds of the interactions are
/// reached; items with as many interactions as one another may fall on both sides of a cut, by their rows.
Membership byThirds(const InteractionMatrix& interactions)
{
    const auto countOf = [&](std::size_t item) {
        return interactions.usersOf(static_cast<ItemRow>(item)).size();
    };
    std::vector<std::size_t> order(interactions.itemCount());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(
        order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return countOf(a) < countOf(b); });
    Membership segments(order.size());
    std::size_t before = 0;
    for (const std::size_t item : order) {
        const std::size_t third = 3 * before / std::max<std::size_t>(1, interactions.size());
        segments[item] =
            countOf(item) == 0 ? 0 : static_cast<std::uint8_t>(1 + std::min<std::size_t>(third, 2));
        before += countOf(item);
    }
    return segments;
}

/// One user's list. Users and items are rows where a segment is looked up by row, ids where it is not.
template<typename User, typename Item>
struct ListOf
{
    User user{};
    std::vector<Item> items;
    std::vector<Item> relevant; ///< ascending
};

template<typename User, typename Item>
struct PairsOf
{
    std::vector<User> users;
    std::vector<Item> items;
    std::vector<float> truths;
    std::vector<float> predictions;
};

/// What the users of a run have of its measures.
struct RowValues
{
    std::vector<UserRow> users;
    std::map<std::string, std::vector<double>> perUser; ///< in their order
};

std::vector<ListOf<UserRow, ItemRow>> rowsOf(const std::vector<StoredList>& lists, const Dataset& data)
{
    std::vector<ListOf<UserRow, ItemRow>> rows;
    const auto itemRows = [&data](const std::vector<ItemId>& ids) {
        std::vector<ItemRow> items;
        for (const ItemId id : ids) {
            items.push_back(knownRowOf<ItemRow>(data.target.items, id));
        }
        return items;
    };
    for (const StoredList& list : lists) {
        rows.push_back({.user = knownRowOf<UserRow>(data.users, list.person),
                        .items = itemRows(list.items),
                        .relevant = itemRows(list.relevant)});
        std::sort(rows.back().relevant.begin(), rows.back().relevant.end());
    }
    return rows;
}

PairsOf<UserRow, ItemRow> rowsOf(StoredPredictions stored, const Dataset& data)
{
    PairsOf<UserRow, ItemRow> pairs{.truths = std::move(stored.truths),
                                    .predictions = std::move(stored.predictions)};
    for (std::size_t pair = 0; pair < stored.persons.size(); ++pair) {
        pairs.users.push_back(knownRowOf<UserRow>(data.users, stored.persons[pair]));
        pairs.items.push_back(knownRowOf<ItemRow>(data.target.items, stored.items[pair]));
    }
    return pairs;
}

std::vector<ListOf<PersonId, ItemId>> listsById(std::vector<StoredList> stored)
{
    std::vector<ListOf<PersonId, ItemId>> lists;
    lists.reserve(stored.size());
    for (StoredList& list : stored) {
        std::sort(list.relevant.begin(), list.relevant.end());
        lists.push_back(
            {.user = list.person, .items = std::move(list.items), .relevant = std::move(list.relevant)});
    }
    return lists;
}

/// Everything that segments of one run are measured on.
template<typename User, typename Item>
class Measurer
{
public:
    Measurer(const RunRecord& run, std::vector<ListOf<User, Item>> lists, PairsOf<User, Item> pairs)
        : m_lists(std::move(lists))
        , m_pairs(std::move(pairs))
    {
        for (const auto& [name, value] : run.measures) {
            if (const Result<MeasureName> parsed = parseMeasure(name, "measures")) {
                m_measures.emplace_back(name, *parsed);
            }
        }
    }

    /// `hasUser` and `hasItem` say who and what is in the segment.
    template<typename HasUser, typename HasItem>
    void measure(Segment& segment, const HasUser& hasUser, const HasItem& hasItem) const
    {
        const std::vector<RankedHits> hits = hitsWithin(hasUser, hasItem);
        std::vector<float> truths;
        std::vector<float> predictions;
        for (std::size_t pair = 0; pair < m_pairs.users.size(); ++pair) {
            if (hasUser(m_pairs.users[pair]) && hasItem(m_pairs.items[pair])) {
                truths.push_back(m_pairs.truths[pair]);
                predictions.push_back(m_pairs.predictions[pair]);
            }
        }
        segment.users = hits.size();
        segment.pairs = truths.size();
        for (const auto& [name, measure] : m_measures) {
            if (measure.base == "rmse") {
                segment.values[name] = std::sqrt(meanSquaredError({truths, predictions}));
            } else if (measure.base == "mae") {
                segment.values[name] = meanAbsoluteError({truths, predictions});
            } else if (const HitsMeasure ofHits = hitsMeasure(measure.base);
                       ofHits != nullptr && measure.k > 0 && measure.ranksAll()) {
                segment.values[name] = meanOf(hits, ofHits, static_cast<std::size_t>(measure.k));
            }
        }
    }

    /// Measures among sampled and given negatives and among cold items, of which lists do not tell: the mean
    /// of the users' own values over those in the segment.
    template<typename HasUser>
    void measureAmongSome(Segment& segment, const RowValues& values, const HasUser& hasUser) const
    {
        for (const auto& [name, measure] : m_measures) {
            const auto found = values.perUser.find(name);
            if (measure.ranksAll() || found == values.perUser.end()) {
                continue;
            }
            double sum = 0.0;
            double count = 0.0;
            for (std::size_t user = 0; user < values.users.size(); ++user) {
                const double value = found->second[user];
                if (hasUser(values.users[user]) && !std::isnan(value)) {
                    sum += value;
                    count += 1.0;
                }
            }
            segment.values[name] = count > 0.0 ? sum / count : notThere;
        }
    }

    /// For a part of the items they are not known.
    void leaveAmongSome(Segment& segment) const
    {
        for (const auto& [name, measure] : m_measures) {
            if (!measure.ranksAll()) {
                segment.values[name] = notThere;
            }
        }
    }

private:
    template<typename HasUser, typename HasItem>
    std::vector<RankedHits> hitsWithin(const HasUser& hasUser, const HasItem& hasItem) const
    {
        std::vector<RankedHits> hits;
        for (const ListOf<User, Item>& list : m_lists) {
            std::vector<Item> relevant;
            std::copy_if(list.relevant.begin(), list.relevant.end(), std::back_inserter(relevant), hasItem);
            if (!relevant.empty() && hasUser(list.user)) {
                hits.push_back(hitsOf(std::span(list.items), std::span(std::as_const(relevant))));
            }
        }
        return hits;
    }

    static double meanOf(const std::vector<RankedHits>& hits, HitsMeasure measure, std::size_t k)
    {
        double sum = 0.0;
        for (const RankedHits& each : hits) {
            sum += measure(each, k);
        }
        return hits.empty() ? notThere : sum / static_cast<double>(hits.size());
    }

    std::vector<ListOf<User, Item>> m_lists;
    PairsOf<User, Item> m_pairs;
    std::vector<std::pair<std::string, MeasureName>> m_measures;
};

void addSegments(const Measurer<UserRow, ItemRow>& measurer,
                 const RowValues& values,
                 Segment::Dimension dimension,
                 std::span<const char* const> names,
                 const Membership& members,
                 std::vector<Segment>& segments)
{
    for (std::size_t number = 0; number < names.size(); ++number) {
        Segment segment{.dimension = dimension, .name = names[number]};
        const auto isMember = [&](auto row) { return members[index(row)] == number; };
        const auto everything = [](auto) { return true; };
        if (dimension == Segment::Dimension::Popularity) {
            measurer.measure(segment, everything, isMember);
            measurer.leaveAmongSome(segment);
        } else {
            measurer.measure(segment, isMember, everything);
            measurer.measureAmongSome(segment, values, isMember);
        }
        if (segment.users > 0 || segment.pairs > 0) {
            segments.push_back(std::move(segment));
        }
    }
}

/// Those of the items that are of the run's target domain.
Result<std::vector<ItemId>> ofTarget(const Workspace& workspace,
                                     const RunRecord& run,
                                     std::span<const ItemId> items)
{
    const Result<Spec> spec = specFrom(run.spec);
    const Result<Domain> target = spec ? Catalog(workspace).domain(spec->data.target) : passOn(spec);
    Result<Statement> find =
        target ? workspace.database().prepare("SELECT 1 FROM item WHERE id = ?1 AND domain = ?2")
               : passOn(target);
    if (!find) {
        return passOn(find);
    }
    std::vector<ItemId> found;
    for (const ItemId item : items) {
        const Result<bool> isThere = find->bind(1, number(item)).bind(2, number(target->id)).step();
        if (!isThere) {
            return passOn(isThere);
        }
        if (*isThere) {
            found.push_back(item);
        }
        find->rewind();
    }
    return found;
}

} // namespace

std::string_view titleOf(Segment::Dimension dimension)
{
    switch (dimension) {
    case Segment::Dimension::History:
        return TRANSLATABLE("segments", "Users by training interactions");
    case Segment::Dimension::Overlap:
        return TRANSLATABLE("segments", "Users by domains");
    case Segment::Dimension::Popularity:
        return TRANSLATABLE("segments", "Items by popularity");
    case Segment::Dimension::Selection:
        return TRANSLATABLE("segments", "Items by selection");
    }
    return {};
}

Result<std::vector<Segment>> segmentsOf(const Workspace& workspace, RunId run, const JobContext& context)
{
    const RunStore store(workspace);
    const Result<RunRecord> record = store.findFinished(run);
    if (!record) {
        return passOn(record);
    }
    const Result<std::vector<StoredList>> lists = store.lists(run);
    Result<StoredPredictions> predictions = store.predictions(run);
    if (!lists || !predictions) {
        return lists ? passOn(predictions) : passOn(lists);
    }
    const Result<Prepared> prepared = prepareAgain(workspace, *record, KnowledgeOfRun::Left, context);
    Result<RunValues> ofUsers = prepared ? valuesOf(workspace, *record) : passOn(prepared);
    if (!ofUsers) {
        return passOn(ofUsers);
    }
    RowValues values{.users = {}, .perUser = std::move(ofUsers->perUser)};
    for (const PersonId person : ofUsers->users) {
        values.users.push_back(knownRowOf<UserRow>(prepared->data.users, person));
    }
    const Measurer measurer(
        *record, rowsOf(*lists, prepared->data), rowsOf(std::move(*predictions), prepared->data));
    const TrainingData& training = *prepared->parts.training;
    std::vector<const char*> histories;
    for (const Bin& bin : historyBins) {
        histories.push_back(bin.name);
    }
    std::vector<Segment> segments;
    addSegments(measurer, values, Segment::Dimension::History, histories, byHistory(training), segments);
    if (!training.sources.empty()) {
        addSegments(
            measurer, values, Segment::Dimension::Overlap, overlapNames, byOverlap(training), segments);
    }
    addSegments(measurer,
                values,
                Segment::Dimension::Popularity,
                popularityNames,
                byThirds(training.target.interactions),
                segments);
    return segments;
}

Result<std::vector<Segment>> segmentsBySelection(const Workspace& workspace,
                                                 RunId run,
                                                 std::span<const ItemId> selected,
                                                 const JobContext& context)
{
    const StopWatcher watcher(workspace.database(), context);
    const RunStore store(workspace);
    const Result<RunRecord> record = store.findFinished(run);
    const Result<std::vector<ItemId>> items =
        record ? ofTarget(workspace, *record, selected) : passOn(record);
    if (!items || items->empty()) {
        return items ? Result<std::vector<Segment>>() : passOn(items);
    }
    Result<std::vector<StoredList>> stored = store.lists(run);
    Result<StoredPredictions> predictions = stored ? store.predictions(run) : passOn(stored);
    if (!predictions) {
        return passOn(predictions);
    }
    const Measurer measurer(*record,
                            listsById(std::move(*stored)),
                            PairsOf<PersonId, ItemId>{.users = std::move(predictions->persons),
                                                      .items = std::move(predictions->items),
                                                      .truths = std::move(predictions->truths),
                                                      .predictions = std::move(predictions->predictions)});
    std::vector<Segment> segments;
    for (const bool isSelected : {true, false}) {
        Segment segment{.dimension = Segment::Dimension::Selection,
                        .name = std::string(isSelected ? Segment::selectedItems
                                                       : TRANSLATABLE("segments", "other items"))};
        measurer.measure(
            segment,
            [](PersonId) { return true; },
            [&](ItemId item) { return std::ranges::binary_search(*items, item) == isSelected; });
        measurer.leaveAmongSome(segment);
        if (isSelected || segment.users > 0 || segment.pairs > 0) {
            segments.push_back(std::move(segment));
        }
    }
    return segments;
}

} // namespace transept
