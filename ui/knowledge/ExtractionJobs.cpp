#include "ui/knowledge/ExtractionJobs.h"

#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

namespace transept::ui {
namespace {

constexpr int countingMilliseconds = 500;
constexpr QLatin1StringView topic("extraction"); // of the messages

/// What an extraction came to, and what its reader should know beside the counts.
QString sentencesOf(const QString& name, const ExtractionReport& done)
{
    QStringList said{
        ExtractionJobs::tr("%1: %2 items with knowledge, %3 without, %4 failed, %5 tokens spent.")
            .arg(name,
                 numbers::count(done.items),
                 numbers::count(done.without),
                 numbers::count(done.failed),
                 numbers::count(done.tokensIn + done.tokensOut))};
    if (done.added > 0 && done.added < done.items) {
        said << ExtractionJobs::tr("New among them: %1.").arg(numbers::count(done.added));
    }
    if (done.rejected > 0) {
        const QString first = done.rejects.empty()
                                  ? QString()
                                  : sentences::of({.sentence = done.rejects.front().sentence,
                                                   .arguments = done.rejects.front().arguments});
        said << ExtractionJobs::tr("Rows of the file that could not be taken: %1. %2",
                                   "a count, what is wrong with the first")
                    .arg(numbers::count(done.rejected), first);
    }
    if (done.shortened > 0) {
        said << ExtractionJobs::tr("Texts that were too long for the model and were cut: %1.")
                    .arg(numbers::count(done.shortened));
    }
    if (done.budgetReached) {
        said << ExtractionJobs::tr("The budget is used up.");
    }
    return sentences::paragraph(said);
}

} // namespace

ExtractionJobs::ExtractionJobs(Session& session, MessageBar& messages, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_messages(messages)
    , m_query(session)
{
    m_counting.setInterval(countingMilliseconds);
    connect(&m_counting, &QTimer::timeout, this, &ExtractionJobs::count);
    connect(&session.jobs(), &JobList::added, this, [this](const Job* job) {
        if (job->kind() == JobKind::Extraction) {
            m_counting.start();
        }
    });
    // What is read anew then is newer.
    connect(&session, &Session::knowledgeChanged, this, [this] { m_query.cancel(); });
}

bool ExtractionJobs::isAny() const
{
    return std::ranges::any_of(m_session.jobs().active(),
                               [](const Job* job) { return job->kind() == JobKind::Extraction; });
}

void ExtractionJobs::count()
{
    if (!isAny()) {
        m_counting.stop();
    } else if (!m_query.isWaiting()) {
        m_query.ask<std::vector<KnowledgeBase>>(
            [](const Workspace& workspace, const JobContext&) { return KnowledgeStore(workspace).all(); },
            [this](const Result<std::vector<KnowledgeBase>>& bases) {
                if (bases) {
                    Q_EMIT counted(*bases);
                }
            });
    }
}

void ExtractionJobs::start(const ExtractionRequest& request)
{
    const QString name = QString::fromStdString(request.name);
    m_messages.clear(topic); // it said that there is more to do
    Job* job = m_session.jobs().start<ExtractionReport>(
        this,
        {.name = [name] { return tr("Extracting %1").arg(name); }, .kind = JobKind::Extraction},
        [request](Workspace& workspace, const JobContext& context) {
            return extract(workspace, request, context);
        },
        [this, request](Result<ExtractionReport> outcome) {
            if (outcome) {
                m_session.selection().setKnowledge(outcome->id);
            }
            m_session.announce(Change::Knowledge);
            report(request, outcome);
        });
    // The knowledge base is begun by the job's own thread: its first word comes after that.
    const auto tell = [this] { m_session.announce(Change::Knowledge); };
    connect(job, &Job::changed, this, tell, Qt::SingleShotConnection);
}

void ExtractionJobs::report(const ExtractionRequest& request, const Result<ExtractionReport>& report)
{
    const QString name = QString::fromStdString(request.name);
    if (!report) {
        m_messages.show(
            report.error(), {{[] { return tr("Go on"); }, [this, request] { start(request); }}}, topic);
        return;
    }
    const ExtractionReport& done = *report;
    const bool isWhole = done.failed == 0 && done.rejected == 0 && !done.budgetReached;
    Message message{.kind = isWhole ? Message::Kind::Good : Message::Kind::Warning,
                    .text = [name, done] { return sentencesOf(name, done); },
                    .topic = topic};
    if (done.budgetReached) {
        const auto goOn = [this, request] {
            request.extend ? Q_EMIT extensionWanted() : Q_EMIT retryWanted();
        };
        message.remedies.push_back({[] { return tr("Go on"); }, goOn});
    } else if (done.failed > 0) {
        const auto again = [this, request] { // what failed, not what is new
            request.extend ? Q_EMIT retryWanted() : start(request);
        };
        message.remedies.push_back({[] { return tr("Try the rest again"); }, again});
    }
    m_messages.show(std::move(message));
}

} // namespace transept::ui
