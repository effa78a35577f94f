#include "core/model/StoredFactorModel.h"

namespace transept {

std::optional<std::string> StoredFactorModel::serialised() const
{
    ModelWriter writer(m_mark);
    writeDomain(writer, parameters());
    writer.matrix(parameters().users);
    for (const auto& [name, matrix] : m_own) {
        writer.text(name);
        writer.number(matrix.rows);
        writer.matrix(matrix);
    }
    return writer.finish();
}

std::vector<std::pair<std::string, Matrix>> StoredFactorModel::factors() const
{
    auto all = FactorModel::factors();
    for (const auto& [name, matrix] : m_own) {
        all.emplace_back(name, matrix.matrix());
    }
    return all;
}

Result<std::shared_ptr<const Model>> StoredFactorModel::restore(const TrainingData& data,
                                                                std::string_view bytes,
                                                                std::string_view mark)
{
    ModelReader reader(mark, bytes);
    FactorParameters parameters = readDomain(reader, data.userCount, data.target.interactions.itemCount());
    parameters.users = reader.matrix(data.userCount);
    Own own;
    while (reader.ok() && !reader.finished()) {
        std::string name = reader.text();
        const std::size_t rows = reader.number();
        own.emplace_back(std::move(name), reader.matrix(rows));
    }
    if (!reader.finished() || parameters.users.width != parameters.items.width) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const StoredFactorModel>(std::move(parameters), mark, std::move(own));
}

} // namespace transept
