#include "app/commands/Command.h"
#include "app/commands/FacetReport.h"
#include "app/commands/Usage.h"
#include "core/knowledge/ItemTexts.h"
#include "core/recommend/ExportTable.h"
#include "core/store/Catalog.h"

#include <fmt/format.h>

namespace transept::app {
namespace {

constexpr std::int64_t noNumber = -1; // none was given

struct FacetsArguments
{
    std::string workspace;
    std::string knowledge;
    std::string domain;
    std::string item;
    std::string title;
    std::string compare;
    bool imported = false;
    FacetFilter filter;
    std::int64_t nth = noNumber;
    int limit = 100;
    std::string to;
    bool json = false;

    bool page = false;
    bool figures = false;
    bool history = false;
    bool vocabulary = false;

    std::optional<std::string> edit;
    bool strike = false;
    std::optional<std::string> add;
    std::vector<std::string> merge;
    std::string into;
    std::optional<std::int64_t> undo; ///< 0: the last one
    std::optional<std::int64_t> redo; ///< 0: the next one

    bool writes() const { return edit || strike || add || !merge.empty() || undo || redo; }
};

Status resolve(const Workspace& workspace, FacetsArguments& options)
{
    if (!options.domain.empty()) {
        const Result<Domain> domain = Catalog(workspace).domain(options.domain);
        if (!domain) {
            return passOn(domain);
        }
        options.filter.domain = domain->id;
    }
    if (!options.item.empty()) {
        const std::vector<std::string> domains =
            options.domain.empty() ? std::vector<std::string>() : std::vector{options.domain};
        const Result<ItemId> item = itemWithKey(workspace, domains, options.item);
        if (!item) {
            return passOn(item);
        }
        options.filter.only = *item;
    }
    if (options.imported) {
        options.filter.other = importedFields;
    } else if (!options.compare.empty()) {
        const Result<KnowledgeBase> other = KnowledgeStore(workspace).find(options.compare);
        if (!other) {
            return passOn(other);
        }
        options.filter.other = other->id;
    }
    return {};
}

Result<FoundFacets> findFacets(const Workspace& workspace,
                               KnowledgeId id,
                               const FacetsArguments& options,
                               int limit,
                               const JobContext& context)
{
    FoundFacets found{.rows = {}, .domains = {}, .isCompared = options.filter.other.has_value()};
    const Result<std::vector<Domain>> domains = Catalog(workspace).domains();
    Result<std::vector<FacetRow>> rows = facetRows(workspace, id, options.filter, {}, limit, context);
    if (!domains || !rows) {
        return domains ? passOn(rows) : passOn(domains);
    }
    const auto read = static_cast<std::int64_t>(rows->size());
    const Result<FacetAnchors> all = read < limit // then there are no more to be counted
                                         ? FacetAnchors{.places = {}, .count = read}
                                         : facetAnchors(workspace, id, options.filter, 1'000'000, context);
    if (!all) {
        return passOn(all);
    }
    for (const Domain& domain : *domains) {
        found.domains[domain.id] = domain.name;
    }
    found.rows = std::move(*rows);
    found.count = all->count;
    return found;
}

int writeRows(const FoundFacets& found, const std::filesystem::path& to, const JobContext& context)
{
    std::vector<std::string> columns{
        "domain", "item", "title", "facet", "nth", "text", "extracted", "source", "weight"};
    if (found.isCompared) {
        columns.insert(columns.end(), {"other", "conflict"});
    }
    const Result<Paths> written = writeTable(
        to,
        columns,
        found.rows.size(),
        [&](std::size_t at) {
            const FacetRow& row = found.rows[at];
            std::vector<Json> cells{found.domains.at(row.domain),
                                    row.key,
                                    row.title,
                                    row.facet.name,
                                    row.isOfOther() ? Json() : Json(row.facet.place.nth),
                                    row.facet.text ? Json(*row.facet.text) : Json(),
                                    row.facet.extracted ? Json(*row.facet.extracted) : Json(),
                                    stateWord(row),
                                    row.facet.weight};
            if (found.isCompared) {
                cells.push_back(row.other ? Json(*row.other) : Json());
                cells.push_back(row.conflict);
            }
            return cells;
        },
        context);
    if (!written) {
        return complain(written.error());
    }
    fmt::print("{}\n", to.string());
    return 0;
}

int listFacets(const Workspace& workspace,
               KnowledgeId id,
               const FacetsArguments& options,
               const JobContext& context)
{
    const int all = std::numeric_limits<int>::max();
    const int limit = options.limit == 0 || !options.to.empty() ? all : options.limit;
    const Result<FoundFacets> found = findFacets(workspace, id, options, limit, context);
    if (!found) {
        return complain(found.error());
    }
    if (!options.to.empty()) {
        return writeRows(*found, options.to, context);
    }
    if (!options.filter.other) {
        options.json ? print(reportOf(*found)) : printFacets(*found);
        return 0;
    }
    const auto compared = compareFacets(workspace, id, *options.filter.other, context);
    if (!compared) {
        return complain(compared.error());
    }
    if (options.json) {
        Json report = reportOf(*found);
        report["agreement"] = reportOf(*compared);
        print(report);
        return 0;
    }
    printFacets(*found);
    fmt::print("\n");
    printComparison(*compared);
    return 0;
}

/// Prints what a function of the core found, for scripts or for people.
template<typename T>
int tell(const Result<T>& found, bool json, void (*forPeople)(const T&))
{
    if (!found) {
        return complain(found.error());
    }
    json ? print(reportOf(*found)) : forPeople(*found);
    return 0;
}

int showPage(const Workspace& workspace, const FacetsArguments& options, const JobContext& context)
{
    const Result<ItemPage> page = itemPage(workspace, *options.filter.only, context);
    if (!page) {
        return complain(page.error());
    }
    KeptReplies replies;
    for (const SourcedFacts& facts : page->bases) {
        const auto reply = keptReply(workspace, facts.base.id, page->item.id, context);
        if (reply && *reply) { // without one, what was extracted stands there all the same
            replies[facts.base.name] = **reply;
        }
    }
    options.json ? print(reportOf(*page, replies)) : printPage(*page, replies);
    return 0;
}

/// The one facet that --item, --facet and --nth choose.
Result<HeldFacet> chosenFacet(const Workspace& workspace,
                              KnowledgeId id,
                              const FacetsArguments& options,
                              const JobContext& context)
{
    FacetFilter filter = options.filter;
    filter.other.reset();
    filter.conflicts = false;
    Result<std::vector<FacetRow>> rows =
        facetRows(workspace, id, filter, {}, std::numeric_limits<int>::max(), context);
    if (!rows) {
        return passOn(rows);
    }
    if (options.nth != noNumber) {
        std::erase_if(*rows, [&](const FacetRow& row) { return row.facet.place.nth != options.nth; });
    }
    if (rows->size() == 1) {
        return std::move(rows->front().facet);
    }
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "%1 facets of the item %2 are meant by that. Name one by --facet and --nth, as "
                             "the list of its facets has them."),
                {std::to_string(rows->size()), options.item});
}

/// Says what became of a change, and that an edited text has no vector.
int tellChange(const Workspace& workspace,
               KnowledgeId id,
               const MergedTexts& made,
               const FacetsArguments& options,
               const std::optional<FacetEdit>& edit = {})
{
    const Result<bool> lacks =
        edit && edit->text ? lacksVector(workspace, id, edit->name, *edit->text) : Result<bool>(false);
    if (!lacks) {
        return complain(lacks.error());
    }
    if (options.json) {
        print({{"change", made.change},
               {"facets", made.facets},
               {"struck_out", made.struck},
               {"lacks_vector", *lacks}});
        return 0;
    }
    fmt::print(
        "change {}: {} facets have another text, {} are struck out\n", made.change, made.facets, made.struck);
    if (*lacks) {
        fmt::print("The text has no vector until the facets are embedded anew.\n");
    }
    return 0;
}

int changeOne(const Workspace& workspace,
              KnowledgeId id,
              const FacetsArguments& options,
              const JobContext& context)
{
    FacetEdit edit;
    if (options.add) {
        edit = {{*options.filter.only, newFacet}, options.filter.facet, options.add};
    } else {
        const Result<HeldFacet> facet = chosenFacet(workspace, id, options, context);
        if (!facet) {
            return complain(facet.error());
        }
        edit = {facet->place, facet->name, options.edit};
    }
    const Result<std::int64_t> change = changeFacets(workspace, id, {edit});
    if (!change) {
        return complain(change.error());
    }
    const MergedTexts made{.change = *change, .facets = edit.text ? 1 : 0, .struck = edit.text ? 0 : 1};
    return tellChange(workspace, id, made, options, edit);
}

int undoOrRedo(const Workspace& workspace, KnowledgeId id, const FacetsArguments& options)
{
    const bool undoes = options.undo.has_value();
    const FacetEdits edits(workspace);
    const Result<std::vector<FacetChange>> history = edits.history(id);
    if (!history) {
        return complain(history.error());
    }
    const std::int64_t given = undoes ? *options.undo : *options.redo;
    const std::optional<std::int64_t> number = given > 0 ? std::optional(given)
                                               : undoes  ? changeToUndo(*history)
                                                         : changeToRedo(*history);
    if (!number) {
        return complain({.code = ErrorCode::NotFound,
                         .sentence = undoes ? TRANSLATABLE("errors", "There is no change to undo.")
                                            : TRANSLATABLE("errors", "There is no change to make again.")});
    }
    if (const Status done = edits.setUndone(id, *number, undoes); !done) {
        return complain(done.error());
    }
    return tell(edits.history(id), options.json, printHistory);
}

int change(const Workspace& workspace,
           KnowledgeId id,
           const FacetsArguments& options,
           const JobContext& context)
{
    if (options.undo || options.redo) {
        return undoOrRedo(workspace, id, options);
    }
    if (options.merge.empty()) {
        return changeOne(workspace, id, options, context);
    }
    const Result<MergedTexts> merged =
        mergeFacetTexts(workspace, id, options.filter.facet, options.merge, options.into, context);
    return merged ? tellChange(workspace, id, *merged, options) : complain(merged.error());
}

int facets(FacetsArguments& options, const JobContext& context)
{
    const Result<Workspace> workspace =
        Workspace::open(options.workspace, options.writes() ? Access::ReadWrite : Access::ReadOnly);
    const Result<KnowledgeBase> base =
        workspace ? KnowledgeStore(*workspace).find(options.knowledge) : passOn(workspace);
    const Status resolved = base ? resolve(*workspace, options) : passOn(base);
    if (!resolved) {
        return complain(resolved.error());
    }
    if (options.writes()) {
        return change(*workspace, base->id, options, context);
    }
    if (options.figures) {
        return tell(facetFigures(*workspace, base->id, context), options.json, printFigures);
    }
    if (options.history) {
        return tell(FacetEdits(*workspace).history(base->id), options.json, printHistory);
    }
    if (options.vocabulary) {
        const auto limit = static_cast<std::size_t>(options.limit == 0 ? 1'000'000'000 : options.limit);
        return tell(
            facetVocabulary(*workspace, base->id, options.filter.facet, options.filter.text, limit, context),
            options.json,
            printVocabulary);
    }
    return options.page ? showPage(*workspace, options, context)
                        : listFacets(*workspace, base->id, options, context);
}

void addFilters(CLI::App& command, FacetsArguments& options)
{
    command.add_option("--domain", options.domain, "Facets of this domain's items");
    command.add_option("--item", options.item, "Facets of the item with this id");
    command.add_option("--title", options.filter.item, "Of items with this in their title or id");
    command.add_option("--facet", options.filter.facet, "Facets of this name");
    command.add_option("--nth", options.nth, "The facet with this number among those of its item")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--search", options.filter.text, "Facets with this in their text");
    command.add_flag("--edited", options.filter.edited, "Facets that somebody changed");
    CLI::Option* compare =
        command.add_option("--compare", options.compare, "What this knowledge base says stands beside");
    command
        .add_flag(
            "--imported", options.imported, "What was imported in fields of the same names stands beside")
        ->excludes(compare);
    command.add_flag("--conflicts",
                     options.filter.conflicts,
                     "Facets of which both say something and nothing in common; without --compare, of which "
                     "an item has two such texts where hardly any other has two");
    command.add_option("--limit", options.limit, "At most so many rows; 0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command.add_option("--to", options.to, "Write all rows to this .csv or .json file");
}

void addViews(CLI::App& command, FacetsArguments& options)
{
    CLI::Option* item = command.get_option("--item");
    CLI::Option* facet = command.get_option("--facet");
    command.add_flag("--page", options.page, "All that is known of the item, with its sources")->needs(item);
    command.add_flag("--figures", options.figures, "Coverage, texts and edits of each facet, and the cost");
    command.add_flag("--vocabulary", options.vocabulary, "The texts of the facet, and which are alike")
        ->needs(facet);
    command.add_flag("--history", options.history, "What was changed, by number");
}

void addChanges(CLI::App& command, FacetsArguments& options)
{
    CLI::Option* item = command.get_option("--item");
    CLI::Option* facet = command.get_option("--facet");
    command.add_option("--edit", options.edit, "Gives the chosen facet of the item this text")->needs(item);
    command.add_flag("--strike", options.strike, "Strikes the chosen facet of the item out")->needs(item);
    command.add_option("--add", options.add, "Adds a facet with this text to the item")
        ->needs(item)
        ->needs(facet);
    CLI::Option* merge =
        command.add_option("--merge", options.merge, "Texts of the facet that are to be one")
            ->needs(facet)
            ->delimiter(';');
    CLI::Option* into = command.add_option("--into", options.into, "The text that they become");
    merge->needs(into);
    into->needs(merge);
    command.add_option("--undo", options.undo, "Takes the last change back, or the one of this number")
        ->expected(0, 1)
        ->default_str("0");
    command.add_option("--redo", options.redo, "Makes the next undone change again, or this one")
        ->expected(0, 1)
        ->default_str("0");
}

/// One thing is done at a time; and what only a list of facets has is asked for with no other.
void excludeContradictions(CLI::App& command)
{
    std::vector<CLI::Option*> ways;
    for (const char* way : {"--page",
                            "--figures",
                            "--vocabulary",
                            "--history",
                            "--edit",
                            "--strike",
                            "--add",
                            "--merge",
                            "--undo",
                            "--redo"}) {
        ways.push_back(command.get_option(way));
    }
    excludeEachOther(ways);
    for (const char* ofList : {"--compare", "--imported", "--conflicts", "--to"}) {
        for (CLI::Option* way : ways) {
            way->excludes(command.get_option(ofList));
        }
    }
}

} // namespace

void addFacets(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "facets", "The facets of a knowledge base: looked through, edited, merged, compared");
    const auto options = std::make_shared<FacetsArguments>();
    command->add_option("workspace", options->workspace, "The .transept file")->required();
    command->add_option("knowledge", options->knowledge, "Name of the knowledge base")->required();
    addFilters(*command, *options);
    addViews(*command, *options);
    addChanges(*command, *options);
    excludeContradictions(*command);
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept facets films.transept words --search sea --limit 5\n"
                    "What is edited is kept apart from what was extracted, and can be undone at any time. A\n"
                    "knowledge base that a run was trained with is frozen: edit a copy of it.");
    command->callback([options, &chosen] {
        chosen = [options](const JobContext& context) { return facets(*options, context); };
    });
}

} // namespace transept::app
