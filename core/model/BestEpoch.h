#pragma once

#include "core/model/Method.h"
#include "core/model/TrainingState.h"

#include <cmath>

namespace transept {

/// Keeps the best of the models that a training reports, and says when it has gone on for too long: after
/// `patience` epochs in a row that are clearly worse than the best; 0: never.
class BestEpoch
{
public:
    explicit BestEpoch(int patience) : m_patience(patience) {}

    /// `score` is the model's on validation data, higher is better. A score that is not a number is worse
    /// than all.
    Verdict take(int epoch, double score, std::shared_ptr<const Model> model)
    {
        if (m_model == nullptr || score > m_score || std::isnan(m_score)) {
            m_model = std::move(model);
            m_epoch = epoch;
            m_score = score;
        }
        if (score >= m_score - clearlyWorse * std::abs(m_score)) {
            m_lastGoodEpoch = epoch;
        }
        return m_patience == 0 || epoch - m_lastGoodEpoch < m_patience ? Verdict::Continue : Verdict::Stop;
    }

    /// Null before the first epoch.
    const std::shared_ptr<const Model>& model() const { return m_model; }
    int epoch() const { return m_epoch; }

    /// Names its numbers, for a checkpoint; the model goes there by its own bytes and comes back by
    /// setModel().
    void exchange(TrainingState& state)
    {
        state.value(m_epoch);
        state.value(m_lastGoodEpoch);
        state.value(m_score);
    }
    void setModel(std::shared_ptr<const Model> model) { m_model = std::move(model); }

private:
    /// An epoch counts against the patience when it is worse than the best by more than this share. Factors
    /// that start small grow for many epochs before they show: until then validation trembles at its starting
    /// value.
    static constexpr double clearlyWorse = 5e-4;

    int m_patience;
    std::shared_ptr<const Model> m_model;
    int m_epoch = 0;
    int m_lastGoodEpoch = 0; ///< the last one that was not clearly worse than the best
    double m_score = 0.0;
};

} // namespace transept
