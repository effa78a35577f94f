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

} // namespace

HistoryOptions historyOptions(const Parameters& settings)
{
    const std::string kind = settings.text("split");
    return {.split = {.kind = kind == "warm"    ? SplitSpec::Kind::Warm
                              : kind == "given" ? SplitSpec::Kind::Given
                                                : SplitSpec::Kind::LeaveOneOut,
                      .seed = static_cast<std::uint64_t>(settings.integer("split-seed"))},
            .least = static_cast<std::size_t>(settings.integer("min-history")),
            .most = static_cast<std::size_t>(settings.integer("max-history"))};
}

Result<TrainingHistory> TrainingHistory::read(const Workspace& workspace,
                                              const std::string& domain,
                                              const HistoryOptions& options,
                                              const JobContext& context)
{
    DataSelection selection;
    selection.target = domain;
    Result<Dataset> data = loadDataset(workspace, selection, context);
    if (!data) {
        return passOn(data);
    }
    Result<SplitData> parts = split(*data, options.split, {}, context);
    Result<Titles> titles = titlesOf(workspace, data->target.id);
    if (!parts || !titles) {
        return parts ? passOn(titles) : passOn(parts);
    }
    TrainingHistory history;
    history.m_domain = data->target.id;
    history.m_people = std::move(data->users);
    history.m_items = std::move(data->target.items);
    history.m_training = std::move(parts->training);
    history.m_titles = std::move(*titles);
    history.m_options = options;
    history.m_kind = data->target.kind;
    history.m_scaleMax = data->target.scaleMax;
    return history;
}

/// "rated 4 of 5"; of feedback without ratings that it was taken.
std::string TrainingHistory::wordsFor(float value) const
{
    return m_kind == FeedbackKind::Explicit ? fmt::format("rated {:g} of {:g}", value, m_scaleMax) : "taken";
}

TrainingHistory::Lines TrainingHistory::of(PersonId person) const
{
    Lines lines{.least = m_options.least};
    const auto found = std::ranges::lower_bound(m_people, person);
    if (found == m_people.end() || *found != person) {
        return lines;
    }
    const auto user = static_cast<UserRow>(found - m_people.begin());
    const InteractionMatrix& training = m_training->target.interactions;
    const std::span<const ItemRow> items = training.itemsOf(user);
    const std::span<const float> values = training.valuesOf(user);
    for (std::size_t at = items.size(); at > 0 && lines.items.size() < m_options.most; --at) {
        const ItemId item = m_items[index(items[at - 1])];
        if (const auto title = m_titles.find(number(item)); title != m_titles.end()) {
            lines.fields.emplace_back(title->second, wordsFor(values[at - 1]));
            lines.items.push_back(item);
        }
    }
    std::ranges::reverse(lines.fields);
    std::ranges::reverse(lines.items);
    return lines;
}

Result<DomainHistories> domainHistories(const Workspace& workspace,
                                        const std::string& domain,
                                        const HistoryOptions& options,
                                        const JobContext& context)
{
    const Result<TrainingHistory> history = TrainingHistory::read(workspace, domain, options, context);
    if (!history) {
        return passOn(history);
    }
    DomainHistories told{.domain = history->domain(), .subjects = {}, .texts = {}, .items = {}};
    for (const PersonId person : history->people()) {
        if (const Status goOn = context.checkpoint(); !goOn) {
            return passOn(goOn);
        }
        TrainingHistory::Lines lines = history->of(person);
        if (lines.isTooShort()) {
            told.tooShort += lines.items.empty() ? 0 : 1;
            continue;
        }
        told.subjects.push_back({person, told.domain});
        told.texts.push_back(
            {.item = {}, .domain = told.domain, .title = {}, .fields = std::move(lines.fields)});
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
