#include "ui/experiments/ResultsImport.h"

#include "ui/look/Icons.h"
#include "ui/shell/MessageBar.h"
#include "ui/text/Sentences.h"

namespace transept::ui {
namespace {

constexpr auto kTopic = "results";

/// "other stands in the table. 3 of 60 test users have no list: they count as 0."
QString newsOf(const ResultsReport& report)
{
    QStringList said{ResultsImport::tr("%1 stands in the table.").arg(sentences::runName(report.run.name))};
    for (const Remark& remark : remarksOn(report)) {
        said << sentences::translated("results", remark.sentence, remark.arguments);
    }
    return sentences::paragraph(said);
}

} // namespace

ResultsImport::ResultsImport(Session& session, FileDialogs dialogs, MessageBar& messages, QWidget* page)
    : QObject(page)
    , m_session(session)
    , m_dialogs(std::move(dialogs))
    , m_messages(messages)
    , m_page(page)
    , m_action(new QAction(this))
{
    m_action->setObjectName(QStringLiteral("importResults"));
    m_action->setIcon(icon(QStringLiteral("import")));
    connect(m_action, &QAction::triggered, this, [this] { ask({}); });
}

void ResultsImport::ask(ResultsDraft draft)
{
    const ResultsSources sources = m_sources();
    auto* dialog = new ResultsDialog(m_session, m_dialogs, sources, std::move(draft), m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, spec = sources.spec] {
        start(dialog->draft(), spec);
    });
    connect(&m_session, &Session::closed, dialog, &QDialog::reject);
    dialog->open();
}

void ResultsImport::start(const ResultsDraft& draft, const std::optional<Json>& spec)
{
    m_messages.clear(QLatin1String(kTopic));
    const QString name = QString::fromStdString(draft.options.name);
    m_session.jobs().start<ResultsReport>(
        this,
        {.name = [name] { return tr("Importing results of %1").arg(name); },
         .kind = JobKind::Import,
         .canPause = false},
        [draft, spec](const Workspace& workspace, const JobContext& context) -> Result<ResultsReport> {
            const Result<ResultsLike> like = ResultsDialog::likeOf(workspace, draft, spec);
            return like ? importResults(workspace, *like, draft.options, context) : passOn(like);
        },
        [this, draft](const Result<ResultsReport>& report) { finish(draft, report); });
}

void ResultsImport::finish(const ResultsDraft& draft, const Result<ResultsReport>& report)
{
    if (!report) {
        m_messages.show(report.error(),
                        {{[] { return tr("Choose again"); }, [this, draft] { ask(draft); }}},
                        QLatin1String(kTopic));
        return;
    }
    m_session.announce(Change::Runs);
    if (!m_session.selection().contains(report->run.id)) {
        m_session.selection().toggleRun(report->run.id);
    }
    const bool isWhole = remarksOn(*report).empty();
    m_messages.show({.kind = isWhole ? Message::Kind::Good : Message::Kind::Warning,
                     .text = [report = *report] { return newsOf(report); },
                     .remedies = {},
                     .topic = QLatin1String(kTopic)});
}

void ResultsImport::retranslate()
{
    m_action->setText(tr("Import results…"));
    m_action->setToolTip(tr("Measure what another program recommended or predicted, beside your own runs"));
}

} // namespace transept::ui
