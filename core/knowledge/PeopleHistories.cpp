#include "core/knowledge/PeopleHistories.h"

#include "core/knowledge/Extractor.h"
#include "core/knowledge/ServerParameters.h"

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
    Result<Parameters> settings =
        checkParameters((*extractor)->parameters, base.config.value("settings", Json::object()), "settings");
    if (!settings) {
        return passOn(settings);
    }
    auto histories = std::make_shared<PeopleHistories>();
    for (const std::string& domain : base.config.value("domains", std::vector<std::string>())) {
        Result<TrainingHistory> history =
            TrainingHistory::read(workspace, domain, historyOptions(*settings), context);
        if (!history) {
            return passOn(history);
        }
        histories->m_domains.push_back({.name = domain, .history = std::move(*history)});
    }
    histories->m_settings = std::move(*settings);
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
        Redactions found;
        text = asSent(std::move(text), m_settings, found);
        all.push_back({.domain = history.domain(), .name = name, .lines = std::move(text.fields)});
    }
    return all;
}

} // namespace transept
