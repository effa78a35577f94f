#include "ui/Pages.h"

#include "ui/data/DataPage.h"
#include "ui/experiments/ExperimentsPage.h"

namespace transept::ui {

std::vector<PageFactory> allPages()
{
    return {
        [](const PageContext& context, QWidget* parent) { return new DataPage(context, parent); },
        [](const PageContext& context, QWidget* parent) { return new ExperimentsPage(context, parent); },
    };
}

} // namespace transept::ui
