#include "ui/Pages.h"

#include "ui/data/DataPage.h"

namespace transept::ui {

std::vector<PageFactory> allPages()
{
    return {
        [](const PageContext& context, QWidget* parent) { return new DataPage(context, parent); },
    };
}

} // namespace transept::ui
