#include "ui/shell/Session.h"

#include "core/store/ImportLog.h"
#include "ui/settings/Keys.h"
#include "ui/settings/Settings.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFileInfo>
#include <QtGui/QUndoCommand>

namespace transept::ui {

namespace {

constexpr int kReaders = 3;

QString pathText(const std::filesystem::path& file)
{
    return QString::fromStdString(file.string());
}

} // namespace

struct Session::Opened
{
    std::vector<Interrupted> interrupted;
    std::vector<RunId> queued;
    bool lacksItemIndex = false;

    static Result<Opened> from(Result<Workspace> workspace)
    {
        if (!workspace) {
            return passOn(workspace);
        }
        Result<std::vector<Interrupted>> interrupted = workspace->findInterrupted();
        if (!interrupted) {
            return passOn(interrupted);
        }
        const Result<std::vector<RunRecord>> runs = RunStore(*workspace).all();
        if (!runs) {
            return passOn(runs);
        }
        const Result<bool> lacksIndex = ImportLog(*workspace).lacksItemIndex();
        if (!lacksIndex) {
            return passOn(lacksIndex);
        }
        Opened opened{.interrupted = std::move(*interrupted), .lacksItemIndex = *lacksIndex};
        for (const RunRecord& run : *runs) {
            if (run.state == RunState::Queued) {
                opened.queued.push_back(run.id);
            }
        }
        return opened;
    }
};

class Session::Edit final : public QUndoCommand
{
public:
    Edit(Session& session, const QString& text, Changes changes, Write forth, Write back)
        : QUndoCommand(text)
        , m_session(session)
        , m_changes(changes)
        , m_forth(std::move(forth))
        , m_back(std::move(back))
    {
    }

    void redo() override { m_session.write(m_changes, m_forth); }
    void undo() override { m_session.write(m_changes, m_back); }

private:
    Session& m_session;
    Changes m_changes;
    Write m_forth;
    Write m_back;
};

Session::Session(Settings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_runQueue(*this)
{
    m_readers.setMaxThreadCount(kReaders);
    m_writer.setMaxThreadCount(1);
}

Session::~Session()
{
    saveSelection();
    m_jobs.stopAndWait();
    m_readers.waitForDone();
    m_writer.waitForDone();
}

QString Session::name() const
{
    return QFileInfo(pathText(m_file)).fileName();
}

void Session::open(const std::filesystem::path& file)
{
    begin(file, false);
}

void Session::create(const std::filesystem::path& file)
{
    begin(file, true);
}

void Session::begin(const std::filesystem::path& file, bool create)
{
    close();
    m_state = State::Opening;
    m_file = file;
    Q_EMIT stateChanged();
    m_writer.start([this, file, create, generation = m_generation] {
        auto outcome = std::make_shared<Result<Opened>>(
            Opened::from(create ? Workspace::create(file) : Workspace::open(file)));
        QMetaObject::invokeMethod(
            this,
            [this, generation, outcome] {
                if (generation == m_generation) {
                    finishOpening(std::move(*outcome));
                }
            },
            Qt::QueuedConnection);
    });
}

void Session::finishOpening(Result<Opened> outcome)
{
    if (!outcome) {
        m_state = State::Closed;
        m_file.clear();
        Q_EMIT stateChanged();
        Q_EMIT failed(outcome.error());
        return;
    }
    m_state = State::Open;
    m_jobs.setWorkspace(m_file);
    m_settings.addRecentWorkspace(pathText(m_file));
    restoreSelection();
    Q_EMIT stateChanged();
    Q_EMIT opened();
    announce(Change::Data | Change::Knowledge | Change::Runs);
    if (outcome->lacksItemIndex) { // behind the pages, which are slower until then
        write({}, [](const Workspace& workspace) { return ImportLog(workspace).restoreItemIndex(); });
    }
    if (!outcome->interrupted.empty() || !outcome->queued.empty()) {
        Q_EMIT foundUnfinished(outcome->interrupted, outcome->queued);
    }
}

void Session::close()
{
    if (m_state == State::Closed) {
        return;
    }
    const bool wasOpen = isOpen();
    saveSelection();
    ++m_generation;
    m_state = State::Closed;
    m_file.clear();
    m_undoStack.clear();
    m_jobs.cancelAll();
    m_jobs.setWorkspace({});
    Q_EMIT stateChanged();
    if (wasOpen) {
        Q_EMIT closed();
    }
    m_selection.clear();
}

void Session::edit(const QString& text, Changes changes, Write forth, Write back)
{
    m_undoStack.push(new Edit(*this, text, changes, std::move(forth), std::move(back)));
}

void Session::write(Changes changes, Write work)
{
    writeAnd<void>(this, std::move(work), [this, changes](const Status& done) {
        if (done) {
            announce(changes);
        } else {
            Q_EMIT editFailed(done.error());
        }
    });
}

void Session::enqueueWrite(std::function<std::function<void()>(const Result<Workspace>&)> work)
{
    if (!isOpen()) {
        return;
    }
    m_writer.start([this, file = m_file, generation = m_generation, work = std::move(work)] {
        std::function<void()> deliver = work(Workspace::open(file));
        QMetaObject::invokeMethod(
            this,
            [this, generation, deliver = std::move(deliver)] {
                if (generation == m_generation) {
                    deliver();
                }
            },
            Qt::QueuedConnection);
    });
}

void Session::announce(Changes changes)
{
    if (!isOpen()) {
        return;
    }
    if (changes.testFlag(Change::Data)) {
        Q_EMIT dataChanged();
    }
    if (changes.testFlag(Change::Knowledge)) {
        Q_EMIT knowledgeChanged();
    }
    if (changes.testFlag(Change::Runs)) {
        Q_EMIT runsChanged();
    }
    if (changes.testFlag(Change::Facets)) {
        Q_EMIT facetsChanged();
    }
}

QString Session::selectionGroup() const
{
    const QByteArray path = QByteArray::fromStdString(m_file.string());
    return keys::selections + QLatin1Char('/') +
           QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().first(16));
}

void Session::saveSelection()
{
    if (isOpen()) {
        m_settings.state().beginGroup(selectionGroup());
        m_selection.save(m_settings.state());
        m_settings.state().endGroup();
    }
}

void Session::restoreSelection()
{
    m_settings.state().beginGroup(selectionGroup());
    m_selection.restore(m_settings.state());
    m_settings.state().endGroup();
}

} // namespace transept::ui
