#include "core/model/FoldedUser.h"

namespace transept {
namespace {

constexpr int mostSteps = 50;

/// l(value, offset + <row, x>), `weight` times.
struct Term
{
    Eigen::VectorXd row;
    double offset = 0.0;
    double value = 0.0;
    double weight = 1.0;
    PairLoss loss = PairLoss::Squared;
};

/// What is minimised by x = (p, biases).
class FoldInLoss
{
public:
    FoldInLoss(std::span<const ReasonDomain> domains, const FactorSettings& settings, UserBias userBias)
        : m_domains(domains)
        , m_settings(settings)
        , m_factors(static_cast<Eigen::Index>(domains.front().tasteWidth()))
        , m_biases(userBias == UserBias::Shared ? 1 : static_cast<Eigen::Index>(domains.size()))
        , m_ridge(Eigen::VectorXd::Zero(m_factors + m_biases))
        , m_events(Eigen::VectorXd::Zero(m_biases))
    {
    }

    void add(std::span<const PastEvent> history)
    {
        for (std::size_t at = 0; at < m_domains.size(); ++at) {
            addDomain(at, history);
        }
        // Training lets lambda / (number of its events) pull at a bias with every event.
        m_ridge.tail(m_biases).array() *= m_settings.userBiasRegularisation / m_events.array().max(1.0);
    }

    double value(const Eigen::VectorXd& x) const
    {
        double sum = 0.5 * x.dot(m_ridge.cwiseProduct(x));
        for (const Term& term : m_terms) {
            sum += term.weight * pairLoss(term.loss, term.value, predictionOf(term, x));
        }
        return sum;
    }

    /// Where the parabola at x has its minimum, seen from x.
    Eigen::VectorXd newtonStep(const Eigen::VectorXd& x) const
    {
        Eigen::VectorXd gradient = m_ridge.cwiseProduct(x);
        Eigen::MatrixXd curvature = m_ridge.asDiagonal();
        for (const Term& term : m_terms) {
            const double prediction = predictionOf(term, x);
            gradient -= term.weight * pairError(term.loss, term.value, prediction) * term.row;
            const double weight = term.weight * curvatureAt(term.loss, prediction);
            curvature.triangularView<Eigen::Lower>() += weight * term.row * term.row.transpose();
        }
        curvature.diagonal().array() += 1e-12; // biases of domains without events
        return curvature.selfadjointView<Eigen::Lower>().llt().solve(-gradient);
    }

    Eigen::Index factors() const { return m_factors; }
    Eigen::Index size() const { return m_ridge.size(); }

private:
    static double predictionOf(const Term& term, const Eigen::VectorXd& x)
    {
        return term.offset + term.row.dot(x);
    }

    Term termOf(std::size_t at, ItemRow item) const
    {
        const ReasonDomain& domain = m_domains[at];
        Term term{.row = Eigen::VectorXd::Zero(size()),
                  .offset = domain.data.scale * static_cast<double>(domain.factors->itemBiases[index(item)]),
                  .weight = static_cast<double>(domain.data.weight),
                  .loss = domain.data.isImplicit() ? m_settings.implicitLoss : PairLoss::Squared};
        term.row.head(m_factors) = domain.data.scale * domain.tasteOf(item);
        term.row[m_factors + biasOf(at)] = 1.0;
        return term;
    }

    Eigen::Index biasOf(std::size_t domain) const
    {
        return m_biases == 1 ? 0 : static_cast<Eigen::Index>(domain);
    }

    void addDomain(std::size_t at, std::span<const PastEvent> history)
    {
        const ReasonDomain& domain = m_domains[at];
        const bool isImplicit = domain.data.isImplicit();
        double events = 0.0;
        for (const PastEvent& event : history) {
            if (event.domain == domain.domain) {
                Term term = termOf(at, event.item);
                term.value = isImplicit ? 1.0
                                        : domain.data.scale * (static_cast<double>(event.value) -
                                                               static_cast<double>(domain.factors->mean));
                m_terms.push_back(std::move(term));
                events += 1.0;
            }
        }
        const double sampled = isImplicit ? events * m_settings.negatives : 0.0;
        const std::size_t items = domain.factors->items.rows;
        for (std::size_t item = 0; sampled > 0.0 && item < items; ++item) {
            Term term = termOf(at, static_cast<ItemRow>(item));
            term.weight *= sampled / static_cast<double>(items);
            m_terms.push_back(std::move(term));
        }
        const double weight = static_cast<double>(domain.data.weight) * (events + sampled);
        m_ridge.head(m_factors).array() +=
            weight *
            static_cast<double>(isImplicit ? m_settings.implicitRegularisation : m_settings.regularisation);
        m_ridge[m_factors + biasOf(at)] += weight;
        m_events[biasOf(at)] += events + sampled;
    }

    std::span<const ReasonDomain> m_domains;
    const FactorSettings& m_settings;
    Eigen::Index m_factors;
    Eigen::Index m_biases;
    Eigen::VectorXd m_ridge;
    Eigen::VectorXd m_events; ///< by bias, with those sampled
    std::vector<Term> m_terms;
};

} // namespace

FoldedUser foldedUser(std::span<const ReasonDomain> domains,
                      const FactorSettings& settings,
                      UserBias userBias,
                      std::span<const PastEvent> history)
{
    FoldInLoss loss(domains, settings, userBias);
    loss.add(history);
    Eigen::VectorXd x = Eigen::VectorXd::Zero(loss.size());
    for (int step = 0; step < mostSteps; ++step) {
        Eigen::VectorXd way = loss.newtonStep(x);
        while (way.norm() > 1e-9 * (1.0 + x.norm()) && loss.value(x + way) > loss.value(x)) {
            way /= 2.0;
        }
        if (!(way.norm() > 1e-9 * (1.0 + x.norm()))) {
            break;
        }
        x += way;
    }
    const Eigen::VectorXd biases = x.tail(loss.size() - loss.factors());
    return {.factors = x.head(loss.factors()), .biases = {biases.begin(), biases.end()}};
}

} // namespace transept
