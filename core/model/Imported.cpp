#include "core/model/Imported.h"

#include "core/model/ModelBytes.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace transept {
namespace {

constexpr std::string_view mark = "IMPR";
constexpr unsigned rowBits = 32;

using Entry = ImportedModel::Entry;

std::uint64_t pairOf(const Entry& entry)
{
    return (static_cast<std::uint64_t>(index(entry.user)) << rowBits) | index(entry.item);
}

void write(ModelWriter& writer, const std::vector<Entry>& entries)
{
    std::vector<float> values;
    values.reserve(entries.size());
    writer.number(entries.size());
    for (const Entry& entry : entries) {
        writer.number(pairOf(entry));
        values.push_back(entry.value);
    }
    writer.array(values);
}

/// Empty, and `fits` false, when the rows are none of the data.
std::vector<Entry> read(ModelReader& reader, const TrainingData& data, bool& fits)
{
    std::vector<Entry> entries;
    const std::uint64_t count = reader.number();
    for (std::uint64_t at = 0; at < count && reader.ok(); ++at) {
        const std::uint64_t pair = reader.number();
        const std::uint64_t user = pair >> rowBits;
        const std::uint64_t item = pair & std::numeric_limits<std::uint32_t>::max();
        fits = fits && user < data.userCount && item < data.target.interactions.itemCount();
        entries.push_back({.user = static_cast<UserRow>(user), .item = static_cast<ItemRow>(item)});
    }
    const std::vector<float> values = reader.array(entries.size());
    fits = fits && reader.ok();
    if (!fits) {
        return {};
    }
    for (std::size_t at = 0; at < values.size(); ++at) {
        entries[at].value = values[at];
    }
    return entries;
}

/// Stands in the registry for what was computed elsewhere.
class Imported final : public Method
{
public:
    Result<std::shared_ptr<const Model>> fit(std::shared_ptr<const TrainingData> /*data*/,
                                             const FitContext& /*context*/) const override
    {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "These are results of another program: they cannot be trained here. Compute "
                                 "them there, and import them (import-results)."));
    }

    Result<std::shared_ptr<const Model>> restore(std::shared_ptr<const TrainingData> data,
                                                 std::string_view bytes) const override
    {
        return ImportedModel::restore(*data, bytes);
    }
};

} // namespace

ImportedModel::ImportedModel(std::size_t items, std::vector<Entry> lists, std::vector<Entry> ratings)
    : m_items(items)
    , m_lists(std::move(lists))
    , m_ratings(std::move(ratings))
{
}

std::span<const Entry> ImportedModel::listOf(UserRow user) const
{
    const auto first = std::ranges::lower_bound(m_lists, user, {}, &Entry::user);
    const auto last = std::ranges::upper_bound(m_lists, user, {}, &Entry::user);
    return {first, last};
}

void ImportedModel::score(UserRow user, std::span<float> scores) const
{
    std::ranges::fill(scores, -std::numeric_limits<float>::infinity());
    for (const Entry& entry : listOf(user)) {
        scores[index(entry.item)] = entry.value;
    }
}

void ImportedModel::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    if (m_ratings.empty()) {
        Model::scoreItems(user, items, scores);
        return;
    }
    for (std::size_t at = 0; at < items.size(); ++at) {
        const std::tuple wanted(user, items[at]);
        const auto pair = [](const Entry& entry) { return std::tuple(entry.user, entry.item); };
        const auto found = std::ranges::lower_bound(m_ratings, wanted, {}, pair);
        scores[at] = found != m_ratings.end() && pair(*found) == wanted
                         ? found->value
                         : std::numeric_limits<float>::quiet_NaN();
    }
}

std::optional<std::string> ImportedModel::serialised() const
{
    ModelWriter writer(mark);
    write(writer, m_lists);
    write(writer, m_ratings);
    return writer.finish();
}

Result<std::shared_ptr<const Model>> ImportedModel::restore(const TrainingData& data, std::string_view bytes)
{
    ModelReader reader(mark, bytes);
    bool fits = true;
    std::vector<Entry> lists = read(reader, data, fits);
    std::vector<Entry> ratings = read(reader, data, fits);
    if (!fits || !reader.finished()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The stored results do not belong to this data or are damaged. Import them "
                                 "again."));
    }
    return std::make_shared<const ImportedModel>(
        data.target.interactions.itemCount(), std::move(lists), std::move(ratings));
}

MethodDescription describeImported()
{
    using Type = Parameter::Type;
    return {.name = std::string(importedMethod),
            .title = TRANSLATABLE("methods", "Imported results"),
            .family = TRANSLATABLE("methods", "Other programs"),
            .source = "-",
            .meaning = TRANSLATABLE(
                "methods",
                "What another program predicted or recommended, measured here like everything else. It was "
                "read from files and cannot be trained."),
            .parameters =
                {{.name = "program",
                  .type = Type::Text,
                  .preset = "",
                  .label = TRANSLATABLE("methods", "Program"),
                  .meaning = TRANSLATABLE("methods", "What computed the results.")},
                 {.name = "files",
                  .type = Type::Text,
                  .preset = "",
                  .label = TRANSLATABLE("methods", "Files"),
                  .meaning = TRANSLATABLE("methods", "The names of the files that they were read from.")},
                 {.name = "hash",
                  .type = Type::Text,
                  .preset = "",
                  .label = TRANSLATABLE("methods", "Hash"),
                  .meaning = TRANSLATABLE("methods", "SHA-256 of the text of each file.")},
                 {.name = "missing",
                  .type = Type::Choice,
                  .preset = "refuse",
                  .choices = {"refuse", "mean"},
                  .label = TRANSLATABLE("methods", "Missing predictions"),
                  .meaning = TRANSLATABLE("methods",
                                          "refuse: every test pair has a prediction of its own. mean: those "
                                          "that had none got the mean of the training ratings.")}},
            .create = [](const Parameters& /*parameters*/) -> std::unique_ptr<Method> {
                return std::make_unique<Imported>();
            }};
}

} // namespace transept
