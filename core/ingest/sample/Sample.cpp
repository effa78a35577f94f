#include "core/ingest/sample/Sample.h"

#include "core/base/Job.h"
#include "core/ingest/Import.h"
#include "core/ingest/sample/Truth.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>

namespace transept {
namespace {

using sample::DomainTruth;
using sample::Kind;
using sample::Person;
using sample::Rating;
using sample::WorldSize;

constexpr std::string_view homePlatform = "Agora";  // shop of books, films and music: shared accounts
constexpr std::string_view otherPlatform = "Lumen"; // films only, accounts and film numbers of its own
constexpr std::size_t domainCount = 3;
constexpr std::size_t lumenDomain = 1; // shares the tastes for films

/// One file of the sample and how it is imported.
struct SampleFile
{
    std::string name;
    std::string content;
    ImportOptions options;
};

WorldSize sizeOf(SampleOptions::Size size)
{
    return size == SampleOptions::Size::Small
               ? WorldSize{}
               : WorldSize{.people = 60'000, .itemsPerDomain = 8'000, .ratingsPerDomain = 1'660'000};
}

std::string quoted(const std::string& text)
{
    std::string result = "\"";
    for (const char character : text) {
        result += character;
        if (character == '"') {
            result += '"';
        }
    }
    return result + '"';
}

std::string userKey(std::string_view platform, std::uint32_t person)
{
    return platform == homePlatform ? fmt::format("u{:05d}", person + 1)
                                    : fmt::format("lumen-{}", 7919 * (person + 1) % 99991);
}

/// A few rows as careless people write them; the importer's ledger shall show them.
void addDirtyRows(std::string& content, std::string_view anItem)
{
    content += fmt::format(",{},4,1672531200\n", anItem);             // nobody
    content += fmt::format("u00001,{},n/a,1672531200\n", anItem);     // not a number
    content += fmt::format("u00002,{},5,1672531200,again\n", anItem); // one field too many
    content += "\n";                                                  // nothing
    content += fmt::format("u00003,{}\n", anItem);                    // torn off
}

std::string ratingsCsv(const std::vector<Rating>& ratings, const DomainTruth& truth)
{
    std::string content = "user,item,rating,timestamp\n";
    for (std::size_t at = 0; at < ratings.size(); ++at) {
        const Rating& rating = ratings[at];
        const std::string& item = truth.items[rating.item].key;
        fmt::format_to(std::back_inserter(content),
                       "{},{},{:g},{}\n",
                       userKey(homePlatform, rating.person),
                       item,
                       rating.value,
                       rating.time);
        if (at == ratings.size() / 2) {
            addDirtyRows(content, item);
        }
    }
    return content;
}

std::string itemsCsv(const DomainTruth& truth)
{
    static constexpr std::string_view creatorColumn[] = {"author", "director", "artist"};
    std::string content = fmt::format("item,title,genre,{},year,description\n",
                                      creatorColumn[static_cast<std::size_t>(truth.kind)]);
    for (const sample::Item& item : truth.items) {
        fmt::format_to(std::back_inserter(content),
                       "{},{},{},{},{},{}\n",
                       item.key,
                       quoted(item.title),
                       quoted(item.genre),
                       quoted(item.creator),
                       item.year,
                       quoted(item.description));
    }
    return content;
}

/// The second platform writes another format: tabs, its own numbers, ratings from 0 to 10 in halves of a
/// star.
std::string lumenRatings(const std::vector<Rating>& ratings)
{
    std::string content = "member\tfilm\tscore\twhen\n";
    for (const Rating& rating : ratings) {
        fmt::format_to(std::back_inserter(content),
                       "{}\t{}\t{:g}\t{}\n",
                       userKey(otherPlatform, rating.person),
                       rating.item + 10'001,
                       rating.value,
                       rating.time);
    }
    return content;
}

std::string lumenItems(const DomainTruth& films)
{
    std::string content = "film\ttitle\tgenre\tdirector\n";
    for (std::size_t at = 0; at < films.items.size(); ++at) {
        const sample::Item& item = films.items[at];
        fmt::format_to(std::back_inserter(content),
                       "{}\t{}\t{}\t{}\n",
                       at + 10'001,
                       item.title,
                       item.genre,
                       item.creator);
    }
    return content;
}

ImportOptions optionsFor(ImportTarget target, std::string domain, std::string_view platform)
{
    return {.target = target,
            .domain = std::move(domain),
            .platform = std::string(platform),
            .kind = FeedbackKind::Explicit};
}

Format delimitedBy(std::string delimiter)
{
    return {.delimiter = std::move(delimiter), .header = true};
}

Status addLumen(std::vector<SampleFile>& files,
                const std::vector<Person>& people,
                const DomainTruth& films,
                const WorldSize& size,
                const SampleOptions& options,
                const JobContext& context)
{
    DomainTruth truth = films;
    truth.scaleMin = 0.0;
    truth.scaleMax = 10.0;
    truth.mean = 6.5;
    // Every fourth person also has an account there.
    std::vector<Person> members = people;
    for (std::size_t number = 0; number < members.size(); ++number) {
        members[number].actsIn[lumenDomain] = number % 4 == 0;
    }
    WorldSize small = size;
    small.ratingsPerDomain = size.ratingsPerDomain / 4;
    const auto ratings =
        sample::makeRatings(members, truth, lumenDomain, small, options.seed + 1'000, context);
    if (!ratings) {
        return passOn(ratings);
    }
    ImportOptions items = optionsFor(ImportTarget::Items, "lumen-films", otherPlatform);
    items.format = delimitedBy("\t");
    items.columns = {
        {"film", Role::Item}, {"title", Role::Title}, {"genre", Role::Field}, {"director", Role::Field}};
    files.push_back({"lumen-films.tsv", lumenItems(films), items});
    ImportOptions events = optionsFor(ImportTarget::Interactions, "lumen-films", otherPlatform);
    events.format = delimitedBy("\t");
    events.columns = {
        {"member", Role::User}, {"film", Role::Item}, {"score", Role::Value}, {"when", Role::Time}};
    files.push_back({"lumen-ratings.tsv", lumenRatings(*ratings), events});
    return {};
}

Result<std::vector<SampleFile>> makeFiles(const SampleOptions& options, const JobContext& context)
{
    const WorldSize size = sizeOf(options.size);
    const std::vector<Person> people = sample::makePeople(size, domainCount, options.seed);
    std::vector<SampleFile> files;
    const Kind kinds[] = {Kind::Book, Kind::Film, Kind::Album};
    static_assert(std::size(kinds) == domainCount);
    for (std::size_t domain = 0; domain < domainCount; ++domain) {
        const DomainTruth truth = sample::makeDomain(kinds[domain], size, options.language, options.seed);
        const auto ratings = sample::makeRatings(people, truth, domain, size, options.seed, context);
        if (!ratings) {
            return passOn(ratings);
        }
        ImportOptions items = optionsFor(ImportTarget::Items, truth.name, homePlatform);
        items.format = delimitedBy(",");
        files.push_back({truth.name + "-items.csv", itemsCsv(truth), items});
        ImportOptions events = optionsFor(ImportTarget::Interactions, truth.name, homePlatform);
        events.format = delimitedBy(",");
        files.push_back({truth.name + "-ratings.csv", ratingsCsv(*ratings, truth), events});
        if (kinds[domain] == Kind::Film) {
            if (const Status added = addLumen(files, people, truth, size, options, context); !added) {
                return passOn(added);
            }
        }
    }
    return files;
}

Status write(const std::filesystem::path& path, const std::string& content)
{
    std::ofstream output(path, std::ios::binary);
    output.write(content.data(), static_cast<std::streamsize>(content.size()));
    output.close();
    if (!output) {
        return fail(
            ErrorCode::Io,
            TRANSLATABLE("errors",
                         "%1 could not be written. Check the free space and the folder's permissions."),
            {path.string()});
    }
    return {};
}

Status refuseExisting(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "%1 exists already. Choose another name, or remove it first."),
                    {path.string()});
    }
    return {};
}

Status makeFolder(const std::filesystem::path& folder)
{
    std::error_code problem;
    if (!std::filesystem::create_directories(folder, problem)) {
        return fail(
            ErrorCode::Io,
            TRANSLATABLE("errors",
                         "The folder %1 could not be made. Check the permissions of the folder above it."),
            {folder.string()},
            problem.message());
    }
    return {};
}

Result<SampleReport> importAll(Workspace& workspace,
                               const std::vector<SampleFile>& files,
                               SampleReport report,
                               const JobContext& context)
{
    for (std::size_t at = 0; at < files.size(); ++at) {
        const std::filesystem::path path = report.folder / files[at].name;
        if (const Status written = write(path, files[at].content); !written) {
            return passOn(written);
        }
        JobContext part = context;
        part.progress = [&](const Progress& progress) {
            const double done = static_cast<double>(at) + std::max(0.0, progress.fraction);
            context.progress({.fraction = done / static_cast<double>(files.size()), .stage = progress.stage});
        };
        const Result<ImportReport> imported = importFile(workspace, path, files[at].options, part);
        if (!imported) {
            return passOn(imported);
        }
        report.read += imported->read;
        report.imported += imported->imported;
        report.rejected += imported->rejected;
        report.skipped += imported->skipped;
    }
    return report;
}

Result<SampleReport> fillSample(const std::filesystem::path& file,
                                const std::filesystem::path& folder,
                                const SampleOptions& options,
                                const JobContext& context)
{
    Result<Workspace> workspace = Workspace::create(file);
    if (!workspace) {
        return passOn(workspace);
    }
    context.progress({.fraction = -1.0, .stage = TRANSLATABLE("stages", "Generating the sample")});
    const auto files = makeFiles(options, context);
    if (!files) {
        return passOn(files);
    }
    return importAll(*workspace, *files, {.folder = folder}, context);
}

} // namespace

Result<SampleReport> makeSample(const std::filesystem::path& workspace,
                                const SampleOptions& options,
                                const JobContext& context)
{
    const auto start = std::chrono::steady_clock::now();
    std::filesystem::path folder = workspace;
    folder.replace_extension();
    folder += "-files";
    for (const std::filesystem::path& path : {workspace, folder}) {
        if (const Status isNew = refuseExisting(path); !isNew) {
            return passOn(isNew);
        }
    }
    if (const Status made = makeFolder(folder); !made) {
        return passOn(made);
    }
    Result<SampleReport> report = fillSample(workspace, folder, options, context);
    if (!report) {
        // Half a sample is of no use: everything here was made by us a moment ago.
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(workspace.string() + suffix, ignored);
        }
        return report;
    }
    report->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

} // namespace transept
