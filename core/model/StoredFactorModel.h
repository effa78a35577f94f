#pragma once

#include "core/model/FactorModel.h"

namespace transept {

/// A FactorModel without more to it than its parameters, which are stored.
class StoredFactorModel final : public FactorModel
{
public:
    /// What training goes on from where that is not the parameters, named as factors() has it.
    using Own = std::vector<std::pair<std::string, FactorMatrix>>;

    StoredFactorModel(FactorParameters parameters, std::string_view mark, Own own = {})
        : FactorModel(std::move(parameters))
        , m_mark(mark)
        , m_own(std::move(own))
    {
    }

    std::optional<std::string> serialised() const override;
    std::vector<std::pair<std::string, Matrix>> factors() const override;

    /// The model that serialised() wrote under the same mark, when it fits the data; InvalidInput when it
    /// does not.
    static Result<std::shared_ptr<const Model>> restore(const TrainingData& data,
                                                        std::string_view bytes,
                                                        std::string_view mark);

private:
    std::string m_mark; ///< four letters that the bytes begin with
    Own m_own;
};

} // namespace transept
