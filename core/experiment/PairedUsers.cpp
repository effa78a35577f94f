#include "core/experiment/PairedUsers.h"

#include "core/base/RowOf.h"
#include "core/evaluation/Measures.h"

#include <algorithm>
#include <cmath>

namespace transept {
namespace {

std::vector<float> testPairsOf(const std::vector<PersonId>& users, const std::vector<PersonId>& persons)
{
    std::vector<float> counts(users.size());
    for (const PersonId person : persons) {
        if (const auto place = rowOf<std::size_t>(users, person)) {
            counts[*place] += 1.0F;
        }
    }
    return counts;
}

/// Places of the users that two runs share, in both.
std::vector<std::pair<std::size_t, std::size_t>> commonUsers(const RunValues& a, const RunValues& b)
{
    std::vector<std::pair<std::size_t, std::size_t>> common;
    std::size_t inB = 0;
    for (std::size_t inA = 0; inA < a.users.size(); ++inA) {
        while (inB < b.users.size() && b.users[inB] < a.users[inA]) {
            ++inB;
        }
        if (inB < b.users.size() && b.users[inB] == a.users[inA]) {
            common.emplace_back(inA, inB);
        }
    }
    return common;
}

} // namespace

Result<RunValues> valuesOf(const Workspace& workspace, const RunRecord& run)
{
    const RunStore store(workspace);
    Result<std::vector<PersonId>> users = store.users(run.id);
    const Result<StoredPredictions> predictions = store.predictions(run.id);
    if (!users || !predictions) {
        return users ? passOn(predictions) : passOn(users);
    }
    RunValues values{.users = std::move(*users)};
    if (!predictions->persons.empty()) {
        values.testPairs = testPairsOf(values.users, predictions->persons);
    }
    for (const auto& [measure, value] : run.measures) {
        Result<std::vector<double>> perUser = store.perUser(run.id, measure);
        if (!perUser) {
            return passOn(perUser);
        }
        if (!perUser->empty() && perUser->size() == values.users.size()) {
            values.perUser.emplace(measure, std::move(*perUser));
        }
    }
    return values;
}

std::vector<double> gainsOf(const RunValues& a, const RunValues& b, const std::string& measure)
{
    const auto ofA = a.perUser.find(measure);
    const auto ofB = b.perUser.find(measure);
    const Result<MeasureName> name = parseMeasure(measure, "measures");
    std::vector<double> gains;
    if (ofA == a.perUser.end() || ofB == b.perUser.end() || !name) {
        return gains;
    }
    const double sign = describe(*name).higherIsBetter ? 1.0 : -1.0;
    for (const auto& [inA, inB] : commonUsers(a, b)) {
        const double gain = sign * (ofB->second[inB] - ofA->second[inA]);
        if (!std::isnan(gain)) {
            gains.push_back(gain);
        }
    }
    return gains;
}

} // namespace transept
