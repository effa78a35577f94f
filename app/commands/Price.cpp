#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "core/base/Json.h"
#include "core/store/PriceTable.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct PriceArguments
{
    std::string workspace;
    ModelPrice price;
    bool set = false;
    std::string removed;
    bool json = false;
};

int listPrices(const PriceTable& table, const PriceArguments& options)
{
    const Result<std::vector<ModelPrice>> prices = table.all();
    if (!prices) {
        return complain(prices.error());
    }
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows{{"model", "in", "out", "currency"}};
    for (const ModelPrice& price : *prices) {
        all.push_back({{"model", price.model},
                       {"in", price.perMillionIn},
                       {"out", price.perMillionOut},
                       {"currency", price.currency}});
        rows.push_back({price.model,
                        fmt::format("{}", price.perMillionIn),
                        fmt::format("{}", price.perMillionOut),
                        price.currency});
    }
    options.json ? print(all) : printTable(rows);
    return 0;
}

int price(const PriceArguments& options)
{
    const bool writes = options.set || !options.removed.empty();
    const Result<Workspace> workspace =
        Workspace::open(options.workspace, writes ? Access::ReadWrite : Access::ReadOnly);
    if (!workspace) {
        return complain(workspace.error());
    }
    const PriceTable table(*workspace);
    const Status changed = options.set                ? table.set(options.price)
                           : !options.removed.empty() ? table.remove(options.removed)
                                                      : Status();
    return changed ? listPrices(table, options) : complain(changed.error());
}

} // namespace

void addPrice(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "price", "What models cost, per million tokens, for forecasts and budgets of extractions");
    const auto options = std::make_shared<PriceArguments>();
    command->add_option("workspace", options->workspace, "The workspace file")->required();
    CLI::Option* model = command->add_option(
        "model", options->price.model, "Set the price of this model; without one, list all");
    CLI::Option* in =
        command->add_option("in", options->price.perMillionIn, "Of a million tokens that it reads")
            ->check(CLI::NonNegativeNumber);
    CLI::Option* out =
        command->add_option("out", options->price.perMillionOut, "Of a million tokens that it writes")
            ->check(CLI::NonNegativeNumber);
    command->add_option("--currency", options->price.currency, "Of both, such as EUR")->capture_default_str();
    command->add_option("--remove", options->removed, "Forget the price of this model")->excludes(model);
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept price films.transept small-model 0.10 0.40");
    command->callback([options, model, in, out, &chosen] {
        if (model->count() > 0 && (in->count() == 0 || out->count() == 0)) {
            throw CLI::RequiredError("in and out");
        }
        options->set = model->count() > 0;
        chosen = [options](const JobContext& /*context*/) { return price(*options); };
    });
}

} // namespace transept::app
