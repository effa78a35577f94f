#include "core/evaluation/ListMeasures.h"
#include "core/evaluation/Measures.h"
#include "core/evaluation/ProductRanking.h"
#include "core/evaluation/RatingMeasures.h"
#include "core/evaluation/SampledRanking.h"
#include "core/evaluation/TestUsers.h"
#include "core/evaluation/TopItems.h"
#include "core/evaluation/WantedMeasures.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <limits>

namespace transept {
namespace {

constexpr std::size_t usersPerBlock = 60; ///< a multiple of what RowPanels multiply at once
constexpr std::size_t blocksPerReport = 16;
constexpr std::size_t scoresAtOnce = std::size_t{5} << 18U;      ///< between checkpoints
constexpr std::uint64_t negativesDraw = std::uint64_t{1} << 32U; ///< apart from the draws of splits

double meanOfNumbers(const std::vector<double>& values)
{
    double sum = 0.0;
    double count = 0.0;
    for (const double value : values) {
        if (!std::isnan(value)) {
            sum += value;
            count += 1.0;
        }
    }
    return count > 0.0 ? sum / count : notApplicable;
}

/// One evaluation. Users are worked on in parallel, each writing to its own place; sums run over users or
/// pairs in order.
class Evaluator
{
public:
    Evaluator(const Model& model,
              const TrainingData& training,
              const HeldOut& heldOut,
              const EvaluationOptions& options,
              std::vector<WantedMeasure> wanted);

    Result<Evaluation> run(const HeldOut* alsoSeen, const JobContext& context);

private:
    bool wants(std::string_view base) const;
    void lookAround();
    Status gatherKnown(const JobContext& context);
    Status measureUsers(const JobContext& context);
    bool needsAllScores() const
    {
        return wants("ranking-auc") || !m_negatives.empty() || m_ranksGiven || m_ranksCold;
    }
    void measureTogether(std::span<const std::size_t> places);
    std::vector<std::size_t> rankByProducts(std::span<const std::size_t> places);
    void rankByScores(std::span<const std::size_t> places);
    void rank(std::size_t place, TopItems top, std::span<const float> scores);
    void rankSampled(std::size_t place, std::span<const float> scores);
    void rankGiven(std::size_t place, std::span<const float> scores);
    void rankCold(std::size_t place, std::span<const float> scores);
    void setMeans(std::size_t place, bool WantedMeasure::*isOfThese, std::span<const RankedHits> rankings);
    void predict(const TestUser& user);
    void sumUp(Evaluation& evaluation);
    double ofPairs(const WantedMeasure& measure) const;
    double ofCatalogue(const WantedMeasure& measure) const;
    std::vector<double> errorsByUser(const WantedMeasure& measure) const;
    bool isReported(const TestUser& user) const { return m_countsEverybody || !user.relevant.empty(); }
    std::vector<double> ofReported(const std::vector<double>& values) const;

    const Model& m_model;
    const ImportedModel* m_imported; ///< null unless the model knows lists instead of scores
    const TrainingData& m_training;
    const HeldOut& m_heldOut;
    const EvaluationOptions& m_options;
    std::vector<WantedMeasure> m_wanted;
    bool m_countsEverybody = false; ///< users without a relevant item are reported too
    bool m_needsPredictions = false;
    bool m_needsLists = false;
    std::size_t m_longest = 0;
    double m_threshold = 0.0;
    Surroundings m_surroundings;
    std::optional<ProductRanking> m_products; ///< where that is the shorter way
    std::vector<TestUser> m_users;
    bool m_ranksGiven = false;                 ///< among given negatives
    bool m_ranksCold = false;                  ///< among cold items
    std::vector<ItemRow> m_cold;               ///< without training interactions, ascending
    std::vector<std::size_t> m_negatives;      ///< of the sampled measures, each number once
    std::vector<std::vector<ItemRow>> m_known; ///< by place in m_users, for sampled and cold ones; ascending
    std::vector<UserList> m_lists;             ///< by place in m_users; empty items where nothing is relevant
    std::vector<std::vector<double>> m_perUser; ///< by wanted measure, then by place in m_users
    std::vector<float> m_truths;
    std::vector<float> m_predictions;
    std::vector<float> m_expected;   ///< not clipped; none unless coverage of intervals is measured
    std::vector<float> m_deviations; ///< of single ratings, likewise; NaN where the model cannot say
};

Evaluator::Evaluator(const Model& model,
                     const TrainingData& training,
                     const HeldOut& heldOut,
                     const EvaluationOptions& options,
                     std::vector<WantedMeasure> wanted)
    : m_model(model)
    , m_imported(dynamic_cast<const ImportedModel*>(&model))
    , m_training(training)
    , m_heldOut(heldOut)
    , m_options(options)
    , m_wanted(std::move(wanted))
    , m_needsLists(options.listLength > 0)
    , m_longest(static_cast<std::size_t>(std::max(options.listLength, 0)))
    , m_threshold(options.positive.value_or((training.target.scaleMin + training.target.scaleMax) / 2.0))
{
    for (const WantedMeasure& measure : m_wanted) {
        m_longest = std::max(m_longest, measure.k);
        m_needsLists = m_needsLists || measure.basis != Basis::Pairs;
        m_countsEverybody = m_countsEverybody || measure.basis == Basis::Pairs;
        m_ranksGiven = m_ranksGiven || measure.isGiven;
        m_ranksCold = m_ranksCold || measure.isCold;
        if (measure.negatives > 0 && std::ranges::find(m_negatives, measure.negatives) == m_negatives.end()) {
            m_negatives.push_back(measure.negatives);
        }
    }
    const bool scoresArePlain =
        !model.predictsRatings(); // then only the measures that need no ratings ask for them
    const bool isAskedFor = std::any_of(m_wanted.begin(), m_wanted.end(), [&](const WantedMeasure& measure) {
        return measure.basis == Basis::Pairs && !(scoresArePlain && measure.needsRatings);
    });
    m_needsPredictions = isAskedFor || (options.listLength > 0 && model.predictsRatings());
}

bool Evaluator::wants(std::string_view base) const
{
    return std::any_of(m_wanted.begin(), m_wanted.end(), [&](const WantedMeasure& measure) {
        return measure.base == base && measure.basis == Basis::List;
    });
}

void Evaluator::lookAround()
{
    const TrainingDomain& target = m_training.target;
    if (m_ranksCold) {
        m_cold = itemsWithoutInteractions(target.interactions);
    }
    if (wants("novelty")) {
        m_surroundings.surprises = surprises(target.interactions);
    }
    if (wants("serendipity")) {
        m_surroundings.popularity = byPopularity(target.interactions);
    }
    if (target.knowledge == nullptr) {
        return;
    }
    if (wants("calibration")) {
        m_surroundings.categories = categoriesOf(*target.knowledge);
    }
    m_surroundings.vectors = &target.knowledge->vectors;
}

Result<Evaluation> Evaluator::run(const HeldOut* alsoSeen, const JobContext& context)
{
    Result<std::vector<TestUser>> users =
        testUsers(m_training, m_heldOut, alsoSeen, m_options.positive, m_needsLists, context);
    if (!users) {
        return passOn(users);
    }
    m_users = std::move(*users);
    lookAround();
    if (m_needsLists && m_model.products() != nullptr && !needsAllScores() &&
        ProductRanking::isShorter(m_longest, m_model.itemCount())) {
        m_products.emplace(m_model);
    }
    if (const Status gathered = gatherKnown(context); !gathered) {
        return passOn(gathered);
    }
    m_lists.resize(m_users.size());
    m_perUser.assign(m_wanted.size(), std::vector<double>(m_users.size(), notApplicable));
    m_predictions.assign(m_needsPredictions ? m_heldOut.events.size() : 0, 0.0F);
    const bool hasIntervals = std::ranges::find(m_wanted, "picp", &WantedMeasure::base) != m_wanted.end();
    m_expected.assign(hasIntervals ? m_predictions.size() : 0, 0.0F);
    m_deviations.assign(m_expected.size(), std::numeric_limits<float>::quiet_NaN());
    for (const Event& event : m_heldOut.events) {
        m_truths.push_back(event.value);
    }
    if (const Status measured = measureUsers(context); !measured) {
        return passOn(measured);
    }
    Evaluation evaluation;
    sumUp(evaluation);
    return evaluation;
}

/// What no test user can have as a sampled negative, nor among cold items.
Status Evaluator::gatherKnown(const JobContext& context)
{
    if (m_negatives.empty() && !m_ranksCold) {
        return {};
    }
    m_known.resize(m_users.size());
    for (std::size_t place = 0; place < m_users.size(); ++place) {
        m_known[place] = m_users[place].seen;
    }
    for (const HeldOut* part : {&m_heldOut, m_options.alsoKnown}) {
        if (part == nullptr) {
            continue;
        }
        const auto& events = part->events;
        const Status added = interruptible(context, events.size(), [&](std::size_t first, std::size_t last) {
            for (const Event& event : std::span(events).subspan(first, last - first)) {
                const auto user = std::ranges::lower_bound(m_users, event.user, {}, &TestUser::row);
                if (user != m_users.end() && user->row == event.user) {
                    m_known[static_cast<std::size_t>(user - m_users.begin())].push_back(event.item);
                }
            }
        });
        if (!added) {
            return added;
        }
    }
    for (std::vector<ItemRow>& items : m_known) {
        std::ranges::sort(items);
        items.erase(std::unique(items.begin(), items.end()), items.end());
    }
    return context.checkpoint();
}

Status Evaluator::measureUsers(const JobContext& context)
{
    const std::size_t usersPerReport = usersPerBlock * blocksPerReport;
    const std::size_t most = std::clamp<std::size_t>(
        scoresAtOnce / std::max<std::size_t>(1, m_model.itemCount()), 1, m_model.usersAtOnce());
    const std::size_t groups = (usersPerBlock + most - 1) / most;
    const std::size_t together = (usersPerBlock + groups - 1) / groups; // about as many in each
    std::atomic<bool> stopped = false;
    for (std::size_t begin = 0; begin < m_users.size(); begin += usersPerReport) {
        const std::size_t count = std::min(usersPerReport, m_users.size() - begin);
        forEachBlock(count, usersPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            std::vector<std::size_t> places;
            for (std::size_t place = begin + first; place < begin + last && !stopped; ++place) {
                places.push_back(place);
                if (places.size() < together && place + 1 < begin + last) {
                    continue;
                }
                if (context.checkpoint()) {
                    measureTogether(places);
                    places.clear();
                } else {
                    stopped = true;
                }
            }
        });
        if (stopped) {
            return cancelled();
        }
        context.progress(
            {.fraction = static_cast<double>(begin + count) / static_cast<double>(m_users.size()),
             .stage = TRANSLATABLE("stages", "Evaluating"),
             .done = static_cast<std::int64_t>(begin + count),
             .total = static_cast<std::int64_t>(m_users.size())});
    }
    return {};
}

/// Ranks users together. An imported list is what it is.
void Evaluator::measureTogether(std::span<const std::size_t> places)
{
    std::vector<std::size_t> ranked;
    for (const std::size_t place : places) {
        const TestUser& user = m_users[place];
        if (m_needsPredictions) {
            predict(user);
        }
        if (m_needsLists && !user.relevant.empty()) {
            ranked.push_back(place);
        }
    }
    if (m_imported != nullptr) {
        for (const std::size_t place : ranked) {
            rank(place, firstItems(m_imported->listOf(m_users[place].row), m_longest), {});
        }
        return;
    }
    if (m_products) {
        ranked = rankByProducts(ranked);
    }
    if (!ranked.empty()) {
        rankByScores(ranked);
    }
}

/// Returns those who have to be ranked by all their scores.
std::vector<std::size_t> Evaluator::rankByProducts(std::span<const std::size_t> places)
{
    std::vector<ProductRanking::User> users;
    for (const std::size_t place : places) {
        users.push_back({m_users[place].row, m_users[place].seen});
    }
    std::vector<std::optional<TopItems>> best = m_products->best(users, m_longest);
    std::vector<std::size_t> left;
    for (std::size_t at = 0; at < places.size(); ++at) {
        if (best[at]) {
            rank(places[at], std::move(*best[at]), {});
        } else {
            left.push_back(places[at]);
        }
    }
    return left;
}

/// Scores the users all at once; a stretch of scores is looked through while it is warm.
void Evaluator::rankByScores(std::span<const std::size_t> places)
{
    std::vector<UserRow> rows;
    std::vector<BestItems> best;
    for (const std::size_t place : places) {
        rows.push_back(m_users[place].row);
        best.emplace_back(m_users[place].seen, m_longest);
    }
    const bool needsAll = needsAllScores();
    std::vector<std::vector<float>> all(rows.size());
    m_model.scoreUsers(rows, [&](const ScoreStretch& stretch) {
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const std::span<const float> scores = stretch.ofUser(at);
            best[at].offer(scores);
            if (needsAll) {
                all[at].insert(all[at].end(), scores.begin(), scores.end());
            }
        }
    });
    for (std::size_t at = 0; at < places.size(); ++at) {
        rank(places[at], best[at].take(), all[at]);
        rankSampled(places[at], all[at]);
        rankGiven(places[at], all[at]);
        rankCold(places[at], all[at]);
    }
}

void Evaluator::predict(const TestUser& user)
{
    std::vector<ItemRow> items;
    for (const std::uint32_t pair : user.pairs) {
        items.push_back(m_heldOut.events[pair].item);
    }
    std::vector<float> scores(items.size());
    m_model.scoreItems(user.row, items, scores);
    const auto low = static_cast<float>(m_training.target.scaleMin);
    const auto high = static_cast<float>(m_training.target.scaleMax);
    for (std::size_t at = 0; at < scores.size(); ++at) {
        m_predictions[user.pairs[at]] =
            m_model.predictsRatings() ? std::clamp(scores[at], low, high) : scores[at];
    }
    std::vector<float> deviations(items.size());
    if (!m_expected.empty() && m_model.ratingDeviations(user.row, items, deviations)) {
        for (std::size_t at = 0; at < items.size(); ++at) {
            m_expected[user.pairs[at]] = scores[at];
            m_deviations[user.pairs[at]] = deviations[at];
        }
    }
}

/// `scores` are those of all items where a measure asks for them; none for an imported list.
void Evaluator::rank(std::size_t place, TopItems top, std::span<const float> scores)
{
    const TestUser& user = m_users[place];
    UserList& list = m_lists[place];
    list = {.user = user.row,
            .items = std::move(top.items),
            .scores = std::move(top.scores),
            .relevant = user.relevant};
    const std::vector<ItemRow> popular = popularFor(m_surroundings.popularity, user.seen, m_longest);
    RankedUser ranked{.items = list.items,
                      .history = m_training.target.interactions.itemsOf(user.row),
                      .popular = popular,
                      .hits = hitsOf(list.items, user.relevant)};
    if (wants("ranking-auc") && !scores.empty()) {
        ranked.auc = rankingAuc(scores, user.seen, user.relevant);
    }
    for (std::size_t measure = 0; measure < m_wanted.size(); ++measure) {
        const WantedMeasure& wanted = m_wanted[measure];
        if (wanted.basis == Basis::List && wanted.ranksAll()) {
            const HitsMeasure ofHits = hitsMeasure(wanted.base);
            m_perUser[measure][place] = ofHits != nullptr
                                            ? ofHits(ranked.hits, wanted.k)
                                            : listMeasure(wanted.base)(ranked, m_surroundings, wanted.k);
        }
    }
}

void Evaluator::rankSampled(std::size_t place, std::span<const float> scores)
{
    const TestUser& user = m_users[place];
    for (const std::size_t negatives : m_negatives) {
        std::vector<ItemRow> items = drawNegatives(scores.size(),
                                                   m_known[place],
                                                   negatives * user.relevant.size(),
                                                   Random(m_options.seed, place, negativesDraw + negatives));
        items.insert(items.end(), user.relevant.begin(), user.relevant.end());
        const RankedHits hits = hitsOf(rankedAmong(scores, std::move(items)), user.relevant);
        for (std::size_t measure = 0; measure < m_wanted.size(); ++measure) {
            const WantedMeasure& wanted = m_wanted[measure];
            if (wanted.negatives == negatives) {
                m_perUser[measure][place] = hitsMeasure(wanted.base)(hits, wanted.k);
            }
        }
    }
}

void Evaluator::rankGiven(std::size_t place, std::span<const float> scores)
{
    if (!m_ranksGiven || m_heldOut.negatives == nullptr) {
        return;
    }
    setMeans(place, &WantedMeasure::isGiven, rankedAmongGiven(scores, m_users[place], *m_heldOut.negatives));
}

void Evaluator::rankCold(std::size_t place, std::span<const float> scores)
{
    if (m_ranksCold) {
        setMeans(place,
                 &WantedMeasure::isCold,
                 rankedAmongCold(scores, m_users[place], m_cold, m_known[place], m_longest));
    }
}

/// A user's value is the mean over the rankings of single items.
void Evaluator::setMeans(std::size_t place,
                         bool WantedMeasure::*isOfThese,
                         std::span<const RankedHits> rankings)
{
    for (std::size_t measure = 0; measure < m_wanted.size(); ++measure) {
        const WantedMeasure& wanted = m_wanted[measure];
        if (wanted.*isOfThese) {
            std::vector<double> values;
            std::ranges::transform(rankings, std::back_inserter(values), [&](const RankedHits& hits) {
                return hitsMeasure(wanted.base)(hits, wanted.k);
            });
            m_perUser[measure][place] = meanOfNumbers(values);
        }
    }
}

void Evaluator::sumUp(Evaluation& evaluation)
{
    for (std::size_t at = 0; at < m_wanted.size(); ++at) {
        const WantedMeasure& measure = m_wanted[at];
        if (measure.basis == Basis::List) {
            evaluation.values[measure.name] = meanOfNumbers(m_perUser[at]);
            evaluation.perUser[measure.name] = ofReported(m_perUser[at]);
        } else if (measure.basis == Basis::Catalogue) {
            evaluation.values[measure.name] = ofCatalogue(measure);
        } else {
            const bool applies = m_model.predictsRatings() || !measure.needsRatings;
            evaluation.values[measure.name] = applies ? ofPairs(measure) : notApplicable;
            if (applies && (measure.base == "rmse" || measure.base == "mae")) {
                evaluation.perUser[measure.name] = errorsByUser(measure);
            }
        }
    }
    for (const TestUser& user : m_users) {
        if (isReported(user)) {
            evaluation.users.push_back(user.row);
        }
    }
    if (m_options.listLength > 0) {
        std::erase_if(m_lists, [](const UserList& list) { return list.relevant.empty(); });
        evaluation.lists = std::move(m_lists);
    }
    if (m_model.predictsRatings()) {
        evaluation.predictions = std::move(m_predictions);
    }
}

std::vector<double> Evaluator::ofReported(const std::vector<double>& values) const
{
    std::vector<double> reported;
    for (std::size_t place = 0; place < values.size(); ++place) {
        if (isReported(m_users[place])) {
            reported.push_back(values[place]);
        }
    }
    return reported;
}

double Evaluator::ofPairs(const WantedMeasure& measure) const
{
    const RatedPairs pairs{.truths = m_truths, .predictions = m_predictions};
    if (measure.base == "rmse") {
        return std::sqrt(meanSquaredError(pairs));
    }
    if (measure.base == "mae") {
        return meanAbsoluteError(pairs);
    }
    if (measure.base == "picp") {
        return intervalCoverage({.truths = m_truths, .predictions = m_expected}, m_deviations);
    }
    if (measure.base == "auc") {
        return rocAuc(pairs, m_threshold);
    }
    if (measure.base == "log-loss") {
        return logLoss(pairs, m_threshold, m_training.target.scaleMin, m_training.target.scaleMax);
    }
    const Confusion confusion = confusionAt(pairs, m_threshold);
    if (measure.base == "precision") {
        return precision(confusion);
    }
    if (measure.base == "recall") {
        return recall(confusion);
    }
    return measure.base == "f1" ? f1(confusion) : accuracy(confusion);
}

double Evaluator::ofCatalogue(const WantedMeasure& measure) const
{
    std::vector<std::int64_t> counts(m_model.itemCount(), 0);
    for (const UserList& list : m_lists) {
        for (std::size_t place = 0; place < std::min(measure.k, list.items.size()); ++place) {
            ++counts[index(list.items[place])];
        }
    }
    return measure.base == "gini" ? giniOf(std::move(counts)) : coverageOf(counts);
}

std::vector<double> Evaluator::errorsByUser(const WantedMeasure& measure) const
{
    std::vector<double> errors;
    for (const TestUser& user : m_users) {
        std::vector<float> truths;
        std::vector<float> predictions;
        for (const std::uint32_t pair : user.pairs) {
            truths.push_back(m_truths[pair]);
            predictions.push_back(m_predictions[pair]);
        }
        const RatedPairs pairs{.truths = truths, .predictions = predictions};
        errors.push_back(measure.base == "rmse" ? meanSquaredError(pairs) : meanAbsoluteError(pairs));
    }
    return errors;
}

} // namespace

Result<Evaluation> evaluate(const Model& model,
                            const TrainingData& training,
                            const HeldOut& heldOut,
                            const HeldOut* alsoSeen,
                            const EvaluationOptions& options,
                            const JobContext& context)
{
    Result<std::vector<WantedMeasure>> wanted = wantedMeasures(options.measures);
    if (!wanted) {
        return passOn(wanted);
    }
    return Evaluator(model, training, heldOut, options, std::move(*wanted)).run(alsoSeen, context);
}

} // namespace transept
