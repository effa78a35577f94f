#pragma once

#include "core/store/Workspace.h"

#include <optional>
#include <string>
#include <vector>

namespace transept {

/// What a model costs, per million tokens.
struct ModelPrice
{
    std::string model; ///< as the server lists it
    double perMillionIn = 0.0;
    double perMillionOut = 0.0;
    std::string currency = "USD";
};

/// The prices of models that a workspace's analyst knows; kept as the workspace's setting "prices".
class PriceTable
{
public:
    explicit PriceTable(const Workspace& workspace) : m_database(workspace.database()) {}

    Result<std::vector<ModelPrice>> all() const; ///< by model
    Result<std::optional<ModelPrice>> of(const std::string& model) const;

    /// Adds or replaces. InvalidInput for a price below 0 or a model without a name.
    Status set(const ModelPrice& price) const;
    Status remove(const std::string& model) const;

private:
    Status store(const std::vector<ModelPrice>& prices) const;

    const Database& m_database;
};

} // namespace transept
