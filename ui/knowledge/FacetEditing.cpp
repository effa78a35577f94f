#include "ui/knowledge/FacetEditing.h"

namespace transept::ui {

void editFacets(Session& session,
                const QString& text,
                KnowledgeId base,
                std::function<Result<std::int64_t>(const Workspace&)> make)
{
    const auto made = std::make_shared<std::optional<std::int64_t>>(); // on the writing thread alone
    session.edit(
        text,
        Change::Facets,
        [base, made, make = std::move(make)](const Workspace& workspace) -> Status {
            if (*made) {
                return FacetEdits(workspace).setUndone(base, **made, false);
            }
            const Result<std::int64_t> change = make(workspace);
            if (!change) {
                return passOn(change);
            }
            *made = *change;
            return {};
        },
        [base, made](const Workspace& workspace) {
            return *made ? FacetEdits(workspace).setUndone(base, **made, true) : Status();
        });
}

} // namespace transept::ui
