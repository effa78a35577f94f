#include "core/model/BlendWeights.h"

#include "core/base/Parallel.h"
#include "core/base/RowOf.h"
#include "core/base/TaskGuard.h"
#include "core/model/RandomStreams.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace transept {
namespace {

constexpr std::string_view weightMark = "weight of part ";

/// A blend whose calibrated scores are known for some users.
class KeptBlend final : public Model
{
public:
    KeptBlend(std::span<const UserRow> users,
              std::span<const std::shared_ptr<const Matrix>> kept,
              std::span<const double> weights,
              bool ratings)
        : m_users(users)
        , m_kept(kept)
        , m_weights(weights)
        , m_ratings(ratings)
    {
    }

    std::size_t itemCount() const noexcept override
    {
        return static_cast<std::size_t>(m_kept.front()->cols());
    }
    bool predictsRatings() const noexcept override { return m_ratings; }

    void score(UserRow user, std::span<float> scores) const override
    {
        const auto row = knownRowOf<Eigen::Index>(m_users, user);
        Eigen::Map<Eigen::RowVectorXf> all(scores.data(), static_cast<Eigen::Index>(scores.size()));
        all.setZero();
        for (std::size_t part = 0; part < m_kept.size(); ++part) {
            all += static_cast<float>(m_weights[part]) * m_kept[part]->row(row);
        }
    }

private:
    std::span<const UserRow> m_users;
    std::span<const std::shared_ptr<const Matrix>> m_kept;
    std::span<const double> m_weights;
    bool m_ratings;
};

/// The users whose validation interactions count, ascending: at most `most`, drawn by the seed.
std::vector<UserRow> validationUsers(const FitContext& context, std::size_t most)
{
    std::set<UserRow> found;
    for (const Event& event : context.validation->events) {
        if (isRelevant(*context.validation, event)) {
            found.insert(event.user);
        }
    }
    std::vector<UserRow> users(found.begin(), found.end());
    if (users.size() > most) {
        randomFor(context.seed, Purpose::ValidationUsers).shuffle(std::span(users));
        users.resize(most);
        std::ranges::sort(users);
    }
    return users;
}

/// Tells how the search goes on and lets it be stopped.
Status step(const FitContext& context, std::size_t tried)
{
    context.job.progress({.fraction = -1.0,
                          .stage = TRANSLATABLE("stages", "Choosing weights on validation"),
                          .done = static_cast<std::int64_t>(tried)});
    return context.job.checkpoint();
}

/// The best set of weights so far, on its way to better ones.
class Climb
{
public:
    Climb(const BlendJudge& judge, const FitContext& context) : m_judge(judge), m_context(context) {}

    const std::vector<double>& weights() const { return m_weights; }

    /// True when these weights are better than all before.
    Result<bool> consider(const std::vector<double>& weights)
    {
        if (const Status status = step(m_context, m_tried++); !status) {
            return passOn(status);
        }
        const double quality = m_judge.quality(weights);
        if (!m_weights.empty() && !(quality > m_quality)) {
            return false;
        }
        m_weights = weights;
        m_quality = quality;
        return true;
    }

    /// Tries one weight times and divided by a factor, each as long as it gets better, and none. A weight of
    /// 0 is tried as a share of the others.
    Result<bool> move(std::size_t part, double factor)
    {
        constexpr double fromNothing = 0.1;
        bool isBetter = false;
        for (const double by : {factor, 1.0 / factor, 0.0}) {
            Result<bool> better = true;
            while (better && *better) {
                std::vector<double> next = m_weights;
                double& weight = next[part];
                weight = by * (weight > 0.0 ? weight : fromNothing);
                better = consider(normalised(std::move(next)));
                isBetter = isBetter || (better && *better);
            }
            if (!better) {
                return better;
            }
        }
        return isBetter;
    }

private:
    const BlendJudge& m_judge;
    const FitContext& m_context;
    std::vector<double> m_weights;
    double m_quality = 0.0;
    std::size_t m_tried = 0;
};

} // namespace

BlendJudge::BlendJudge(const Parts& parts, Calibration calibration, const FitContext& context)
    : m_parts(parts)
    , m_calibration(std::move(calibration))
    , m_context(&context)
    , m_ratings(BlendModel(parts, {}, m_calibration).predictsRatings())
{
}

Result<BlendJudge> BlendJudge::of(const Parts& parts,
                                  const Calibration& calibration,
                                  const FitContext& context)
{
    BlendJudge judge(parts, calibration, context);
    if (context.validation) {
        const std::size_t room =
            mostKeptScores / std::max<std::size_t>(1, parts.front()->itemCount()) / parts.size();
        judge.m_users = validationUsers(context, room);
        if (const Status kept = judge.keepScores(); !kept) {
            return passOn(kept);
        }
    }
    return judge;
}

Status BlendJudge::keepScores()
{
    constexpr std::size_t usersPerBlock = 16;
    const auto users = static_cast<Eigen::Index>(m_users.size());
    const std::size_t items = m_parts.front()->itemCount();
    for (std::size_t part = 0; part < m_parts.size() && users > 0; ++part) {
        const Model& model = *m_parts[part];
        Matrix kept(users, static_cast<Eigen::Index>(items));
        TaskGuard guard(m_context->job);
        forEachBlock(m_users.size(), usersPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last && guard.mayGoOn();) {
                const std::size_t count = std::min(last - at, model.usersAtOnce());
                float* scores = kept.row(static_cast<Eigen::Index>(at)).data();
                scoreTogether(model, std::span(m_users).subspan(at, count), {scores, count * items});
                for (std::size_t row = 0; row < count; ++row) {
                    calibrate(m_calibration, m_users[at + row], {scores + row * items, items});
                }
                at += count;
            }
        });
        if (Status status = guard.status(); !status) {
            return status;
        }
        m_kept.push_back(std::make_shared<const Matrix>(std::move(kept)));
    }
    return {};
}

double BlendJudge::quality(std::span<const double> weights) const
{
    if (m_kept.empty()) {
        return m_context->validate(
            BlendModel(m_parts, std::vector<float>(weights.begin(), weights.end()), m_calibration));
    }
    return m_context->validation->ofUsers(KeptBlend(m_users, m_kept, weights, m_ratings), m_users);
}

bool isRelevant(const Validation& validation, const Event& event)
{
    return !validation.positive || static_cast<double>(event.value) >= *validation.positive;
}

Result<std::vector<double>> bestWeights(const BlendJudge& judge,
                                        std::span<const std::vector<double>> candidates,
                                        const FitContext& context)
{
    Climb climb(judge, context);
    for (const std::vector<double>& weights : candidates) {
        if (const Result<bool> considered = climb.consider(weights); !considered) {
            return passOn(considered);
        }
    }
    return climb.weights();
}

bool isWeight(std::string_view diagnostic)
{
    return diagnostic.starts_with(weightMark);
}

void tellWeights(std::span<const double> weights, bool wereToBeChosen, const FitContext& context)
{
    if (wereToBeChosen && !context.validate) {
        context.onDiagnostic(givenWeightsName, static_cast<double>(weights.size()));
    }
    for (std::size_t part = 0; part < weights.size(); ++part) {
        context.onDiagnostic(fmt::format("{}{}", weightMark, part + 1), weights[part]);
    }
}

Result<std::shared_ptr<const Model>> blended(const Parts& parts,
                                             std::vector<double> given,
                                             std::span<const std::vector<double>> candidates,
                                             const FitContext& context)
{
    if (!candidates.empty() && context.validate) {
        const Result<BlendJudge> judge = BlendJudge::of(parts, {}, context);
        Result<std::vector<double>> best = judge ? bestWeights(*judge, candidates, context) : passOn(judge);
        if (!best) {
            return passOn(best);
        }
        given = std::move(*best);
    }
    tellWeights(given, !candidates.empty(), context);
    return std::make_shared<const BlendModel>(
        parts, std::vector<float>(given.begin(), given.end()), Calibration{});
}

std::vector<double> normalised(std::vector<double> weights)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights) {
        weight = sum > 0.0 ? weight / sum : 1.0 / static_cast<double>(weights.size());
    }
    return weights;
}

Result<std::vector<double>> searchedWeights(const BlendJudge& judge,
                                            const std::vector<double>& start,
                                            const FitContext& context)
{
    Climb climb(judge, context);
    std::vector<std::vector<double>> starts{normalised(start),
                                            normalised(std::vector<double>(start.size(), 0.0))};
    for (std::size_t part = 0; part < start.size(); ++part) {
        starts.emplace_back(start.size(), 0.0);
        starts.back()[part] = 1.0;
    }
    for (const std::vector<double>& weights : starts) {
        if (const Result<bool> considered = climb.consider(weights); !considered) {
            return passOn(considered);
        }
    }
    constexpr int mostRounds = 3;
    for (const double factor : {4.0, 2.0, 1.4, 1.15}) {
        bool isBetter = start.size() > 1;
        for (int round = 0; round < mostRounds && isBetter; ++round) {
            isBetter = false;
            for (std::size_t part = 0; part < start.size(); ++part) {
                const Result<bool> moved = climb.move(part, factor);
                if (!moved) {
                    return passOn(moved);
                }
                isBetter = isBetter || *moved;
            }
        }
    }
    return normalised(climb.weights());
}

} // namespace transept
