#include "core/store/PriceTable.h"

#include "core/base/Json.h"
#include "core/base/Words.h"
#include "core/store/Rows.h"

namespace transept {
namespace {

constexpr std::string_view settingName = "prices";

ModelPrice priceOf(const Json& stored)
{
    return {.model = stored.value("model", ""),
            .perMillionIn = stored.value("in", 0.0),
            .perMillionOut = stored.value("out", 0.0),
            .currency = stored.value("currency", "USD")};
}

} // namespace

Result<std::vector<ModelPrice>> PriceTable::all() const
{
    Result<Statement> rows = m_database.prepare("SELECT value FROM setting WHERE name = ?");
    if (!rows) {
        return passOn(rows);
    }
    rows->bind(1, settingName);
    const Result<bool> row = rows->step();
    if (!row) {
        return passOn(row);
    }
    std::vector<ModelPrice> prices;
    if (*row) {
        const Result<Json> stored = parseJson(rows->text(0), settingName);
        if (!stored) {
            return passOn(stored);
        }
        for (const Json& each : stored->is_array() ? *stored : Json::array()) {
            if (each.is_object()) {
                prices.push_back(priceOf(each));
            }
        }
    }
    std::ranges::sort(prices, {}, &ModelPrice::model);
    return prices;
}

Result<std::optional<ModelPrice>> PriceTable::of(const std::string& model) const
{
    const Result<std::vector<ModelPrice>> prices = all();
    if (!prices) {
        return passOn(prices);
    }
    const auto found = std::ranges::find(*prices, model, &ModelPrice::model);
    return found == prices->end() ? std::optional<ModelPrice>() : std::optional(*found);
}

Status PriceTable::set(const ModelPrice& price) const
{
    const bool isPrice =
        price.perMillionIn >= 0.0 && price.perMillionOut >= 0.0 && !trimmed(price.model).empty();
    if (!isPrice) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors",
                                 "A price needs the name of a model and what a million tokens cost, in and "
                                 "out, 0 or more."));
    }
    Result<std::vector<ModelPrice>> prices = all();
    if (!prices) {
        return passOn(prices);
    }
    std::erase_if(*prices, [&](const ModelPrice& each) { return each.model == price.model; });
    prices->push_back(price);
    return store(*prices);
}

Status PriceTable::remove(const std::string& model) const
{
    Result<std::vector<ModelPrice>> prices = all();
    if (!prices) {
        return passOn(prices);
    }
    std::erase_if(*prices, [&](const ModelPrice& each) { return each.model == model; });
    return store(*prices);
}

Status PriceTable::store(const std::vector<ModelPrice>& prices) const
{
    Json stored = Json::array();
    for (const ModelPrice& price : prices) {
        stored.push_back({{"model", price.model},
                          {"in", price.perMillionIn},
                          {"out", price.perMillionOut},
                          {"currency", price.currency}});
    }
    Result<Statement> insert = m_database.prepare("INSERT OR REPLACE INTO setting(name, value) VALUES(?, ?)");
    return insert ? insert->bind(1, settingName).bind(2, stored.dump()).run() : passOn(insert);
}

} // namespace transept
