#pragma once

#include "core/knowledge/FacetChanges.h"
#include "ui/shell/Session.h"

namespace transept::ui {

/// Makes a change of a knowledge base's facets that can be undone: `make` commits it and gives its number,
/// once, on the writing thread; undone and made again it is by that number.
void editFacets(Session& session,
                const QString& text,
                KnowledgeId base,
                std::function<Result<std::int64_t>(const Workspace&)> make);

} // namespace transept::ui
