#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/Usage.h"
#include "core/store/Catalog.h"
#include "core/store/DomainName.h"
#include "core/store/RunStore.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

struct EditArguments
{
    std::string workspace;
    std::string kind;
    std::string name;
    std::optional<std::string> newName;
    std::optional<std::string> note;
    std::optional<std::string> tags;
    std::optional<bool> star;

    bool changesLabels() const { return note || tags || star; }
};

/// All that was asked for, or nothing.
Status changeRun(const Workspace& workspace, RunId run, const EditArguments& options)
{
    const RunStore store(workspace);
    Result<Transaction> transaction = Transaction::begin(workspace.database());
    if (!transaction) {
        return passOn(transaction);
    }
    Status changed = options.newName ? store.rename(run, *options.newName) : Status();
    if (changed && options.note) {
        changed = store.setNote(run, *options.note);
    }
    if (changed && options.tags) {
        changed = store.setTags(run, *options.tags);
    }
    if (changed && options.star) {
        changed = store.setStar(run, *options.star);
    }
    return changed ? transaction->commit() : changed;
}

Status editRun(const Workspace& workspace, const EditArguments& options)
{
    const RunStore store(workspace);
    const Result<RunId> id = runNumber(options.name);
    Result<RunRecord> run = id ? store.find(*id) : passOn(id);
    const Status changed = run ? changeRun(workspace, *id, options) : passOn(run);
    run = changed ? store.find(*id) : passOn(changed);
    if (!run) {
        return passOn(run);
    }
    printTable({{"run", "name", "star", "tags", "note"},
                {options.name, run->name, run->star ? "yes" : "no", run->tags, run->note}});
    return {};
}

Status editDomain(const Workspace& workspace, const EditArguments& options)
{
    const Result<Domain> domain = Catalog(workspace).domain(options.name);
    const Status renamed =
        domain ? renameDomain(workspace, domain->id, options.newName.value_or("")) : passOn(domain);
    if (renamed) {
        fmt::print("The domain {} is called {} now.\n", options.name, *options.newName);
    }
    return renamed;
}

int edit(const EditArguments& options)
{
    const Result<Workspace> workspace = Workspace::open(options.workspace);
    if (!workspace) {
        return complain(workspace.error());
    }
    const Status edited =
        options.kind == "run" ? editRun(*workspace, options) : editDomain(*workspace, options);
    return edited ? 0 : complain(edited.error());
}

/// What parses, but says nothing that could be done.
void checkUsage(const EditArguments& options)
{
    if (!options.newName && !options.changesLabels()) {
        throw CLI::RequiredError("--name, --note, --tags or --star");
    }
    if (options.kind == "domain" && options.changesLabels()) {
        throw CLI::ExcludesError("domain", "--note, --tags and --star, which are a run's");
    }
}

} // namespace

void addEdit(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand("edit", "Changes the name of a domain, or what labels a run");
    const auto options = std::make_shared<EditArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("kind", options->kind, "What it is")->required()->check(oneOf({"run", "domain"}));
    command->add_option("which", options->name, "The run's number, the domain's name")->required();
    const auto addText =
        [&](const char* flag, std::optional<std::string> EditArguments::*text, const char* what) {
            command->add_option_function<std::string>(
                flag, [options, text](const std::string& given) { (*options).*text = given; }, what);
        };
    addText("--name", &EditArguments::newName, "Its new name");
    addText("--note", &EditArguments::note, "The note on a run; empty removes it");
    addText("--tags", &EditArguments::tags, "The tags of a run; empty removes them");
    command->add_flag_function(
        "--star,!--no-star",
        [options](std::int64_t count) { options->star = count > 0; },
        "Marks a run with a star, or takes it away");
    command->footer(
        "Example: transept edit films.transept run 1 --star --note \"the first that beats bias\"");
    command->callback([options, &chosen] {
        checkUsage(*options);
        chosen = [options](const JobContext&) { return edit(*options); };
    });
}

} // namespace transept::app
