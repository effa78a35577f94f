#include "core/model/FactorModel.h"

#include "core/base/Kernels.h"

#include <fmt/format.h>

#include <algorithm>

namespace transept {
namespace {

/// Their scores for as many users as are scored at once stay in the second-level cache; no power of two,
/// whose rows would compete for the same few places of the first.
constexpr std::size_t itemsAtOnce = 480;

} // namespace

void FactorModel::score(UserRow user, std::span<float> scores) const
{
    const FactorMatrix& items = m_parameters->items;
    const float* p = m_parameters->users.at(index(user));
    kernels::dotRows(items.values.data(), items.rows, items.stride, p, items.stride, scores.data());
    const float base = m_parameters->mean + m_parameters->userBiases[index(user)];
    for (std::size_t item = 0; item < items.rows; ++item) {
        scores[item] += base + m_parameters->itemBiases[item];
    }
}

void FactorModel::scoreUsers(std::span<const UserRow> users, const TakeScores& take) const
{
    const FactorMatrix& items = m_parameters->items;
    std::call_once(m_packed,
                   [&] { m_itemPanels = RowPanels(items.values.data(), items.rows, items.stride); });
    std::vector<float> vectors(users.size() * items.stride);
    std::vector<float> bases;
    for (std::size_t at = 0; at < users.size(); ++at) {
        const float* p = m_parameters->users.at(index(users[at]));
        std::copy(p, p + items.stride, vectors.data() + at * items.stride);
        bases.push_back(m_parameters->mean + m_parameters->userBiases[index(users[at])]);
    }
    std::vector<float> scores(users.size() * itemsAtOnce);
    for (std::size_t first = 0; first < items.rows; first += itemsAtOnce) {
        const std::size_t count = std::min(itemsAtOnce, items.rows - first);
        m_itemPanels.multiply({vectors.data(), users.size()},
                              {first, count},
                              {bases.data(), m_parameters->itemBiases.data() + first},
                              scores.data());
        take({first, count, std::span(scores).first(users.size() * count)});
    }
}

void FactorModel::scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const
{
    const float* p = m_parameters->users.at(index(user));
    const float base = m_parameters->mean + m_parameters->userBiases[index(user)];
    for (std::size_t at = 0; at < items.size(); ++at) {
        const std::size_t item = index(items[at]);
        const float product = kernels::dot(m_parameters->items.at(item), p, m_parameters->items.stride);
        scores[at] = product + (base + m_parameters->itemBiases[item]);
    }
}

std::vector<std::pair<std::string, Matrix>> FactorModel::factors() const
{
    return {{"users", m_parameters->users.matrix()},
            {"items", m_parameters->items.matrix()},
            {"user-biases", biasColumn(m_parameters->userBiases)},
            {"item-biases", biasColumn(m_parameters->itemBiases)}};
}

void writeDomain(ModelWriter& writer, const FactorParameters& domain)
{
    writer.real(domain.mean);
    writer.number(domain.ratings ? 1 : 0);
    writer.matrix(domain.items);
    writer.array(domain.userBiases);
    writer.array(domain.itemBiases);
}

FactorParameters readDomain(ModelReader& reader, std::size_t users, std::size_t items)
{
    FactorParameters domain;
    domain.mean = reader.real();
    domain.ratings = reader.number() == 1;
    domain.items = reader.matrix(items);
    domain.userBiases = reader.array(users);
    domain.itemBiases = reader.array(items);
    return domain;
}

void addSourceFactors(std::size_t number,
                      const FactorParameters& source,
                      std::vector<std::pair<std::string, Matrix>>& factors)
{
    const std::string mark = fmt::format("source-{}-", number);
    factors.emplace_back(mark + "items", source.items.matrix());
    factors.emplace_back(mark + "user-biases", biasColumn(source.userBiases));
    factors.emplace_back(mark + "item-biases", biasColumn(source.itemBiases));
}

Matrix biasColumn(std::span<const float> biases)
{
    return Eigen::Map<const Vector>(biases.data(), static_cast<Eigen::Index>(biases.size()));
}

} // namespace transept
