#include "ui/shell/Query.h"

#include <QtCore/QThreadPool>

namespace transept::ui {

struct QueryBase::Ticket
{
    std::stop_source stop;
    QueryBase* query = nullptr; ///< null once cancelled; touched on the window's thread only
};

QueryBase::QueryBase(Session& session) : m_session(session) {}

QueryBase::~QueryBase()
{
    cancel();
}

void QueryBase::cancel()
{
    if (m_ticket) {
        m_ticket->query = nullptr;
        m_ticket->stop.request_stop();
        m_ticket.reset();
    }
}

void QueryBase::begin(std::function<Answer(const Result<Workspace>&, const JobContext&)> work)
{
    cancel();
    if (!m_session.isOpen()) {
        return;
    }
    m_ticket = std::make_shared<Ticket>();
    m_ticket->query = this;
    Session& session = m_session;
    session.m_readers.start([&session,
                             ticket = m_ticket,
                             generation = session.m_generation,
                             file = session.m_file,
                             work = std::move(work)] {
        const std::stop_token stop = ticket->stop.get_token();
        if (stop.stop_requested()) {
            return;
        }
        const Result<Workspace> workspace = Workspace::open(file, Access::ReadOnly);
        const std::stop_callback interrupt(stop, [&workspace] {
            if (workspace) {
                workspace->database().interrupt();
            }
        });
        Answer answer = work(workspace, {.stop = stop});
        QMetaObject::invokeMethod(
            &session,
            [&session, ticket, generation, answer = std::move(answer)] {
                if (ticket->query == nullptr) {
                    return;
                }
                ticket->query->m_ticket.reset();
                if (answer && generation == session.m_generation) {
                    answer();
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace transept::ui
