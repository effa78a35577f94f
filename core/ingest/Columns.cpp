#include "core/ingest/Columns.h"

#include "core/base/Words.h"
#include "core/ingest/Values.h"

#include <array>
#include <set>

namespace transept {
namespace {

using Words = std::vector<std::string_view>;

const Words userWords{"user",
                      "userid",
                      "uid",
                      "accountid",
                      "account",
                      "customerid",
                      "customer",
                      "reviewerid",
                      "memberid",
                      "member",
                      "sessionid"};
const Words itemWords{"item",    "itemid",     "iid",      "movieid",  "movie",      "filmid",    "film",
                      "bookid",  "book",       "isbn",     "asin",     "parentasin", "productid", "product",
                      "gameid",  "animeid",    "animeids", "artistid", "songid",     "trackid",   "musicid",
                      "albumid", "businessid", "newsid",   "recipeid", "videoid",    "poiid",     "showid"};
const Words valueWords{"rating",
                       "ratings",
                       "score",
                       "stars",
                       "value",
                       "bookrating",
                       "overall",
                       "feedback",
                       "preference",
                       "hours",
                       "weight",
                       "plays",
                       "playcount",
                       "purchase",
                       "accessed",
                       "count",
                       "click",
                       "label"};
const Words timeWords{
    "timestamp", "time", "date", "unixtime", "unixreviewtime", "datetime", "ts", "createdat", "when"};
const Words domainWords{"domain"};
const Words partWords{"part", "split", "fold", "subset"};
const Words titleWords{"title",
                       "name",
                       "booktitle",
                       "movietitle",
                       "itemtitle",
                       "itemname",
                       "gamename",
                       "productname",
                       "artistname",
                       "trackname",
                       "songname",
                       "moviename",
                       "tagvalue",
                       "originaltitle"};
const Words textWords{"review", "reviewtext", "text", "comment", "tag", "summary"};
const Words negativeWords{"negative", "negatives", "negativeitem", "negativeitemid", "negitem", "negitemid"};
const Words idWords{"id", "key"};

bool isOneOf(const Words& words, std::string_view name)
{
    return std::find(words.begin(), words.end(), name) != words.end();
}

/// Gives out the roles of one inspection, each column once.
class RoleGuesser
{
public:
    explicit RoleGuesser(Inspection& inspection) : m_inspection(inspection)
    {
        for (ColumnGuess& column : inspection.columns) {
            column.role = Role::Ignore;
            column.evidence.clear();
            column.evidenceArguments.clear();
            m_names.push_back(plainColumnName(column.name));
        }
    }

    bool give(std::size_t at, Role role, std::string evidence)
    {
        ColumnGuess& column = m_inspection.columns[at];
        if (column.role != Role::Ignore) {
            return false;
        }
        column.role = role;
        column.evidence = std::move(evidence);
        column.evidenceArguments = {column.name};
        return true;
    }

    /// The first column that has one of these names.
    std::optional<std::size_t> giveByName(const Words& words, Role role)
    {
        for (std::size_t at = 0; at < m_names.size(); ++at) {
            if (isOneOf(words, m_names[at]) && give(at, role, TRANSLATABLE("inspect", "By its name %1."))) {
                return at;
            }
        }
        return std::nullopt;
    }

    /// The column that has the first of these names.
    std::optional<std::size_t> giveByRank(const Words& words, Role role)
    {
        for (const std::string_view word : words) {
            if (const auto found = giveByName({word}, role)) {
                return found;
            }
        }
        return std::nullopt;
    }

    std::size_t size() const { return m_names.size(); }
    const std::string& name(std::size_t at) const { return m_names[at]; }
    ColumnGuess& column(std::size_t at) { return m_inspection.columns[at]; }
    bool isNumber(std::size_t at) const
    {
        const std::string& type = m_inspection.columns[at].type;
        return type == "integer" || type == "real";
    }

private:
    Inspection& m_inspection;
    std::vector<std::string> m_names;
};

bool isAlwaysOne(const Inspection& inspection, std::size_t column)
{
    const auto isOne = [&](const PreviewRow& row) {
        double value = 0.0;
        return column >= row.fields.size() ||
               (parseNumber(row.fields[column], value) == NumberProblem::None && value == 1.0);
    };
    return !inspection.rows.empty() && std::all_of(inspection.rows.begin(), inspection.rows.end(), isOne);
}

bool hasNames(const Inspection& inspection)
{
    return inspection.format.header || inspection.columns.empty() || inspection.columns.front().name != "1";
}

void dropConstantValue(RoleGuesser& guess, const Inspection& inspection, std::size_t at)
{
    if (isAlwaysOne(inspection, at)) {
        guess.column(at).role = Role::Ignore;
        guess.column(at).evidence =
            TRANSLATABLE("inspect", "The first rows all hold 1: implicit feedback, which needs no value.");
    }
}

void guessInteractionsByPlace(RoleGuesser& guess, const Inspection& inspection)
{
    constexpr const char* byPlace =
        TRANSLATABLE("inspect", "By its place: user, item, value, time is the usual order.");
    bool hasValue = false;
    for (std::size_t at = 0; at < guess.size(); ++at) {
        if (at == 0) {
            guess.give(at, Role::User, byPlace);
        } else if (at == 1) {
            guess.give(at, Role::Item, byPlace);
        } else if (guess.column(at).type == "time") {
            guess.give(at, Role::Time, TRANSLATABLE("inspect", "Its values are times."));
        } else if (!hasValue && guess.isNumber(at)) {
            hasValue = guess.give(at, Role::Value, byPlace);
            dropConstantValue(guess, inspection, at);
        }
    }
}

void guessInteractions(RoleGuesser& guess, const Inspection& inspection)
{
    if (!hasNames(inspection)) {
        guessInteractionsByPlace(guess, inspection);
        return;
    }
    guess.giveByName(userWords, Role::User);
    if (!guess.giveByName(itemWords, Role::Item)) {
        for (std::size_t at = 0; at < guess.size(); ++at) {
            if ((guess.name(at).ends_with("id") || guess.name(at).ends_with("ids")) &&
                guess.give(at, Role::Item, TRANSLATABLE("inspect", "%1 is the only other id."))) {
                break;
            }
        }
    }
    guess.giveByName(timeWords, Role::Time);
    if (const auto value = guess.giveByName(valueWords, Role::Value)) {
        dropConstantValue(guess, inspection, *value);
        if (!holdsNumbers(inspection, *value)) { // some dirt is rejected row by row
            guess.column(*value).role = Role::Ignore;
            guess.column(*value).evidence =
                TRANSLATABLE("inspect", "Named like a value, and most of the first rows hold no number.");
        }
    }
    guess.giveByName(domainWords, Role::Domain);
    guess.giveByName(partWords, Role::Part);
    while (guess.giveByName(textWords, Role::Text)) {
    }
}

void giveRestAsFields(RoleGuesser& guess)
{
    for (std::size_t at = 0; at < guess.size(); ++at) {
        guess.give(at, Role::Field, TRANSLATABLE("inspect", "Kept as the field %1."));
    }
}

void guessItems(RoleGuesser& guess, const Inspection& inspection)
{
    if (!guess.giveByName(itemWords, Role::Item) && !guess.giveByName(idWords, Role::Item)) {
        for (std::size_t at = 0; at < guess.size(); ++at) {
            const bool isId = !hasNames(inspection) || guess.name(at).ends_with("id");
            if (isId &&
                guess.give(at, Role::Item, TRANSLATABLE("inspect", "The first column that can be an id."))) {
                break;
            }
        }
    }
    guess.giveByName(domainWords, Role::Domain);
    if (!guess.giveByRank(titleWords, Role::Title)) {
        for (std::size_t at = 0; at < guess.size(); ++at) {
            const bool mayBeTitle = !hasNames(inspection) || guess.name(at).ends_with("name") ||
                                    guess.name(at).ends_with("title");
            if (mayBeTitle && guess.column(at).type == "text" &&
                guess.give(at, Role::Title, TRANSLATABLE("inspect", "The first column of texts."))) {
                break;
            }
        }
    }
    giveRestAsFields(guess);
}

void guessUsers(RoleGuesser& guess, const Inspection& inspection)
{
    if (!guess.giveByName(userWords, Role::User) && !guess.giveByName(idWords, Role::User) &&
        guess.size() > 0 && !hasNames(inspection)) {
        guess.give(0, Role::User, TRANSLATABLE("inspect", "The first column that can be an id."));
    }
    giveRestAsFields(guess);
}

void guessNegatives(RoleGuesser& guess, const Inspection& inspection)
{
    if (hasNames(inspection)) {
        guess.giveByName(userWords, Role::User);
        guess.giveByName(negativeWords, Role::Negative);
        guess.giveByName(itemWords, Role::Item);
        guess.giveByName(domainWords, Role::Domain);
        return;
    }
    constexpr std::array inOrder{Role::User, Role::Item, Role::Negative};
    for (std::size_t at = 0; at < std::min(guess.size(), inOrder.size()); ++at) {
        guess.give(at, inOrder[at], TRANSLATABLE("inspect", "By its place: user, item, negative."));
    }
}

/// A key column comes before the item column in a JSON map, and must not be taken for the item.
void guessJsonRoles(Inspection& inspection)
{
    for (ColumnGuess& column : inspection.columns) {
        column.role = column.name == "item"     ? Role::Item
                      : column.name == "user"   ? Role::User
                      : column.name == "domain" ? Role::Domain
                                                : Role::Field;
        column.evidence = TRANSLATABLE("inspect", "By its place in a member \"key\": [item, domain].");
    }
}

std::string typeOf(const std::vector<std::string_view>& values, bool mayBeTime)
{
    if (values.empty()) {
        return "text";
    }
    // A few bad values are dirt: their rows will be rejected.
    const auto most = [&](const auto& holds) {
        const auto count = static_cast<std::size_t>(std::count_if(values.begin(), values.end(), holds));
        return count * 5 >= values.size() * 4;
    };
    if (most([](std::string_view text) { return parseInteger(trimmed(text)).has_value(); })) {
        constexpr long long year1980 = 315'532'800;
        constexpr long long year2100 = 4'102'444'800;
        const bool mostTimes = mayBeTime && most([](std::string_view text) {
                                   const long long seconds = parseTime(text).value_or(0);
                                   return seconds > year1980 && seconds < year2100;
                               });
        return mostTimes ? "time" : "integer";
    }
    double value = 0.0;
    if (most([&](std::string_view text) { return parseNumber(text, value) == NumberProblem::None; })) {
        return "real";
    }
    if (most([](std::string_view text) { return parseTime(text).has_value(); })) {
        return "time";
    }
    const auto lists = std::count_if(values.begin(), values.end(), [](std::string_view text) {
        return text.find('|') != std::string_view::npos;
    });
    return static_cast<std::size_t>(lists) * 3 > values.size() ? "list" : "text";
}

tl::unexpected<Error> noColumn(const std::vector<std::string>& names, std::string_view wanted)
{
    const auto nearest = nearestWord(wanted, names);
    return fail(ErrorCode::InvalidInput,
                nearest
                    ? TRANSLATABLE("errors", "There is no column %1. Did you mean %3? The columns are: %2.")
                    : TRANSLATABLE("errors", "There is no column %1. The columns are: %2."),
                {std::string(wanted), listed(names), nearest.value_or("")});
}

} // namespace

std::string plainColumnName(std::string_view name)
{
    name = name.substr(0, name.find(':'));
    std::string plain;
    for (const char each : name) {
        const auto byte = static_cast<unsigned char>(each);
        if (std::isalnum(byte) != 0 || byte >= 0x80U) {
            plain += static_cast<char>(std::tolower(byte));
        }
    }
    return plain;
}

tl::unexpected<Error> noColumnFor(const std::filesystem::path& file,
                                  std::string_view wanted,
                                  const std::vector<std::string>& names)
{
    return fail(
        ErrorCode::InvalidInput,
        TRANSLATABLE(
            "errors",
            "%1: no column is known to hold the %2. The columns are: %3. Say which one it is, by name "
            "or number, or choose another delimiter."),
        {file.string(), std::string(wanted), listed(names)});
}

bool isKnownColumnName(std::string_view name)
{
    const std::string plain = plainColumnName(name);
    for (const Words* words : {&userWords,
                               &itemWords,
                               &valueWords,
                               &timeWords,
                               &domainWords,
                               &partWords,
                               &titleWords,
                               &textWords,
                               &negativeWords,
                               &idWords}) {
        if (isOneOf(*words, plain)) {
            return true;
        }
    }
    return false;
}

void guessTypes(Inspection& inspection)
{
    for (std::size_t at = 0; at < inspection.columns.size(); ++at) {
        std::vector<std::string_view> values;
        for (const PreviewRow& row : inspection.rows) {
            if (at < row.fields.size() && !trimmed(row.fields[at]).empty()) {
                values.emplace_back(row.fields[at]);
            }
        }
        const std::string name = plainColumnName(inspection.columns[at].name);
        inspection.columns[at].type =
            typeOf(values, hasNames(inspection) ? isOneOf(timeWords, name) : at >= 2);
    }
}

ImportTarget guessTarget(const Inspection& inspection, std::string& evidence)
{
    std::set<std::string> names;
    for (const ColumnGuess& column : inspection.columns) {
        names.insert(plainColumnName(column.name));
    }
    const auto has = [&](const Words& words) {
        return std::any_of(
            names.begin(), names.end(), [&](const std::string& name) { return isOneOf(words, name); });
    };
    if (inspection.format.layout == Format::Layout::Events ||
        inspection.format.layout == Format::Layout::ItemList) {
        evidence = TRANSLATABLE("inspect", "Every line is what one user did.");
        return ImportTarget::Interactions;
    }
    if (inspection.format.layout == Format::Layout::Negatives) {
        evidence = TRANSLATABLE("inspect", "Every line is what one held-out interaction is ranked among.");
        return ImportTarget::Negatives;
    }
    if (hasNames(inspection)) {
        if (has(userWords) && has(itemWords) && has(negativeWords)) {
            evidence = TRANSLATABLE("inspect", "There are columns of users, of items and of negatives.");
            return ImportTarget::Negatives;
        }
        if (!has(userWords)) {
            evidence = TRANSLATABLE("inspect", "There is no column of users: descriptions of items.");
            return ImportTarget::Items;
        }
        const auto isId = [](const std::string& name) {
            return name.ends_with("id") && !isOneOf(userWords, name);
        };
        if (has(itemWords) || std::any_of(names.begin(), names.end(), isId)) {
            evidence = TRANSLATABLE("inspect", "There are columns of users and of items.");
            return ImportTarget::Interactions;
        }
        evidence = TRANSLATABLE("inspect", "There is a column of users and none of items.");
        return ImportTarget::Users;
    }
    const auto hasBlank = [&](const PreviewRow& row) {
        return row.fields.size() > 1 && row.fields[1].find(' ') != std::string::npos;
    };
    const auto texts = std::count_if(inspection.rows.begin(), inspection.rows.end(), hasBlank);
    const bool isText = inspection.columns.size() > 1 && inspection.columns[1].type == "text";
    if (isText && static_cast<std::size_t>(texts) * 3 > inspection.rows.size()) {
        evidence = TRANSLATABLE("inspect", "The second column holds texts: titles of items.");
        return ImportTarget::Items;
    }
    const auto isGender = [](const PreviewRow& row) {
        return row.fields.size() > 1 && (row.fields[1] == "F" || row.fields[1] == "M");
    };
    if (!inspection.rows.empty() && std::all_of(inspection.rows.begin(), inspection.rows.end(), isGender)) {
        evidence = TRANSLATABLE("inspect", "The second column holds F or M: properties of users.");
        return ImportTarget::Users;
    }
    evidence = TRANSLATABLE("inspect", "The first two columns can be a user and an item.");
    return ImportTarget::Interactions;
}

void guessRoles(Inspection& inspection, ImportTarget target)
{
    RoleGuesser guess(inspection);
    if (inspection.format.layout == Format::Layout::JsonMap) {
        guessJsonRoles(inspection);
        return;
    }
    switch (target) {
    case ImportTarget::Interactions:
        guessInteractions(guess, inspection);
        break;
    case ImportTarget::Items:
        guessItems(guess, inspection);
        break;
    case ImportTarget::Users:
        guessUsers(guess, inspection);
        break;
    case ImportTarget::Links:
        for (std::size_t at = 0; at < std::min<std::size_t>(2, guess.size()); ++at) {
            guess.give(at, Role::User, TRANSLATABLE("inspect", "By its place: the users of two platforms."));
        }
        break;
    case ImportTarget::Negatives:
        guessNegatives(guess, inspection);
        break;
    }
}

std::size_t columnNamedLikeValues(const Inspection& inspection)
{
    std::size_t at = hasNames(inspection) ? 0 : inspection.columns.size();
    while (at < inspection.columns.size() &&
           !isOneOf(valueWords, plainColumnName(inspection.columns[at].name))) {
        ++at;
    }
    return at;
}

bool holdsNumbers(const Inspection& inspection, std::size_t column)
{
    const auto hasNumber = [&](const PreviewRow& row) {
        double value = 0.0;
        return column < row.fields.size() && parseNumber(row.fields[column], value) == NumberProblem::None;
    };
    return static_cast<std::size_t>(std::ranges::count_if(inspection.rows, hasNumber)) * 2 >=
           inspection.rows.size();
}

Result<std::size_t> findColumn(const std::vector<std::string>& names, std::string_view wanted)
{
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (names[at] == wanted || std::string_view(names[at]).substr(0, names[at].find(':')) == wanted) {
            return at;
        }
    }
    const auto number = parseInteger(wanted);
    if (number && *number >= 1 && static_cast<std::size_t>(*number) <= names.size()) {
        return static_cast<std::size_t>(*number - 1);
    }
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (!wanted.empty() && plainColumnName(names[at]) == plainColumnName(wanted)) {
            return at;
        }
    }
    return noColumn(names, wanted);
}

Result<std::vector<Role>> rolesFrom(const std::vector<std::string>& names,
                                    const std::vector<std::pair<std::string, Role>>& columns)
{
    std::vector<Role> roles(names.size(), Role::Ignore);
    std::vector<bool> named(names.size(), false);
    Role others = Role::Ignore;
    for (const auto& [name, role] : columns) {
        if (name == "*") {
            others = role;
            continue;
        }
        const Result<std::size_t> at = findColumn(names, name);
        if (!at) {
            return passOn(at);
        }
        roles[*at] = role;
        named[*at] = true;
    }
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (!named[at]) {
            roles[at] = others;
        }
    }
    return roles;
}

} // namespace transept
