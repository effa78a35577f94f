#include "core/model/BlendModel.h"

#include "core/base/Kernels.h"
#include "core/model/Contributions.h"
#include "core/model/ModelBytes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace transept {
namespace {

constexpr std::string_view mark = "BLND";
constexpr float seen = -std::numeric_limits<float>::infinity();

Standard standardOf(std::span<const float> scores)
{
    constexpr std::size_t lanes = 8; // several sums side by side: one would wait for itself
    std::array<double, lanes> sums{};
    std::array<double, lanes> squares{};
    const std::size_t whole = scores.size() / lanes * lanes;
    for (std::size_t at = 0; at < whole; at += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const auto score = static_cast<double>(scores[at + lane]);
            sums[lane] += score;
            squares[lane] += score * score;
        }
    }
    for (std::size_t at = whole; at < scores.size(); ++at) {
        const auto score = static_cast<double>(scores[at]);
        sums[at - whole] += score;
        squares[at - whole] += score * score;
    }
    double sum = 0.0;
    double square = 0.0;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        sum += sums[lane];
        square += squares[lane];
    }
    const double count = std::max<double>(1.0, static_cast<double>(scores.size()));
    const double mean = sum / count;
    const double spread = std::sqrt(std::max(0.0, square / count - mean * mean));
    return {.mean = static_cast<float>(mean),
            .unit = spread > 1e-12 ? static_cast<float>(1.0 / spread) : 0.0F};
}

void standardise(std::span<float> scores)
{
    const Standard standard = standardOf(scores);
    for (float& score : scores) {
        score = standard.of(score);
    }
}

/// The sum of the points of `count` places from place `first` (from 0) on, the last seat's place being
/// `seats` - 1.
double pointsOf(std::size_t first, std::size_t count, std::size_t seats)
{
    const std::size_t taken = std::min(count, seats - std::min(first, seats));
    const auto best = static_cast<double>(seats - std::min(first, seats));
    return static_cast<double>(taken) * (best - (static_cast<double>(taken) - 1.0) / 2.0);
}

void vote(std::span<const ItemRow> owned, std::size_t seats, std::span<float> scores)
{
    for (const ItemRow item : owned) {
        scores[index(item)] = seen;
    }
    std::vector<float> candidates;
    std::ranges::copy_if(scores, std::back_inserter(candidates), [](float score) { return score > seen; });
    const std::size_t filled = std::min(seats, candidates.size());
    if (filled == 0) {
        std::ranges::fill(scores, 0.0F);
        return;
    }
    const auto last = candidates.begin() + static_cast<std::ptrdiff_t>(filled) - 1;
    std::nth_element(candidates.begin(), last, candidates.end(), std::greater<>());
    const float bar = *last;
    std::vector<std::size_t> elected;
    std::size_t atBar = 0;
    for (std::size_t item = 0; item < scores.size(); ++item) {
        if (scores[item] > bar) {
            elected.push_back(item);
        } else if (scores[item] == bar) {
            ++atBar;
        }
    }
    std::ranges::sort(elected, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    const auto share = [seats](std::size_t first, std::size_t count) {
        return static_cast<float>(pointsOf(first, count, seats) /
                                  (static_cast<double>(count) * static_cast<double>(seats)));
    };
    const float barShare = share(elected.size(), atBar);
    std::vector<float> shares;
    for (std::size_t first = 0; first < elected.size();) {
        std::size_t end = first + 1;
        while (end < elected.size() && scores[elected[end]] == scores[elected[first]]) {
            ++end;
        }
        shares.insert(shares.end(), end - first, share(first, end - first));
        first = end;
    }
    for (float& score : scores) {
        score = score == bar ? barShare : 0.0F;
    }
    for (std::size_t place = 0; place < elected.size(); ++place) {
        scores[elected[place]] = shares[place];
    }
}

/// For somebody who has these items of the target.
void calibrateFor(const Calibration& calibration, std::span<const ItemRow> owned, std::span<float> scores)
{
    if (calibration.kind == Calibration::Kind::Standardised) {
        standardise(scores);
    } else if (calibration.kind == Calibration::Kind::Votes) {
        vote(owned, calibration.seats, scores);
    }
}

} // namespace

void calibrate(const Calibration& calibration, UserRow user, std::span<float> scores)
{
    const bool asksWhatIsOwned = calibration.kind == Calibration::Kind::Votes;
    calibrateFor(calibration,
                 asksWhatIsOwned ? calibration.data->target.interactions.itemsOf(user)
                                 : std::span<const ItemRow>(),
                 scores);
}

BlendModel::BlendModel(Parts parts, std::vector<float> weights, Calibration calibration, float intercept)
    : m_parts(std::move(parts))
    , m_weights(std::move(weights))
    , m_calibration(std::move(calibration))
    , m_intercept(intercept)
{
}

std::size_t BlendModel::usersAtOnce() const noexcept
{
    std::size_t most = 1;
    for (const auto& part : m_parts) {
        most = std::max(most, part->usersAtOnce());
    }
    return most;
}

bool BlendModel::predictsRatings() const noexcept
{
    return m_calibration.kind == Calibration::Kind::AsIs && allPredictRatings(m_parts);
}

void BlendModel::score(UserRow user, std::span<float> scores) const
{
    blend({&user, 1}, scores);
}

void BlendModel::scoreUsers(std::span<const UserRow> users, const TakeScores& take) const
{
    std::vector<float> scores(users.size() * itemCount());
    blend(users, scores);
    take({.itemCount = itemCount(), .scores = scores});
}

void BlendModel::blend(std::span<const UserRow> users, std::span<float> scores) const
{
    std::ranges::fill(scores, m_intercept);
    std::vector<float> own(scores.size());
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        if (m_weights[part] == 0.0F) {
            continue;
        }
        scoreTogether(*m_parts[part], users, own);
        for (std::size_t at = 0; at < users.size(); ++at) {
            const std::size_t first = at * itemCount();
            calibrate(m_calibration, users[at], std::span(own).subspan(first, itemCount()));
        }
        kernels::addScaled(m_weights[part], own.data(), scores.data(), scores.size());
    }
}

bool BlendModel::foldIn(std::span<const PastEvent> history, std::span<float> scores) const
{
    std::vector<ItemRow> owned;
    for (const PastEvent& event : history) {
        if (event.domain < 0) {
            owned.push_back(event.item);
        }
    }
    std::vector<float> sum(scores.size(), m_intercept);
    std::vector<float> own(scores.size());
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        if (m_weights[part] == 0.0F) {
            continue;
        }
        if (!m_parts[part]->foldIn(history, own)) {
            return false;
        }
        calibrateFor(m_calibration, owned, own);
        kernels::addScaled(m_weights[part], own.data(), sum.data(), sum.size());
    }
    std::ranges::copy(sum, scores.begin());
    return true;
}

bool BlendModel::foldInItem(std::span<const Event> interactions,
                            std::span<const UserRow> users,
                            std::span<float> scores) const
{
    if (m_calibration.kind == Calibration::Kind::Votes) {
        return false;
    }
    std::vector<std::vector<Standard>> standards;
    std::ranges::transform(
        users, std::back_inserter(standards), [this](UserRow user) { return standardsFor(user); });
    std::vector<float> sum(scores.size(), m_intercept);
    std::vector<float> own(scores.size());
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        if (m_weights[part] == 0.0F) {
            continue;
        }
        if (!m_parts[part]->foldInItem(interactions, users, own)) {
            return false;
        }
        for (std::size_t at = 0; at < users.size(); ++at) {
            sum[at] += m_weights[part] * standards[at][part].of(own[at]);
        }
    }
    std::ranges::copy(sum, scores.begin());
    return true;
}

/// What brings the user's scores by each part with a weight to the unit in which they are added.
std::vector<Standard> BlendModel::standardsFor(UserRow user) const
{
    std::vector<Standard> standards(m_parts.size());
    if (m_calibration.kind != Calibration::Kind::Standardised) {
        return standards;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (m_lastStandards && m_lastStandards->first == user) {
            return m_lastStandards->second;
        }
    }
    std::vector<float> scores(itemCount());
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        if (m_weights[part] != 0.0F) {
            m_parts[part]->score(user, scores);
            standards[part] = standardOf(scores);
        }
    }
    const std::lock_guard lock(m_mutex);
    m_lastStandards.emplace(user, standards);
    return standards;
}

void BlendModel::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    if (m_calibration.kind != Calibration::Kind::AsIs) {
        Model::scoreItems(user, items, scores);
        return;
    }
    std::ranges::fill(scores, m_intercept);
    std::vector<float> own(scores.size());
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        if (m_weights[part] != 0.0F) {
            m_parts[part]->scoreItems(user, items, own);
            kernels::addScaled(m_weights[part], own.data(), scores.data(), scores.size());
        }
    }
}

std::vector<Contribution> BlendModel::contributions(UserRow user, ItemRow item) const
{
    std::map<std::pair<int, ItemRow>, float> sums;
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        const std::vector<Contribution> own =
            m_weights[part] == 0.0F ? std::vector<Contribution>() : m_parts[part]->contributions(user, item);
        float unit = m_weights[part];
        if (m_calibration.kind != Calibration::Kind::AsIs && !own.empty()) {
            std::vector<float> scores(itemCount());
            m_parts[part]->score(user, scores);
            if (m_calibration.kind == Calibration::Kind::Standardised) {
                unit *= standardOf(scores).unit;
            } else {
                float total = 0.0F;
                for (const Contribution& each : own) {
                    total += std::abs(each.weight);
                }
                calibrate(m_calibration, user, scores);
                unit *= total > 0.0F ? scores[index(item)] / total : 0.0F;
            }
        }
        for (const Contribution& each : own) {
            sums[{each.domain, each.item}] += unit * each.weight;
        }
    }
    std::vector<Contribution> result;
    result.reserve(sums.size());
    for (const auto& [from, weight] : sums) {
        result.push_back({.domain = from.first, .item = from.second, .weight = weight});
    }
    return strongestFirst(std::move(result));
}

std::optional<std::string> BlendModel::serialised() const
{
    ModelWriter writer(mark);
    writer.real(m_intercept);
    writer.array(m_weights);
    for (const auto& part : m_parts) {
        const std::optional<std::string> bytes = part->serialised();
        if (!bytes) {
            return std::nullopt;
        }
        writer.text(*bytes);
    }
    return writer.finish();
}

std::vector<std::pair<std::string, Matrix>> BlendModel::factors() const
{
    return {
        {"weights", Eigen::Map<const Vector>(m_weights.data(), static_cast<Eigen::Index>(m_weights.size()))}};
}

bool allPredictRatings(const Parts& parts)
{
    return std::ranges::all_of(parts, [](const auto& part) { return part->predictsRatings(); });
}

Result<std::shared_ptr<const Model>> restoreBlend(
    std::string_view bytes,
    std::size_t parts,
    const std::function<Calibration(const Parts&)>& calibrationOf,
    const std::function<Result<std::shared_ptr<const Model>>(std::size_t, std::string_view)>& restorePart)
{
    ModelReader reader(mark, bytes);
    const float intercept = reader.real();
    std::vector<float> weights = reader.array(parts);
    std::vector<std::string> texts;
    for (std::size_t part = 0; part < parts; ++part) {
        texts.push_back(reader.text());
    }
    if (!reader.finished()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    Parts models;
    for (std::size_t part = 0; part < parts; ++part) {
        Result<std::shared_ptr<const Model>> model = restorePart(part, texts[part]);
        if (!model) {
            return model;
        }
        models.push_back(std::move(*model));
    }
    const Calibration calibration = calibrationOf(models);
    return std::make_shared<const BlendModel>(std::move(models), std::move(weights), calibration, intercept);
}

} // namespace transept
