#pragma once

#include "core/base/Job.h"
#include "core/ingest/KeyTable.h"
#include "core/ingest/Plan.h"
#include "core/ingest/RecordReader.h"

namespace transept {

struct Reject
{
    std::int64_t line = 0;
    std::int64_t entry = 0;
    std::int64_t offset = 0;
    Problem problem;
    std::string raw;
};

struct Counters
{
    std::int64_t read = 0;
    std::int64_t imported = 0;
    std::int64_t rejected = 0;
    std::int64_t skipped = 0;
};

/// What the writing of one step needs: everything happens in the transaction that is open.
struct Step
{
    const Workspace& workspace;
    ImportId import{};
    Counters& counters;
    std::vector<Reject>& rejects; ///< of this step; those that writing finds are added
    const JobContext& context;
};

enum class Taken { Buffered, Skipped, Rejected };

/// Takes the rows of one kind of import, keeps them until a step is complete, and writes them.
class Sink
{
public:
    virtual ~Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;

    /// Rejected: `problem` says why, and nothing was kept.
    virtual Taken take(const Record& record, std::optional<Problem>& problem) = 0;
    virtual std::size_t buffered() const = 0;
    /// Writes what is buffered and counts every row of it as imported, skipped or rejected.
    virtual Status write(Step& step) = 0;
    /// After the last row, in the last transaction.
    virtual Status finish(Step& /*step*/) { return {}; }

protected:
    Sink() = default;
};

Result<std::unique_ptr<Sink>> makeInteractionSink(const Workspace& workspace, const ImportPlan& plan);
std::unique_ptr<Sink> makeItemSink(const ImportPlan& plan);
std::unique_ptr<Sink> makeUserSink(const ImportPlan& plan);
std::unique_ptr<Sink> makeLinkSink(const ImportPlan& plan);
Result<std::unique_ptr<Sink>> makeNegativeSink(const Workspace& workspace, const ImportPlan& plan);

/// The places of the columns by role; none: -1.
struct Places
{
    explicit Places(const std::vector<Role>& roles);

    int user = -1;
    int secondUser = -1;
    int item = -1;
    int value = -1;
    int time = -1;
    int domain = -1;
    int part = -1;
    int title = -1;
    int negative = -1;
    std::vector<std::size_t> fields;
    std::vector<std::size_t> texts;
};

/// The field at a place, empty when there is no such column.
inline std::string_view fieldAt(const Record& record, int place)
{
    const auto at = static_cast<std::size_t>(place);
    return place >= 0 && at < record.fields.size() ? record.fields[at] : std::string_view();
}

bool isBlank(std::string_view text);

/// The domain that a word in a domain column means, after renaming. When names are given, any other word is a
/// problem.
std::optional<Problem> domainOf(const ImportOptions& options,
                                std::string_view word,
                                std::string_view& domain);

/// The numbers of the accounts of one platform in the workspace, by the numbers of a KeyTable.
class AccountNumbers
{
public:
    explicit AccountNumbers(std::string platform) : m_platform(std::move(platform)) {}

    /// Finds the accounts of all keys that have none yet, and adds those (each with a person of its own) that
    /// are new.
    Status resolve(const Step& step, const KeyTable& keys);
    std::int64_t operator[](std::uint32_t key) const { return m_ids[key]; }

private:
    std::string m_platform;
    std::vector<std::int64_t> m_ids;
};

} // namespace transept
