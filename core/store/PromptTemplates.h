#pragma once

#include "core/store/Workspace.h"

#include <optional>
#include <string>
#include <vector>

namespace transept {

/// What a prompt asks about.
enum class PromptSubject { Items, People, Pairs };

std::string_view wordOf(PromptSubject subject); ///< items, people, pairs

/// One version of a prompt.
struct PromptTemplate
{
    std::string name;
    int version = 0; ///< from 1; 0: of one that has no versions
    PromptSubject about = PromptSubject::Items;
    std::string text;
    std::int64_t created = 0; ///< seconds since 1970

    std::string reference() const { return version == 0 ? name : name + "@" + std::to_string(version); }
};

/// Prompts under names, in versions that are never changed or removed, so that a reference means the same for
/// ever.
class PromptTemplates
{
public:
    explicit PromptTemplates(const Workspace& workspace) : m_database(workspace.database()) {}

    Result<std::vector<PromptTemplate>> all() const; ///< by name, the newest version of each first

    /// "moods@2", or the newest version by "moods". NotFound with the nearest name, or the versions there
    /// are.
    Result<PromptTemplate> find(std::string_view reference) const;

    /// The version that has this text; of several the one that was saved last.
    Result<std::optional<PromptTemplate>> withText(PromptSubject about, std::string_view text) const;

    /// A new version, unless the newest has the same text: then that one. InvalidInput for a name that cannot
    /// be referred to, or that belongs to prompts about something else.
    Result<PromptTemplate> save(std::string_view name, PromptSubject about, std::string_view text) const;

private:
    Result<std::vector<PromptTemplate>> versionsOf(std::string_view name) const;

    const Database& m_database;
};

} // namespace transept
