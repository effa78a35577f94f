#include "app/commands/Command.h"
#include "app/commands/Console.h"
#include "app/commands/Usage.h"
#include "core/base/Words.h"
#include "core/knowledge/PromptLibrary.h"
#include "core/text/TextDiff.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace transept::app {
namespace {

constexpr PromptSubject subjects[] = {PromptSubject::Items, PromptSubject::People, PromptSubject::Pairs};

struct PromptArguments
{
    std::string workspace;
    std::string about;
    std::string shown;
    std::string saved;
    std::string from;
    std::vector<std::string> compared;
    bool list = false;
    bool places = false;
    bool json = false;

    PromptSubject subject() const
    {
        const auto found =
            std::ranges::find_if(subjects, [&](PromptSubject each) { return wordOf(each) == about; });
        return found != std::end(subjects) ? *found : PromptSubject::Items; // the option takes no other word
    }
};

Json describePrompt(const PromptTemplate& prompt)
{
    return {{"reference", prompt.reference()},
            {"name", prompt.name},
            {"version", prompt.version},
            {"about", wordOf(prompt.about)},
            {"text", prompt.text},
            {"created", prompt.created}};
}

int listPrompts(const Workspace& workspace, const PromptArguments& options)
{
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows{{"prompt", "about", "bytes"}};
    for (const PromptSubject about : subjects) {
        const Result<std::vector<PromptTemplate>> prompts = promptsAbout(workspace, about);
        if (!prompts) {
            return complain(prompts.error());
        }
        for (const PromptTemplate& prompt : *prompts) {
            all.push_back(describePrompt(prompt));
            rows.push_back(
                {prompt.reference(), std::string(wordOf(prompt.about)), std::to_string(prompt.text.size())});
        }
    }
    options.json ? print(all) : printTable(rows);
    return 0;
}

int listPlaces(const PromptArguments& options)
{
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows{{"place", "what takes it"}};
    for (const PromptPlace& place : promptPlaces(options.subject())) {
        all.push_back({{"place", place.word}, {"meaning", place.meaning}});
        rows.push_back({std::string(place.word), std::string(place.meaning)});
    }
    options.json ? print(all) : printTable(rows);
    return 0;
}

/// A saved prompt, about whatever, or the built-in one about what is asked for.
Result<PromptTemplate> promptOf(const Workspace& workspace,
                                const PromptArguments& options,
                                const std::string& reference)
{
    return reference == builtInName ? findPrompt(workspace, options.subject(), reference)
                                    : PromptTemplates(workspace).find(reference);
}

int showPrompt(const Workspace& workspace, const PromptArguments& options)
{
    const Result<PromptTemplate> prompt = promptOf(workspace, options, options.shown);
    if (!prompt) {
        return complain(prompt.error());
    }
    if (options.json) {
        print(describePrompt(*prompt));
    } else {
        fmt::print("{}\n", prompt->text);
    }
    return 0;
}

/// The text of a file; without the end of its last line, which editors add.
Result<std::string> textOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        return fail(ErrorCode::Io,
                    TRANSLATABLE("errors", "%1 cannot be opened. Check that it exists and may be read."),
                    {path});
    }
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.pop_back();
    }
    return text;
}

int savePrompt(const Workspace& workspace, const PromptArguments& options)
{
    const Result<std::string> text = textOf(options.from);
    const Result<PromptTemplate> saved =
        text ? transept::savePrompt(workspace, options.saved, options.subject(), *text) : passOn(text);
    if (!saved) {
        return complain(saved.error());
    }
    if (options.json) {
        print(describePrompt(*saved));
    } else {
        fmt::print("{}\n", saved->reference());
    }
    return 0;
}

int comparePrompts(const Workspace& workspace, const PromptArguments& options)
{
    const Result<PromptTemplate> before = promptOf(workspace, options, options.compared.front());
    const Result<PromptTemplate> after = promptOf(workspace, options, options.compared.back());
    if (!before || !after) {
        return complain(before ? after.error() : before.error());
    }
    Json all = Json::array();
    std::string text;
    for (const TextChange& change : textDiff(before->text, after->text)) {
        const bool isAdded = change.kind == TextChange::Kind::Added;
        const bool isSame = change.kind == TextChange::Kind::Same;
        all.push_back({{"kind", isSame ? "same" : isAdded ? "added" : "removed"}, {"text", change.text}});
        text += isSame ? change.text : fmt::format("[{0}{1}{0}]", isAdded ? "+" : "-", change.text);
    }
    if (options.json) {
        print(all);
    } else {
        fmt::print("{}\n", text);
    }
    return 0;
}

int prompt(const PromptArguments& options)
{
    if (options.places) {
        return listPlaces(options);
    }
    const Result<Workspace> workspace =
        Workspace::open(options.workspace, options.saved.empty() ? Access::ReadOnly : Access::ReadWrite);
    if (!workspace) {
        return complain(workspace.error());
    }
    return !options.saved.empty()      ? savePrompt(*workspace, options)
           : !options.shown.empty()    ? showPrompt(*workspace, options)
           : !options.compared.empty() ? comparePrompts(*workspace, options)
                                       : listPrompts(*workspace, options);
}

} // namespace

void addPrompt(CLI::App& program, Action& chosen)
{
    CLI::App* command = program.add_subcommand(
        "prompt", "The prompts that chat models are asked with: lists, shows, saves and compares them");
    const auto options = std::make_shared<PromptArguments>();
    options->about = wordOf(PromptSubject::Items);
    command->add_option("workspace", options->workspace, "The workspace file")->required();
    CLI::Option* list = command->add_flag("--list", options->list, "List all; so does no option at all");
    CLI::Option* show = command->add_option(
        "--show", options->shown, "Print this one: NAME for its newest version, NAME@2, or built-in");
    CLI::Option* save = command->add_option(
        "--save", options->saved, "Save the text of a file under this name, as a new version");
    command->add_option("--from", options->from, "With --save: the file")->needs(save);
    command
        ->add_option("--about",
                     options->about,
                     "What the prompt (or the built-in one) asks about: items, people, pairs")
        ->check(oneOf({"items", "people", "pairs"}))
        ->capture_default_str();
    CLI::Option* compare = command
                               ->add_option("--diff",
                                            options->compared,
                                            "Print what makes the second of two prompts of the first")
                               ->expected(2);
    CLI::Option* places =
        command->add_flag("--places", options->places, "List the words in braces that are filled in");
    excludeEachOther(std::array{list, show, save, compare, places});
    command->add_flag("--json", options->json, "One JSON document");
    command->footer("Example: transept prompt films.transept --show built-in");
    command->callback([options, save, &chosen] {
        if (save->count() > 0 && options->from.empty()) {
            throw CLI::RequiredError("--from");
        }
        chosen = [options](const JobContext& /*context*/) { return prompt(*options); };
    });
}

} // namespace transept::app
