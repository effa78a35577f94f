#include "core/model/FactorModel.h"

#include "core/base/Kernels.h"
#include "core/model/ModelBytes.h"

namespace transept {
namespace {

constexpr std::string_view mark = "TFM1";

} // namespace

void FactorModel::score(UserRow user, std::span<float> scores) const
{
    const FactorMatrix& items = m_parameters.items;
    const float* p = m_parameters.users.at(index(user));
    kernels::dotRows(items.values.data(), items.rows, items.stride, p, items.stride, scores.data());
    const float base = m_parameters.mean + m_parameters.userBiases[index(user)];
    for (std::size_t item = 0; item < items.rows; ++item) {
        scores[item] += base + m_parameters.itemBiases[item];
    }
}

void FactorModel::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    const float* p = m_parameters.users.at(index(user));
    const float base = m_parameters.mean + m_parameters.userBiases[index(user)];
    for (std::size_t at = 0; at < items.size(); ++at) {
        const std::size_t item = index(items[at]);
        const float product = kernels::dot(m_parameters.items.at(item), p, m_parameters.items.stride);
        scores[at] = product + (base + m_parameters.itemBiases[item]);
    }
}

std::optional<std::string> FactorModel::serialised() const
{
    ModelWriter writer(mark);
    writer.real(m_parameters.mean);
    writer.number(m_parameters.ratings ? 1 : 0);
    writer.matrix(m_parameters.users);
    writer.matrix(m_parameters.items);
    writer.array(m_parameters.userBiases);
    writer.array(m_parameters.itemBiases);
    return writer.finish();
}

std::vector<std::pair<std::string, Matrix>> FactorModel::factors() const
{
    return {{"users", m_parameters.users.matrix()},
            {"items", m_parameters.items.matrix()},
            {"user-biases", biasColumn(m_parameters.userBiases)},
            {"item-biases", biasColumn(m_parameters.itemBiases)}};
}

Result<std::shared_ptr<const Model>> restoreFactorModel(const TrainingData& data, std::string_view bytes)
{
    ModelReader reader(mark, bytes);
    const std::size_t items = data.target.interactions.itemCount();
    FactorParameters parameters;
    parameters.mean = reader.real();
    parameters.ratings = reader.number() == 1;
    parameters.users = reader.matrix(data.userCount);
    parameters.items = reader.matrix(items);
    parameters.userBiases = reader.array(data.userCount);
    parameters.itemBiases = reader.array(items);
    if (!reader.finished() || parameters.users.width != parameters.items.width) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "The stored model does not belong to this data or is damaged. Run its spec again."));
    }
    return std::make_shared<const FactorModel>(std::move(parameters));
}

Matrix biasColumn(std::span<const float> biases)
{
    return Eigen::Map<const Vector>(biases.data(), static_cast<Eigen::Index>(biases.size()));
}

} // namespace transept
