#include "core/knowledge/UserHistories.h"

#include "core/data/Dataset.h"
#include "core/knowledge/ItemTexts.h"
#include "core/text/Clean.h"

namespace transept {
namespace {

using Titles = std::unordered_map<std::int64_t, std::string>; // by item

Result<Titles> titlesOf(const Workspace& workspace, DomainId domain)
{
    const DomainId domains[] = {domain};
    const Result<std::vector<ItemText>> texts =
        KnowledgeStore(workspace).itemTexts(domains, {std::string(titleField)});
    if (!texts) {
        return passOn(texts);
    }
    Titles titles;
    for (const ItemText& text : *texts) {
        if (std::string title = cleanText(text.title); !title.empty()) {
            titles.emplace(number(text.item), std::move(title));
        }
    }
    return titles;
}

/// "rated 4 of 5"; of feedback without ratings that it was taken.
std::string wordsFor(float value, const DomainData& domain)
{
    return domain.kind == FeedbackKind::Explicit ? fmt::format("rated {:g} of {:g}", value, domain.scaleMax)
                                                 : "taken";
}

/// The lines of one person's history.
struct Lines
{
    std::vector<std::pair<std::string, std::string>> fields;
    std::vector<ItemId> items;
};

Lines linesOf(UserRow user,
              const InteractionMatrix& training,
              const DomainData& domain,
              const Titles& titles,
              std::size_t most)
{
    const std::span<const ItemRow> items = training.itemsOf(user);
    const std::span<const float> values = training.valuesOf(user);
    Lines lines;
    for (std::size_t at = items.size(); at > 0 && lines.items.size() < most; --at) {
        const ItemId item = domain.items[index(items[at - 1])];
        if (const auto title = titles.find(number(item)); title != titles.end()) {
            lines.fields.emplace_back(title->second, wordsFor(values[at - 1], domain));
            lines.items.push_back(item);
        }
    }
    std::ranges::reverse(lines.fields);
    std::ranges::reverse(lines.items);
    return lines;
}

} // namespace

Result<DomainHistories> domainHistories(const Workspace& workspace,
                                        const std::string& domain,
                                        const HistoryOptions& options,
                                        const JobContext& context)
{
    DataSelection selection;
    selection.target = domain;
    const Result<Dataset> data = loadDataset(workspace, selection, context);
    if (!data) {
        return passOn(data);
    }
    const Result<SplitData> parts = split(*data, options.split, {}, context);
    const Result<Titles> titles = titlesOf(workspace, data->target.id);
    if (!parts || !titles) {
        return parts ? passOn(titles) : passOn(parts);
    }
    const InteractionMatrix& training = parts->training->target.interactions;
    DomainHistories told{.domain = data->target.id, .subjects = {}, .texts = {}, .items = {}};
    for (std::size_t user = 0; user < data->users.size(); ++user) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        Lines lines = linesOf(static_cast<UserRow>(user), training, data->target, *titles, options.most);
        if (lines.items.size() < options.least) {
            told.tooShort += lines.items.empty() ? 0 : 1;
            continue;
        }
        told.subjects.push_back({data->users[user], data->target.id});
        told.texts.push_back(
            {.item = {}, .domain = data->target.id, .title = {}, .fields = std::move(lines.fields)});
        told.items.push_back(std::move(lines.items));
    }
    return told;
}

ItemText pairsTakenTogether(const DomainHistories& source, const DomainHistories& target, std::size_t most)
{
    std::map<std::pair<ItemId, ItemId>, int> together;
    std::unordered_map<std::int64_t, const std::string*> titles;
    const auto note = [&](const DomainHistories& domain, std::size_t subject) {
        for (std::size_t at = 0; at < domain.items[subject].size(); ++at) {
            titles.emplace(number(domain.items[subject][at]), &domain.texts[subject].fields[at].first);
        }
    };
    for (std::size_t a = 0, b = 0; a < source.subjects.size() && b < target.subjects.size();) {
        const PersonId left = source.subjects[a].person;
        const PersonId right = target.subjects[b].person;
        if (left == right) {
            note(source, a);
            note(target, b);
            for (const ItemId first : source.items[a]) {
                for (const ItemId second : target.items[b]) {
                    ++together[{first, second}];
                }
            }
        }
        a += left <= right ? 1 : 0;
        b += right <= left ? 1 : 0;
    }
    std::vector<std::pair<std::pair<ItemId, ItemId>, int>> ranked(together.begin(), together.end());
    const std::size_t count = std::min(most, ranked.size());
    std::ranges::partial_sort(
        ranked, ranked.begin() + static_cast<std::ptrdiff_t>(count), [](const auto& a, const auto& b) {
            return a.second != b.second ? a.second > b.second : a.first < b.first;
        });
    ItemText text{.item = {}, .domain = target.domain, .title = {}, .fields = {}};
    for (std::size_t at = 0; at < count; ++at) {
        const auto& [pair, people] = ranked[at];
        text.fields.emplace_back(*titles.at(number(pair.first)),
                                 fmt::format("{} ({} people)", *titles.at(number(pair.second)), people));
    }
    return text;
}

} // namespace transept
