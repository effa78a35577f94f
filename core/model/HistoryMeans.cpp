#include "core/model/HistoryMeans.h"

#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"

#include <algorithm>

namespace transept {
namespace {

constexpr std::size_t usersPerBlock = 64;

bool hasVectors(const TrainingDomain& domain)
{
    return domain.knowledge != nullptr && domain.knowledge->vectors.cols() > 0;
}

/// The domains whose histories tell of users.
Result<std::vector<const TrainingDomain*>> tellingDomains(const TrainingData& data)
{
    std::vector<const TrainingDomain*> domains;
    for (const TrainingDomain& source : data.sources) {
        if (!hasVectors(source)) {
            continue;
        }
        domains.push_back(&source);
        const Eigen::Index first = domains.front()->knowledge->vectors.cols();
        if (source.knowledge->vectors.cols() != first) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "The vectors of the domains %1 and %2 differ in length (%3 and %4 "
                                     "numbers). Extract their knowledge together."),
                        {domains.front()->name,
                         source.name,
                         std::to_string(first),
                         std::to_string(source.knowledge->vectors.cols())});
        }
    }
    if (domains.empty()) {
        domains.push_back(&data.target);
    }
    return domains;
}

/// Adds the vectors of a user's items; returns how many there were.
std::size_t addVectors(const TrainingDomain& domain,
                       VectorReader& reader,
                       UserRow user,
                       Eigen::RowVectorXd& sum)
{
    std::size_t count = 0;
    for (const ItemRow item : domain.interactions.itemsOf(user)) {
        const VectorReader::Row vector = reader.row(static_cast<Eigen::Index>(index(item)));
        if (!vector.isZero(0.0F)) {
            sum += vector.cast<double>();
            ++count;
        }
    }
    return count;
}

/// The mean vector of all interactions.
Eigen::RowVectorXd centreOf(const TrainingDomain& domain)
{
    const KnowledgeVectors& vectors = domain.knowledge->vectors;
    VectorReader reader(vectors);
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(vectors.cols());
    std::size_t count = 0;
    for (Eigen::Index item = 0; item < vectors.rows(); ++item) {
        if (!vectors.isZero(item)) {
            const std::size_t uses = domain.interactions.usersOf(static_cast<ItemRow>(item)).size();
            sum += static_cast<double>(uses) * reader.row(item).cast<double>();
            count += uses;
        }
    }
    return sum / static_cast<double>(std::max<std::size_t>(count, 1));
}

} // namespace

Result<Matrix> historyMeans(const TrainingData& data, const JobContext& job)
{
    const Result<std::vector<const TrainingDomain*>> domains = tellingDomains(data);
    if (!domains) {
        return passOn(domains);
    }
    std::vector<Eigen::RowVectorXd> centres;
    for (const TrainingDomain* domain : *domains) {
        if (const Status goOn = job.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        centres.push_back(centreOf(*domain));
    }
    const Eigen::Index length = centres.front().size();
    Matrix means = Matrix::Zero(static_cast<Eigen::Index>(data.userCount), length);
    TaskGuard guard(job);
    forEachBlock(data.userCount, usersPerBlock, [&](std::size_t, std::size_t first, std::size_t last) {
        Eigen::RowVectorXd sum(length);
        std::vector<VectorReader> readers;
        for (const TrainingDomain* domain : *domains) {
            readers.emplace_back(domain->knowledge->vectors);
        }
        for (std::size_t user = first; user < last && guard.mayGoOn(); ++user) {
            sum.setZero();
            std::size_t count = 0;
            for (std::size_t domain = 0; domain < centres.size(); ++domain) {
                const std::size_t own =
                    addVectors(*(*domains)[domain], readers[domain], static_cast<UserRow>(user), sum);
                sum -= static_cast<double>(own) * centres[domain];
                count += own;
            }
            if (count > 0) {
                means.row(static_cast<Eigen::Index>(user)) = (sum / static_cast<double>(count)).cast<float>();
            }
        }
    });
    if (const Status goOn = guard.status(); !goOn) {
        return passOn(goOn);
    }
    return means;
}

Result<std::vector<bool>> usersWithoutHistory(const TrainingData& data)
{
    const Result<std::vector<const TrainingDomain*>> domains = tellingDomains(data);
    if (!domains) {
        return passOn(domains);
    }
    std::vector<bool> without(data.userCount, true);
    for (const TrainingDomain* domain : *domains) {
        const KnowledgeVectors& vectors = domain->knowledge->vectors;
        for (Eigen::Index item = 0; item < vectors.rows(); ++item) {
            if (!vectors.isZero(item)) {
                for (const UserRow user : domain->interactions.usersOf(static_cast<ItemRow>(item))) {
                    without[index(user)] = false;
                }
            }
        }
    }
    return without;
}

} // namespace transept
