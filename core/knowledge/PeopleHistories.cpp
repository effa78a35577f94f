#include "core/knowledge/PeopleHistories.h"

#include "core/knowledge/Extractor.h"
#include "core/knowledge/Redaction.h"

namespace transept {

Result<std::shared_ptr<const PeopleHistories>> PeopleHistories::read(const Workspace& workspace,
                                                                     const KnowledgeBase& base,
                                                                     const JobContext& context)
{
    const Result<const ExtractorDescription*> extractor = findExtractor(base.extractor);
    if (!extractor || !(*extractor)->isAboutUsers) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "The knowledge base %1 does not tell of people."),
                    {base.name});
    }
    const Result<Parameters> settings =
        checkParameters((*extractor)->parameters, base.config.value("settings", Json::object()), "settings");
    if (!settings) {
        return passOn(settings);
    }
    auto histories = std::make_shared<PeopleHistories>();
    histories->m_redacts = settings->flag("redact");
    for (const std::string& domain : base.config.value("domains", std::vector<std::string>())) {
        Result<TrainingHistory> history =
            TrainingHistory::read(workspace, domain, historyOptions(*settings), context);
        if (!history) {
            return passOn(history);
        }
        histories->m_domains.push_back({.name = domain, .history = std::move(*history)});
    }
    return histories;
}

std::vector<PeopleHistories::Told> PeopleHistories::of(PersonId person) const
{
    std::vector<Told> all;
    for (const auto& [name, history] : m_domains) {
        TrainingHistory::Lines lines = history.of(person);
        if (lines.isTooShort()) {
            continue;
        }
        ItemText text{.item = {}, .domain = history.domain(), .title = {}, .fields = std::move(lines.fields)};
        if (m_redacts) {
            Redactions found;
            text = redacted(std::move(text), found);
        }
        all.push_back({.domain = history.domain(), .name = name, .lines = std::move(text.fields)});
    }
    return all;
}

} // namespace transept
