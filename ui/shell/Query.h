#pragma once

#include "core/base/Memory.h"
#include "ui/shell/Session.h"

#include <memory>

namespace transept::ui {

/// What Query does, whatever the type of the answer is.
class QueryBase
{
public:
    explicit QueryBase(Session& session);
    ~QueryBase();
    QueryBase(const QueryBase&) = delete;
    QueryBase& operator=(const QueryBase&) = delete;

    /// Forgets the question: its stop token fires, its answer is dropped.
    void cancel();
    bool isWaiting() const { return m_ticket != nullptr; }

protected:
    using Answer = std::function<void()>;
    void begin(std::function<Answer(const Result<Workspace>&, const JobContext&)> work);

private:
    struct Ticket;
    Session& m_session;
    std::shared_ptr<Ticket> m_ticket;
};

/// One place that shows an answer and may change its question at any time. The work runs on a reading thread
/// with a connection of its own; a newer question replaces the older; the answer arrives on the window's
/// thread, and never after the Query is gone: keep it as a member of what `deliver` captures. Without an open
/// workspace nothing is delivered.
///
///   m_statistics.ask<WorkspaceStatistics>(
///       [](const Workspace& workspace, const JobContext& context) { return statistics(workspace, context);
///       }, [this](Result<WorkspaceStatistics> answer) { show(std::move(answer)); });
class Query final : public QueryBase
{
public:
    using QueryBase::QueryBase;

    /// `work` is `Result<T>(const Workspace&, const JobContext&)`, `deliver` is `void(Result<T>)`; an error
    /// Cancelled is never delivered.
    template<typename T, typename Work, typename Deliver>
    void ask(Work work, Deliver deliver)
    {
        begin([work = std::move(work), deliver = std::move(deliver)](const Result<Workspace>& workspace,
                                                                     const JobContext& context) -> Answer {
            Result<T> answer = withinMemory([&]() -> Result<T> {
                return workspace ? Result<T>(work(*workspace, context)) : Result<T>(passOn(workspace));
            });
            if (!answer && answer.error().code == ErrorCode::Cancelled) {
                return {};
            }
            auto kept = std::make_shared<Result<T>>(std::move(answer));
            return [deliver, kept] { deliver(std::move(*kept)); };
        });
    }
};

} // namespace transept::ui
