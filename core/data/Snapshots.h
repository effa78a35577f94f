#pragma once

#include "core/store/Workspace.h"

#include <mutex>

namespace transept {

/// Connections to one workspace that all see the same state of it, whatever another connection commits
/// meanwhile: the workspace's own, and others beside it so that several threads can read at once.
class Snapshots
{
public:
    /// Asks for `wanted` connections; gives fewer, at least the workspace's own, when the others cannot be
    /// opened. The workspace outlives them, and its connection has no transaction open.
    static Result<Snapshots> open(const Workspace& workspace, std::size_t wanted);

    Snapshots(Snapshots&& other) noexcept;
    Snapshots& operator=(Snapshots&&) = delete;
    ~Snapshots();

    std::size_t count() const noexcept { return 1 + m_others.size(); }
    const Database& at(std::size_t number) const noexcept
    {
        return number == 0 ? *m_own : m_others[number - 1].database();
    }

private:
    explicit Snapshots(const Database& own) : m_own(&own) {}

    Status begin();
    void end();

    const Database* m_own;
    std::vector<Workspace> m_others;
};

} // namespace transept
