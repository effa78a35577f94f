#pragma once

#include "core/knowledge/Extractor.h"
#include "core/knowledge/Prompt.h"

namespace transept {

/// The name of the prompt that the program proposes, one for each subject; nobody can save one under it.
inline constexpr std::string_view builtInName = "built-in";

/// A setting of an extractor that is a prompt.
struct PromptSetting
{
    std::string_view name;
    PromptSubject about;
};
std::vector<PromptSetting> promptSettings(const ExtractorDescription& extractor);

/// What stands in a prompt's setting for one that is kept under a name: "@moods@2", "@moods" for its newest
/// version.
bool isPromptReference(std::string_view setting);

/// For Parameter::check: a reference, or a prompt that checkPrompt() takes.
template<PromptSubject about>
Status checkPromptSetting(std::string_view setting)
{
    return isPromptReference(setting) ? Status() : checkPrompt(about, setting);
}

/// The built-in prompt and those of the workspace, the newest version of each first.
Result<std::vector<PromptTemplate>> promptsAbout(const Workspace& workspace, PromptSubject about);

/// "moods@2", "moods", "built-in". InvalidInput for one about something else.
Result<PromptTemplate> findPrompt(const Workspace& workspace,
                                  PromptSubject about,
                                  std::string_view reference);

/// As PromptTemplates::save(), of a prompt that checkPrompt() takes.
Result<PromptTemplate> savePrompt(const Workspace& workspace,
                                  std::string_view name,
                                  PromptSubject about,
                                  std::string_view text);

/// The settings with texts in the places of references.
Result<Json> withPrompts(const Workspace& workspace, const ExtractorDescription& extractor, Json settings);

/// Where each prompt of complete settings comes from, {"prompt": "moods@2"}; without those that nobody saved.
Result<Json> promptOrigins(const Workspace& workspace,
                           const ExtractorDescription& extractor,
                           const Json& settings);

} // namespace transept
