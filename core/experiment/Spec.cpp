#include "core/experiment/Spec.h"

#include "core/base/Words.h"
#include "core/evaluation/Measures.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace transept {
namespace {

constexpr double largestWhole = 9007199254740991.0; // 2^53 - 1: a JSON number holds it exactly
constexpr double largestCount = 1e9;

constexpr std::array<std::pair<SplitSpec::Kind, std::string_view>, 7> kindWords{
    {{SplitSpec::Kind::Warm, "warm"},
     {SplitSpec::Kind::LeaveOneOut, "leave-one-out"},
     {SplitSpec::Kind::Temporal, "temporal"},
     {SplitSpec::Kind::ColdUser, "cold-user"},
     {SplitSpec::Kind::ColdItem, "cold-item"},
     {SplitSpec::Kind::KFold, "k-fold"},
     {SplitSpec::Kind::Given, "given"}}};

/// The scalar keys of "split", in the words that methods use for their parameters: one check, one wording.
const std::vector<Parameter>& splitParameters()
{
    using Type = Parameter::Type;
    static const std::vector<Parameter> parameters = [] {
        const SplitSpec preset;
        std::vector<std::string> kinds;
        for (const auto& [kind, word] : kindWords) {
            kinds.emplace_back(word);
        }
        return std::vector<Parameter>{
            {.name = "kind", .type = Type::Choice, .preset = "warm", .choices = kinds},
            {.name = "share", .type = Type::Real, .preset = preset.share, .low = 0.001, .high = 0.999},
            {.name = "validation", .type = Type::Real, .preset = preset.validation, .low = 0.0, .high = 0.9},
            {.name = "folds", .type = Type::Integer, .preset = preset.folds, .low = 2, .high = 1000},
            {.name = "fold", .type = Type::Integer, .preset = preset.fold, .low = 0, .high = 999},
            {.name = "order", .type = Type::Choice, .preset = "random", .choices = {"file", "random"}},
            {.name = "seed", .type = Type::Integer, .preset = preset.seed, .low = 0, .high = largestWhole}};
    }();
    return parameters;
}

const std::vector<Parameter>& whereParameters()
{
    using Type = Parameter::Type;
    static const std::vector<Parameter> parameters{
        {.name = "min_user", .type = Type::Integer, .preset = 0, .low = 0, .high = largestCount},
        {.name = "min_item", .type = Type::Integer, .preset = 0, .low = 0, .high = largestCount}};
    return parameters;
}

const std::vector<Parameter>& stopParameters()
{
    static const std::vector<Parameter> parameters{{.name = "patience",
                                                    .type = Parameter::Type::Integer,
                                                    .preset = StopRule{}.patience,
                                                    .low = 0,
                                                    .high = 100000}};
    return parameters;
}

tl::unexpected<Error> mustBe(const std::string& path, std::string_view wanted)
{
    return fail(
        ErrorCode::InvalidInput, TRANSLATABLE("errors", "%1 must be %2."), {path, std::string(wanted)});
}

/// The value under a key; null when it is absent.
const Json& valueAt(const Json& object, const std::string& key)
{
    static const Json absent;
    const auto found = object.find(key);
    return found == object.end() ? absent : *found;
}

Result<std::string> textAt(const Json& object, const std::string& key, const std::string& path)
{
    const Json& value = valueAt(object, key);
    if (value.is_null()) {
        return std::string();
    }
    return value.is_string() ? Result<std::string>(value.get<std::string>()) : mustBe(path, "a text");
}

Result<std::optional<double>> realAt(const Json& object, const std::string& key, const std::string& path)
{
    const Json& value = valueAt(object, key);
    if (value.is_null()) {
        return std::optional<double>{};
    }
    if (!value.is_number() || !std::isfinite(value.get<double>())) {
        return mustBe(path, "a number or null");
    }
    return std::optional(value.get<double>());
}

Result<bool> flagAt(const Json& object, const std::string& key, const std::string& path)
{
    const Json& value = valueAt(object, key);
    if (value.is_null()) {
        return false;
    }
    return value.is_boolean() ? Result<bool>(value.get<bool>()) : mustBe(path, "true or false");
}

Result<std::vector<std::string>> textsAt(const Json& object, const std::string& key, const std::string& path)
{
    const Json& value = valueAt(object, key);
    std::vector<std::string> texts;
    if (value.is_null()) {
        return texts;
    }
    if (!value.is_array()) {
        return mustBe(path, "a list of texts, as in [\"one\", \"two\"]");
    }
    for (const Json& each : value) {
        if (!each.is_string()) {
            return mustBe(fmt::format("{}[{}]", path, texts.size()), "a text");
        }
        const auto text = each.get<std::string>();
        if (std::find(texts.begin(), texts.end(), text) != texts.end()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors", "%1 names %2 twice. Once is enough."),
                        {path, text});
        }
        texts.push_back(text);
    }
    return texts;
}

Status readWhere(const Json& document, DataSelection& selection)
{
    const Json where = valueAt(document, "where").is_null() ? Json::object() : valueAt(document, "where");
    const Result<Parameters> counts = checkParameters(whereParameters(), where, "data.where", {"min_value"});
    if (!counts) {
        return passOn(counts);
    }
    selection.minUser = counts->integer("min_user");
    selection.minItem = counts->integer("min_item");
    const auto minValue = realAt(where, "min_value", "data.where.min_value");
    if (!minValue) {
        return passOn(minValue);
    }
    selection.minValue = *minValue;
    return {};
}

Result<DataSelection> readData(const Json& document)
{
    if (const Status known =
            refuseUnknownKeys(document, "data", {"target", "sources", "where", "positive", "drop_twins"});
        !known) {
        return passOn(known);
    }
    const Result<std::string> target = textAt(document, "target", "data.target");
    Result<std::vector<std::string>> sources = textsAt(document, "sources", "data.sources");
    const auto positive = realAt(document, "positive", "data.positive");
    const Result<bool> dropTwins = flagAt(document, "drop_twins", "data.drop_twins");
    if (!target || !sources) {
        return target ? passOn(sources) : passOn(target);
    }
    if (!positive || !dropTwins) {
        return positive ? passOn(dropTwins) : passOn(positive);
    }
    if (target->empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors", "data.target is missing. Name the domain whose items are recommended."));
    }
    if (std::find(sources->begin(), sources->end(), *target) != sources->end()) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE(
                        "errors",
                        "data.sources names %1, which is the target. Take it out of the list: a domain helps "
                        "another one."),
                    {*target});
    }
    DataSelection selection{
        .target = *target, .sources = std::move(*sources), .positive = *positive, .dropTwins = *dropTwins};
    const Status where = readWhere(document, selection);
    return where ? Result<DataSelection>(std::move(selection)) : passOn(where);
}

Result<std::array<double, 3>> readRatios(const Json& value)
{
    constexpr double tolerance = 1e-6;
    if (value.is_null()) {
        return SplitSpec{}.ratios;
    }
    const bool threeNumbers =
        value.is_array() && value.size() == 3 &&
        std::all_of(value.begin(), value.end(), [](const Json& each) { return each.is_number(); });
    if (!threeNumbers) {
        return mustBe("split.ratios", "three numbers: training, validation and test, as in [0.8, 0.1, 0.1]");
    }
    const auto ratios = value.get<std::array<double, 3>>();
    const double sum = ratios[0] + ratios[1] + ratios[2];
    if (!(std::abs(sum - 1.0) < tolerance) || !(ratios[0] > 0.0) || ratios[1] < 0.0 || !(ratios[2] > 0.0)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE(
                        "errors",
                        "split.ratios is %1. The three shares (training, validation, test) must add up to 1; "
                        "training and test must be above 0."),
                    {value.dump()});
    }
    return ratios;
}

Result<SplitSpec> readSplit(const Json& given)
{
    const Json document = given.is_null() ? Json::object() : given;
    const Result<Parameters> values = checkParameters(splitParameters(), document, "split", {"ratios"});
    if (!values) {
        return passOn(values);
    }
    const auto ratios = readRatios(valueAt(document, "ratios"));
    if (!ratios) {
        return passOn(ratios);
    }
    SplitSpec spec{.ratios = *ratios,
                   .share = values->real("share"),
                   .validation = values->real("validation"),
                   .folds = values->integer("folds"),
                   .fold = values->integer("fold"),
                   .order =
                       values->text("order") == "file" ? SplitSpec::Order::File : SplitSpec::Order::Random,
                   .seed = values->json().at("seed").get<std::uint64_t>()};
    for (const auto& [kind, word] : kindWords) {
        if (word == values->text("kind")) {
            spec.kind = kind;
        }
    }
    if (spec.kind == SplitSpec::Kind::KFold && spec.fold >= spec.folds) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "split.fold is %1; with %2 folds it must lie between 0 and %3."),
                    {std::to_string(spec.fold), std::to_string(spec.folds), std::to_string(spec.folds - 1)});
    }
    return spec;
}

tl::unexpected<Error> unknownMethod(const std::string& name)
{
    std::vector<std::string> names;
    for (const MethodDescription& method : methods()) {
        names.push_back(method.name);
    }
    const auto nearest = nearestWord(name, names);
    return fail(ErrorCode::InvalidInput,
                nearest
                    ? TRANSLATABLE("errors", "method.name is \"%1\"; it must be one of %2. Did you mean %3?")
                    : TRANSLATABLE("errors", "method.name is \"%1\"; it must be one of %2."),
                {name, listed(names), nearest.value_or("")});
}

Status readMethod(const Json& document, Spec& spec)
{
    if (!document.is_object()) {
        return mustBe("method",
                      "an object with the method's name and its parameters, as in {\"name\": \"mf\"}");
    }
    const Result<std::string> name = textAt(document, "name", "method.name");
    if (!name) {
        return passOn(name);
    }
    if (name->empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE("errors",
                         "method.name is missing. The command \"transept methods\" lists the methods."));
    }
    const Result<const MethodDescription*> method = findMethod(*name);
    if (!method) {
        return unknownMethod(*name);
    }
    Result<Parameters> parameters = checkParameters((*method)->parameters, document, "method", {"name"});
    if (!parameters) {
        return passOn(parameters);
    }
    spec.method = *name;
    spec.parameters = std::move(*parameters);
    return {};
}

Result<StopRule> readStop(const Json& given)
{
    const Json document = given.is_null() ? Json::object() : given;
    const Result<Parameters> values = checkParameters(stopParameters(), document, "stop", {"measure"});
    if (!values) {
        return passOn(values);
    }
    const Result<std::string> measure = textAt(document, "measure", "stop.measure");
    if (!measure) {
        return passOn(measure);
    }
    if (!measure->empty()) {
        if (const Result<MeasureName> known = parseMeasure(*measure, "stop.measure"); !known) {
            return passOn(known);
        }
    }
    return StopRule{.measure = *measure, .patience = values->integer("patience")};
}

Result<std::vector<std::string>> readMeasures(const Json& document)
{
    Result<std::vector<std::string>> names = textsAt(document, "measures", "measures");
    for (std::size_t at = 0; names && at < names->size(); ++at) {
        const Result<MeasureName> known = parseMeasure((*names)[at], fmt::format("measures[{}]", at));
        if (!known) {
            return passOn(known);
        }
    }
    return names;
}

/// "transept", "threads" and the keys of the document as a whole.
Status checkFrame(const Json& document)
{
    if (document.is_object() && document.contains("threads")) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "threads does not belong in a spec: it is a setting of the machine and never changes a "
                "result. Take it out, and use --threads or the settings instead."));
    }
    const Status known = refuseUnknownKeys(document,
                                           "",
                                           {"transept",
                                            "name",
                                            "data",
                                            "split",
                                            "knowledge",
                                            "shuffle_knowledge",
                                            "method",
                                            "stop",
                                            "measures",
                                            "seed"});
    if (!known) {
        return known;
    }
    const Json& version = valueAt(document, "transept");
    if (!version.is_null() && version != Json(1)) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "transept is %1, but this program reads specs of version 1. Write \"transept\": 1, or "
                "update the program."),
            {version.dump()});
    }
    return {};
}

Result<std::uint64_t> readSeed(const Json& value)
{
    if (value.is_null()) {
        return Spec{}.seed;
    }
    const bool whole = value.is_number() && value.get<double>() == std::floor(value.get<double>());
    if (!whole || value.get<double>() < 0.0 || value.get<double>() > largestWhole) {
        return mustBe("seed", "a whole number from 0 to 9007199254740991");
    }
    return static_cast<std::uint64_t>(value.get<double>());
}

Status readRest(const Json& document, Spec& spec)
{
    const Result<std::string> name = textAt(document, "name", "name");
    const Result<std::string> knowledge = textAt(document, "knowledge", "knowledge");
    const Result<std::uint64_t> seed = readSeed(valueAt(document, "seed"));
    if (!name || !knowledge || !seed) {
        return !name ? passOn(name) : !knowledge ? passOn(knowledge) : passOn(seed);
    }
    const Result<bool> shuffle = flagAt(document, "shuffle_knowledge", "shuffle_knowledge");
    if (!shuffle) {
        return passOn(shuffle);
    }
    spec.name = *name;
    spec.knowledge = *knowledge;
    spec.shuffleKnowledge = *shuffle;
    spec.seed = *seed;
    if (spec.shuffleKnowledge && spec.knowledge.empty()) {
        return fail(
            ErrorCode::InvalidInput,
            TRANSLATABLE(
                "errors",
                "shuffle_knowledge is true, but there is no knowledge to shuffle. Name a knowledge base "
                "under \"knowledge\", or take shuffle_knowledge out."));
    }
    return {};
}

Json orNull(const std::optional<double>& value)
{
    return value ? Json(*value) : Json();
}

Json orNull(const std::string& text)
{
    return text.empty() ? Json() : Json(text);
}

void flatten(const Json& value, const std::string& path, std::map<std::string, Json>& into)
{
    if (!value.is_object()) {
        into.emplace(path, value);
        return;
    }
    for (const auto& [key, each] : value.items()) {
        flatten(each, path.empty() ? key : fmt::format("{}.{}", path, key), into);
    }
}

/// Whether it is UTF-8: a document holds nothing else.
bool isText(std::string_view bytes)
{
    return Json(std::string(bytes)).dump(-1, ' ', false, Json::error_handler_t::ignore).size() ==
           Json(std::string(bytes)).dump(-1, ' ', false, Json::error_handler_t::replace).size();
}

/// The place for one step of a path, made when it is missing; null when there cannot be one.
Json* stepInto(Json& parent, const std::string& key)
{
    if (parent.is_null()) {
        parent = Json::object();
    }
    if (parent.is_object()) {
        return &parent[key];
    }
    const auto place = parseInteger(key);
    if (parent.is_array() && place && *place >= 0 && static_cast<std::size_t>(*place) < parent.size()) {
        return &parent[static_cast<std::size_t>(*place)];
    }
    return nullptr;
}

} // namespace

Result<Spec> specFrom(const Json& document)
{
    if (const Status frame = checkFrame(document); !frame) {
        return passOn(frame);
    }
    for (const char* part : {"data", "method"}) {
        if (valueAt(document, part).is_null()) {
            return fail(ErrorCode::InvalidInput,
                        TRANSLATABLE("errors",
                                     "%1 is missing. A spec needs at least {\"data\": {\"target\": DOMAIN}, "
                                     "\"method\": {\"name\": METHOD}}."),
                        {part});
        }
    }
    Spec spec;
    Result<DataSelection> data = readData(document.at("data"));
    const Result<SplitSpec> split = readSplit(valueAt(document, "split"));
    const Result<StopRule> stop = readStop(valueAt(document, "stop"));
    Result<std::vector<std::string>> measures = readMeasures(document);
    if (!data || !split) {
        return data ? passOn(split) : passOn(data);
    }
    if (const Status method = readMethod(document.at("method"), spec); !method) {
        return passOn(method);
    }
    if (!stop || !measures) {
        return stop ? passOn(measures) : passOn(stop);
    }
    spec.data = std::move(*data);
    spec.split = *split;
    spec.stop = *stop;
    spec.measures = std::move(*measures);
    const Status rest = readRest(document, spec);
    return rest ? Result<Spec>(std::move(spec)) : passOn(rest);
}

std::string_view wordOf(SplitSpec::Kind kind)
{
    for (const auto& [each, word] : kindWords) {
        if (each == kind) {
            return word;
        }
    }
    return {};
}

Json toJson(const Spec& spec)
{
    Json method = spec.parameters.json().is_null() ? Json::object() : spec.parameters.json();
    method["name"] = spec.method;
    return {{"transept", 1},
            {"name", spec.name},
            {"data",
             {{"target", spec.data.target},
              {"sources", spec.data.sources},
              {"where",
               {{"min_user", spec.data.minUser},
                {"min_item", spec.data.minItem},
                {"min_value", orNull(spec.data.minValue)}}},
              {"positive", orNull(spec.data.positive)},
              {"drop_twins", spec.data.dropTwins}}},
            {"split",
             {{"kind", wordOf(spec.split.kind)},
              {"ratios", spec.split.ratios},
              {"share", spec.split.share},
              {"validation", spec.split.validation},
              {"folds", spec.split.folds},
              {"fold", spec.split.fold},
              {"order", spec.split.order == SplitSpec::Order::File ? "file" : "random"},
              {"seed", spec.split.seed}}},
            {"knowledge", orNull(spec.knowledge)},
            {"shuffle_knowledge", spec.shuffleKnowledge},
            {"method", std::move(method)},
            {"stop", {{"measure", orNull(spec.stop.measure)}, {"patience", spec.stop.patience}}},
            {"measures", spec.measures},
            {"seed", spec.seed}};
}

std::vector<std::string> fittingMeasures(bool ratings)
{
    std::vector<std::string> names;
    if (ratings) {
        names = {"rmse", "mae"};
    }
    names.insert(names.end(),
                 {"ndcg@10", "recall@10", "precision@10", "hit-rate@10", "mrr@10", "coverage@10"});
    return names;
}

Status setValue(Json& document, std::string_view path, std::string_view text)
{
    if (!isText(path) || !isText(text)) {
        return fail(ErrorCode::InvalidInput,
                    TRANSLATABLE("errors", "A value of the spec holds bytes that are no text. Write UTF-8."));
    }
    Json* place = &document;
    std::string_view rest = path;
    while (!rest.empty() || place == &document) {
        const std::size_t dot = rest.find('.');
        const std::string key(rest.substr(0, dot));
        rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
        place = key.empty() ? nullptr : stepInto(*place, key);
        if (place == nullptr) {
            return fail(
                ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "There is no place %1 in the spec. A path is words joined by dots, as in "
                             "method.alpha=0.3."),
                {std::string(path)});
        }
    }
    Result<Json> value = parseJson(text, path);
    *place = value ? std::move(*value) : Json(std::string(text));
    return {};
}

std::map<std::string, std::vector<Json>> difference(std::span<const Json> documents)
{
    std::map<std::string, std::vector<Json>> values;
    for (std::size_t at = 0; at < documents.size(); ++at) {
        std::map<std::string, Json> flat;
        flatten(documents[at], "", flat);
        flat.erase("name");
        for (auto& [path, value] : flat) {
            auto& row = values[path];
            row.resize(documents.size());
            row[at] = std::move(value);
        }
    }
    std::erase_if(values, [](const auto& entry) {
        const auto& row = entry.second;
        return std::all_of(row.begin(), row.end(), [&](const Json& each) { return each == row.front(); });
    });
    return values;
}

} // namespace transept
