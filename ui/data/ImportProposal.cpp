#include "ui/data/ImportProposal.h"

#include "core/base/Words.h"
#include "core/store/ImportLog.h"
#include "ui/data/ImportDraft.h"

#include <algorithm>
#include <array>

namespace transept::ui {

namespace {

std::string stemOf(const std::filesystem::path& file)
{
    std::filesystem::path stem = file.filename();
    for (int ending = 0; ending < 2 && stem.has_extension(); ++ending) {
        stem = stem.stem();
    }
    return stem.string();
}

/// The words of a name, in its own letters.
std::vector<std::string> wordsOf(const std::string& name)
{
    std::vector<std::string> words;
    std::string word;
    for (const char letter : name + '_') {
        if (letter != '_' && letter != '-' && letter != ' ' && letter != '.') {
            word += letter;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    return words;
}

std::string lowered(std::string word)
{
    std::transform(word.begin(), word.end(), word.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return word;
}

bool isGeneric(const std::string& word)
{
    constexpr std::array<std::string_view, 31> generic{
        "rating", "ratings", "review", "reviews", "interaction", "interactions", "event",    "events",
        "item",   "items",   "info",   "history", "train",       "test",         "valid",    "validation",
        "data",   "dataset", "user",   "users",   "inter",       "original",     "overlap",  "log",
        "table",  "export",  "link",   "links",   "neg",         "negative",     "negatives"};
    return std::find(generic.begin(), generic.end(), lowered(word)) != generic.end();
}

std::string joined(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words) {
        all += (all.empty() ? "" : "_") + word;
    }
    return all;
}

/// The name without its generic words.
std::string telling(const std::string& name)
{
    std::vector<std::string> words = wordsOf(name);
    std::erase_if(words, isGeneric);
    return joined(words);
}

bool areInOneFolder(const std::filesystem::path& a, const std::filesystem::path& b)
{
    return a.parent_path() == b.parent_path();
}

/// In one folder, or in two side by side whose names have a word in common: douban_book and douban_music.
bool areOfOneSource(const std::filesystem::path& a, const std::filesystem::path& b)
{
    if (areInOneFolder(a, b)) {
        return true;
    }
    const std::vector<std::string> ofA = wordsOf(a.parent_path().filename().string());
    const std::vector<std::string> ofB = wordsOf(b.parent_path().filename().string());
    return a.parent_path().parent_path() == b.parent_path().parent_path() &&
           std::find_first_of(ofA.begin(), ofA.end(), ofB.begin(), ofB.end()) != ofA.end();
}

bool isSequence(const Inspection& inspection)
{
    const Format::Layout layout = inspection.format.layout;
    return layout == Format::Layout::Events || layout == Format::Layout::ItemList;
}

bool isKnown(const std::vector<Domain>& domains, const std::string& name)
{
    return std::any_of(
        domains.begin(), domains.end(), [&](const Domain& domain) { return domain.name == name; });
}

/// The table that names the domain of each item, when it came from the folder of this file.
const EarlierImport* tableOfItems(const Inspection& inspection, const std::vector<EarlierImport>& earlier)
{
    const auto found = std::find_if(earlier.begin(), earlier.end(), [&](const EarlierImport& each) {
        return each.target == ImportTarget::Items && each.domains.size() > 1 &&
               areInOneFolder(each.file, inspection.file);
    });
    return found == earlier.end() ? nullptr : &*found;
}

/// That of another part of the same table ("train.txt", "test.txt"), else that of the descriptions beside a
/// file whose own name says nothing ("movies.csv", "ratings.csv"), else one made from the name.
std::string domainOfInteractions(const std::filesystem::path& file, const std::vector<EarlierImport>& earlier)
{
    const std::string name = proposedDomain(file);
    for (const EarlierImport& each : earlier) {
        if (each.target == ImportTarget::Interactions && each.domains.size() == 1 &&
            areInOneFolder(each.file, file) && proposedDomain(each.file) == name) {
            return each.domains.front();
        }
    }
    for (const EarlierImport& each : earlier) {
        if (each.target == ImportTarget::Items && each.domains.size() == 1 &&
            areInOneFolder(each.file, file) && telling(stemOf(file)).empty()) {
            return each.domains.front();
        }
    }
    return name;
}

/// All domains whose interactions came from the folder of the descriptions: they may share them. One that has
/// the name of the folder stands for all of it.
std::string domainsOfItems(const std::filesystem::path& file,
                           const std::vector<Domain>& domains,
                           const std::vector<EarlierImport>& earlier)
{
    const std::string name = proposedDomain(file);
    const std::string stem = stemOf(file);
    const bool saysWhatAndWhose =
        !telling(stem).empty() && telling(stem) != joined(wordsOf(stem)); // films-items
    if (isKnown(domains, name) || saysWhatAndWhose) {
        return name;
    }
    const std::string folder = telling(file.parent_path().filename().string());
    std::vector<std::string> found;
    for (const EarlierImport& each : earlier) {
        for (const std::string& domain : each.domains) {
            const bool isOfFolder = each.target == ImportTarget::Interactions || domain == folder;
            if (isOfFolder && areInOneFolder(each.file, file) &&
                std::find(found.begin(), found.end(), domain) == found.end()) {
                found.insert(found.begin(), domain);
            }
        }
    }
    if (found.empty()) {
        return name.empty() && domains.size() == 1 ? domains.front().name : name;
    }
    if (found.size() > 1 && !telling(stem).empty()) {
        return name; // of several, nothing tells which
    }
    std::string all;
    for (const std::string& domain : found) {
        all += (all.empty() ? "" : ", ") + domain;
    }
    return all;
}

/// A platform that a person named for another file of the same source.
std::string platformBeside(const std::filesystem::path& file, const std::vector<EarlierImport>& earlier)
{
    for (const EarlierImport& each : earlier) {
        const bool isNamed = !each.platform.empty() && each.domains != std::vector{each.platform};
        if (isNamed && each.target == ImportTarget::Interactions && areOfOneSource(each.file, file)) {
            return each.platform;
        }
    }
    return {};
}

/// One that is there: that of interactions beside the file, else the only one; nothing where the analyst has
/// to choose.
std::string domainOfNegatives(const std::filesystem::path& file,
                              const std::vector<Domain>& domains,
                              const std::vector<EarlierImport>& earlier)
{
    const std::string beside = domainOfInteractions(file, earlier);
    if (isKnown(domains, beside)) {
        return beside;
    }
    return domains.size() == 1 ? domains.front().name : std::string();
}

} // namespace

EarlierImport earlierImport(const std::filesystem::path& file, const ImportOptions& options)
{
    EarlierImport made{.file = file, .target = options.target, .domains = {}, .platform = options.platform};
    for (std::string_view names = options.domain; !names.empty();) {
        const std::size_t end = std::min(names.find(','), names.size());
        if (const std::string_view name = trimmed(names.substr(0, end)); !name.empty()) {
            made.domains.emplace_back(name);
        }
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    for (const auto& [word, domain] : options.domainNames) {
        made.domains.push_back(domain);
    }
    return made;
}

Result<std::vector<EarlierImport>> earlierImports(const Workspace& workspace)
{
    const Result<std::vector<ImportRecord>> records = ImportLog(workspace).imports();
    if (!records) {
        return passOn(records);
    }
    std::vector<EarlierImport> found;
    for (const ImportRecord& record : *records) {
        const Result<Json> json = parseJson(record.options, "import.options");
        const Result<ImportOptions> options = json ? importOptionsFrom(*json) : passOn(json);
        if (options && record.imported > 0) { // what another version of the program wrote tells nothing
            found.push_back(earlierImport(record.file, *options));
        }
    }
    return found;
}

void propose(ImportOptions& options,
             const Inspection& inspection,
             const std::vector<Domain>& domains,
             const std::vector<EarlierImport>& earlier)
{
    options.domain.clear();
    options.platform.clear();
    options.part.clear();
    options.userPrefix.clear();
    options.domainFromItems = false;
    const std::filesystem::path& file = inspection.file;
    if (inspection.target == ImportTarget::Items) {
        options.domain = hasRole(inspection, Role::Domain) ? "" : domainsOfItems(file, domains, earlier);
        return;
    }
    if (inspection.target == ImportTarget::Negatives) {
        options.domain = hasRole(inspection, Role::Domain) ? "" : domainOfNegatives(file, domains, earlier);
        return;
    }
    if (inspection.target != ImportTarget::Interactions) {
        return;
    }
    options.part = hasRole(inspection, Role::Part) ? "" : proposedPart(file);
    if (inspection.format.layout == Format::Layout::ItemList) {
        options.userPrefix = stemOf(file) + "-"; // the numbers of the users restart in every such file
    }
    if (hasRole(inspection, Role::Domain)) {
        return;
    }
    const EarlierImport* table = isSequence(inspection) ? tableOfItems(inspection, earlier) : nullptr;
    if (table != nullptr) {
        options.domainFromItems = true;
        options.platform = table->platform;
        return;
    }
    options.domain = domainOfInteractions(file, earlier);
    if (!options.domain.empty() && !isKnown(domains, options.domain)) {
        options.platform = platformBeside(file, earlier);
    }
}

std::string proposedDomain(const std::filesystem::path& file)
{
    const std::string name = telling(stemOf(file));
    return name.empty() ? telling(file.parent_path().filename().string()) : name;
}

std::string proposedPart(const std::filesystem::path& file)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> parts{{{"train", "train"},
                                                                                  {"valid", "valid"},
                                                                                  {"validation", "valid"},
                                                                                  {"val", "valid"},
                                                                                  {"dev", "valid"},
                                                                                  {"test", "test"}}};
    for (const std::string& word : wordsOf(stemOf(file))) {
        for (const auto& [name, part] : parts) {
            if (lowered(word) == name) {
                return std::string(part);
            }
        }
    }
    return {};
}

} // namespace transept::ui
