#include "core/model/FoldedUser.h"

namespace transept {
namespace {

constexpr int mostSteps = 50;
constexpr std::size_t termsAtOnce = 256; ///< that stay in the first caches

/// What is minimised by x = (vector, biases) of one row while the rows that it is multiplied with stand: a
/// sum of l(value, offset + <row, vector> + bias), and L2.
class FoldInLoss
{
public:
    /// Its row is `scale` times numbers that stay where they are: of all users they would be many to copy.
    struct Term
    {
        const float* row = nullptr;
        double scale = 1.0;
        Eigen::Index bias = 0;
        double offset = 0.0;
        double value = 0.0;
        double weight = 1.0;
        PairLoss loss = PairLoss::Squared;
    };

    FoldInLoss(std::size_t factors, std::size_t biases)
        : m_factors(static_cast<Eigen::Index>(factors))
        , m_ridge(Eigen::VectorXd::Zero(m_factors + static_cast<Eigen::Index>(biases)))
        , m_events(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(biases)))
    {
    }

    void add(const Term& term) { m_terms.push_back(term); }

    /// Training lets decay pull at the vector with each of so many events, and lambda / (number of its
    /// events) at the bias.
    void regularise(Eigen::Index bias, double events, double weight, double decay, double lambda)
    {
        m_ridge.head(m_factors).array() += weight * events * decay;
        m_ridge[m_factors + bias] += weight * events * lambda;
        m_events[bias] += events;
    }

    /// Newton steps until they move nothing; the first does for squared error.
    Eigen::VectorXd minimum()
    {
        m_ridge.tail(m_events.size()).array() /= m_events.array().max(1.0);
        m_events.setOnes();
        Eigen::VectorXd x = Eigen::VectorXd::Zero(m_ridge.size());
        double reached = value(x);
        for (int step = 0; step < mostSteps && !m_terms.empty(); ++step) {
            Eigen::VectorXd way = newtonStep(x);
            const double least = 1e-9 * (1.0 + x.norm());
            double next = value(x + way);
            while (way.norm() > least && next > reached) {
                way /= 2.0;
                next = value(x + way);
            }
            if (!(way.norm() > least)) {
                break;
            }
            x += way;
            reached = next;
        }
        return x;
    }

private:
    /// Calls `work(terms, rows)` for some terms after the others, and their rows in float64: a column a term.
    template<typename Work>
    void forEachStretch(const Work& work) const
    {
        Eigen::MatrixXd room(m_ridge.size(), static_cast<Eigen::Index>(termsAtOnce));
        for (std::size_t first = 0; first < m_terms.size(); first += termsAtOnce) {
            const auto terms = std::span(m_terms).subspan(first).first(
                std::min<std::size_t>(termsAtOnce, m_terms.size() - first));
            auto rows = room.leftCols(static_cast<Eigen::Index>(terms.size()));
            rows.bottomRows(m_events.size()).setZero();
            for (Eigen::Index at = 0; at < rows.cols(); ++at) {
                const Term& term = terms[static_cast<std::size_t>(at)];
                rows.col(at).head(m_factors) =
                    term.scale * Eigen::Map<const Vector>(term.row, m_factors).cast<double>();
                rows(m_factors + term.bias, at) = 1.0;
            }
            work(terms, rows);
        }
    }

    double value(const Eigen::VectorXd& x) const
    {
        double sum = 0.5 * x.dot(m_ridge.cwiseProduct(x));
        forEachStretch([&](std::span<const Term> terms, const auto& rows) {
            const Eigen::VectorXd products = rows.transpose() * x;
            for (std::size_t at = 0; at < terms.size(); ++at) {
                const Term& term = terms[at];
                sum += term.weight *
                       pairLoss(term.loss, term.value, term.offset + products[static_cast<Eigen::Index>(at)]);
            }
        });
        return sum;
    }

    /// Where the parabola at x has its minimum, seen from x.
    Eigen::VectorXd newtonStep(const Eigen::VectorXd& x) const
    {
        Eigen::MatrixXd curvature = m_ridge.asDiagonal();
        Eigen::VectorXd slope = -m_ridge.cwiseProduct(x);
        forEachStretch([&](std::span<const Term> terms, const auto& rows) {
            Eigen::VectorXd errors = rows.transpose() * x;
            Eigen::VectorXd roots(errors.size());
            for (std::size_t at = 0; at < terms.size(); ++at) {
                const Term& term = terms[at];
                double& error = errors[static_cast<Eigen::Index>(at)];
                const double prediction = term.offset + error;
                roots[static_cast<Eigen::Index>(at)] =
                    std::sqrt(term.weight * curvatureAt(term.loss, prediction));
                error = term.weight * pairError(term.loss, term.value, prediction);
            }
            curvature.selfadjointView<Eigen::Lower>().rankUpdate(rows * roots.asDiagonal());
            slope += rows * errors;
        });
        curvature.diagonal().array() += 1e-12; // biases of domains without events
        return curvature.selfadjointView<Eigen::Lower>().llt().solve(slope);
    }

    Eigen::Index m_factors;
    Eigen::VectorXd m_ridge;
    Eigen::VectorXd m_events; ///< by bias, with those sampled
    std::vector<Term> m_terms;
};

/// What an interaction asks for, on the target's scale.
double valueOf(const ReasonDomain& domain, float value)
{
    return domain.data.isImplicit()
               ? 1.0
               : domain.data.scale * (static_cast<double>(value) - static_cast<double>(domain.factors->mean));
}

/// What the items of a domain ask of a newcomer.
void addDomain(const ReasonDomain& domain,
               const FactorSettings& settings,
               Eigen::Index bias,
               std::span<const PastEvent> history,
               FoldInLoss& loss)
{
    const auto weight = static_cast<double>(domain.data.weight);
    const auto add = [&](ItemRow item, double value, double times) {
        loss.add({.row = domain.factors->items.at(index(item)),
                  .scale = domain.data.scale,
                  .bias = bias,
                  .offset = domain.data.scale * static_cast<double>(domain.factors->itemBiases[index(item)]),
                  .value = value,
                  .weight = weight * times,
                  .loss = lossOf(domain.data, settings)});
    };
    double events = 0.0;
    for (const PastEvent& event : history) {
        if (event.domain == domain.domain) {
            add(event.item, valueOf(domain, event.value), 1.0);
            events += 1.0;
        }
    }
    const double sampled = domain.data.isImplicit() ? events * settings.negatives : 0.0;
    const std::size_t items = domain.factors->items.rows;
    for (std::size_t item = 0; sampled > 0.0 && item < items; ++item) {
        add(static_cast<ItemRow>(item), 0.0, sampled / static_cast<double>(items));
    }
    loss.regularise(bias,
                    events + sampled,
                    weight,
                    static_cast<double>(decayOf(domain.data, settings)),
                    settings.userBiasRegularisation);
}

} // namespace

FoldedUser foldedUser(std::span<const ReasonDomain> domains,
                      const FactorSettings& settings,
                      UserBias userBias,
                      std::span<const PastEvent> history)
{
    const std::size_t width = domains.front().tasteWidth();
    const bool isShared = userBias == UserBias::Shared;
    FoldInLoss loss(width, isShared ? 1 : domains.size());
    for (std::size_t at = 0; at < domains.size(); ++at) {
        addDomain(domains[at], settings, isShared ? 0 : static_cast<Eigen::Index>(at), history, loss);
    }
    const Eigen::VectorXd x = loss.minimum();
    const auto factors = static_cast<Eigen::Index>(width);
    return {.factors = x.head(factors), .biases = {x.begin() + factors, x.end()}};
}

FoldedItem foldedItem(const ReasonDomain& target,
                      const FactorSettings& settings,
                      std::span<const Event> interactions)
{
    const FactorParameters& known = *target.factors;
    FoldInLoss loss(target.tasteWidth(), 1);
    const auto add = [&](UserRow user, double value, double times) {
        loss.add({.row = known.users.at(index(user)),
                  .offset = static_cast<double>(known.userBiases[index(user)]),
                  .value = value,
                  .weight = times,
                  .loss = lossOf(target.data, settings)});
    };
    for (const Event& event : interactions) {
        add(event.user, valueOf(target, event.value), 1.0);
    }
    const InteractionMatrix& trained = target.data.data->interactions;
    const double share =
        target.data.isImplicit()
            ? settings.negatives / static_cast<double>(std::max<std::size_t>(trained.itemCount(), 1))
            : 0.0;
    for (std::size_t user = 0; share > 0.0 && user < trained.userCount(); ++user) {
        const auto row = static_cast<UserRow>(user);
        if (const std::size_t own = trained.itemsOf(row).size(); own > 0) {
            add(row, 0.0, share * static_cast<double>(own));
        }
    }
    loss.regularise(0,
                    static_cast<double>(interactions.size()) + share * static_cast<double>(trained.size()),
                    1.0,
                    static_cast<double>(decayOf(target.data, settings)),
                    settings.itemBiasRegularisation);
    const Eigen::VectorXd x = loss.minimum();
    return {.factors = x.head(x.size() - 1), .bias = x[x.size() - 1]};
}

double FoldedItem::scoreFor(const FactorParameters& target, UserRow user) const
{
    const std::size_t without = target.users.width - static_cast<std::size_t>(factors.size());
    return static_cast<double>(target.mean) + static_cast<double>(target.userBiases[index(user)]) + bias +
           factors.dot(vectorOf(target.users, index(user), without));
}

} // namespace transept
