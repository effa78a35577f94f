#pragma once

#include "core/ingest/Import.h"
#include "ui/shell/Session.h"

#include <deque>

namespace transept::ui {

/// Imports files as jobs, one after the other: a later file may need what an earlier one brought.
class ImportQueue final : public QObject
{
    Q_OBJECT

public:
    explicit ImportQueue(Session& session, QObject* parent = nullptr);

    void add(const QString& file, const ImportOptions& options);
    void resume(ImportId import, const QString& file); ///< goes on where it stopped
    bool isActive() const { return m_isActive; }

Q_SIGNALS:
    void imported(const QString& file, const transept::ImportReport& report);
    void failed(const QString& file, const transept::Error& error); ///< also when it was cancelled

private:
    using Work = std::function<Result<ImportReport>(Workspace&, const JobContext&)>;
    struct Entry
    {
        QString file;
        Work work;
    };

    void enqueue(const QString& file, Work work);
    void startNext();
    void finish(const QString& file, const Result<ImportReport>& report);

    Session& m_session;
    std::deque<Entry> m_waiting;
    bool m_isActive = false;
};

} // namespace transept::ui
