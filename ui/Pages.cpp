#include "ui/Pages.h"

#include "ui/compare/ComparePage.h"
#include "ui/data/DataPage.h"
#include "ui/experiments/ExperimentsPage.h"
#include "ui/knowledge/KnowledgePage.h"
#include "ui/recommend/RecommendPage.h"

namespace transept::ui {

std::vector<PageFactory> allPages()
{
    return {
        [](const PageContext& context, QWidget* parent) { return new DataPage(context, parent); },
        [](const PageContext& context, QWidget* parent) { return new KnowledgePage(context, parent); },
        [](const PageContext& context, QWidget* parent) { return new ExperimentsPage(context, parent); },
        [](const PageContext& context, QWidget* parent) { return new ComparePage(context, parent); },
        [](const PageContext& context, QWidget* parent) { return new RecommendPage(context, parent); },
    };
}

} // namespace transept::ui
