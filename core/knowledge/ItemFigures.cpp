#include "core/knowledge/ItemFigures.h"

#include "core/store/Catalog.h"
#include "core/store/Rows.h"
#include "core/store/RunStore.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace transept {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t listLength = 10;

/// A mean that grows.
struct Mean
{
    double sum = 0.0;
    std::int64_t count = 0;
};
using Means = std::unordered_map<std::int64_t, Mean>; // by item

void add(Means& means, ItemId item, double value)
{
    Mean& mean = means[number(item)];
    mean.sum += value;
    ++mean.count;
}

std::vector<double> valuesAt(std::span<const MapPoint> points, const Means& means)
{
    std::vector<double> values;
    values.reserve(points.size());
    for (const MapPoint& point : points) {
        const auto mean = means.find(number(point.item));
        values.push_back(mean == means.end() ? none
                                             : mean->second.sum / static_cast<double>(mean->second.count));
    }
    return values;
}

} // namespace

Result<std::vector<double>> popularityOf(const Workspace& workspace,
                                         std::span<const MapPoint> points,
                                         const JobContext& context)
{
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    if (!domains) {
        return passOn(domains);
    }
    const StopWatcher watcher(workspace.database(), context);
    std::unordered_map<std::int64_t, std::int64_t> counts;
    for (const Domain& domain : *domains) {
        Result<Statement> rows = prepared(workspace.database(),
                                          "SELECT item, count(*) FROM interaction INDEXED BY "
                                          "interaction_item WHERE domain = ? GROUP BY item",
                                          number(domain.id));
        const Status read =
            forEachRow(rows, [&](const Statement& row) { counts[row.integer(0)] = row.integer(1); });
        if (!read) {
            return passOn(read);
        }
    }
    std::vector<double> values;
    values.reserve(points.size());
    for (const MapPoint& point : points) {
        const auto count = counts.find(number(point.item));
        values.push_back(count == counts.end() ? 0.0 : static_cast<double>(count->second));
    }
    return values;
}

Result<RunErrors> errorsOf(const Workspace& workspace,
                           RunId run,
                           std::span<const MapPoint> points,
                           const JobContext& context)
{
    const RunStore store(workspace);
    const StopWatcher watcher(workspace.database(), context);
    const Result<RunRecord> record = store.findFinished(run);
    const Result<StoredPredictions> predictions = record ? store.predictions(run) : passOn(record);
    const Result<std::vector<StoredList>> lists = predictions ? store.lists(run) : passOn(predictions);
    if (!lists) {
        return passOn(lists);
    }
    Means means;
    for (std::size_t at = 0; at < predictions->items.size(); ++at) {
        const double off = std::abs(static_cast<double>(predictions->truths[at]) -
                                    static_cast<double>(predictions->predictions[at]));
        if (std::isfinite(off)) {
            add(means, predictions->items[at], off);
        }
    }
    const bool areMisses = means.empty();
    for (const StoredList& list : areMisses ? *lists : std::vector<StoredList>()) {
        const auto end =
            list.items.begin() + static_cast<std::ptrdiff_t>(std::min(list.items.size(), listLength));
        for (const ItemId item : list.relevant) {
            add(means, item, std::find(list.items.begin(), end, item) == end ? 1.0 : 0.0);
        }
    }
    if (means.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The run %1 kept neither predictions nor lists, so its error is not known item by "
                         "item. Choose another run."),
            {record->name});
    }
    return RunErrors{.areMisses = areMisses, .values = valuesAt(points, means)};
}

FigureSteps stepsOf(std::span<const double> values, int steps, bool isLogarithmic)
{
    FigureSteps scale{.low = none, .high = none};
    for (const double value : values) {
        scale.low =
            std::isfinite(value) ? std::fmin(scale.low, value) : scale.low; // fmin takes what is a number
        scale.high = std::isfinite(value) ? std::fmax(scale.high, value) : scale.high;
    }
    const auto at = [&](double value) { return isLogarithmic ? std::log1p(value) : value; };
    const double range = at(scale.high) - at(scale.low);
    scale.places.reserve(values.size());
    for (const double value : values) {
        const double fraction = range > 0.0 ? (at(value) - at(scale.low)) / range : 0.0;
        scale.places.push_back(
            std::isfinite(value)
                ? std::min(steps - 1, static_cast<int>(fraction * static_cast<double>(steps)))
                : steps);
    }
    return scale;
}

} // namespace transept
