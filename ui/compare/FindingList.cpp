#include "ui/compare/FindingList.h"

#include "ui/look/Icons.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

#include <QtCore/QEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <string>

namespace transept::ui {
namespace {

QIcon iconOf(Severity severity, const Tokens& colours)
{
    switch (severity) {
    case Severity::Note:
        return icon(QStringLiteral("info"), colours.mutedText);
    case Severity::Warning:
        return icon(QStringLiteral("warning"), colours.warning);
    case Severity::Serious:
        return icon(QStringLiteral("bad"), colours.bad);
    }
    return {};
}

} // namespace

QString sentenceOf(const Finding& finding)
{
    std::vector<std::string> arguments = finding.arguments;
    for (const Json& figure : finding.figures) {
        if (figure.is_number_integer()) {
            const auto count = figure.get<std::int64_t>();
            std::ranges::replace(arguments, std::to_string(count), numbers::count(count).toStdString());
        }
    }
    return sentences::translated("findings", finding.sentence, arguments);
}

FindingCard::FindingCard(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_query(session)
    , m_list(new QListWidget(this))
    , m_note(new QLabel(this))
    , m_stack(new QStackedWidget(this))
{
    setProperty(look::card, true);
    m_note->setObjectName(QStringLiteral("findingNote"));
    m_note->setProperty(look::muted, true);
    m_note->setAlignment(Qt::AlignCenter);
    m_note->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("findings"));
    m_list->setWordWrap(true);
    m_list->setUniformItemSizes(false);
    m_list->setSpacing(space::half);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_note);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, space::half);
    column->addWidget(m_stack);
}

void FindingCard::setRuns(const std::vector<RunRecord>& runs)
{
    m_runs.clear();
    for (const RunRecord& run : runs) {
        m_runs.emplace_back(run.id, run.finished);
        m_names[run.id] = sentences::runName(run.name);
    }
    ask();
}

void FindingCard::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    ask();
}

void FindingCard::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        fillList();
    }
}

/// Data is loaded and split for it: only when somebody looks.
void FindingCard::ask()
{
    if (m_runs != m_asked || m_runs.empty()) {
        m_query.cancel();
        m_findings.clear();
        m_error.reset();
        m_asked.clear();
    }
    if (isVisible() && !m_runs.empty() && m_runs != m_asked) {
        m_asked = m_runs;
        std::vector<RunId> runs;
        for (const auto& [run, finished] : m_runs) {
            runs.push_back(run);
        }
        m_query.ask<std::vector<Finding>>(
            [runs](const Workspace& workspace, const JobContext& context) {
                return audit(workspace, runs, context);
            },
            [this](Result<std::vector<Finding>> findings) {
                if (findings) {
                    m_findings = std::move(*findings);
                } else {
                    m_error = findings.error();
                }
                arrange();
            });
    }
    arrange();
}

void FindingCard::arrange()
{
    if (m_error) {
        m_note->setText(sentences::of(*m_error));
    } else if (m_query.isWaiting()) {
        m_note->setText(tr("Looking for what the figures do not say…"));
    } else {
        m_note->setText(
            tr("Nothing speaks against these figures: there are controls, repetitions and a validation "
               "part, and no leak was found."));
    }
    fillList();
    m_stack->setCurrentWidget(m_findings.empty() ? static_cast<QWidget*>(m_note) : m_list);
}

void FindingCard::fillList()
{
    m_list->clear();
    for (const Finding& finding : m_findings) {
        const QString sentence = textOf(finding);
        auto* item = new QListWidgetItem(iconOf(finding.severity, tokensOf(palette())), sentence, m_list);
        item->setToolTip(sentence);
        item->setData(Qt::UserRole, QString::fromStdString(finding.code));
    }
}

/// With the names of those that it concerns, unless it concerns all.
QString FindingCard::textOf(const Finding& finding) const
{
    const QString sentence = sentenceOf(finding);
    QStringList names;
    for (const RunId run : finding.runs) {
        const auto name = m_names.find(run);
        names << (name == m_names.end() ? QString::number(number(run)) : name->second);
    }
    return names.isEmpty() || finding.runs.size() == m_runs.size()
               ? sentence
               : tr("%1: %2", "names of runs, a finding").arg(sentences::enumeration(names), sentence);
}

void FindingCard::retranslate()
{
    m_list->setAccessibleName(tr("Findings"));
    arrange();
}

} // namespace transept::ui
