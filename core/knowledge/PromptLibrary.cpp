#include "core/knowledge/PromptLibrary.h"

#include "core/base/Words.h"

#include <algorithm>

namespace transept {
namespace {

PromptTemplate builtIn(PromptSubject about)
{
    const std::string_view text = about == PromptSubject::Items    ? defaultPrompt
                                  : about == PromptSubject::People ? defaultUserPrompt
                                                                   : defaultPairPrompt;
    return {.name = std::string(builtInName), .version = 0, .about = about, .text = std::string(text)};
}

} // namespace

std::vector<PromptSetting> promptSettings(const ExtractorDescription& extractor)
{
    std::vector<PromptSetting> found;
    for (const PromptSetting& setting : std::initializer_list<PromptSetting>{
             {"prompt", extractor.isAboutUsers ? PromptSubject::People : PromptSubject::Items},
             {"pair-prompt", PromptSubject::Pairs}}) {
        if (std::ranges::find(extractor.parameters, setting.name, &Parameter::name) !=
            extractor.parameters.end()) {
            found.push_back(setting);
        }
    }
    return found;
}

bool isPromptReference(std::string_view setting)
{
    return setting.starts_with('@') && setting.find_first_of("{\n") == std::string_view::npos;
}

Result<std::vector<PromptTemplate>> promptsAbout(const Workspace& workspace, PromptSubject about)
{
    Result<std::vector<PromptTemplate>> found = PromptTemplates(workspace).all();
    if (found) {
        std::erase_if(*found, [&](const PromptTemplate& each) { return each.about != about; });
        found->insert(found->begin(), builtIn(about));
    }
    return found;
}

Result<PromptTemplate> findPrompt(const Workspace& workspace, PromptSubject about, std::string_view reference)
{
    if (reference == builtInName) {
        return builtIn(about);
    }
    Result<PromptTemplate> found = PromptTemplates(workspace).find(reference);
    if (found && found->about != about) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "The prompt %1 is about %2; here one about %3 is needed."),
                    {found->name, std::string(wordOf(found->about)), std::string(wordOf(about))});
    }
    return found;
}

Result<PromptTemplate> savePrompt(const Workspace& workspace,
                                  std::string_view name,
                                  PromptSubject about,
                                  std::string_view text)
{
    if (name == builtInName) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 is the program's own prompt. Save yours under another name."),
                    {std::string(name)});
    }
    const Status fits = checkPrompt(about, text);
    return fits ? PromptTemplates(workspace).save(name, about, text) : passOn(fits);
}

Result<Json> withPrompts(const Workspace& workspace, const ExtractorDescription& extractor, Json settings)
{
    for (const auto& [name, about] : promptSettings(extractor)) {
        const auto setting = settings.find(name);
        const bool isReference = setting != settings.end() && setting->is_string() &&
                                 isPromptReference(setting->get_ref<const std::string&>());
        if (isReference) {
            const Result<PromptTemplate> found =
                findPrompt(workspace, about, setting->get<std::string>().substr(1));
            if (!found) {
                return passOn(found);
            }
            *setting = found->text;
        }
    }
    return settings;
}

Result<Json> promptOrigins(const Workspace& workspace,
                           const ExtractorDescription& extractor,
                           const Json& settings)
{
    Json origins = Json::object();
    for (const auto& [name, about] : promptSettings(extractor)) {
        const auto text = settings.at(std::string(name)).get<std::string>();
        const PromptTemplate own = builtIn(about);
        const Result<std::optional<PromptTemplate>> saved = PromptTemplates(workspace).withText(about, text);
        if (!saved) {
            return passOn(saved);
        }
        if (text == own.text || *saved) {
            origins[std::string(name)] = (text == own.text ? own : **saved).reference();
        }
    }
    return origins;
}

} // namespace transept
