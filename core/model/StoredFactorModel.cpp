#include "core/model/StoredFactorModel.h"

namespace transept {

std::optional<std::string> StoredFactorModel::serialised() const
{
    ModelWriter writer(m_mark);
    writeDomain(writer, m_model.parameters());
    writer.matrix(m_model.parameters().users);
    return writer.finish();
}

Result<std::shared_ptr<const Model>> StoredFactorModel::restore(const TrainingData& data,
                                                                std::string_view bytes,
                                                                std::string_view mark)
{
    ModelReader reader(mark, bytes);
    FactorParameters parameters = readDomain(reader, data.userCount, data.target.interactions.itemCount());
    parameters.users = reader.matrix(data.userCount);
    if (!reader.finished() || parameters.users.width != parameters.items.width) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const StoredFactorModel>(std::move(parameters), mark);
}

} // namespace transept
