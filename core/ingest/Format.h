#pragma once

#include "core/base/Job.h"
#include "core/base/Json.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace transept {

/// How the bytes of a text file are to be read; "format" in an import's options. Every part can be overruled.
struct Format
{
    enum class Layout {
        Delimited, ///< one row a line (or quoted over several)
        Events,    ///< `user item|time item|time ...`: one user a line
        ItemList,  ///< `number TAB item,item,...`: one user a line, the numbers restart in every file
        JsonMap,   ///< one JSON object: `{"key": [item, domain], ...}` or `{"key": id, ...}`, a row an entry
        Negatives, ///< `(user, item) TAB negative TAB negative ...`: one held-out interaction a line
    };
    enum class Encoding { Utf8, Utf16Le, Utf16Be, Latin1 };

    Layout layout = Layout::Delimited;
    Encoding encoding = Encoding::Utf8;
    std::string delimiter = ","; ///< one character, or "::"
    char quote = '"';            ///< '\0': quotes are ordinary characters
    bool header = false;
    bool compressed = false; ///< gzip; found by the file's first bytes

    /// A row with too many fields is put together again where a semicolon within an HTML entity was taken for
    /// a delimiter: a field that ends in `&name` and one that begins with a blank are joined to their
    /// neighbour by ';'. A row that has not the right number of fields after that is rejected.
    bool repairEntities = false;

    bool operator==(const Format&) const = default;
};

Json toJson(const Format& format);
/// The keys of toJson(), each optional, over the values of `base`: what `--format KEY=VALUE` sets.
Result<Format> formatFrom(const Json& json, const Format& base, const std::string& path);

/// What a column of a file holds for an import. Field: kept under the column's name.
enum class Role { Ignore, User, Item, Value, Time, Domain, Part, Title, Field, Text, Negative };
std::string_view wordOf(Role role);
std::optional<Role> roleFrom(std::string_view word);
std::vector<Role> allRoles();
std::vector<std::string> roleWords();

enum class ImportTarget { Interactions, Items, Users, Links, Negatives };
std::string_view wordOf(ImportTarget target);
std::optional<ImportTarget> importTargetFrom(std::string_view word);

struct ColumnGuess
{
    std::string name; ///< from the header, else "1", "2" ...
    std::string type; ///< "text", "integer", "real", "time", "list"
    Role role = Role::Ignore;
    std::string evidence; ///< TRANSLATABLE("inspect", ...): why this type and role
    std::vector<std::string> evidenceArguments;
};

struct PreviewRow
{
    std::int64_t line = 0;
    std::vector<std::string> fields; ///< in UTF-8
};

/// One reason for a part of the detected format, for people: sentence with %1.
struct Evidence
{
    std::string part; ///< encoding, delimiter, header, quote, layout, preset, compressed, repair, target
    std::string sentence;
    std::vector<std::string> arguments;
};

/// What inspect() found: a format, the columns with guessed roles, why, and the first rows.
struct Inspection
{
    std::filesystem::path file;
    std::uintmax_t bytes = 0;
    Format format;
    std::string preset; ///< empty when none fits
    ImportTarget target = ImportTarget::Interactions;
    std::vector<ColumnGuess> columns;
    std::vector<Evidence> evidence;
    std::vector<PreviewRow> rows;
    bool wholeFile = false; ///< the preview shows all rows of the file
    bool ascii = false;     ///< no byte above 127 in the head of the file: any encoding but UTF-16 fits
};

/// Reads the head of a file (not more than 256 KiB of text) and says what it is. With `format` the detection
/// is overruled and only columns and rows are made. Fails with a sentence for a missing, empty, binary or
/// unreadable file.
Result<Inspection> inspect(const std::filesystem::path& file,
                           const std::optional<Format>& format = {},
                           int previewRows = 50);

/// A known family of files: format and roles by column name or place.
struct Preset
{
    std::string name;    ///< movielens-csv, movielens-dat, movietweetings, book-crossing, douban, tab-header,
                         ///< recbole ...
    std::string meaning; ///< TRANSLATABLE("inspect", ...)
    ImportTarget target = ImportTarget::Interactions;
    Format format;
    std::vector<std::string> names;                    ///< of the columns when the file has no header
    std::vector<std::pair<std::string, Role>> columns; ///< by name or 1, 2, ...; empty: guessed
};
const std::vector<Preset>& presets();
Result<const Preset*> findPreset(std::string_view name);

} // namespace transept
