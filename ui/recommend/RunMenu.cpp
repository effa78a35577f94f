#include "ui/recommend/RunMenu.h"

#include "ui/look/SeriesColours.h"
#include "ui/look/Tokens.h"
#include "ui/text/Sentences.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QWidgetAction>

namespace transept::ui {
namespace {

constexpr std::size_t mostInMenu = 25;

} // namespace

RunMenu::RunMenu(QWidget* parent) : QMenu(parent)
{
    setObjectName(QStringLiteral("runMenu"));
}

void RunMenu::setRuns(const std::vector<RunRecord>& runs, const std::vector<RunId>& shown)
{
    clear();
    std::size_t listed = 0;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        const bool isShown = std::ranges::find(shown, run->id) != shown.end();
        if (isShown || listed < mostInMenu) {
            addRun(*run, isShown);
            ++listed;
        }
    }
    enableRuns();
    if (listed < runs.size()) {
        addSeparator();
        connect(addAction(tr("Select older ones on the page Compare")),
                &QAction::triggered,
                this,
                &RunMenu::olderWanted);
    }
}

void RunMenu::addRun(const RunRecord& run, bool isShown)
{
    const QString name = sentences::runName(run.name);
    auto* action = new QWidgetAction(this);
    action->setText(name);
    action->setCheckable(true);
    action->setChecked(isShown);
    auto* row = new QWidget(this);
    auto* box = new QCheckBox(QString(name).replace(u'&', QStringLiteral("&&")), row);
    box->setIcon(seriesIcon(run.colour));
    box->setChecked(isShown);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(space::oneAndHalf, space::half, space::two, space::half);
    layout->addWidget(box);
    row->setFocusProxy(box);
    action->setDefaultWidget(row);
    connect(box, &QCheckBox::toggled, action, &QAction::setChecked);
    connect(action, &QAction::toggled, box, &QCheckBox::setChecked);
    connect(action, &QAction::toggled, this, [this, id = run.id](bool on) {
        enableRuns();
        Q_EMIT runToggled(id, on);
    });
    addAction(action);
}

void RunMenu::enableRuns()
{
    std::size_t checked = 0;
    for (const QAction* action : actions()) {
        checked += action->isChecked() ? 1 : 0;
    }
    for (QAction* action : actions()) {
        if (action->isCheckable()) {
            action->setEnabled(action->isChecked() ? checked > 1 : checked < mostLists);
        }
    }
}

} // namespace transept::ui
