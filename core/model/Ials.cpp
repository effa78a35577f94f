#include "core/base/Kernels.h"
#include "core/model/AlsSolver.h"
#include "core/model/Contributions.h"
#include "core/model/Epochs.h"
#include "core/model/FactorReasons.h"
#include "core/model/FactorState.h"
#include "core/model/FoldIn.h"
#include "core/model/History.h"
#include "core/model/IalsParameters.h"
#include "core/model/Methods.h"
#include "core/model/ModelBytes.h"
#include "core/model/Workload.h"

#include <Eigen/Cholesky>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>

namespace transept {
namespace {

constexpr std::string_view mark = "TIA1";

struct IalsSettings
{
    std::size_t factors = 64;
    int epochs = 16;
    double deviation = 0.1;
    EntryValue values = EntryValue::Binary;
    AlsOptions als;
};

struct IalsFactors
{
    FactorMatrix users;
    FactorMatrix items; ///< of all domains, the target's first
};

std::size_t activeRows(const SparseRows& rows)
{
    std::size_t count = 0;
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        count += rows.lengthOf(row) > 0 ? 1 : 0;
    }
    return count;
}

/// The mean of the rows that count; zeros when none does.
template<typename Counts>
std::vector<float> meanVector(const FactorMatrix& rows, const Counts& counts)
{
    std::vector<std::size_t> counted;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (counts(row)) {
            counted.push_back(row);
        }
    }
    std::vector<double> sums(rows.width);
    for (const std::size_t row : counted) {
        for (std::size_t at = 0; at < sums.size(); ++at) {
            sums[at] += static_cast<double>(rows.at(row)[at]) / static_cast<double>(counted.size());
        }
    }
    std::vector<float> mean(rows.width);
    std::ranges::transform(sums, mean.begin(), [](double value) { return static_cast<float>(value); });
    return mean;
}

/// score = <p_u, q_i>. The scores need the target's items alone, the reasons all.
class IalsModel final : public FactorModel
{
public:
    IalsModel(IalsFactors factors, std::shared_ptr<const TrainingData> data, const IalsSettings& settings)
        : IalsModel(lastRows(factors.items, data->target.interactions.itemCount()),
                    std::move(factors),
                    data,
                    settings)
    {
    }

    std::vector<Contribution> contributions(UserRow user, ItemRow item) const override;
    bool foldIn(std::span<const PastEvent> history, std::span<float> scores) const override;
    bool foldInItem(std::span<const Event> interactions,
                    std::span<const UserRow> users,
                    std::span<float> scores) const override;

    std::optional<std::string> serialised() const override
    {
        ModelWriter writer(mark);
        writer.matrix(parameters().users);
        writer.matrix(parameters().items);
        writer.matrix(m_sourceItems);
        return writer.finish();
    }

    std::vector<std::pair<std::string, Matrix>> factors() const override
    {
        std::vector<std::pair<std::string, Matrix>> all{{"users", parameters().users.matrix()},
                                                        {"items", parameters().items.matrix()}};
        Eigen::Index first = 0;
        for (std::size_t source = 0; source < m_data->sources.size(); ++source) {
            const auto count = static_cast<Eigen::Index>(m_data->sources[source].interactions.itemCount());
            all.emplace_back(fmt::format("source-{}-items", source + 1),
                             m_sourceItems.matrix().middleRows(first, count));
            first += count;
        }
        return all;
    }

private:
    IalsModel(FactorMatrix sourceItems,
              IalsFactors&& factors,
              const std::shared_ptr<const TrainingData>& data,
              const IalsSettings& settings)
        : FactorModel(scoring(std::move(factors), data->target.interactions.itemCount()))
        , m_data(data)
        , m_settings(settings)
        , m_sourceItems(std::move(sourceItems))
    {
    }

    /// What reasons and newcomers need beside the factors: made when the first is asked for.
    struct Background
    {
        History history;
        NewcomerHistory newcomers;
        FactorMatrix items; ///< of all domains
        std::size_t activeItems = 0;
        FactorMatrix gram;         ///< alpha0 Q'Q
        std::vector<float> noUser; ///< the vector of users without a history
    };

    /// The users with a history, as training multiplied the items with them; made when the first new item is
    /// asked for.
    struct Audience
    {
        FactorMatrix gram; ///< alpha0 P'P
        std::size_t activeUsers = 0;
    };

    std::optional<Background> madeBackground() const;
    std::optional<Audience> madeAudience() const;

    /// Null when the data cannot be read.
    const Background* background() const
    {
        std::call_once(m_backgroundMade, [&] { m_background = madeBackground(); });
        return m_background ? &*m_background : nullptr;
    }

    const Audience* audience() const
    {
        std::call_once(m_audienceMade, [&] { m_audience = madeAudience(); });
        return m_audience ? &*m_audience : nullptr;
    }

    static FactorMatrix lastRows(const FactorMatrix& items, std::size_t first)
    {
        FactorMatrix rows(items.rows - first, items.width);
        std::copy(items.at(first), items.at(items.rows), rows.values.begin());
        return rows;
    }

    static FactorParameters scoring(IalsFactors factors, std::size_t targets)
    {
        const std::size_t users = factors.users.rows;
        factors.items.rows = targets;
        factors.items.values.resize(targets * factors.items.stride);
        return {.ratings = false,
                .users = std::move(factors.users),
                .items = std::move(factors.items),
                .userBiases = std::vector<float>(users),
                .itemBiases = std::vector<float>(targets)};
    }

    std::shared_ptr<const TrainingData> m_data;
    IalsSettings m_settings;
    FactorMatrix m_sourceItems;
    mutable std::once_flag m_backgroundMade;
    mutable std::optional<Background> m_background;
    mutable std::once_flag m_audienceMade;
    mutable std::optional<Audience> m_audience;
};

std::optional<IalsModel::Background> IalsModel::madeBackground() const
{
    Result<History> history = History::of(*m_data, m_settings.values, {});
    const FactorMatrix& targets = parameters().items;
    FactorMatrix items(targets.rows + m_sourceItems.rows, targets.width);
    std::copy(targets.at(0), targets.at(targets.rows), items.at(0));
    std::copy(m_sourceItems.at(0), m_sourceItems.at(m_sourceItems.rows), items.at(targets.rows));
    Result<FactorMatrix> gram = weightedGram(items, m_settings.als.unobservedWeight, {});
    if (!history || !gram) {
        return std::nullopt;
    }
    std::vector<bool> isActive(items.rows);
    for (const std::int32_t column : history->rows().columns) {
        isActive[static_cast<std::size_t>(column)] = true;
    }
    std::vector<float> noUser =
        meanVector(parameters().users, [&](std::size_t user) { return history->rows().lengthOf(user) > 0; });
    return Background{.history = std::move(*history),
                      .newcomers = NewcomerHistory(*m_data, m_settings.values, 1.0),
                      .items = std::move(items),
                      .activeItems = static_cast<std::size_t>(std::ranges::count(isActive, true)),
                      .gram = std::move(*gram),
                      .noUser = std::move(noUser)};
}

/// One exact solve, as half a sweep over the final items would give it; without a history the vector of the
/// users who have none.
bool IalsModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    const Background* known = background();
    if (known == nullptr) {
        return false;
    }
    const SparseRows row = known->newcomers.rowOf(history);
    const FactorMatrix& items = parameters().items;
    std::vector<float> vector(items.stride);
    if (row.lengthOf(0) == 0) {
        std::ranges::copy(known->noUser, vector.begin());
    } else if (!transept::foldIn(known->items,
                                 known->gram,
                                 {.columns = row.columnsOf(0),
                                  .weights = row.valuesOf(0),
                                  .ridge = ridge(m_settings.als, row.lengthOf(0), known->activeItems)},
                                 vector)) {
        return false;
    }
    kernels::dotRows(
        items.values.data(), items.rows, items.stride, vector.data(), items.stride, scores.data());
    return true;
}

std::optional<IalsModel::Audience> IalsModel::madeAudience() const
{
    const Background* known = background();
    if (known == nullptr) {
        return std::nullopt;
    }
    FactorMatrix users = parameters().users;
    std::size_t activeUsers = 0;
    for (std::size_t user = 0; user < users.rows; ++user) {
        if (known->history.rows().lengthOf(user) == 0) {
            std::fill_n(users.at(user), users.stride, 0.0F);
        } else {
            ++activeUsers;
        }
    }
    Result<FactorMatrix> gram = weightedGram(users, m_settings.als.unobservedWeight, {});
    return gram ? std::optional(Audience{.gram = std::move(*gram), .activeUsers = activeUsers})
                : std::nullopt;
}

/// One exact solve, as the second half of an epoch gives it; users without a history have no say, as in
/// training.
bool IalsModel::foldInItem(std::span<const Event> interactions,
                           std::span<const UserRow> users,
                           std::span<float> scores) const
{
    if (users.empty()) {
        return true;
    }
    const Audience* known = audience();
    if (known == nullptr) {
        return false;
    }
    std::vector<Event> heeded(interactions.begin(), interactions.end());
    const SparseRows& histories = background()->history.rows();
    std::erase_if(heeded, [&](const Event& event) { return histories.lengthOf(index(event.user)) == 0; });
    const SparseRows column = columnOfNewItem(*m_data, m_settings.values, heeded);
    const FactorMatrix& rows = parameters().users;
    std::vector<float> vector(rows.stride);
    if (column.lengthOf(0) > 0 &&
        !transept::foldIn(rows,
                          known->gram,
                          {.columns = column.columnsOf(0),
                           .weights = column.valuesOf(0),
                           .ridge = ridge(m_settings.als, column.lengthOf(0), known->activeUsers)},
                          vector)) {
        return false;
    }
    std::ranges::transform(users, scores.begin(), [&](UserRow user) {
        return kernels::dot(vector.data(), rows.at(index(user)), rows.stride);
    });
    return true;
}

/// Hu, Koren and Volinsky 2008, section 5: the user's vector is A^-1 sum_j w_j q_j, so item j adds
/// w_j <q_j, A^-1 q_i> to the score. The sum is the score of the vector that the final items ask for; the
/// model's is that of the items as they were half an epoch before.
std::vector<Contribution> IalsModel::contributions(UserRow user, ItemRow item) const
{
    const Background* known = background();
    if (known == nullptr || known->history.rows().lengthOf(index(user)) == 0) {
        return {};
    }
    const SparseRows& rows = known->history.rows();
    const auto columns = rows.columnsOf(index(user));
    const auto weights = rows.valuesOf(index(user));
    const auto width = static_cast<Eigen::Index>(known->items.width);
    Eigen::MatrixXd curvature = known->gram.matrix().topLeftCorner(width, width).cast<double>();
    curvature.diagonal().array() += ridge(m_settings.als, columns.size(), known->activeItems);
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const Eigen::VectorXd q = vectorOf(known->items, static_cast<std::size_t>(columns[at]));
        curvature.noalias() += static_cast<double>(weights[at]) * q * q.transpose();
    }
    const Eigen::VectorXd answer = curvature.llt().solve(vectorOf(known->items, index(item)));
    std::vector<float> parts(columns.size());
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const double product = vectorOf(known->items, static_cast<std::size_t>(columns[at])).dot(answer);
        parts[at] = static_cast<float>(static_cast<double>(weights[at]) * product);
    }
    return strongestColumns(known->history, columns, parts);
}

/// The factors under training.
class IalsTraining
{
public:
    static Result<IalsTraining> start(const TrainingData& data,
                                      const IalsSettings& settings,
                                      const FitContext& context)
    {
        const Result<History> history = History::of(data, settings.values, context.job);
        if (!history) {
            return passOn(history);
        }
        Result<SparseRows> items = transposed(history->rows(), context.job);
        if (!items) {
            return passOn(items);
        }
        IalsTraining training(history->rows(), std::move(*items), settings, context.seed);
        if (context.start != nullptr) {
            training.startFrom(*context.start, history->firstColumns());
        }
        return training;
    }

    /// The mean over the positive pairs of the whole squared error: sum w (1 - s)^2 over them and
    /// alpha0 s^2 over all pairs.
    Result<double> runEpoch(int epoch, const FitContext& context)
    {
        reportEpoch(context.job, epoch, m_settings.epochs, 0.0);
        const Result<double> users = m_userSolver->sweep(m_factors.items, m_factors.users, context.job);
        if (!users) {
            return passOn(users);
        }
        reportEpoch(context.job, epoch, m_settings.epochs, 0.5);
        const Result<double> items = m_itemSolver->sweep(m_factors.users, m_factors.items, context.job);
        if (!items) {
            return passOn(items);
        }
        if (!std::isfinite(*users) || !std::isfinite(*items)) {
            return fail(ErrorCode::Diverged,
                        TRANSLATABLE("errors",
                                     "The training diverged in epoch %1: its equations have no finite "
                                     "solution any more. Raise the regularisation (now %2)."),
                        {std::to_string(epoch), fmt::format("{:g}", m_settings.als.regularisation)});
        }
        return *items / std::max(m_userSolver->weightSum(), 1.0);
    }

    /// What changes from epoch to epoch.
    void exchange(TrainingState& state)
    {
        state.matrix(m_factors.users);
        state.matrix(m_factors.items);
    }

    /// The factors as they are now. Users without training interactions get the mean user's vector, so that
    /// their list is what the model thinks of an item on average; the definition's zero would leave all items
    /// equal.
    IalsFactors factors() const
    {
        IalsFactors result = m_factors;
        if (m_newUsers.size() == result.users.rows || m_newUsers.empty()) {
            return result;
        }
        const std::vector<float> mean = meanVector(
            result.users, [&](std::size_t user) { return !std::ranges::binary_search(m_newUsers, user); });
        for (const std::size_t user : m_newUsers) {
            std::ranges::copy(mean, result.users.at(user));
        }
        return result;
    }

private:
    void startFrom(const StartingPoint& start, std::span<const std::size_t> firstColumns)
    {
        start.forEachKnown("users", start.users, [&](std::size_t user, std::span<const float> values) {
            std::ranges::copy(values, m_factors.users.row(user).begin());
        });
        for (std::size_t domain = 0; domain < start.items.size(); ++domain) {
            const std::string name = domain == 0 ? "items" : fmt::format("source-{}-items", domain);
            start.forEachKnown(
                name, start.items[domain], [&](std::size_t item, std::span<const float> values) {
                    std::ranges::copy(values, m_factors.items.row(firstColumns[domain] + item).begin());
                });
        }
    }

    IalsTraining(SparseRows users, SparseRows items, const IalsSettings& settings, std::uint64_t seed)
        : m_settings(settings)
        , m_factors{.users = FactorMatrix(users.rowCount(), settings.factors),
                    .items = FactorMatrix(items.rowCount(), settings.factors)}
    {
        for (std::size_t user = 0; user < users.rowCount(); ++user) {
            if (users.lengthOf(user) == 0) {
                m_newUsers.push_back(user);
            }
        }
        const double deviation = settings.deviation / std::sqrt(static_cast<double>(settings.factors));
        const auto placeOf = [&](std::size_t item) {
            return items.lengthOf(item) > 0 ? std::optional<std::size_t>(item) : std::nullopt;
        };
        drawRows(m_factors.items,
                 items.rowCount(),
                 static_cast<float>(deviation),
                 placeOf,
                 [seed](std::size_t item) { return randomFor(seed, Purpose::ItemFactors, item); });
        const std::size_t activeUsers = users.rowCount() - m_newUsers.size();
        const std::size_t activeItems = activeRows(items);
        m_userSolver = std::make_unique<AlsSolver>(std::move(users), activeItems, settings.als);
        m_itemSolver = std::make_unique<AlsSolver>(std::move(items), activeUsers, settings.als);
    }

    IalsSettings m_settings;
    IalsFactors m_factors;
    std::vector<std::size_t> m_newUsers; ///< without training interactions
    std::unique_ptr<AlsSolver> m_userSolver;
    std::unique_ptr<AlsSolver> m_itemSolver;
};

class Ials final : public Method
{
public:
    explicit Ials(const IalsSettings& settings) : m_settings(settings) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<IalsTraining> training = IalsTraining::start(*data, m_settings, context);
        if (!training) {
            return passOn(training);
        }
        return runEpochs(
            m_settings.epochs,
            context,
            [&](int epoch) { return training->runEpoch(epoch, context); },
            [&] { return std::make_shared<const IalsModel>(training->factors(), data, m_settings); },
            [&](TrainingState& numbers) { training->exchange(numbers); });
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        std::size_t sources = 0;
        for (const TrainingDomain& source : data->sources) {
            sources += source.interactions.itemCount();
        }
        ModelReader reader(mark, bytes);
        IalsFactors factors{.users = reader.matrix(data->userCount),
                            .items = reader.matrix(data->target.interactions.itemCount())};
        const FactorMatrix further = reader.matrix(sources);
        if (!reader.finished() || factors.users.width != factors.items.width ||
            further.width != factors.items.width) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE(
                    "errors",
                    "The stored model does not belong to this data or is damaged. Run its spec again."));
        }
        factors.items.rows += further.rows;
        factors.items.values.insert(factors.items.values.end(), further.values.begin(), further.values.end());
        return std::make_shared<const IalsModel>(std::move(factors), std::move(data), m_settings);
    }

private:
    IalsSettings m_settings;
};

AlsMethod alsMethodFrom(const std::string& name)
{
    if (name == "blocks") {
        return AlsMethod::Blocks;
    }
    return name == "exact" ? AlsMethod::Exact : AlsMethod::ConjugateGradient;
}

IalsSettings settingsFrom(const Parameters& parameters)
{
    return {.factors = static_cast<std::size_t>(parameters.integer("factors")),
            .epochs = parameters.integer("epochs"),
            .deviation = parameters.real("deviation"),
            .values = entryValueFrom(parameters),
            .als = {.method = alsMethodFrom(parameters.text("solver")),
                    .blockSize = static_cast<std::size_t>(parameters.integer("block-size")),
                    .steps = parameters.integer("steps"),
                    .unobservedWeight = parameters.real("unobserved-weight"),
                    .regularisation = parameters.real("regularisation"),
                    .exponent = parameters.real("exponent")}};
}

Work solverWork(const AlsOptions& options, double entries, double rows, double numbers)
{
    const double gram = rows * numbers * numbers / 2.0;
    Work work{.scattered = 4.0 * entries};
    if (options.method == AlsMethod::Exact) {
        work.products =
            entries * numbers * numbers / 2.0 + 5.0 * rows * numbers * numbers * numbers / 6.0 + 2.0 * gram;
    } else if (options.method == AlsMethod::Blocks) {
        const double block =
            std::min(numbers, workload::paddedFactors(static_cast<double>(options.blockSize)));
        work.products = entries * numbers * (block / 2.0 + 4.0) +
                        rows * numbers * (5.0 * block * block / 6.0 + 2.0 * numbers) + gram;
    } else {
        work.products = (options.steps + 1.0) * (3.0 * entries * numbers + rows * numbers * numbers) + gram;
    }
    return work;
}

/// An epoch solves for the users and for the items.
std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const IalsSettings settings = settingsFrom(parameters);
    const DomainShape all = shape.joined();
    const double entries = workload::countedShare(parameters.text("values")) * all.interactions;
    const double numbers = workload::paddedFactors(static_cast<double>(settings.factors));
    const double rows = shape.users + all.items;
    Workload load{.start = workload::history(shape), .epochs = settings.epochs};
    load.start.alone += {.scattered = 4.0 * entries, .steps = 8.0 * numbers * all.items};
    load.epoch.shared = solverWork(settings.als, 2.0 * entries, rows, numbers);
    load.epoch.alone = {.streamed = 4.0 * rows * numbers};
    load.ranking = workload::dotScores(shape.target.items, numbers);
    load.pair = Work{.products = numbers, .scattered = 4.0, .steps = 4.0};
    load.modelBytes = workload::factorBytes(rows, numbers) + sizeof(float) * rows;
    load.trainBytes = workload::factorBytes(rows, numbers) + 16.0 * entries + 24.0 * rows +
                      8.0 * numbers * numbers * sizeof(float);
    return load;
}

} // namespace

/// Users are shared by all domains; the items of the target and of the sources are one set, as in ease. A
/// pair's weight w is what History makes of it: 1, unless "values" says otherwise.
MethodDescription describeIals()
{
    return {.name = "ials",
            .title = TRANSLATABLE("methods", "Implicit alternating least squares"),
            .family = TRANSLATABLE("methods", "Factorisation"),
            .source = "Hu, Koren, Volinsky 2008; Rendle, Krichene, Zhang, Koren 2021",
            .meaning = TRANSLATABLE(
                "methods",
                "Every user and every item becomes a short vector, so that products are near 1 where "
                "something happened and near 0 elsewhere, with all pairs counted. Items of source domains "
                "shape the users' vectors as well. The fastest of the strong methods for rankings."),
            .usesSources = true,
            .iterative = true,
            .startsWarm = true,
            .parameters = ialsParameters(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<Ials>(settingsFrom(parameters));
            },
            .workload = workloadOf};
}

} // namespace transept
