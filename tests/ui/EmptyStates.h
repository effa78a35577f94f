#pragma once

#include "tests/ui/Patience.h"
#include "ui/shell/EmptyState.h"
#include "ui/shell/Page.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QPushButton>

namespace transept::test {

/// The page that the button of an empty state leads to; empty when no button comes or it leads nowhere.
inline QString pageThatTheEmptyStateLeadsTo(ui::Page& page)
{
    auto* state = page.findChild<ui::EmptyState*>(QStringLiteral("emptyState"));
    auto* button = state != nullptr ? state->findChild<QPushButton*>() : nullptr;
    if (button == nullptr || !waitFor([button] { return button->isVisible(); })) {
        return {};
    }
    QSignalSpy asked(&page, &ui::Page::pageRequested);
    QTest::mouseClick(button, Qt::LeftButton);
    return asked.count() == 1 ? asked.front().front().toString() : QString();
}

} // namespace transept::test
