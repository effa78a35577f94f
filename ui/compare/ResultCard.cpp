#include "ui/compare/ResultCard.h"

#include "core/base/Curves.h"
#include "ui/charts/ChartCard.h"
#include "ui/text/Sentences.h"

#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace transept::ui {

ResultCard::ResultCard(const QString& name, Session& session, const FileDialogs& dialogs, QWidget* parent)
    : QWidget(parent)
    , m_query(session)
    , m_chart(new LineChart)
    , m_card(new ChartCard(m_chart, this))
{
    constexpr int legendWidth = 240;
    m_chart->setObjectName(name);
    m_chart->setFileDialogs(dialogs);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_card);
    m_card->placeLegendBeside(legendWidth);
    connect(&m_card->legend(), &Legend::hiddenChanged, m_chart, &LineChart::setHidden);
    connect(&m_card->legend(), &Legend::highlighted, m_chart, &LineChart::setHighlighted);
}

void ResultCard::setRuns(std::vector<RunRecord> runs)
{
    for (const RunRecord& run : runs) { // one that ran again has other results
        const auto before = std::ranges::find(m_runs, run.id, &RunRecord::id);
        if (before != m_runs.end() && before->finished != run.finished) {
            m_drawn.erase(run.id);
        }
    }
    m_runs = std::move(runs);
    ask();
}

void ResultCard::forget()
{
    m_runs.clear();
    askAgain();
}

void ResultCard::askAgain()
{
    m_query.cancel();
    m_drawn.clear();
    ask();
}

void ResultCard::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

bool ResultCard::isDrawnOf(std::size_t /*place*/) const
{
    return true;
}

void ResultCard::ask()
{
    std::vector<RunId> missing;
    for (std::size_t place = 0; place < m_runs.size(); ++place) {
        if (isDrawnOf(place) && !m_drawn.contains(m_runs[place].id)) {
            missing.push_back(m_runs[place].id);
        }
    }
    m_error.reset();
    if (missing.empty()) {
        m_query.cancel();
    } else if (isVisible()) {
        m_query.ask<DrawnRuns>(workFor(missing), [this](Result<DrawnRuns> drawn) { show(std::move(drawn)); });
    }
    draw();
}

void ResultCard::show(Result<DrawnRuns> drawn)
{
    if (drawn) {
        m_drawn.merge(*drawn);
    } else {
        m_error = drawn.error();
    }
    draw();
}

void ResultCard::reduce(Drawn& drawn)
{
    constexpr std::size_t columns = 500; // with up to four points each
    if (drawn.x.size() <= 4 * columns) {
        return;
    }
    const auto pieces = curves::pieces(drawn.x, drawn.y, drawn.x.front(), drawn.x.back(), columns);
    drawn.x.clear();
    drawn.y.clear();
    for (const auto& piece : pieces) {
        for (const curves::Point& point : piece) {
            drawn.x.push_back(point.x);
            drawn.y.push_back(point.y);
        }
    }
}

void ResultCard::draw()
{
    std::vector<LineChart::Series> lines;
    std::vector<Legend::Entry> entries;
    for (const RunRecord& run : m_runs) {
        const auto found = m_drawn.find(run.id);
        if (found == m_drawn.end() || found->second.x.empty()) {
            continue;
        }
        const QString id = QString::number(number(run.id));
        const QString name = sentences::runName(run.name);
        lines.push_back({.id = id,
                         .name = name,
                         .colour = run.colour,
                         .x = found->second.x,
                         .y = found->second.y,
                         .low = found->second.low,
                         .high = found->second.high});
        entries.push_back({id, name, run.colour, noteOf(found->second)});
    }
    m_card->setTitle(titleText());
    m_card->setNothing(m_error               ? sentences::of(*m_error)
                       : !lines.empty()      ? QString()
                       : m_query.isWaiting() ? tr("Reading the results…")
                                             : nothingText());
    m_card->legend().setEntries(entries);
    nameAxes();
    m_chart->setSeries(std::move(lines));
}

void ResultCard::retranslate()
{
    draw();
}

} // namespace transept::ui
