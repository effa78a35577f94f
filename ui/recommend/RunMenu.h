#pragma once

#include "core/store/RunStore.h"
#include "ui/shell/IdTypes.h"

#include <QtWidgets/QMenu>

namespace transept::ui {

/// The finished runs with a check box each: whose lists are shown. Stays open, so that several can be chosen.
class RunMenu final : public QMenu
{
    Q_OBJECT

public:
    explicit RunMenu(QWidget* parent = nullptr);

    /// The latest first; older ones that are not shown are left to the page Compare.
    void setRuns(const std::vector<RunRecord>& runs, const std::vector<RunId>& shown);
    /// At least one, at most `mostLists` can be checked.
    static constexpr std::size_t mostLists = 4;

Q_SIGNALS:
    void runToggled(transept::RunId run, bool shown);
    void olderWanted();

private:
    void addRun(const RunRecord& run, bool isShown);
    void enableRuns();
};

} // namespace transept::ui
