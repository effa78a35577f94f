#include "core/base/Kernels.h"
#include "core/base/Parallel.h"
#include "core/base/TaskGuard.h"
#include "core/model/HistoryModel.h"
#include "core/model/Methods.h"
#include "core/model/TextSimilarity.h"
#include "core/model/Workload.h"

#include <algorithm>

namespace transept {
namespace {

/// History items x target items that are computed once and kept: half a gigabyte of float32. Beyond that
/// every score computes the rows that it needs.
constexpr std::size_t mostKeptSimilarities = std::size_t{128} << 20U;

struct TextKnnOptions
{
    TextBasis basis = TextBasis::Both;
    int power = 4;
    EntryValue values = EntryValue::Liked;
    double decay = 0.8;
};

/// score(u, c) = sum over u's history j in all domains of w_j max(0, cos(x_j, x_c))^power
class TextKnnModel final : public HistoryModel
{
public:
    TextKnnModel(ScoredHistory scored, TextSimilarity similarity)
        : HistoryModel(std::move(scored))
        , m_similarity(std::move(similarity))
    {
    }

    /// Keeps the similarities of all items that stand in a history, when there is room.
    Status keepSimilarities(const JobContext& job)
    {
        std::vector<std::int32_t> places(history().columnCount(), -1);
        std::vector<std::size_t> columns;
        for (const std::int32_t column : queries().columns) {
            std::int32_t& place = places[static_cast<std::size_t>(column)];
            if (place < 0) {
                place = static_cast<std::int32_t>(columns.size());
                columns.push_back(static_cast<std::size_t>(column));
            }
        }
        if (columns.size() * itemCount() > mostKeptSimilarities) {
            return job.checkpoint();
        }
        Matrix kept(static_cast<Eigen::Index>(columns.size()), static_cast<Eigen::Index>(itemCount()));
        TaskGuard guard(job);
        forEachBlock(columns.size(), 16, [&](std::size_t, std::size_t first, std::size_t last) {
            for (std::size_t at = first; at < last && guard.mayGoOn(); ++at) {
                m_similarity.toTargets(columns[at],
                                       {kept.row(static_cast<Eigen::Index>(at)).data(), itemCount()});
            }
        });
        m_kept = std::move(kept);
        m_places = std::move(places);
        return guard.status();
    }

private:
    void scoreQuery(const Query& query, std::span<float> scores) const override
    {
        std::fill(scores.begin(), scores.end(), 0.0F);
        std::vector<float> row(scores.size());
        for (std::size_t at = 0; at < query.columns.size(); ++at) {
            const auto column = static_cast<std::size_t>(query.columns[at]);
            const bool isKept = !m_places.empty() && m_places[column] >= 0;
            if (!isKept) {
                m_similarity.toTargets(column, row);
            }
            const float* similarities = isKept ? m_kept.row(m_places[column]).data() : row.data();
            kernels::addScaled(query.weights[at], similarities, scores.data(), scores.size());
        }
    }

    void setParts(const Query& query, ItemRow item, std::span<float> parts) const override
    {
        for (std::size_t at = 0; at < query.columns.size(); ++at) {
            parts[at] =
                query.weights[at] * m_similarity.ofPair(static_cast<std::size_t>(query.columns[at]), item);
        }
    }

    TextSimilarity m_similarity;
    Matrix m_kept;
    std::vector<std::int32_t>
        m_places; ///< of a history column in m_kept, -1: not kept; empty when nothing is
};

class TextKnn final : public Method
{
public:
    explicit TextKnn(TextKnnOptions options) : m_options(options) {}

    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> data,
                                             const FitContext& context) const override
    {
        Result<ScoredHistory> scored =
            ScoredHistory::of(*data, m_options.values, m_options.decay, context.job);
        if (!scored) {
            return passOn(scored);
        }
        Result<TextSimilarity> similarity =
            TextSimilarity::of(*data, scored->history, m_options.basis, m_options.power);
        if (!similarity) {
            return passOn(similarity);
        }
        auto model = std::make_shared<TextKnnModel>(std::move(*scored), std::move(*similarity));
        if (const Status status = model->keepSimilarities(context.job); !status) {
            return passOn(status);
        }
        return std::shared_ptr<const Model>(std::move(model));
    }

private:
    TextKnnOptions m_options;
};

std::vector<Parameter> parametersOfTextKnn()
{
    Parameter values = entryValueParameter();
    values.preset = "liked";
    Parameter decay = decayParameter();
    decay.preset = 0.8;
    return {textBasisParameter(),
            {.name = "power",
             .type = Parameter::Type::Integer,
             .preset = 4,
             .low = 1,
             .high = 16,
             .label = TRANSLATABLE("methods", "Sharpness"),
             .meaning = TRANSLATABLE(
                 "methods",
                 "The power to which a similarity is raised: the higher, the more only the closest texts "
                 "count. Good values lie between 2 and 8.")},
            values,
            decay};
}

std::optional<Workload> workloadOf(const DataShape& shape, const Parameters& parameters)
{
    const DomainShape all = shape.joined();
    const double share = workload::countedShare(parameters.text("values"));
    const double history = share * all.interactions / std::max(shape.users, 1.0);
    const double kept = std::min(all.items, share * all.interactions);
    const Work similarity = textSimilarityWork(shape, textBasisFrom(parameters), parameters.integer("power"));
    const bool areKept = kept * shape.target.items <= static_cast<double>(mostKeptSimilarities);
    Workload load{.start = workload::history(shape)};
    load.start.alone += {.scattered = 4.0 * all.terms};
    load.ranking = history * Work{.streamed = shape.target.items};
    if (areKept) {
        load.start.shared += kept * similarity;
    } else {
        load.ranking += history * similarity;
    }
    load.modelBytes = workload::historyBytes(shape) + 24.0 * all.terms +
                      (areKept ? sizeof(float) * kept * shape.target.items : 0.0);
    return load;
}

} // namespace

MethodDescription describeTextKnn()
{
    return {.name = "text-knn",
            .title = TRANSLATABLE("methods", "Text neighbours"),
            .family = TRANSLATABLE("methods", "Knowledge"),
            .source = "Lops, de Gemmis, Semeraro 2011",
            .meaning = TRANSLATABLE(
                "methods",
                "Recommends items whose texts are close to those of the user's history in any domain. "
                "Needs nobody else's interactions, so it serves items that are new."),
            .needs = {.terms = true},
            .usesSources = true,
            .usesKnowledge = true,
            .parameters = parametersOfTextKnn(),
            .create = [](const Parameters& parameters) -> std::unique_ptr<Method> {
                return std::make_unique<TextKnn>(TextKnnOptions{.basis = textBasisFrom(parameters),
                                                                .power = parameters.integer("power"),
                                                                .values = entryValueFrom(parameters),
                                                                .decay = parameters.real("decay")});
            },
            .workload = workloadOf};
}

} // namespace transept
