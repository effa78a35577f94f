#pragma once

#include "ui/shell/Query.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QTimer>

#include <algorithm>
#include <functional>
#include <limits>
#include <list>
#include <map>
#include <optional>

namespace transept::ui {

/// Rows of a table that is never loaded: pages are read when they are looked at and forgotten when others
/// are. A page starts at a key, so no page costs more than another. Either the keys of all pages are known
/// (setPages), or each page tells where the next one starts and the model grows as somebody scrolls
/// (growFrom), until the keys become known (adoptPages). Many rows come and go by steps, between which the
/// window does other work: a view takes its time for every single one. Not a class of moc, because it is a
/// template; models derive from it.
template<typename Row, typename Key>
class WindowModel : public QAbstractTableModel
{
public:
    static constexpr int pageSize = 200; ///< rows
    static constexpr std::size_t keptPages = 40;
    static constexpr int stepRows = 50'000; ///< that come or go at once

    /// Reads up to `limit` rows at (or after, as the keys mean it) a key; runs on another thread.
    using Load =
        std::function<Result<std::vector<Row>>(const Workspace&, const Key&, int limit, const JobContext&)>;

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : m_rows; }

    bool canFetchMore(const QModelIndex& parent) const override
    {
        return !parent.isValid() && m_grows && !m_complete;
    }

    void fetchMore(const QModelIndex& parent) override
    {
        if (canFetchMore(parent)) {
            want(m_starts.size() - 1);
        }
    }

    /// Null while its page is not here; then it is asked for, and dataChanged() tells when it has come.
    const Row* rowAt(int row) const
    {
        const auto page = static_cast<std::size_t>(row / pageSize);
        const auto found = m_pages.find(page);
        if (found == m_pages.end()) {
            want(page);
            return nullptr;
        }
        m_recent.splice(m_recent.begin(), m_recent, found->second.place);
        const auto at = static_cast<std::size_t>(row % pageSize);
        return at < found->second.rows.size() ? &found->second.rows[at] : nullptr;
    }

    /// The first row that is here and of which this is so.
    std::optional<int> loadedRow(const std::function<bool(const Row&)>& isWanted) const
    {
        for (const auto& [page, kept] : m_pages) {
            const auto found = std::ranges::find_if(kept.rows, isWanted);
            if (found != kept.rows.end()) {
                return static_cast<int>(page) * pageSize + static_cast<int>(found - kept.rows.begin());
            }
        }
        return std::nullopt;
    }

    std::size_t loadedPages() const { return m_pages.size(); }
    bool isLoading() const { return m_query.isWaiting(); }
    bool isComplete() const { return m_grows ? m_complete : m_rows == m_end; } ///< rowCount() is the table's

protected:
    WindowModel(Session& session, QObject* parent) : QAbstractTableModel(parent), m_query(session)
    {
        m_soon.setSingleShot(true);
        m_soon.setInterval(0);
        QObject::connect(&m_soon, &QTimer::timeout, this, [this] { loadNext(); });
        m_step.setSingleShot(true);
        m_step.setInterval(0);
        QObject::connect(&m_step, &QTimer::timeout, this, [this] { step(); });
    }

    virtual Key keyAfter(const Row& last) const = 0; ///< where the page after this row starts
    virtual void tell(const Error& error) = 0;
    virtual void pageArrived() {}

    void clearPages()
    {
        beginResetModel();
        forget();
        endResetModel();
    }

    void setPages(Load load, std::vector<Key> starts, std::int64_t count)
    {
        beginResetModel();
        forget();
        m_load = std::move(load);
        m_starts = std::move(starts);
        m_end = rowsOf(count);
        m_rows = std::min(m_end, stepRows);
        endResetModel();
        if (m_rows < m_end) {
            m_step.start();
        }
    }

    void growFrom(Load load, Key first)
    {
        beginResetModel();
        forget();
        m_load = std::move(load);
        m_starts = {first};
        m_grows = true;
        endResetModel();
        want(0);
    }

    /// The keys of all pages of the table that is growing, or that was read again, have become known: what
    /// begins elsewhere than before is forgotten, also while it is being read.
    void adoptPages(std::vector<Key> starts, std::int64_t count)
    {
        const auto beginsAsBefore = [&](std::size_t page) {
            return page < starts.size() && page < m_starts.size() && starts[page] == m_starts[page];
        };
        if (m_query.isWaiting() && !beginsAsBefore(m_reading)) {
            m_query.cancel(); // read at its new key, if it is still wanted
        }
        for (auto page = m_pages.begin(); page != m_pages.end();) {
            const bool stays = beginsAsBefore(page->first);
            if (!stays) {
                m_recent.erase(page->second.place);
            }
            page = stays ? std::next(page) : m_pages.erase(page);
        }
        std::erase_if(m_wanted, [&](std::size_t page) { return page >= starts.size(); });
        m_starts = std::move(starts);
        m_grows = false;
        m_end = rowsOf(count);
        wantCutPages(m_end);
        m_soon.start();
        step();
        if (m_rows > 0) {
            Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
        }
    }

    /// Reads anew what was looked at last; it stays until that has come. The rest is forgotten.
    void reread()
    {
        m_query.cancel();
        while (m_recent.size() > visiblePages) {
            m_pages.erase(m_recent.back());
            m_recent.pop_back();
        }
        for (auto page = m_recent.rbegin(); page != m_recent.rend(); ++page) {
            std::erase(m_wanted, *page);
            m_wanted.push_back(*page);
        }
        m_soon.start();
    }

private:
    static constexpr std::size_t visiblePages = 3;

    struct Page
    {
        std::vector<Row> rows;
        std::list<std::size_t>::iterator place;
    };

    void forget()
    {
        m_query.cancel();
        m_pages.clear();
        m_recent.clear();
        m_wanted.clear();
        m_starts.clear();
        m_step.stop();
        m_rows = 0;
        m_end = 0;
        m_grows = false;
        m_complete = false;
    }

    static int rowsOf(std::int64_t count)
    {
        return static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
    }

    /// Nearer to the number of rows that the table has.
    void step()
    {
        if (m_rows < m_end) {
            const int rows = m_rows + std::min(m_end - m_rows, stepRows);
            beginInsertRows({}, m_rows, rows - 1);
            m_rows = rows;
            endInsertRows();
        } else if (m_rows > m_end) {
            const int rows = m_rows - std::min(m_rows - m_end, stepRows);
            beginRemoveRows({}, rows, m_rows - 1);
            m_rows = rows;
            endRemoveRows();
        }
        if (m_rows != m_end) {
            m_step.start();
        }
    }

    /// What a view asks for last is what it shows: older wishes of a quick scroll are dropped.
    void want(std::size_t page) const
    {
        if (page >= m_starts.size() || std::find(m_wanted.begin(), m_wanted.end(), page) != m_wanted.end()) {
            return;
        }
        m_wanted.push_back(page);
        if (m_wanted.size() > visiblePages) {
            m_wanted.erase(m_wanted.begin());
        }
        m_soon.start();
    }

    /// Pages that were read when the table had another number of rows.
    void wantCutPages(int rows) const
    {
        for (const auto& [page, kept] : m_pages) {
            const int first = static_cast<int>(page) * pageSize;
            if (static_cast<int>(kept.rows.size()) != std::min(pageSize, rows - first)) {
                want(page);
            }
        }
    }

    void loadNext()
    {
        if (m_wanted.empty() || m_query.isWaiting()) {
            return;
        }
        const std::size_t page = m_wanted.back();
        m_reading = page;
        m_query.template ask<std::vector<Row>>(
            [load = m_load, start = m_starts[page]](const Workspace& workspace, const JobContext& context) {
                return load(workspace, start, pageSize, context);
            },
            [this, page](Result<std::vector<Row>> rows) {
                std::erase(m_wanted, page);
                if (!rows) {
                    m_complete = true;
                    tell(rows.error());
                    return;
                }
                keep(page, std::move(*rows));
                m_soon.start();
                pageArrived();
            });
    }

    void keep(std::size_t page, std::vector<Row> rows)
    {
        const bool isNext = m_grows && !m_complete && page + 1 == m_starts.size();
        const int first = static_cast<int>(page) * pageSize;
        const int count = static_cast<int>(rows.size());
        if (isNext) {
            m_complete = count < pageSize;
            if (!m_complete) {
                m_starts.push_back(keyAfter(rows.back()));
            }
        }
        if (isNext && count > 0) {
            beginInsertRows({}, first, first + count - 1);
        }
        if (const auto before = m_pages.find(page); before != m_pages.end()) {
            m_recent.erase(before->second.place);
        }
        m_recent.push_front(page);
        m_pages[page] = {.rows = std::move(rows), .place = m_recent.begin()};
        if (m_pages.size() > keptPages) {
            m_pages.erase(m_recent.back());
            m_recent.pop_back();
        }
        if (isNext && count > 0) {
            m_rows = first + count;
            endInsertRows();
        } else if (!isNext && first < m_rows) {
            const int last = std::min(first + pageSize, m_rows) - 1;
            Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
        }
    }

    Load m_load;
    std::vector<Key> m_starts; ///< of the pages
    std::map<std::size_t, Page> m_pages;
    mutable std::list<std::size_t> m_recent; ///< pages, the last one looked at first
    mutable std::vector<std::size_t> m_wanted;
    mutable QTimer m_soon;
    QTimer m_step;
    int m_rows = 0;
    int m_end = 0; ///< to which m_rows goes by steps
    bool m_grows = false;
    bool m_complete = false;
    std::size_t m_reading = 0; ///< the page that is asked for
    Query m_query;
};

} // namespace transept::ui
