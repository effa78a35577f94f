#pragma once

#include "core/base/RowPanels.h"
#include "core/model/FactorMatrix.h"
#include "core/model/Method.h"
#include "core/model/ModelBytes.h"

#include <mutex>

namespace transept {

/// What a matrix factorisation of one domain has learnt, by UserRow and ItemRow.
struct FactorParameters
{
    float mean = 0.0F;
    bool ratings = true; ///< scores are ratings
    FactorMatrix users;
    FactorMatrix items;
    std::vector<float> userBiases;
    std::vector<float> itemBiases;

    bool operator==(const FactorParameters&) const = default;
};

/// score = mean + b_u + b_i + <p_u, q_i>; models that know more than that derive from it.
class FactorModel : public Model
{
public:
    explicit FactorModel(FactorParameters parameters)
        : FactorModel(std::make_shared<const FactorParameters>(std::move(parameters)))
    {
    }
    explicit FactorModel(std::shared_ptr<const FactorParameters> parameters)
        : m_parameters(std::move(parameters))
    {
    }

    const FactorParameters& parameters() const noexcept { return *m_parameters; }

    std::size_t itemCount() const noexcept final { return m_parameters->items.rows; }
    bool predictsRatings() const noexcept final { return m_parameters->ratings; }
    void score(UserRow user, std::span<float> scores) const final;
    void scoreUsers(std::span<const UserRow> users, const TakeScores& take) const final;
    std::size_t usersAtOnce() const noexcept final { return 64; }
    const FactorParameters* products() const noexcept final { return m_parameters.get(); }
    void scoreItems(UserRow user, std::span<const ItemRow> items, std::span<float> scores) const final;
    std::vector<std::pair<std::string, Matrix>> factors() const override;

private:
    std::shared_ptr<const FactorParameters> m_parameters;
    mutable std::once_flag m_packed;
    mutable RowPanels m_itemPanels; ///< once several users are scored
};

/// All but the users' vectors, which domains may share; and the way back.
void writeDomain(ModelWriter& writer, const FactorParameters& domain);
FactorParameters readDomain(ModelReader& reader, std::size_t users, std::size_t items);

/// Adds the items of a source domain, numbered from 1, to what a model's factors() returns, under
/// "source-1-items", "source-1-item-biases", "source-1-user-biases" ...
void addSourceFactors(std::size_t number,
                      const FactorParameters& source,
                      std::vector<std::pair<std::string, Matrix>>& factors);

/// A column of biases, as factors() names them.
Matrix biasColumn(std::span<const float> biases);

} // namespace transept
