#include "core/experiment/CheckpointWriter.h"

namespace transept {

CheckpointWriter::CheckpointWriter(std::filesystem::path file, RunId run, const CheckpointPace& pace)
    : m_file(std::move(file))
    , m_run(run)
    , m_pace(pace)
    , m_due(Clock::now() + pace.least)
    , m_thread([this](const std::stop_token& end) { work(end); })
{
}

CheckpointWriter::~CheckpointWriter()
{
    m_thread.request_stop();
    m_thread.join();
}

bool CheckpointWriter::isDue() const
{
    const std::lock_guard lock(m_mutex);
    return !m_isBusy && Clock::now() >= m_due;
}

bool CheckpointWriter::hasFailed() const
{
    const std::lock_guard lock(m_mutex);
    return m_hasFailed;
}

void CheckpointWriter::write(RunCheckpoint checkpoint, Clock::duration taking)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting = std::move(checkpoint);
        m_taking = taking;
        m_isBusy = true;
    }
    m_wake.notify_one();
}

void CheckpointWriter::work(const std::stop_token& end)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, end, [this] { return m_waiting.has_value(); })) {
        const RunCheckpoint checkpoint = std::move(*m_waiting);
        m_waiting.reset();
        lock.unlock();
        const Clock::time_point start = Clock::now();
        const bool isWritten = writeNow(checkpoint, end);
        const Clock::time_point written = Clock::now();
        lock.lock();
        const std::chrono::duration<double> cost = m_taking + (written - start);
        const auto pause = std::chrono::duration_cast<Clock::duration>(cost / m_pace.share);
        m_due = written + std::max<Clock::duration>(m_pace.least, pause);
        m_hasFailed = !isWritten;
        m_isBusy = false;
    }
}

bool CheckpointWriter::writeNow(const RunCheckpoint& checkpoint, const std::stop_token& end) const
{
    const Result<Workspace> own = Workspace::open(m_file);
    if (!own) {
        return false;
    }
    const std::stop_callback interrupt(end, [&] { own->database().interrupt(); });
    return !end.stop_requested() && putCheckpoint(*own, m_run, checkpoint);
}

} // namespace transept
