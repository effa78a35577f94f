#include "core/model/FmFeatures.h"

#include "core/model/Baseline.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace transept {
namespace {

using Entry = std::pair<std::int32_t, float>;
using Entries = std::vector<std::vector<Entry>>; ///< by row

/// Mean and deviation of ratings.
struct Scale
{
    double mean = 0.0;
    double deviation = 1.0;

    explicit Scale(const InteractionMatrix& ratings) : mean(ratings.mean())
    {
        double squares = 0.0;
        for (std::size_t user = 0; user < ratings.userCount(); ++user) {
            for (const float value : ratings.valuesOf(static_cast<UserRow>(user))) {
                squares += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean);
            }
        }
        deviation = squares > 0.0 ? std::sqrt(squares / static_cast<double>(ratings.size())) : 1.0;
    }
};

/// Collects groups of columns for rows.
class Features
{
public:
    explicit Features(std::size_t rows) : m_rows(rows)
    {
        for (std::size_t row = 0; row < rows; ++row) {
            m_rows[row].emplace_back(static_cast<std::int32_t>(row), 1.0F);
        }
        m_starts.push_back(rows);
    }

    /// A group of `columns` columns; entries of the same column of a row are added up. Rows from `firstRow`.
    void add(Entries group, std::size_t columns, std::size_t firstRow = 0)
    {
        const auto first = static_cast<std::int32_t>(m_starts.back());
        for (std::size_t row = 0; row < group.size(); ++row) {
            std::ranges::sort(group[row], {}, &Entry::first);
            std::vector<Entry>& into = m_rows[firstRow + row];
            for (const auto& [column, value] : group[row]) {
                if (into.back().first == first + column) {
                    into.back().second += value;
                } else {
                    into.emplace_back(first + column, value);
                }
            }
        }
        if (columns > 0) {
            m_starts.push_back(m_starts.back() + columns);
        }
    }

    FmFeatures finish() const
    {
        FmFeatures features{.rows = {.columnCount = m_starts.back()}, .groupStarts = m_starts};
        for (const std::vector<Entry>& row : m_rows) {
            for (const auto& [column, value] : row) {
                features.rows.add(column, value);
            }
            features.rows.endRow();
        }
        return features;
    }

private:
    Entries m_rows;
    std::vector<std::size_t> m_starts{0};
};

float inverseRoot(std::size_t count)
{
    return 1.0F / std::sqrt(static_cast<float>(count));
}

Entries ratedItems(const InteractionMatrix& ratings)
{
    Entries rows(ratings.userCount());
    for (std::size_t user = 0; user < rows.size(); ++user) {
        const std::span<const ItemRow> items = ratings.itemsOf(static_cast<UserRow>(user));
        for (const ItemRow item : items) {
            rows[user].emplace_back(static_cast<std::int32_t>(index(item)), inverseRoot(items.size()));
        }
    }
    return rows;
}

/// What users did in a source: its items, and for ratings the user's bias there.
Status addHistory(const TrainingDomain& source, Features& users, const JobContext& job)
{
    const InteractionMatrix& ratings = source.interactions;
    Entries items = ratedItems(ratings);
    if (source.kind == FeedbackKind::Explicit && ratings.size() > 0) {
        const Result<Baseline> baseline = fitBaseline(ratings, {}, job);
        if (!baseline) {
            return passOn(baseline);
        }
        const double unit = Scale(ratings).deviation;
        Entries biases(ratings.userCount());
        for (std::size_t user = 0; user < items.size(); ++user) {
            const auto row = static_cast<UserRow>(user);
            const std::span<const float> values = ratings.valuesOf(row);
            for (std::size_t at = 0; at < values.size(); ++at) {
                const auto item = static_cast<ItemRow>(items[user][at].first);
                const double rest = static_cast<double>(values[at]) - baseline->rating(row, item);
                items[user][at].second *= static_cast<float>(rest / unit);
            }
            if (!values.empty()) {
                biases[user].emplace_back(0, static_cast<float>(baseline->user[user] / unit));
            }
        }
        users.add(std::move(biases), 1);
    }
    users.add(std::move(items), ratings.itemCount());
    return job.checkpoint();
}

/// Numbers the fields of items; the same facet or term has one column for all domains.
class Fields
{
public:
    explicit Fields(ItemFields kind) : m_kind(kind) {}

    /// The fields of the first `count` items.
    Entries of(const ItemKnowledge* knowledge, std::size_t count)
    {
        Entries rows(count);
        static const KnowledgeVectors none;
        VectorReader vectors(knowledge != nullptr ? knowledge->vectors : none);
        for (std::size_t item = 0; knowledge != nullptr && item < count; ++item) {
            if (m_kind == ItemFields::Vectors && knowledge->dimension() > 0) {
                addVector(vectors.row(static_cast<Eigen::Index>(item)), rows[item]);
            } else if (m_kind == ItemFields::Terms && item < knowledge->termWeights.size()) {
                for (const TermWeight& each : knowledge->termWeights[item]) {
                    add(std::to_string(each.term), each.weight, rows[item]);
                }
            } else if (m_kind == ItemFields::Facets && item < knowledge->facets.size()) {
                for (const Facet& each : knowledge->facets[item]) {
                    add(each.name + '\0' + each.text, each.weight, rows[item]);
                }
            }
        }
        return rows;
    }

    std::size_t count() const noexcept { return m_uses.size(); }

    /// Leaves out columns of a single item, numbers the others anew, and makes rows of length 1.
    void shorten(std::vector<Entries>& domains)
    {
        std::vector<std::int32_t> numbers(m_uses.size(), -1);
        std::int32_t kept = 0;
        for (std::size_t column = 0; column < m_uses.size(); ++column) {
            numbers[column] = m_uses[column] > 1 ? kept++ : -1;
        }
        m_uses.resize(static_cast<std::size_t>(kept));
        for (Entries& rows : domains) {
            for (std::vector<Entry>& row : rows) {
                std::erase_if(row, [&](const Entry& each) { return numbers[place(each)] < 0; });
                float squares = 0.0F;
                for (auto& [column, value] : row) {
                    column = numbers[static_cast<std::size_t>(column)];
                    squares += value * value;
                }
                for (Entry& each : row) {
                    each.second /= squares > 0.0F ? std::sqrt(squares) : 1.0F;
                }
            }
        }
    }

private:
    static std::size_t place(const Entry& entry) { return static_cast<std::size_t>(entry.first); }

    void add(const std::string& key, float weight, std::vector<Entry>& row)
    {
        const auto [found, isNew] = m_columns.try_emplace(key, static_cast<std::int32_t>(m_uses.size()));
        m_uses.resize(m_uses.size() + (isNew ? 1 : 0));
        ++m_uses[static_cast<std::size_t>(found->second)];
        row.emplace_back(found->second, weight);
    }

    void addVector(const VectorReader::Row& vector, std::vector<Entry>& row)
    {
        m_uses.resize(std::max(m_uses.size(), static_cast<std::size_t>(vector.size())));
        for (Eigen::Index number = 0; number < vector.size() && !vector.isZero(0.0F); ++number) {
            row.emplace_back(static_cast<std::int32_t>(number), vector[number]);
            ++m_uses[static_cast<std::size_t>(number)];
        }
    }

    ItemFields m_kind;
    std::unordered_map<std::string, std::int32_t> m_columns;
    std::vector<std::size_t> m_uses; ///< of each column
};

std::string_view wordOf(ItemFields fields)
{
    return fields == ItemFields::Facets ? "facets" : fields == ItemFields::Terms ? "terms" : "vectors";
}

/// The domains whose items have rows: the target, and the sources that are learnt from as well.
std::vector<const TrainingDomain*> domainsOf(const TrainingData& data, SourceUse use)
{
    std::vector<const TrainingDomain*> domains{&data.target};
    for (const TrainingDomain& source : data.sources) {
        if (use == SourceUse::Shared && source.kind == FeedbackKind::Explicit &&
            source.interactions.size() > 0) {
            domains.push_back(&source);
        }
    }
    return domains;
}

Result<FmFeatures> itemFeatures(const std::vector<const TrainingDomain*>& domains, ItemFields kind)
{
    std::size_t count = 0;
    for (const TrainingDomain* domain : domains) {
        count += domain->interactions.itemCount();
    }
    Features features(count);
    Entries fieldRows;
    Entries domainRows;
    Fields fields(kind);
    std::vector<Entries> parts;
    for (std::size_t at = 0; at < domains.size(); ++at) {
        const std::size_t items = domains[at]->interactions.itemCount();
        parts.push_back(fields.of(domains[at]->knowledge.get(), items));
        domainRows.resize(domainRows.size() + items, {{static_cast<std::int32_t>(at), 1.0F}});
    }
    fields.shorten(parts);
    if (kind != ItemFields::None && domains.front()->knowledge != nullptr && fields.count() == 0) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The knowledge base has no %1 that items of %2 share. Choose other item "
                                 "fields, or another knowledge base."),
                    {std::string(wordOf(kind)), domains.front()->name});
    }
    for (Entries& part : parts) {
        std::ranges::move(part, std::back_inserter(fieldRows));
    }
    features.add(std::move(fieldRows), fields.count());
    if (domains.size() > 1) {
        features.add(std::move(domainRows), domains.size());
    }
    return features.finish();
}

Result<FmFeatures> userFeatures(const TrainingData& data, const FmOptions& options, const JobContext& job)
{
    Features features(data.userCount);
    if (options.implicit) {
        features.add(ratedItems(data.target.interactions), data.target.interactions.itemCount());
    }
    for (const TrainingDomain& source : data.sources) {
        if (options.sources == SourceUse::History) {
            if (const Status added = addHistory(source, features, job); !added) {
                return passOn(added);
            }
        }
    }
    return features.finish();
}

Result<std::vector<FmCase>> casesOf(const std::vector<const TrainingDomain*>& domains,
                                    std::size_t users,
                                    const JobContext& job)
{
    std::vector<Scale> scales;
    std::size_t count = 0;
    for (const TrainingDomain* domain : domains) {
        scales.emplace_back(domain->interactions);
        count += domain->interactions.size();
    }
    std::vector<FmCase> cases;
    cases.reserve(count);
    for (std::size_t user = 0; user < users; ++user) {
        if (const Status goOn = job.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        std::size_t first = 0;
        for (std::size_t at = 0; at < domains.size(); ++at) {
            const InteractionMatrix& ratings = domains[at]->interactions;
            const auto row = static_cast<UserRow>(user);
            const std::span<const ItemRow> items = ratings.itemsOf(row);
            for (std::size_t rating = 0; rating < items.size(); ++rating) {
                const double value = static_cast<double>(ratings.valuesOf(row)[rating]);
                cases.push_back(
                    {.user = static_cast<std::uint32_t>(user),
                     .item = static_cast<std::uint32_t>(first + index(items[rating])),
                     .target = static_cast<float>((value - scales[at].mean) / scales[at].deviation)});
            }
            first += ratings.itemCount();
        }
    }
    return cases;
}

} // namespace

Result<FmProblem> fmProblem(const TrainingData& data, const FmOptions& options, const JobContext& job)
{
    const std::vector<const TrainingDomain*> domains = domainsOf(data, options.sources);
    Result<FmFeatures> items = itemFeatures(domains, options.fields);
    Result<FmFeatures> users = items ? userFeatures(data, options, job) : passOn(items);
    Result<std::vector<FmCase>> cases = users ? casesOf(domains, data.userCount, job) : passOn(users);
    if (!cases) {
        return passOn(cases);
    }
    const Scale scale(data.target.interactions);
    return FmProblem{.users = std::move(*users),
                     .items = std::move(*items),
                     .cases = std::move(*cases),
                     .mean = scale.mean,
                     .scale = scale.deviation};
}

} // namespace transept
