#include "core/recommend/ExportRun.h"
#include "core/recommend/Keys.h"
#include "core/recommend/ModelFile.h"
#include "core/store/Catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace transept {
namespace {

/// Whose the rows of a model's matrices are, by the names that Model::factors() gives them.
class RowKeys
{
public:
    static Result<RowKeys> load(const Workspace& workspace, const Dataset& data)
    {
        RowKeys keys(data);
        for (std::size_t at = 0; at <= data.sources.size(); ++at) {
            const Result<Domain> domain = Catalog(workspace).domain(keys.domainAt(at).name);
            Result<ItemKeys> items = domain ? itemKeysOf(workspace, domain->id) : passOn(domain);
            if (!items) {
                return passOn(items);
            }
            keys.m_items.push_back(std::move(*items));
            keys.m_platforms.push_back(domain->platform);
            if (keys.m_users.contains(domain->platform)) {
                continue;
            }
            Result<UserKeys> users = userKeysOf(workspace, domain->platform);
            if (!users) {
                return passOn(users);
            }
            keys.m_users.emplace(domain->platform, std::move(*users));
        }
        return keys;
    }

    /// Nothing for a matrix whose rows are neither users nor items.
    std::optional<std::string> of(std::string_view matrix, std::size_t row) const
    {
        std::size_t place = 0;
        for (std::size_t at = 1; at < m_items.size(); ++at) {
            const std::string mark = fmt::format("source-{}-", at);
            if (matrix.starts_with(mark)) {
                matrix.remove_prefix(mark.size());
                place = at;
                break;
            }
        }
        if (std::ranges::find(ofUsers, matrix) != ofUsers.end() && row < m_data->users.size()) {
            return m_users.at(m_platforms[place]).of(m_data->users[row]);
        }
        const std::vector<ItemId>& items = domainAt(place).items;
        if (std::ranges::find(ofItems, matrix) != ofItems.end() && row < items.size()) {
            return m_items[place].of(items[row]);
        }
        return std::nullopt;
    }

private:
    static constexpr std::array<std::string_view, 6> ofUsers{
        "users", "user-biases", "own-users", "own-user-biases", "source-users", "noise-variances"};
    static constexpr std::array<std::string_view, 3> ofItems{"items", "item-biases", "own-items"};

    explicit RowKeys(const Dataset& data) : m_data(&data) {}

    const DomainData& domainAt(std::size_t place) const
    {
        return place == 0 ? m_data->target : m_data->sources[place - 1];
    }

    const Dataset* m_data;
    std::vector<ItemKeys> m_items;       ///< of the target and of each source
    std::vector<PlatformId> m_platforms; ///< likewise
    std::map<PlatformId, UserKeys> m_users;
};

/// The matrix as FILE-NAME.npy and the keys of its rows, where it has some, as FILE-NAME.csv.
Result<Paths> writeMatrix(const std::filesystem::path& to,
                          const std::string& name,
                          const Matrix& matrix,
                          const RowKeys& keys,
                          const JobContext& context)
{
    const auto beside = [&](std::string_view ending) {
        std::filesystem::path place = to;
        return place.replace_filename(fmt::format("{}-{}{}", to.stem().string(), name, ending));
    };
    Paths written{beside(".npy")};
    if (const Status done = writeNpy(written.front(), matrix); !done) {
        return passOn(done);
    }
    const auto count = static_cast<std::size_t>(matrix.rows());
    if (count > 0 && keys.of(name, 0)) {
        Result<Paths> table = writeTable(
            beside(".csv"),
            {"row", "key"},
            count,
            [&](std::size_t row) {
                return std::vector<Json>{row, keys.of(name, row).value_or("")};
            },
            context);
        if (!table) {
            return passOn(table);
        }
        written.push_back(table->front());
    }
    return written;
}

} // namespace

Result<Paths> exportFactors(const Workspace& workspace,
                            const RunRecord& run,
                            const Spec& spec,
                            const std::filesystem::path& to,
                            const JobContext& context)
{
    const Result<std::shared_ptr<const FittedRun>> fitted = reopen(workspace, run.id, context);
    const Result<RowKeys> keys = fitted ? RowKeys::load(workspace, (*fitted)->data) : passOn(fitted);
    if (!keys) {
        return passOn(keys);
    }
    const std::vector<std::pair<std::string, Matrix>> matrices = (*fitted)->model->factors();
    if (matrices.empty()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "The method %1 learns no factors. Export its lists or predictions instead."),
                    {spec.method});
    }
    Paths written;
    Eigen::Index widest = 0;
    std::vector<std::pair<std::size_t, Eigen::Index>> rows;
    for (std::size_t at = 0; at < matrices.size(); ++at) {
        const auto& [name, matrix] = matrices[at];
        if (to.extension() == ".npy") {
            const Result<Paths> files = writeMatrix(to, name, matrix, *keys, context);
            if (!files) {
                return passOn(files);
            }
            written.insert(written.end(), files->begin(), files->end());
        }
        widest = std::max(widest, matrix.cols());
        for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
            rows.emplace_back(at, row);
        }
    }
    if (!written.empty()) {
        return written;
    }
    return writeTable(
        to,
        numbered({"matrix", "key"}, widest),
        rows.size(),
        [&](std::size_t at) {
            const auto& [name, matrix] = matrices[rows[at].first];
            const auto row = static_cast<std::size_t>(rows[at].second);
            std::vector<Json> cells{name, keys->of(name, row).value_or(std::to_string(row))};
            for (Eigen::Index column = 0; column < matrix.cols(); ++column) {
                cells.emplace_back(matrix(rows[at].second, column));
            }
            cells.resize(static_cast<std::size_t>(widest) + 2);
            return cells;
        },
        context);
}

Result<Paths> exportModel(const Workspace& workspace,
                          const RunRecord& run,
                          const std::filesystem::path& to,
                          const JobContext& context)
{
    const Result<std::shared_ptr<const FittedRun>> fitted = reopen(workspace, run.id, context);
    const Status written = fitted ? writeModelFile(workspace, **fitted, to) : passOn(fitted);
    return written ? Result<Paths>(Paths{to}) : passOn(written);
}

} // namespace transept
