#include "core/ingest/Format.h"

#include "core/base/Words.h"

namespace transept {
namespace {

constexpr auto interactions = ImportTarget::Interactions;
constexpr auto items = ImportTarget::Items;

Format csv()
{
    return {.delimiter = ",", .quote = '"', .header = true};
}
Format doubleColon()
{
    return {.delimiter = "::", .quote = '\0'};
}
Format tabbed(bool header)
{
    return {.delimiter = "\t", .quote = '\0', .header = header};
}
Format bookCrossing()
{
    return {.encoding = Format::Encoding::Latin1, .delimiter = ";", .quote = '"', .header = true};
}
Format bookCrossingTab()
{
    return {.delimiter = "\t", .quote = '\0', .header = true, .repairEntities = true};
}

std::vector<Preset> movieLensPresets()
{
    return {
        {.name = "movielens-csv",
         .meaning = TRANSLATABLE("inspect", "MovieLens ratings.csv: userId, movieId, rating, timestamp"),
         .target = interactions,
         .format = csv(),
         .columns = {{"userId", Role::User},
                     {"movieId", Role::Item},
                     {"rating", Role::Value},
                     {"timestamp", Role::Time}}},
        {.name = "movielens-csv-movies",
         .meaning = TRANSLATABLE("inspect", "MovieLens movies.csv: movieId, title, genres"),
         .target = items,
         .format = csv(),
         .columns = {{"movieId", Role::Item}, {"title", Role::Title}, {"genres", Role::Field}}},
        {.name = "movielens-dat",
         .meaning = TRANSLATABLE("inspect", "MovieLens ratings.dat: user::movie::rating::time"),
         .target = interactions,
         .format = doubleColon(),
         .names = {"user", "movie", "rating", "time"},
         .columns = {{"1", Role::User}, {"2", Role::Item}, {"3", Role::Value}, {"4", Role::Time}}},
        {.name = "movielens-dat-movies",
         .meaning = TRANSLATABLE("inspect", "MovieLens movies.dat: movie::title::genres, Latin-1"),
         .target = items,
         .format = {.encoding = Format::Encoding::Latin1, .delimiter = "::", .quote = '\0'},
         .names = {"movie", "title", "genres"},
         .columns = {{"1", Role::Item}, {"2", Role::Title}, {"3", Role::Field}}},
        {.name = "movielens-dat-users",
         .meaning = TRANSLATABLE("inspect", "MovieLens users.dat: user::gender::age::occupation::zip"),
         .target = ImportTarget::Users,
         .format = doubleColon(),
         .names = {"user", "gender", "age", "occupation", "zip"},
         .columns = {{"1", Role::User}, {"*", Role::Field}}},
        {.name = "movietweetings",
         .meaning = TRANSLATABLE("inspect", "MovieTweetings ratings.dat: user::IMDb number::rating::time"),
         .target = interactions,
         .format = doubleColon(),
         .names = {"user", "movie", "rating", "time"},
         .columns = {{"1", Role::User}, {"2", Role::Item}, {"3", Role::Value}, {"4", Role::Time}}},
        {.name = "movietweetings-movies",
         .meaning = TRANSLATABLE("inspect", "MovieTweetings movies.dat: IMDb number::title::genres"),
         .target = items,
         .format = doubleColon(),
         .names = {"movie", "title", "genres"},
         .columns = {{"1", Role::Item}, {"2", Role::Title}, {"3", Role::Field}}}};
}

std::vector<Preset> bookPresets()
{
    return {
        {.name = "book-crossing",
         .meaning =
             TRANSLATABLE("inspect", "Book-Crossing ratings as published: semicolons, quotes, Latin-1"),
         .target = interactions,
         .format = bookCrossing(),
         .columns = {{"User-ID", Role::User}, {"ISBN", Role::Item}, {"Book-Rating", Role::Value}}},
        {.name = "book-crossing-books",
         .meaning = TRANSLATABLE("inspect", "Book-Crossing books as published: semicolons, quotes, Latin-1"),
         .target = items,
         .format = bookCrossing(),
         .columns = {{"ISBN", Role::Item}, {"Book-Title", Role::Title}, {"*", Role::Field}}},
        {.name = "book-crossing-items",
         .meaning = TRANSLATABLE(
             "inspect",
             "Book-Crossing items_info.dat, tab separated. Where the semicolon of an HTML entity "
             "became a tab, the row is put together again; what does not fit then is rejected"),
         .target = items,
         .format = bookCrossingTab(),
         .columns = {{"Book_ID", Role::Item}, {"Book-Title", Role::Title}, {"*", Role::Field}}},
        {.name = "douban",
         .meaning = TRANSLATABLE("inspect", "Douban ratings: user, item, rating, tab separated, no header"),
         .target = interactions,
         .format = tabbed(false),
         .names = {"user", "item", "rating"},
         .columns = {{"1", Role::User}, {"2", Role::Item}, {"3", Role::Value}}}};
}

std::vector<Preset> generalPresets()
{
    return {
        {.name = "recbole",
         .meaning = TRANSLATABLE("inspect", "RecBole atomic file .inter: tab separated, header name:type"),
         .target = interactions,
         .format = tabbed(true)},
        {.name = "recbole-items",
         .meaning = TRANSLATABLE("inspect", "RecBole atomic file .item: tab separated, header name:type"),
         .target = items,
         .format = tabbed(true)},
        {.name = "recbole-users",
         .meaning = TRANSLATABLE("inspect", "RecBole atomic file .user: tab separated, header name:type"),
         .target = ImportTarget::Users,
         .format = tabbed(true)},
        {.name = "tab-header",
         .meaning = TRANSLATABLE("inspect", "Interactions, tab separated, with a header line"),
         .target = interactions,
         .format = tabbed(true)},
        {.name = "tab-header-items",
         .meaning = TRANSLATABLE("inspect", "Descriptions of items, tab separated, with a header line"),
         .target = items,
         .format = tabbed(true)},
        {.name = "sequence-events",
         .meaning = TRANSLATABLE("inspect", "One user a line: user item|time item|time ..."),
         .target = interactions,
         .format = {.layout = Format::Layout::Events, .delimiter = " ", .quote = '\0'}},
        {.name = "sequence-lists",
         .meaning =
             TRANSLATABLE("inspect",
                          "One user a line: number, tab, item,item,... oldest first. In a file of part valid "
                          "or test the last item of a line is of that part, the items before it are of part "
                          "train"),
         .target = interactions,
         .format = {.layout = Format::Layout::ItemList, .delimiter = "\t", .quote = '\0'}},
        {.name = "json-map",
         .meaning = TRANSLATABLE("inspect", "A JSON object of items: \"key\": [item, domain]"),
         .target = items,
         .format = {.layout = Format::Layout::JsonMap, .quote = '"'}}};
}

std::vector<Preset> negativePresets()
{
    return {
        {.name = "negative-lists",
         .meaning = TRANSLATABLE("inspect",
                                 "Negatives of held-out interactions as NCF and BiTGCF publish them, one "
                                 "interaction a line: (user, item), tab, item, tab, item ..."),
         .target = ImportTarget::Negatives,
         .format = {.layout = Format::Layout::Negatives, .delimiter = "\t", .quote = '\0'}},
        {.name = "negatives-csv",
         .meaning =
             TRANSLATABLE("inspect", "Negatives of held-out interactions, one a row: user, item, negative"),
         .target = ImportTarget::Negatives,
         .format = csv()},
        {.name = "negatives-tab",
         .meaning = TRANSLATABLE(
             "inspect", "Negatives of held-out interactions, one a row: user, item, negative, tab separated"),
         .target = ImportTarget::Negatives,
         .format = tabbed(true)}};
}

std::vector<Preset> allPresets()
{
    std::vector<Preset> all = movieLensPresets();
    for (std::vector<Preset> more : {bookPresets(), generalPresets(), negativePresets()}) {
        std::move(more.begin(), more.end(), std::back_inserter(all));
    }
    return all;
}

} // namespace

const std::vector<Preset>& presets()
{
    static const std::vector<Preset> all = allPresets();
    return all;
}

Result<const Preset*> findPreset(std::string_view name)
{
    std::vector<std::string> names;
    for (const Preset& preset : presets()) {
        if (preset.name == name) {
            return &preset;
        }
        names.push_back(preset.name);
    }
    const auto nearest = nearestWord(name, names);
    return fail(ErrorCode::InvalidInput,
                nearest ? TRANSLATABLE("errors", "There is no preset %1. Did you mean %3? There are: %2.")
                        : TRANSLATABLE("errors", "There is no preset %1. There are: %2."),
                {std::string(name), listed(names), nearest.value_or("")});
}

} // namespace transept
