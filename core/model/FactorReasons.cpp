#include "core/model/FactorReasons.h"

#include "core/model/Contributions.h"
#include "core/model/FoldedUser.h"

#include <algorithm>

namespace transept {
namespace {

constexpr std::string_view mark = "TFR3";

/// The domains whose events made the vectors of users who are not mapped.
std::vector<ReasonDomain> ownOf(const TrainingData& data,
                                const FactorParameters& target,
                                const FactorBackground& background)
{
    std::vector<ReasonDomain> domains =
        background.areJoint ? sourceDomains(data, background) : std::vector<ReasonDomain>();
    domains.insert(domains.begin(),
                   {.data = factorDomain(data.target, data.target),
                    .factors = &target,
                    .habits = background.habitWidth()});
    return domains;
}

/// The vector of an item of a user, and what is predicted of it without any taste.
KnowledgePart itemOf(const ReasonDomain& domain, UserRow user, ItemRow item)
{
    KnowledgePart part{.vector = domain.tasteOf(item),
                       .level = static_cast<double>(domain.factors->userBiases[index(user)]) +
                                static_cast<double>(domain.factors->itemBiases[index(item)])};
    if (domain.knowledge) {
        const KnowledgePart added = domain.knowledge(user, item);
        part.vector += added.vector;
        part.level += added.level;
    }
    return part;
}

FactorMatrix padded(const Matrix& matrix)
{
    FactorMatrix rows(static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols()));
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const auto at = static_cast<Eigen::Index>(row);
        std::ranges::copy(std::span(matrix.row(at).data(), rows.width), rows.row(row).begin());
    }
    return rows;
}

void writeLayer(ModelWriter& writer, const DenseLayer<float>& layer)
{
    const FactorMatrix weights = padded(layer.weights);
    writer.number(weights.rows);
    writer.matrix(weights);
    writer.array({layer.biases.data(), weights.rows});
}

DenseLayer<float> readLayer(ModelReader& reader)
{
    const FactorMatrix weights = reader.matrix(reader.number());
    const std::vector<float> biases = reader.array(weights.rows);
    return {.weights = weights.matrix(),
            .biases = Eigen::Map<const Vector>(biases.data(), static_cast<Eigen::Index>(biases.size()))};
}

/// Whether it maps vectors of `width` with their biases, or is empty.
bool mapsVectors(const LearntMap& map, std::size_t width)
{
    const auto size = static_cast<Eigen::Index>(width + 1);
    const Matrix& hidden = map.hidden.weights;
    const Matrix& output = map.output.weights;
    return map.isEmpty() || (output.rows() == size &&
                             (hidden.rows() == 0 ? output.cols() == size
                                                 : output.cols() == hidden.rows() && hidden.cols() == size));
}

} // namespace

double curvatureAt(PairLoss loss, double prediction)
{
    const double error = pairError(loss, 0.0, prediction);
    return loss == PairLoss::Squared ? 1.0 : -error * (1.0 + error);
}

Eigen::VectorXd vectorOf(const FactorMatrix& matrix, std::size_t row, std::size_t without)
{
    const Eigen::Map<const Vector> values(matrix.at(row), static_cast<Eigen::Index>(matrix.width - without));
    return values.cast<double>();
}

Eigen::VectorXd ReasonDomain::tasteOf(ItemRow item) const
{
    return vectorOf(factors->items, index(item), habits);
}

std::vector<ReasonDomain> sourceDomains(const TrainingData& data, const FactorBackground& background)
{
    std::vector<ReasonDomain> domains;
    for (std::size_t source = 0; source < background.sources.size(); ++source) {
        domains.push_back({.domain = static_cast<int>(source),
                           .data = factorDomain(data.sources[source], data.target, background.sourceWeight),
                           .factors = &background.sources[source]});
    }
    return domains;
}

Eigen::VectorXd Pulls::vector() const
{
    Eigen::VectorXd sum = sampled;
    for (const Pull& each : items) {
        sum += each.pull;
    }
    return curvature.solve(sum);
}

Eigen::VectorXd Pulls::vectorOfSampled() const
{
    return curvature.solve(sampled);
}

std::vector<Contribution> Pulls::towards(const Eigen::VectorXd& vector) const
{
    if (items.empty()) {
        return {};
    }
    const Eigen::VectorXd answer = curvature.solve(vector);
    std::vector<Contribution> result;
    for (const Pull& each : items) {
        result.push_back(
            {.domain = each.domain, .item = each.item, .weight = static_cast<float>(each.pull.dot(answer))});
    }
    return strongestFirst(std::move(result));
}

TasteReasons::TasteReasons(std::vector<ReasonDomain> domains, const FactorSettings& settings)
    : m_domains(std::move(domains))
    , m_settings(settings)
{
}

/// Adds the domain's pulls and its part of A.
void TasteReasons::addDomain(const ReasonDomain& domain,
                             UserRow user,
                             Pulls& pulls,
                             Eigen::MatrixXd& curvature) const
{
    const PairLoss loss = lossOf(domain.data, m_settings);
    const bool isImplicit = domain.data.isImplicit();
    const double decay =
        static_cast<double>(domain.data.weight) * static_cast<double>(decayOf(domain.data, m_settings));
    const double weight = static_cast<double>(domain.data.weight) * domain.data.scale * domain.data.scale;
    const auto pullOf = [&](ItemRow row, double value, double times) -> Eigen::VectorXd {
        const KnowledgePart item = itemOf(domain, user, row);
        curvature.noalias() +=
            times * weight * curvatureAt(loss, item.level) * item.vector * item.vector.transpose();
        curvature.diagonal().array() += times * decay;
        return times * weight * pairError(loss, value, item.level) * item.vector;
    };
    const InteractionMatrix& interactions = domain.data.data->interactions;
    const auto items = interactions.itemsOf(user);
    const auto values = interactions.valuesOf(user);
    std::map<ItemRow, Eigen::VectorXd> sums; // a pair may occur more than once
    for (std::size_t at = 0; at < items.size(); ++at) {
        const double value = isImplicit ? 1.0 : static_cast<double>(values[at]) - domain.data.mean;
        Eigen::VectorXd pull = pullOf(items[at], value, 1.0);
        const auto [sum, isNew] = sums.try_emplace(items[at], pull);
        if (!isNew) {
            sum->second += pull;
        }
    }
    for (auto& [item, pull] : sums) {
        pulls.items.push_back({.domain = domain.domain, .item = item, .pull = std::move(pull)});
    }
    if (isImplicit && !items.empty()) {
        const std::size_t itemCount = domain.factors->items.rows;
        const double times =
            static_cast<double>(items.size()) * m_settings.negatives / static_cast<double>(itemCount);
        for (std::size_t item = 0; item < itemCount; ++item) {
            pulls.sampled += pullOf(static_cast<ItemRow>(item), 0.0, times);
        }
    }
}

std::shared_ptr<const Pulls> TasteReasons::pullsOf(UserRow user) const
{
    auto pulls = std::make_shared<Pulls>();
    if (m_domains.empty()) {
        return pulls;
    }
    const auto width = static_cast<Eigen::Index>(m_domains.front().tasteWidth());
    pulls->sampled = Eigen::VectorXd::Zero(width);
    Eigen::MatrixXd curvature = Eigen::MatrixXd::Zero(width, width);
    for (const ReasonDomain& domain : m_domains) {
        addDomain(domain, user, *pulls, curvature);
    }
    pulls->curvature.compute(curvature);
    return pulls;
}

std::shared_ptr<const Pulls> TasteReasons::of(UserRow user) const
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_last && m_last->first == user) {
            return m_last->second;
        }
    }
    std::shared_ptr<const Pulls> pulls = pullsOf(user);
    const std::lock_guard lock(m_mutex);
    m_last.emplace(user, pulls);
    return pulls;
}

ExplainedFactorModel::ExplainedFactorModel(FactorParameters parameters,
                                           FactorBackground background,
                                           std::shared_ptr<const TrainingData> data,
                                           const FactorSettings& settings)
    : FactorModel(std::move(parameters))
    , m_data(std::move(data))
    , m_background(std::move(background))
    , m_settings(settings)
    , m_own(ownOf(*m_data, this->parameters(), m_background), settings)
    , m_sources(sourceDomains(*m_data, m_background), settings)
{
}

bool ExplainedFactorModel::isMapped(UserRow user) const
{
    const auto acts = [user](const TrainingDomain& domain) {
        return !domain.interactions.itemsOf(user).empty();
    };
    return maps(acts(m_data->target), std::ranges::any_of(m_data->sources, acts));
}

bool ExplainedFactorModel::maps(bool actsInTarget, bool actsInSources) const
{
    return !m_background.areJoint && !m_background.map.isEmpty() && actsInSources &&
           (m_background.mapsEverybody || !actsInTarget);
}

/// Somebody who did this, as the mapping knows them.
FoldedUser ExplainedFactorModel::mappedUser(std::span<const PastEvent> history) const
{
    const std::vector<ReasonDomain> sources = sourceDomains(*m_data, m_background);
    const FoldedUser known = foldedUser(sources, m_settings, UserBias::Shared, history);
    const double bias = known.biases.front() / sources.front().data.scale;
    const Eigen::Index width = known.factors.size();
    Matrix extended(1, width + 1);
    extended << known.factors.transpose().cast<float>(), static_cast<float>(bias);
    const Eigen::VectorXd mapped = m_background.map.map(extended).row(0).transpose().cast<double>();
    if (!m_background.habits) {
        return {.factors = mapped.head(width), .biases = {mapped[width]}};
    }
    const CarriedHabits& carried = *m_background.habits;
    const RatingHabits habits =
        SourceHabits(sources, m_background.habitShrinkage, static_cast<double>(carried.meanSquare))
            .of(history);
    const auto numbers = carried.userNumbers(habits);
    Eigen::VectorXd vector(width + static_cast<Eigen::Index>(numbers.size()));
    vector << mapped.head(width),
        Eigen::Map<const Eigen::VectorXd>(numbers.data(), static_cast<Eigen::Index>(numbers.size()));
    return {.factors = vector, .biases = {carried.userBias(habits)}};
}

bool ExplainedFactorModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    const FactorParameters& target = parameters();
    const auto isOfTarget = [](const PastEvent& event) { return event.domain < 0; };
    const bool actsInTarget = std::ranges::any_of(history, isOfTarget);
    const FoldedUser user =
        maps(actsInTarget, !std::ranges::all_of(history, isOfTarget))
            ? mappedUser(history)
            : foldedUser(ownOf(*m_data, target, m_background), m_settings, m_background.userBias, history);
    for (std::size_t item = 0; item < scores.size(); ++item) {
        const Eigen::VectorXd q = vectorOf(target.items, item);
        scores[item] = static_cast<float>(static_cast<double>(target.mean) + user.biases.front() +
                                          static_cast<double>(target.itemBiases[item]) +
                                          user.factors.dot(q.head(user.factors.size())));
    }
    return true;
}

bool ExplainedFactorModel::foldInItem(std::span<const Event> interactions,
                                      std::span<const UserRow> users,
                                      std::span<float> scores) const
{
    const FactorParameters& target = parameters();
    if (m_background.mapsEverybody && !m_background.map.isEmpty()) {
        return false;
    }
    if (users.empty()) {
        return true;
    }
    std::vector<Event> heeded(interactions.begin(), interactions.end());
    std::erase_if(heeded, [&](const Event& event) { return isMapped(event.user); });
    const FoldedItem item = foldedItem(ownOf(*m_data, target, m_background).front(), m_settings, heeded);
    const auto numbers = CarriedHabits::itemNumbers(static_cast<float>(item.bias));
    for (std::size_t at = 0; at < users.size(); ++at) {
        double score = item.scoreFor(target, users[at]);
        for (std::size_t habit = 0; habit < m_background.habitWidth(); ++habit) {
            const float* own = target.users.at(index(users[at])) + item.factors.size();
            score += static_cast<double>(own[habit] * numbers[habit]);
        }
        scores[at] = static_cast<float>(score);
    }
    return true;
}

std::vector<std::pair<std::string, Matrix>> ExplainedFactorModel::factors() const
{
    auto all = FactorModel::factors();
    for (std::size_t source = 0; source < m_background.sources.size(); ++source) {
        addSourceFactors(source + 1, m_background.sources[source], all);
    }
    if (m_background.sourceUsers.rows > 0) {
        all.emplace_back("source-users", m_background.sourceUsers.matrix());
    }
    if (m_background.ownUsers.rows > 0) {
        all.emplace_back("own-users", m_background.ownUsers.matrix());
        all.emplace_back("own-user-biases", biasColumn(m_background.ownUserBiases));
    }
    return all;
}

std::vector<Contribution> ExplainedFactorModel::contributions(UserRow user, ItemRow item) const
{
    const Eigen::VectorXd q = vectorOf(parameters().items, index(item), m_background.habitWidth());
    if (!isMapped(user)) {
        return m_own.of(user)->towards(q);
    }
    const std::shared_ptr<const Pulls> pulls = m_sources.of(user);
    const Eigen::Index width = q.size();
    const double bias = static_cast<double>(m_background.sources.front().userBiases[index(user)]);
    const auto with = [width](const Eigen::VectorXd& vector, double last) {
        Eigen::VectorXd extended(width + 1);
        extended << vector, last;
        return extended;
    };
    const Eigen::MatrixXd slope =
        m_background.map.slope(with(pulls->vectorOfSampled(), bias), with(pulls->vector(), bias));
    const double mappedBias = m_background.habits ? 0.0 : 1.0;
    return pulls->towards(slope.leftCols(width).transpose() * with(q, mappedBias));
}

std::optional<std::string> ExplainedFactorModel::serialised() const
{
    ModelWriter writer(mark);
    writeDomain(writer, parameters());
    writer.matrix(parameters().users);
    writer.number(m_background.sources.size());
    for (const FactorParameters& source : m_background.sources) {
        writeDomain(writer, source);
    }
    writeLayer(writer, m_background.map.hidden);
    writeLayer(writer, m_background.map.output);
    if (m_background.habits) {
        for (const float weight : m_background.habits->weights) {
            writer.real(weight);
        }
        writer.real(m_background.habits->meanSquare);
    }
    for (const FactorMatrix* users : {&m_background.sourceUsers, &m_background.ownUsers}) {
        writer.number(users->rows);
        writer.matrix(*users);
    }
    writer.array(m_background.ownUserBiases);
    return writer.finish();
}

Result<std::shared_ptr<const Model>> restoreExplainedModel(std::shared_ptr<const TrainingData> data,
                                                           std::string_view bytes,
                                                           FactorBackground background,
                                                           const FactorSettings& settings)
{
    ModelReader reader(mark, bytes);
    FactorParameters target = readDomain(reader, data->userCount, data->target.interactions.itemCount());
    target.users = reader.matrix(data->userCount);
    bool fits = target.users.width == target.items.width;
    const std::size_t sources = reader.number();
    fits = fits && sources <= data->sources.size();
    for (std::size_t source = 0; fits && source < sources; ++source) {
        const std::size_t items = data->sources[source].interactions.itemCount();
        background.sources.push_back(readDomain(reader, data->userCount, items));
        fits = background.sources.back().items.width == background.sources.front().items.width;
    }
    const std::size_t taste =
        fits && sources > 0 ? background.sources.front().items.width : target.items.width;
    background.map.hidden = readLayer(reader);
    background.map.output = readLayer(reader);
    if (target.items.width == taste + CarriedHabits::width && !background.areJoint) {
        for (float& weight : background.habits.emplace().weights) {
            weight = reader.real();
        }
        background.habits->meanSquare = reader.real();
    }
    for (FactorMatrix* users : {&background.sourceUsers, &background.ownUsers}) {
        const std::size_t rows = reader.number();
        *users = reader.matrix(rows);
    }
    background.ownUserBiases = reader.array(background.ownUsers.rows);
    fits =
        fits && target.items.width == taste + background.habitWidth() && mapsVectors(background.map, taste);
    if (!reader.finished() || !fits) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const ExplainedFactorModel>(
        std::move(target), std::move(background), std::move(data), settings);
}

} // namespace transept
